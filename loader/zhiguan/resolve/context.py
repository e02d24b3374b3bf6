"""The words of one body without what the sentence says before and behind it (率市委, 李甲与某区, 】某市委, 文明办专职)."""

import re

from zhiguan.resolve.abbreviations import clean_surface, heads, kind_by_ending, longest_prefix, national, units
from zhiguan.resolve.divisions import find_divisions
from zhiguan.resolve.levels import LEVEL

_MARK = re.compile(
    "率领|率队|带领|带队|围绕|领学|领读|学习|传达|宣布|宣读|陪同|了解|依托|促进|会同|联合|曾任|历任|代表|一行|[率以与和及同随由在对向将把】》）：]"
)
_SERVING = re.compile("(?:分管|专职|挂职|兼职|协管)[局部厅院处科所站]?$")
_JOINED = re.compile("[和与及暨率由]$")
_TERM = re.compile("^(?:新一|本|上一|上|首|历)届")
_TIME = frozenset("原前")


def body_words(surface: str) -> str:
    """The surface without signs, sessions, words of time and what stands around the body's own name.

    Empty where nothing of a name remains, so that the post alone tells the body.
    """
    words = clean_surface(_TERM.sub("", surface) if "届" in surface else surface)
    if (first := surface[:1]) in _TIME and find_divisions(surface)[:1] and find_divisions(surface)[0].begin == 0:
        words = first + words if not words.startswith(first) else words
    words = _SERVING.sub("", words)
    if _JOINED.search(words):
        words = words[:-1] if kind_by_ending(words[:-1]) or _opens(words) else ""
    return _behind_mark(words) if _MARK.search(words) else words


def _behind_mark(words: str) -> str:
    """The part behind the last word that belongs to the sentence, where a body's name clearly begins there."""
    places = [(p.begin, p.end) for p in find_divisions(words)]
    for mark in reversed([*_MARK.finditer(words)]):
        if any(begin < mark.end() and mark.start() < end for begin, end in places):
            continue
        rest = words[mark.end() :]
        if _opens(rest) or (_is_whole(words[: mark.start()]) and _keeps_name(rest)):
            return rest
    return words


def _opens(words: str) -> bool:
    """Whether the words begin like a body's name: a place, a level word with an organ, or a body of the nation."""
    places = find_divisions(words[:24])
    if places and places[0].begin == 0:
        return places[0].full or _is_organ(words[places[0].end :])
    level = LEVEL.match(words)
    return bool(level and _is_organ(words[level.end() :])) or len(longest_prefix(words, national(), 24)) > 2


def _is_organ(rest: str) -> bool:
    return any(longest_prefix(rest, forms) for forms in (heads(), units("department"), units("party"), units("mass")))


def _is_whole(words: str) -> bool:
    """Whether the words are a place, or an organ of a place or level, and nothing more (市政府)."""
    places = find_divisions(words)
    level = LEVEL.match(words)
    begin = places[0].end if places and places[0].begin == 0 else level.end() if level else 0
    rest = words[begin:]
    if not rest:
        return bool(places) and places[0].full and places[0].end == begin
    return bool(begin) and any(rest in forms for forms in (heads(), units("department"), units("mass")))


def _keeps_name(words: str) -> bool:
    found = kind_by_ending(words)
    return bool(found and found[1]) and len(words) > 3
