"""Which plan a passage speaks for: the one named before it, unless somebody begins to speak of something else.

Ties are left open, since a part of the wrong plan misleads more than a part of none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from zhiguan.model import DocumentEvent, PlanFact, Span
from zhiguan.rules.documents import core
from zhiguan.rules.lexis import alternation
from zhiguan.rules.part_lists import WORDS

_KINDS = "document_kinds"
_LEAST_SUBJECT = 6
"""Characters of a title without its kind that name the plan when they stand in running text."""
_REACH = 400
"""Characters from a plan's name to a part of it in the same paragraph."""
_TITLE = re.compile(r"《[^《》\n]*》")
_OF_PLAN_BEHIND = re.compile(r"[”\"]?的")


@cache
def _kind_at_end() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_KINDS, 'plan', 'act', 'report')}$")


@cache
def _plan_at_end() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_KINDS, 'plan')}$")


@cache
def _report_at_end() -> re.Pattern[str]:
    """Reports tell what was done; the numbers in them are no plan's."""
    return re.compile(rf"{alternation(_KINDS, 'report')}$")


@cache
def _reference() -> re.Pattern[str]:
    """方案提出, 该规划共: a kind of document as the subject of what it states."""
    return re.compile(
        rf"(?:^|[，。；：\n该]|其中)(?P<kind>{alternation(_KINDS, 'plan', 'act')})"
        rf"(?:还|将|也|共|主要|重点)*(?={alternation(WORDS, 'state', 'push')}|共|从|力争|要求)"
    )


@cache
def _turn() -> re.Pattern[str]:
    """A clause in which a person or a meeting says or does something of its own."""
    speech, meeting = alternation(WORDS, "turn-speech"), alternation(WORDS, "turn-meeting")
    return re.compile(
        rf"[，；。：\n][^，。；：“”《》\n]{{0,30}}?{speech}(?!会)"
        rf"|[，；。\n](?:会议|会上|会|并|还|同时|以及|随后|现场)+{meeting}"
    )


@cache
def _bare_turn() -> re.Pattern[str]:
    """A deed without a subject (，部署…): the meeting's where a meeting acts on the plan, else the plan's."""
    return re.compile(rf"[，；。\n]{alternation(WORDS, 'turn-meeting')}")


@cache
def _meeting_acts() -> re.Pattern[str]:
    return re.compile(rf"会|{alternation(WORDS, 'turn-meeting')}")


class Owners:
    """The places of one article that name its plans."""

    def __init__(self, text: str, plans: Sequence[PlanFact]) -> None:
        self._text = text
        self._plans = plans
        states = [number for number, plan in enumerate(plans) if not _report_at_end().search(core(plan.title))]
        named = [(item.span, number) for number in states for item in plans[number].evidence]
        named += self._references(named)
        self._named = sorted(set(named), key=lambda pair: (pair[0].begin, pair[0].end))
        self._begins = [span.begin for span, _ in self._named]
        self._subjects = [(_subject(plans[number].title), number) for number in states]

    def _references(self, named: Sequence[tuple[Span, int]]) -> list[tuple[Span, int]]:
        found = []
        for match in _reference().finditer(self._text):
            span = Span(match.start("kind"), match.end("kind"))
            before = [
                (place.begin, number)
                for place, number in named
                if place.begin < span.begin and core(self._plans[number].title).endswith(match["kind"])
            ]
            if before:
                found.append((span, max(before)[1]))
        return found

    def owner(self, part: Span, sentence: Span, paragraph: int, *, stated: bool) -> int | None:
        """Index of the plan that the part at `part` belongs to; None where the text leaves it open.

        `paragraph` is where the part's paragraph begins. `stated`: the wording alone (a list, a verb of stating) says
        that a document is being told, so that the article's only plan is meant where no other is near.
        """
        behind = self._behind(part)
        if behind is not None:
            return behind
        near = self._before(part.begin, max(paragraph, part.begin - _REACH))
        if near is not None:
            span, number = near
            inside = span.begin >= sentence.begin
            if "《" in self._text[span.end : part.begin]:  # a work that is no plan of ours stands nearer
                return None
            if self._turns(span.end, part.begin) or (inside and self._meeting_goes_on(sentence, span, part.begin)):
                return None
            if inside:
                return None if self._listed(span) else number
        if self._turns(sentence.begin, part.begin, opening=True):
            return None
        by_subject = self._by_subject(sentence)
        if by_subject is not None:
            return by_subject
        if near is not None:
            return None if self._listed(near[0]) else near[1]
        if not stated or self._turns(paragraph, part.begin, opening=True):
            return None
        return self._only(part.begin)

    def _behind(self, part: Span) -> int | None:
        """涵盖14项具体任务的《…》: the plan that the part describes."""
        joint = _OF_PLAN_BEHIND.match(self._text, part.end)
        if not joint:
            return None
        place = bisect_left(self._begins, joint.end())
        if place < len(self._named) and self._named[place][0].begin == joint.end():
            return self._named[place][1]
        return None

    def _before(self, position: int, start: int) -> tuple[Span, int] | None:
        for span, number in reversed(self._named[: bisect_left(self._begins, position)]):
            if span.begin < start:
                return None
            if span.end <= position:
                return span, number
        return None

    def _listed(self, span: Span) -> bool:
        """Whether the plan at `span` is the last of several in a row, so that any of them may be meant."""
        before = self._before(span.begin, 0)
        if before is None or before[1] == self._number_at(span):
            return False
        return re.fullmatch(r"(?:以及|[、和及与])?", self._text[before[0].end : span.begin]) is not None

    def _number_at(self, span: Span) -> int:
        return next(number for place, number in self._named if place == span)

    def _turns(self, begin: int, end: int, *, opening: bool = False) -> bool:
        passage = self._text[begin:end]
        if not opening:
            return _turn().search(passage) is not None
        return (_turn().search("，" + passage) or _bare_turn().search("，" + passage)) is not None

    def _meeting_goes_on(self, sentence: Span, plan: Span, end: int) -> bool:
        """会议审议了《…》，部署…: the subject of what follows the plan is still the meeting."""
        acts = _meeting_acts().search(self._text, sentence.begin, plan.begin)
        return acts is not None and _bare_turn().search(self._text, plan.end, end) is not None

    def _by_subject(self, sentence: Span) -> int | None:
        """The plan whose title without its kind the sentence says, the longest; None for two of a length."""
        words = _TITLE.sub("", self._text[sentence.begin : sentence.end])
        found = [(len(s), number) for s, number in self._subjects if len(s) >= _LEAST_SUBJECT and s in words]
        found.sort(reverse=True)
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        return found[0][1]

    def _only(self, position: int) -> int | None:
        """The article's only plan that something happened to, if it was named before."""
        told = [number for number, plan in enumerate(self._plans) if plan.event is not DocumentEvent.MENTIONED]
        if len(told) != 1 or not _plan_at_end().search(core(self._plans[told[0]].title)):
            return None
        first = min(item.span.begin for item in self._plans[told[0]].evidence)
        return told[0] if first < position else None


def _subject(title: str) -> str:
    return _kind_at_end().sub("", core(title))
