"""Lists around a number: 六大行动——甲、乙和丙 and 甲、乙、丙等七大行动, item by item.

A list counts only where its length fits the number that the text states: equal to it, or below it with 等.
"""

import re
from collections.abc import Iterator
from functools import cache

from zhiguan.model import Span
from zhiguan.rules.lexis import alternation

WORDS = "plan_part_words"
_BEHIND = re.compile(
    r"[”\"]?(?:——|—|：|[，（]?(?:即|也就是|包括|分别是|分别为|具体是|具体为|具体包括|主要包括|涵盖)[：，]?)"
    r"(?P<run>[^。；\n]+)"
)
_JOINT = re.compile(r"以及|[和及与]")
_QUOTED = re.compile(r"“(?P<item>[^“”\n]{2,40})”")
_QUOTED_RUN = re.compile(r"(?:“[^“”\n]{2,40}”(?:、|以及|[和及与])?){2,}(?P<etc>等)?$")
_ETC_BEFORE = re.compile(r"(?P<etc>等)?(?:在内的)?“?$")
_ETC_BEHIND = re.compile(r"等(?:内容|方面|方向)?$")
_EDGE = re.compile(r".*[，；：。（》\n]", re.DOTALL)
_LEAST, _MOST = 2, 40
"""Characters of an item: a shorter one is no name, a longer one a sentence."""


@cache
def _lead() -> re.Pattern[str]:
    """The words that lead from a subject to the first item (提出了, 将通过实施, 扎实推进)."""
    state, push = alternation(WORDS, "state"), alternation(WORDS, "push")
    return re.compile(rf"^.*?(?:{state}+|{push})(?:了|好|以)?")


def items_behind(text: str, end: int, stop: int, count: int) -> tuple[Span, ...]:
    """The items that follow a group ending at `end` in its sentence, which ends at `stop`; () where none fit."""
    match = _BEHIND.match(text, end, stop)
    if not match:
        return ()
    begin = match.start("run")
    run = _first_clause(match["run"])
    if run.startswith("“"):
        quoted = _quoted(run, begin)
        if len(quoted) == count:
            return quoted
    etc = _ETC_BEHIND.search(run)
    return _fitting(run[: etc.start()] if etc else run, begin, count, open_ended=etc is not None)


def items_before(text: str, start: int, begin: int, count: int) -> tuple[Span, ...]:
    """The items right before a group that begins at `begin` in its sentence, which starts at `start`; () where none fit."""
    head = text[start:begin]
    quoted = _QUOTED_RUN.search(head)
    if quoted:
        items = _quoted(quoted[0], start + quoted.start())
        return items if _fits(len(items), count, open_ended=quoted["etc"] is not None) else ()
    ending = _ETC_BEFORE.search(head)
    etc = bool(ending and ending["etc"])
    head = head[: ending.start()] if ending else head
    edge = _EDGE.match(head)
    offset = edge.end() if edge else 0
    lead = _lead().match(head[offset : (head.find("、", offset) + 1 or len(head) + 1) - 1])
    if lead:
        offset += lead.end()
    elif not head[:offset].endswith("："):
        return ()
    return _fitting(head[offset:], start + offset, count, open_ended=etc)


def _first_clause(run: str) -> str:
    """`run` up to the first comma or closing bracket outside quotation marks."""
    depth = 0
    for place, char in enumerate(run):
        depth += (char == "“") - (char == "”")
        if char in "，,）：" and depth <= 0:
            return run[:place]
    return run


def _quoted(run: str, offset: int) -> tuple[Span, ...]:
    return tuple(Span(offset + m.start("item"), offset + m.end("item")) for m in _QUOTED.finditer(run))


def _fits(number: int, count: int, *, open_ended: bool) -> bool:
    return 2 <= number < count if open_ended else number == count


def _fitting(run: str, offset: int, count: int, *, open_ended: bool) -> tuple[Span, ...]:
    """The first way to split `run` that fits the count and gives items of a name's length."""
    for spans in _splits(run, offset):
        if _fits(len(spans), count, open_ended=open_ended) and all(_LEAST <= len(span) <= _MOST for span in spans):
            return spans
    return ()


def _splits(run: str, offset: int) -> Iterator[tuple[Span, ...]]:
    """`run` split at each 、, and its last piece at a 和, 及, 与 or 以及 too: the last of them first."""
    pieces = _pieces(run, offset)
    yield pieces
    last = pieces[-1]
    tail = run[last.begin - offset :]
    for joint in reversed([*_JOINT.finditer(tail)]):
        yield (*pieces[:-1], Span(last.begin, last.begin + joint.start()), Span(last.begin + joint.end(), last.end))


def _pieces(run: str, offset: int) -> tuple[Span, ...]:
    found, begin = [], 0
    for mark in [*re.finditer("、", run), None]:
        end = mark.start() if mark else len(run)
        found.append(_bare(run, begin, end, offset))
        begin = end + 1
    return tuple(found)


def _bare(run: str, begin: int, end: int, offset: int) -> Span:
    """The piece without the quotation marks and blanks around it."""
    piece = run[begin:end]
    marks = piece.count("“") - piece.count("”")
    left = len(piece) - len(piece.lstrip(" "))
    right = len(piece) - len(piece.rstrip(" "))
    if piece[left:].startswith("“") and (marks > 0 or piece.endswith("”")):
        left += 1
    if piece[: len(piece) - right].endswith("”") and (marks < 0 or piece.startswith("“")):
        right += 1
    return Span(offset + begin + left, offset + max(begin + left, end - right))
