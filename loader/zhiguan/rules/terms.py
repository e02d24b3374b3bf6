"""Terms of elected bodies and their sessions: 第十四届全国人民代表大会 is a term, 十四届全国人大三次会议 its third session.

The ordinal stands before, behind or within the body's name; without it the name is that of the body, which continues.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from zhiguan.lexicon.loading import load_rows
from zhiguan.model import Body, BodyKind, Division, Document, Evidence, MeetingFact, Span, Term, TermFact
from zhiguan.resolve.bodies import resolve_body
from zhiguan.rules.posts import body_begin
from zhiguan.rules.sessions import numeral

_RULE = "term-ordinal"
_NUMERAL = r"[一二三四五六七八九十百零]{1,5}|\d{1,3}"
_ORDINAL = re.compile(rf"(?<![新上下每历这本两换各])第?(?P<number>{_NUMERAL})届")
_PLENUM = re.compile(rf"(?:{_NUMERAL})中全会")
_SESSION = re.compile(rf"第?(?P<number>{_NUMERAL})(?:次(?:全体)?(?:会议|全会)|中全会)")
_LEFT_ENDS = ("委", "政协", "人大", "委员会", "人民代表大会")
_PARTY_CENTRE = "中国共产党中央委员会"
_SITTING = re.compile(rf"(?:第?(?:{_NUMERAL})次)?(?:全体会议|全会|大会)?(?:[开闭]幕(?:会|式|大会)?|预备会议?)?")
_PARTY = ("", "党", "党的", "中共", "中国共产党")
_ALONE = ("全国", "中国人民政治协商会议", "中国共产党", "中共")
"""Begins of names that need no words before them."""
_REACH = 18
_ELECTED = frozenset(
    (BodyKind.CONGRESS, BodyKind.CONSULTATIVE, BodyKind.PARTY, BodyKind.MASS, BodyKind.DEMOCRATIC_PARTY)
)


@cache
def _bodies() -> dict[str, str]:
    """Words behind an ordinal -> the body's name, or the end of it."""
    return {form: name for form, _, name, _ in load_rows("term_bodies")}


@cache
def _right() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _bodies()), key=len, reverse=True)))


def find_terms(document: Document, meetings: Iterable[MeetingFact], home: Division | None) -> list[TermFact]:
    """The terms that the text names and those of the meetings that are sessions, each once."""
    facts: dict[Term, TermFact] = {}
    for term, span in _named(document.text, home):
        facts.setdefault(term, TermFact(term=term, evidence=(Evidence(span, _RULE),)))
    for meeting in meetings:
        if meeting.term:
            facts.setdefault(meeting.term, TermFact(term=meeting.term, evidence=meeting.evidence))
    return list(facts.values())


def with_session(meeting: MeetingFact, home: Division | None) -> MeetingFact:
    """The meeting with its term and the number of its session, where its name says these and no more: 十四届全国人大一次会议
    opening is the session, 十四届全国人大一次会议台湾代表团审议 a meeting beside it."""
    for term, span in _named(meeting.name, home):
        session = _SESSION.match(meeting.name, span.end)
        if session and meeting.name[: span.begin] in _PARTY and _SITTING.fullmatch(meeting.name, session.end()):
            return replace(meeting, term=term, session=numeral(session["number"]))
    return meeting


def _named(text: str, home: Division | None) -> Iterator[tuple[Term, Span]]:
    if "届" not in text:
        return
    for match in _ORDINAL.finditer(text):
        found = _body(text, match.start(), match.end(), home)
        if found:
            body, span = found
            yield Term(body, numeral(match["number"])), span


def _body(text: str, begin: int, end: int, home: Division | None) -> tuple[Body, Span] | None:
    """The elected body around the ordinal text[begin:end], and the passage that names it and its term."""
    left = text[body_begin(text, max(text.rfind("\n", 0, begin) + 1, begin - _REACH), begin) : begin]
    right = _right().match(text, end)
    name = _bodies()[right[0]] if right else ""
    if right is None and _PLENUM.match(text, end) and not left.endswith("委"):
        name = _PARTY_CENTRE
    if name.startswith(_ALONE) and right and _of_another_party(left, right[0], home):
        name = right[0]
    elif name.startswith(_ALONE):
        left = ""
    elif not name and not left.endswith(_LEFT_ENDS):
        return None
    body = resolve_body(left + name, home=home)
    if body is None or not body.resolved or body.kind not in _ELECTED:
        return None
    return body, Span(begin - len(left), right.end() if right else end)


def _of_another_party(words: str, organ: str, home: Division | None) -> bool:
    """Whether the words before the ordinal name a democratic party or a mass organisation with such an organ of its own."""
    body = resolve_body(words + organ, home=home) if words and not words.endswith(_PARTY[1:]) else None
    return body is not None and body.kind in (BodyKind.DEMOCRATIC_PARTY, BodyKind.MASS)
