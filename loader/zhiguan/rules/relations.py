"""How one body stands to another where a text says it in so many words: A由B领导, A业务上受B指导, A与B合署办公, A加挂B牌子.

Precision before recall: both names must be known in full, and nothing but the frame may stand between them.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Body, Division, Document, Evidence, RelationFact, RelationKind, Span
from zhiguan.resolve.bodies import resolve_body
from zhiguan.rules.posts import body_begin

_RULE = "relation-frame"
_NAME = r"[\u4e00-\u9fff]{2,24}?"
_LEFT = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,24}?)[，,]?(?:仍|继续|实行|同时|统一)?$")
_REACH = 28


class _Frame(NamedTuple):
    """A frame: the pattern of what stands behind the first name, and whether that name is the relation's subject."""

    kind: RelationKind
    forward: bool
    pattern: re.Pattern[str]
    last: str


@cache
def _frames() -> tuple[_Frame, ...]:
    """Longest words first, so that 业务上受…指导 is not read as 受…."""
    rows = sorted(load_table("body_relations"), key=lambda entry: -len(entry.form))
    frames = []
    for entry in rows:
        first, _, last = entry.form.partition("|")
        pattern = re.compile(rf"{first}(?P<right>{_NAME}){last}")
        frames.append(_Frame(RelationKind(entry.cls), entry.note == "forward", pattern, last))
    return tuple(frames)


def find_relations(document: Document, home: Division | None) -> list[RelationFact]:
    """Each relation once, in the order of the frames."""
    facts: dict[tuple[RelationKind, str, str], RelationFact] = {}
    for line in document.lines:
        text = document.text[line.span.begin : line.span.end]
        for frame in _frames():
            if frame.last not in text:
                continue
            for fact in _read(frame, document.text, line.span, home):
                facts.setdefault((fact.kind, fact.subject.name, fact.other.name), fact)
    return list(facts.values())


def _read(frame: _Frame, text: str, span: Span, home: Division | None) -> Iterator[RelationFact]:
    for match in frame.pattern.finditer(text, span.begin, span.end):
        before = _LEFT.search(text, max(span.begin, match.start() - _REACH), match.start())
        right = _body(match["right"], home) if before else None
        left = _body(before["name"], home) if before and right else None
        if before is None or left is None or right is None or left == right:
            continue
        begin = before.start() + body_begin(before["name"], 0, len(before["name"]))
        subject, other = (left, right) if frame.forward else (right, left)
        evidence = (Evidence(Span(begin, match.end()), _RULE),)
        yield RelationFact(kind=frame.kind, subject=subject, other=other, evidence=evidence)


def _body(words: str, home: Division | None) -> Body | None:
    """The body whose full name is known that the words name from their first possible place on."""
    name = words[body_begin(words, 0, len(words)) :]
    body = resolve_body(name, home=home) if name else None
    return body if body and body.resolved else None
