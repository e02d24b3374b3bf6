"""Whom a passage is about: the person whom its first sentence begins with."""

import re
from collections.abc import Iterable

from zhiguan.model import Span
from zhiguan.rules.names import name_at
from zhiguan.rules.personnel import NUMBERED
from zhiguan.segment import Sentence

_SAID_OF = re.compile(r"[^，。]{2,12}(?:显示|获悉|介绍)，")
_BIOGRAPHY = re.compile(
    r"[\s　，]*(?:[男女](?=[\s　，])|[\u4e00-\u9fff]{1,4}族(?=[\s　，])|\d{4}年(?:\d{1,2}月)?(?:出?生|参加)|出?生于|早年|历任|曾任|曾先后|毕业于|现任|（\d{4}|（[男女])"
)


def subject_of(text: str, sentence: Sentence, known: Iterable[str]) -> Span | None:
    """The person whom a sentence begins with: one known already, or one whose life it begins to tell (甲，男，汉族)."""
    begin = sentence.span.begin
    for name in known:
        if text.startswith(name, begin):
            return Span(begin, begin + len(name))
    if not _BIOGRAPHY.search(text, begin, min(begin + 30, sentence.span.end)):
        return None
    for opening in (NUMBERED, _SAID_OF):
        found = opening.match(text, begin, sentence.span.end)
        begin = found.end() if found else begin
    span = name_at(text, begin, min(begin + 12, sentence.span.end))
    return span if span and _BIOGRAPHY.match(text, span.end, sentence.span.end) else None
