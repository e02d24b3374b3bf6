"""Word lists and longest-match look-up."""

import re

import pytest

from zhiguan.lexicon.index import AllMatches, LongestMatch
from zhiguan.rules.lexis import conditioned


def test_longest_match_prefers_the_longer_word_and_never_overlaps() -> None:
    index = LongestMatch({"区委": 1, "区委宣传部": 2, "部长": 3})
    assert list(index.find("区委宣传部部长")) == [(0, 5, 2), (5, 7, 3)]


def test_all_matches_gives_overlaps() -> None:
    index = AllMatches({"区委": 1, "区委宣传部": 2})
    assert sorted(index.find("区委宣传部")) == [(0, 2, 1), (0, 5, 2)]


def test_words_as_their_own_value() -> None:
    assert list(LongestMatch[str].of(["局长"]).find("副局长")) == [(1, 3, "局长")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教育局", True),
        ("布局", False),  # not behind
        ("第七中", True),
        ("七中全会", False),  # not before
        ("人才科科长", True),  # before
        ("科普", False),
    ],
)
def test_words_under_conditions(text: str, found: bool) -> None:
    pattern = re.compile(conditioned("name_words", "listed-part", "part"))
    assert bool(pattern.search(text)) == found
