"""Names that stand in lists before and behind the verbs of personnel decisions: 任命A、B（女）等N名同志为…, A、B当选…."""

import re

from zhiguan.model import Span
from zhiguan.rules.names import name_at, name_before

_PIECE_MARK = re.compile(r"[、，：；（）“”《》\s]|和|与|及")
_REMARK = re.compile(r"（(?:[男女]|[^（），。；]{1,6}族|如图|右|左|见图)(?:，[^（）。；]{1,12})?）")
_AFTER_NAMES = re.compile(
    rf"(?:{_REMARK.pattern})?(?:同志|教授|研究员|先生|女士)?(?:等)?(?:[两二三四五六七八九十百0-9]+(?:名|位|人))?(?:同志|代表|干部)?"
)
_BODY_OPENS = re.compile(
    r"(?P<between>(?:同志)?的?)(?:中共|中央|国家|全国|国务院|政协|[\u4e00-\u9fff]{0,6}[省市区县州旗盟镇乡厅局])"
)
_LIST_MARK = re.compile(r"[、，；（]")
TAKES = re.compile(r"(?:为|任|担任|当)")
"""Words between a person and the post: 任命A为X, 聘请A任X."""
_BY_VERB = 0.8  # least score of a name between 任命 and 为: the frame is the witness
_BEFORE_VERB_LEAST = 2.0


def names_after(text: str, begin: int, limit: int) -> tuple[list[Span], int]:
    """The names listed from `begin` on, and where the list with its 等N名同志 ends."""
    names: list[Span] = []
    at = begin
    while at < limit:
        mark = _LIST_MARK.search(text, at, limit)
        span = _taking(text, at, limit) or name_at(text, at, mark.start() if mark else limit, _BY_VERB)
        if not span:
            break
        names.append(span)
        remark = _REMARK.match(text, span.end, limit)
        at = remark.end() if remark else span.end
        if at < limit and text[at] in "、和":
            at += 1
        else:
            break
    found = _AFTER_NAMES.match(text, at, limit)
    return names, found.end() if found else at


def _taking(text: str, begin: int, limit: int) -> Span | None:
    """The name that ends where 为 stands, though its last character and 为 may be a word too (实为, 成为)."""
    for end in (begin + 3, begin + 2, begin + 4):
        if TAKES.match(text, end, limit) and name_at(text, begin, end, _BY_VERB) == Span(begin, end):
            return Span(begin, end)
    return None


def names_before(text: str, begin: int, end: int) -> list[Span]:
    """The list of names that ends at `end`."""
    names: list[Span] = []
    while end > begin:
        start = max((mark.end() for mark in _PIECE_MARK.finditer(text, begin, end)), default=begin)
        span = name_before(text, start, end, _BEFORE_VERB_LEAST)
        if not span:
            break
        names.append(span)
        if span.begin != start or start == begin or text[start - 1] not in "、和与及":
            break
        end = start - 1
    return names[::-1]


def name_before_body(text: str, begin: int, limit: int) -> tuple[list[Span], int]:
    """A name that a body follows at once (免去甲同志中共东江市委书记职务): what begins the body ends the name."""
    for length in (3, 2, 4):
        end = begin + length
        body = _BODY_OPENS.match(text, end, limit)
        if body and name_at(text, begin, end, _BY_VERB) == Span(begin, end):
            return [Span(begin, end)], body.end("between")
    return [], begin
