"""Plans, schemes, regulations, reports and agreements that an article names, and what it says happened to them.

A title in 《》 counts when its last word is a kind of document or the verb over it acts on documents (审议, 印发);
books, films, newspapers, speeches and personnel decisions do not. Some are named without 《》: laws that were passed,
five-year plans of a place, work reports under review, signed agreements.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zhiguan.model import Body, Division, Document, DocumentEvent, Evidence, MeetingFact, PlanFact, Span
from zhiguan.rules.documents import clean_title, core, is_document, is_kind, period_of, same_document, same_five_years
from zhiguan.rules.papers import Paper, find_papers

Resolve = Callable[[str], Body | None]

_RANK = (
    DocumentEvent.APPROVED, DocumentEvent.SIGNED, DocumentEvent.REVIEWED, DocumentEvent.RELEASED,
    DocumentEvent.INTERPRETED, DocumentEvent.MENTIONED,
)  # fmt: skip
_ISSUER = re.compile(r"^(?P<body>[^关《“\d]{4,30}?)关于")
_TITLE_ISSUER_END = re.compile(r"(?:[委会府局厅部院室]|小组|指挥部|政协|人大)$")


@dataclass(slots=True)
class _Plan:
    """A document under construction: all places that name it."""

    title: str
    papers: list[Paper] = field(default_factory=list)


def find_plans(
    document: Document, meetings: list[MeetingFact], home: Division | None, resolve: Resolve | None = None
) -> list[PlanFact]:
    """The documents of an article in the order of their first naming. `resolve` turns a surface name of a body into
    the body; without it nobody is named as issuer. `home` is not needed today."""
    del home
    plans: list[_Plan] = []
    for paper in find_papers(document):
        _add(plans, paper)
    return [_fact(plan, meetings, resolve) for plan in plans if _counts(plan)]


def _add(plans: list[_Plan], paper: Paper) -> None:
    """A paper to the plan of the same title, or to a new one; the title in 《》 wins over a paraphrase."""
    title = clean_title(paper.title)
    if is_kind(title):  # 《规划》 points back to the plan named before
        meant = [plan for plan in plans if core(plan.title).endswith(title)]
        if meant:
            meant[-1].papers.append(paper)
        return
    for plan in plans:
        paraphrase = not (paper.marked and plan.papers[0].marked)
        if same_document(plan.title, title, paraphrase=paraphrase) or same_five_years(plan.title, title):
            better = paper.marked > plan.papers[0].marked or (
                paper.marked == plan.papers[0].marked and len(title) > len(plan.title)
            )
            if better:
                plan.title = title
                plan.papers.insert(0, paper)
            else:
                plan.papers.append(paper)
            return
    plans.append(_Plan(title, [paper]))


def _counts(plan: _Plan) -> bool:
    acted_on = any(paper.event is not DocumentEvent.MENTIONED or paper.listed for paper in plan.papers)
    return any(paper.sure for paper in plan.papers) or is_document(plan.title, acted_on=acted_on)


def _fact(plan: _Plan, meetings: list[MeetingFact], resolve: Resolve | None) -> PlanFact:
    event = min((paper.event for paper in plan.papers), key=_RANK.index)
    acting = next(paper for paper in plan.papers if paper.event is event)
    start, end = period_of(plan.title)
    return PlanFact(
        title=plan.title,
        start=start,
        end=end,
        issuers=_issuers(plan, resolve),
        event=event,
        meeting=None if event is DocumentEvent.MENTIONED else _meeting_at(acting.span, meetings),
        evidence=tuple(dict.fromkeys(Evidence(paper.span, paper.rule) for paper in plan.papers)),
    )


def _meeting_at(span: Span, meetings: list[MeetingFact]) -> str | None:
    """The event last named before the document, else the first."""
    best: tuple[int, str] | None = None
    for meeting in meetings:
        for item in meeting.evidence:
            if item.span.begin <= span.begin and (best is None or item.span.begin > best[0]):
                best = (item.span.begin, meeting.id)
    return best[1] if best else (meetings[0].id if meetings else None)


def _issuers(plan: _Plan, resolve: Resolve | None) -> tuple[Body, ...]:
    """The body with which the title begins, the one right before 《, or the subject of 印发."""
    if resolve is None:
        return ()
    match = _ISSUER.match(plan.title)
    surfaces = [match["body"]] if match and _TITLE_ISSUER_END.search(match["body"]) else []
    surfaces += [paper.issuer for paper in plan.papers if paper.issuer]
    for surface in surfaces:
        body = resolve(surface)
        if body is not None:
            return (body,)
    return ()
