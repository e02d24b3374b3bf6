"""Edges of names that no list has: words that never stand in a body's name, and endings of names kept as written."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_forms
from zhiguan.rules.lexis import conditioned

_WORDS = "name_words"
FIRM = re.compile("(?:股份|集团|控股){0,2}有限(?:责任)?公司")
"""The end of a firm's name behind words that can end one themselves (研究院|股份有限公司)."""
_BRANCH = re.compile("(?<![一-鿿])[一-鿿]{2,10}（[一-鿿]{2,6}）[一-鿿]{0,6}$")


@cache
def sentence_words() -> re.Pattern[str]:
    """What no name holds."""
    return re.compile(conditioned(_WORDS, "sentence") + r"|\d省")


@cache
def sub_body() -> re.Pattern[str]:
    """A part of a school or hospital behind its name: 某大学|附属中学, 某大学|（东校区）."""
    return re.compile("（[一-鿿]{2,6}）|[一-鿿]{0,14}?" + conditioned(_WORDS, "sub-body"))


@cache
def written() -> re.Pattern[str]:
    """Endings of names that are kept as written."""
    return re.compile(conditioned(_WORDS, "written") + "(?![长们])")


@cache
def site() -> re.Pattern[str]:
    """Endings of sites and works, which are no bodies."""
    return re.compile(conditioned(_WORDS, "site") + "$")


@cache
def plain() -> frozenset[str]:
    """Endings that common words take to mean any such body (跨国公司, 商业银行)."""
    return load_forms(_WORDS, "plain")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(".*" + conditioned(_WORDS, "stop"))


def left_edge(text: str, end: int) -> int | None:
    """Where the name in front of an ending begins: behind punctuation or a word that no name holds."""
    begin = max(0, end - 18)
    window = text[begin:end]
    if branch := _BRANCH.search(window):
        return begin + branch.start()
    for mark in re.finditer("[^一-鿿A-Za-z0-9·-]", window):
        begin = end - len(window) + mark.end()
    if stop := _stop().match(text[begin:end]):
        begin += stop.end()
    return begin if 2 <= end - begin <= 16 else None
