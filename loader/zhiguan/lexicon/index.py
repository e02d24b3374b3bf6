"""Longest-match look-up of many words in a text, by an Aho-Corasick automaton (linear in the text's length)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Value = TypeVar("Value")


class LongestMatch(Generic[Value]):
    """Words with a value each. `find` gives the leftmost-longest words that do not overlap; build once, use often."""

    def __init__(self, words: Mapping[str, Value]) -> None:
        self._forms = list(words)
        self._values = list(words.values())
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.LeftmostLongest)

    @classmethod
    def of(cls, forms: Iterable[str]) -> "LongestMatch[str]":
        """Words that are their own value."""
        return LongestMatch({form: form for form in forms})

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """(begin, end, value) of each word in `text`, left to right, in code points."""
        for index, begin, end in self._automaton.find_matches_as_indexes(text):
            yield begin, end, self._values[index]


class AllMatches(Generic[Value]):
    """Like LongestMatch, but `find` gives every occurrence of every word, overlaps included."""

    def __init__(self, words: Mapping[str, Value]) -> None:
        self._values = list(words.values())
        self._automaton = AhoCorasick(list(words), matchkind=MatchKind.Standard)

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """(begin, end, value) of each occurrence, in order of their ends."""
        for index, begin, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            yield begin, end, self._values[index]
