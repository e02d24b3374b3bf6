"""Facts as sentences: templates with places for a node's properties, filled with words that may be links.

A template stands in `templates/words.tsv`: `{org:member}任[{org:organization}]{zg:post}`. A place is named by a property;
a part in square brackets is left out where one of its places has nothing to say.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_PLACE = re.compile(r"\{([^{}]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PARTING = "，、；：,;: "


@dataclass(frozen=True, slots=True)
class Word:
    """A run of a sentence: `iri` is what it names, if anything; `language` where it is not the page's."""

    text: str
    iri: str | None = None
    language: str = ""


Line = tuple[Word, ...]
Fill = Callable[[str], Line]
"""What stands at the place of a property; empty where there is nothing."""


@cache
def places(template: str) -> tuple[str, ...]:
    """The properties that a template names, in order."""
    return tuple(dict.fromkeys(_PLACE.findall(template)))


@cache
def _pieces(template: str) -> tuple[tuple[str, bool], ...]:
    """The template cut into (text, whether it may be left out)."""
    cut = _OPTIONAL.split(template)
    return tuple((text, bool(number % 2)) for number, text in enumerate(cut) if text)


def _fill(piece: str, fill: Fill) -> tuple[list[Word], bool]:
    """The piece with its places filled, and whether none stayed empty."""
    words: list[Word] = []
    complete = True
    for number, text in enumerate(_PLACE.split(piece)):
        is_place = number % 2 == 1
        found = fill(text) if is_place else (Word(text),) * bool(text)
        complete = complete and bool(found or not is_place)
        words += found
    return words, complete


def tell(template: str, fill: Fill) -> Line:
    """The sentence. An empty place outside brackets is passed over, so that what is known is still said."""
    words: list[Word] = []
    for piece, optional in _pieces(template):
        found, complete = _fill(piece, fill)
        if complete or not optional:
            words += found
    return _begun(words)


def _begun(words: Sequence[Word]) -> Line:
    """The sentence without the marks that would have parted its beginning from what was left out."""
    first = words[0].text.lstrip(_PARTING) if words and words[0].iri is None else None
    if first is None:
        return tuple(words)
    return (Word(first, None, words[0].language), *words[1:]) if first else tuple(words[1:])


def plain(line: Sequence[Word]) -> str:
    """The sentence without its links."""
    return "".join(word.text for word in line)
