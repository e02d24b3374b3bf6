"""What each kind of thing is in the graph: its type, labels, dates and numbers. Links to things with IRIs of their own are
given by the mapping."""

from zhiguan.model import (
    Division,
    MeetingFact,
    PersonnelFact,
    PlanFact,
    PlanPartFact,
    PlanStatus,
    PostFact,
    Term,
)
from zhiguan.rdf import terms
from zhiguan.rdf.edtf import bounds
from zhiguan.rdf.numerals import chinese
from zhiguan.rdf.vocabulary import activity_class, activity_concept, document_concept, title_concept
from zhiguan.rdf.writer import QuadWriter
from zhiguan.resolve.ranks import rank_of


def write_date(
    write: QuadWriter, node: str, predicate: str, value: str, earliest: str | None, latest: str | None
) -> None:
    """Write an EDTF date and, under the predicates given, its bounds where its year is known."""
    write.typed(node, predicate, value, terms.EDTF)
    found = bounds(value)
    if found and earliest:
        write.typed(node, earliest, found.earliest.isoformat(), terms.XSD_DATE)
    if found and latest:
        write.typed(node, latest, found.latest.isoformat(), terms.XSD_DATE)


def describe_division(write: QuadWriter, node: str, division: Division) -> None:
    write.node(node, terms.TYPE, terms.DIVISION)
    write.label(node, terms.LABEL, division.name)
    write.label(node, terms.FULL_NAME, division.full_name)
    write.node(node, terms.DIVISION_LEVEL, f"{terms.ZGV}level-{division.level}")
    if division.code.isdigit():
        write.typed(node, terms.NOTATION, division.code, terms.GBT2260)
    else:  # the nation has no GB/T 2260 code
        write.text(node, terms.NOTATION, division.code)


def describe_post(write: QuadWriter, node: str, fact: PostFact, body: str | None) -> None:
    """Write the post of a tenure, in its body (an IRI) where the text names one."""
    write.node(node, terms.TYPE, terms.POST)
    write.label(node, terms.LABEL, fact.post)
    if body:
        write.node(node, terms.POST_IN, body)
    if concept := title_concept(fact.post):
        write.node(node, terms.ROLE, concept)
    if rank := rank_of(fact.post, fact.body):
        write.node(node, terms.RANK, terms.ZGV + rank)


def describe_meeting(write: QuadWriter, node: str, fact: MeetingFact) -> None:
    write.node(node, terms.TYPE, terms.ACTIVITY)
    write.label(node, terms.LABEL, fact.name)
    if fact.type:
        write.label(node, terms.ACTIVITY_TYPE, fact.type)
    concept = activity_concept(fact.type)
    if concept:
        write.node(node, terms.KIND, concept)
    if kind := terms.MEETING if fact.term else activity_class(concept):
        write.node(node, terms.TYPE, kind)
    if fact.date:
        write_date(write, node, terms.DATE, fact.date, terms.DATE_EARLIEST, terms.DATE_LATEST)
    if fact.time:
        write.text(node, terms.TIME_OF_DAY, fact.time)
    if fact.place:
        write.label(node, terms.PLACE_NAME, fact.place)


def describe_term(write: QuadWriter, node: str, term: Term, body: str) -> None:
    """Write a term of a body (an IRI): 全国人民代表大会第十四届."""
    write.node(node, terms.TYPE, terms.TERM)
    write.label(node, terms.LABEL, f"{term.body.name}第{chinese(term.number)}届")
    write.node(node, terms.TERM_OF, body)
    write.typed(node, terms.TERM_NUMBER, str(term.number), terms.XSD_INTEGER)


def describe_action(write: QuadWriter, node: str, fact: PersonnelFact, tenure: str) -> None:
    """Write a decision about a tenure (an IRI), which says whose it is and in what post."""
    write.node(node, terms.TYPE, terms.PERSONNEL_ACTION)
    write.node(node, terms.TYPE, terms.ACTION_CLASSES[fact.kind])
    write.node(node, terms.TENURE_OF_ACTION, tenure)
    if fact.date:
        write_date(write, node, terms.EFFECTIVE, fact.date, terms.EFFECTIVE_EARLIEST, terms.EFFECTIVE_LATEST)


def describe_plan(write: QuadWriter, node: str, fact: PlanFact) -> None:
    write.node(node, terms.TYPE, terms.PLAN)
    write.label(node, terms.TITLE, fact.title)
    if concept := document_concept(fact.title):
        write.node(node, terms.KIND, concept)
    if fact.number:
        write.text(node, terms.DOCUMENT_NUMBER, fact.number)
    if fact.start:
        write_date(write, node, terms.PERIOD_START, fact.start, terms.PERIOD_START_EARLIEST, None)
    if fact.end:
        write_date(write, node, terms.PERIOD_END, fact.end, None, terms.PERIOD_END_LATEST)


def describe_status(write: QuadWriter, node: str, plan: str, status: PlanStatus, as_of: str | None) -> None:
    """Write how far a plan (an IRI) is said to be on a day (EDTF), None where no day is known."""
    write.node(node, terms.TYPE, terms.STATUS_REPORT)
    write.node(node, terms.REPORTS_ON, plan)
    write.node(node, terms.REPORTED_STATUS, f"{terms.ZGV}plan-status-{status}")
    if as_of:
        write.typed(node, terms.AS_OF, as_of, terms.EDTF)


def describe_part(write: QuadWriter, node: str, fact: PlanPartFact, plan: str | None, group: str | None) -> None:
    """Write the part `node` of a plan and of a group of parts (IRIs, None where it has none)."""
    write.node(node, terms.TYPE, terms.PLAN_PART)
    write.node(node, terms.TYPE, terms.PLAN_PART_CLASSES[fact.kind])
    write.label(node, terms.LABEL, fact.label)
    write.typed(node, terms.PART_ORDER, str(fact.order), terms.XSD_INTEGER)
    if fact.count is not None:
        write.typed(node, terms.STATED_COUNT, str(fact.count), terms.XSD_INTEGER)
    if plan:
        write.node(node, terms.PART_OF_PLAN, plan)
    if group:
        write.node(node, terms.IS_PART_OF, group)
