"""When a name that was found is the name that the gold has: equal names, official short forms, titles much alike."""

import re
import unicodedata
from functools import cache, lru_cache

from zhiguan.lexicon.loading import load_table

LEAST_LIKENESS = 0.6
"""Titles less alike than this are different titles."""

_BLANK = re.compile(r"\s+")
_DASHES = re.compile(r"[-~～‐-―]+")
_DOTS = re.compile(r"[•・‧∙]")
_QUOTES = re.compile(r"[《》〈〉「」『』“”‘’\"']")
_PARTY_CENTRE = re.compile(r"中共(?=中央)")
_CONFERENCE_LAST = re.compile(r"(.+?)政协委?")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name as it counts in comparisons: compatibility forms and kinds of dashes and middle dots united, no blanks,
    no quotation marks."""
    tight = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    return _QUOTES.sub("", _DOTS.sub("·", _DASHES.sub("-", tight)))


@cache
def _short_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all long forms, the longest first, and the short form of each."""
    short = {entry.form: entry.note for entry in load_table("short_forms")}
    return re.compile("|".join(sorted(short, key=len, reverse=True))), short


@lru_cache(maxsize=65536)
def body_key(name: str) -> str:
    """A body's name in its shortest official form; 政协 stands in front, wherever the name has it."""
    pattern, short = _short_forms()
    key = pattern.sub(lambda found: short[found[0]], fold(name))
    if found := _PARTY_CENTRE.match(key):
        key = key[found.end() :]
    if found := _CONFERENCE_LAST.fullmatch(key):
        key = f"政协{found[1]}委"
    return key


def same_body(one: str, other: str) -> bool:
    """Whether two names are one canonical name."""
    return body_key(one) == body_key(other)


def near_body(one: str, other: str) -> bool:
    """Whether one name ends with the other, as it does where only the jurisdiction is left out; 中共 does not count."""
    first, second = (body_key(name).replace("中共", "") for name in (one, other))
    return first == second or bool(first and second and (first.endswith(second) or second.endswith(first)))


@lru_cache(maxsize=65536)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def likeness(one: str, other: str) -> float:
    """How much alike two titles are: 1 for the same, less where one holds the other or they share their bigrams
    (Dice), 0 below LEAST_LIKENESS."""
    first, second = fold(one), fold(other)
    if not (first and second):
        return 0.0
    if first == second:
        return 1.0
    best = max(_containment(first, second), _dice(_bigrams(first), _bigrams(second)))
    return 0.99 * best if best >= LEAST_LIKENESS else 0.0


def _containment(first: str, second: str) -> float:
    short, long = sorted((first, second), key=len)
    return len(short) / len(long) if short in long else 0.0


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
