"""Digests: several short reports in one article, each a paragraph that begins with its own day."""

import re
from collections.abc import Sequence

from zhiguan.rules.happenings import DATE_CHARS
from zhiguan.rules.narrative import Sentence

_FEWEST = 3
_DATELINE = re.compile(r"^[^，。]{0,40}?(?:讯|电|消息|报道)\s*(?:（[^）]{0,40}）)?\s*")
_OWN_DAY = re.compile(rf"(?:另外?[，,]?|另悉[，,]?|此外[，,]?)?(?=[^，。]{{0,12}}月){DATE_CHARS}")
_SIGNED = re.compile(r"（[一-鿿]{2,4}(?:[\s＿、][一-鿿]{2,4}){0,3}）\s*$")


def items_of(parts: Sequence[Sentence]) -> list[int]:
    """For each sentence the number of the report that it belongs to, counted from 1; all 0 where the article is one.

    An article is a digest when at least three paragraphs begin with a month and a day, or two that their reporters sign.
    """
    openers = {part.paragraph for part in _first_of_paragraphs(parts) if _opens(part)}
    signed = {part.paragraph for part in parts if _SIGNED.search(part.masked)}
    if len(openers) < (2 if len(signed) > 1 else _FEWEST):
        return [0] * len(parts)
    items, item, paragraph = [], 0, -1
    for part in parts:
        if part.paragraph != paragraph:
            paragraph = part.paragraph
            item += paragraph in openers
        items.append(0 if part.headline else item)
    return items


def _first_of_paragraphs(parts: Sequence[Sentence]) -> list[Sentence]:
    told = [part for part in parts if not part.headline and not part.caption]
    return [
        part
        for before, part in zip([None, *told], told, strict=False)
        if before is None or before.paragraph != part.paragraph
    ]


def _opens(part: Sentence) -> bool:
    dateline = _DATELINE.match(part.masked)
    return _OWN_DAY.match(part.masked, dateline.end() if dateline else 0) is not None
