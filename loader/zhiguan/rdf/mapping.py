"""Facts of one article as N-Quads: the shape that docs/architecture.md shows and ontology/shapes.ttl demands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from zhiguan.errors import MappingError
from zhiguan.lexicon.confidence import (
    ACTION,
    MEETING,
    PERSON,
    PLAN,
    PLAN_PART,
    PLAN_STATUS,
    TERM,
    body_kind,
    participation_kind,
)
from zhiguan.model import (
    Body,
    Division,
    Evidence,
    Facts,
    MeetingFact,
    ParticipationFact,
    PersonFact,
    PersonnelFact,
    PlanFact,
    PlanPartFact,
    PlanStatusFact,
    PostFact,
    RelationFact,
    Term,
)
from zhiguan.rdf import terms
from zhiguan.rdf.article import describe_metadata, describe_run, describe_text
from zhiguan.rdf.describe import (
    describe_action,
    describe_division,
    describe_meeting,
    describe_part,
    describe_plan,
    describe_post,
    describe_status,
    describe_term,
)
from zhiguan.rdf.edtf import bounds
from zhiguan.rdf.iris import DEFAULT_BASE, Iris, scope_named_in
from zhiguan.rdf.provenance import Attestor
from zhiguan.rdf.writer import QuadWriter

DivisionLookup = Callable[[str], Division | None]
"""Finds a division by its code, to write the divisions above one."""


def _no_division(_code: str) -> Division | None:
    return None


def to_nquads(
    facts: Facts,
    *,
    base: str = DEFAULT_BASE,
    origin_digest: str | None = None,
    origin_name: str | None = None,
    divisions: DivisionLookup = _no_division,
) -> str:
    """All that one article says, as sorted N-Quads in the article's own graph: equal facts give equal bytes.

    `origin_digest` and `origin_name` say which file the article came from. MappingError when a fact has no evidence,
    names a person or meeting that the facts do not hold, or has a date that is not EDTF.
    """
    iris = Iris(base)
    writer = QuadWriter(iris.graph(facts.document.source.id))
    attestor = Attestor(facts.document, iris, writer)
    mapping = _Mapping(facts, iris, writer, attestor, divisions)
    mapping.write_article(origin_digest, origin_name)
    mapping.write_facts()
    return writer.dump()


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _observed_on(facts: Facts) -> str | None:
    """The day that the article speaks for: that of its main meeting, or of the last that was held by its publication
    (reports of a session cover several days), else that of its publication."""
    main = next((meeting.date for meeting in facts.meetings if meeting.id == "m1"), None)
    published = facts.metadata.published
    if main is None or published is None:
        return main or published
    held = (meeting.date for meeting in facts.meetings if meeting.date and _DAY.fullmatch(meeting.date))
    return max((day for day in held if main < day <= published), default=main)


@dataclass(slots=True)
class _Mapping:
    """One article on its way into its graph. `write_…` describes a node and returns its IRI; of two
    descriptions of one node the first stands."""

    facts: Facts
    iris: Iris
    writer: QuadWriter
    attestor: Attestor
    divisions: DivisionLookup
    _described: set[str] = field(init=False, default_factory=set)
    _people: dict[str, PersonFact] = field(init=False)
    _meetings: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._people = {fact.name: fact for fact in reversed(self.facts.people)}

    @property
    def _id(self) -> str:
        return self.facts.document.source.id

    @property
    def _home(self) -> str:
        """Home scope of the article: its jurisdiction, or the article itself where that is not known."""
        home = self.facts.jurisdiction
        return home.code if home else f"article:{self._id}"

    def _is_new(self, node: str) -> bool:
        if node in self._described:
            return False
        self._described.add(node)
        return True

    def write_facts(self) -> None:
        for person in self.facts.people:
            self.write_person(person)
        for body in self.facts.bodies:
            self.write_body(body.body, body.evidence)
        for post in self.facts.posts:
            self.write_tenure(post)
        for meeting in self.facts.meetings:
            self.write_meeting(meeting)
        for participation in self.facts.participation:
            self.write_participation(participation)
        for plan in self.facts.plans:
            self.write_plan(plan)
        self._write_plan_parts()
        for status in self.facts.plan_statuses:
            self.write_status_report(status)
        for term in self.facts.terms:
            self.write_term(term.term, term.evidence)
        for relation in self.facts.relations:
            self.write_relation(relation)
        for action in self.facts.actions:
            self.write_action(action)

    def write_article(self, origin_digest: str | None, origin_name: str | None) -> None:
        source, write = self.facts.document.source, self.writer
        node = self.iris.article(source.id)
        write.node(node, terms.TYPE, terms.ARTICLE)
        write.text(node, terms.IDENTIFIER, source.id)
        write.node(node, terms.TEXT, describe_text(write, self.iris, source))
        if source.url:
            write.typed(node, terms.URL, source.url, terms.XSD_ANY_URI)
        if origin_digest:
            write.text(node, terms.ORIGIN_DIGEST, origin_digest)
        if origin_name:
            write.text(node, terms.ORIGIN_NAME, origin_name)
        if self.facts.jurisdiction:
            write.node(node, terms.SPATIAL, self.write_division(self.facts.jurisdiction))
        if observed := _observed_on(self.facts):
            write.typed(node, terms.OBSERVED_ON, observed, terms.EDTF)
        describe_metadata(write, self.attestor, node, self.facts.metadata)
        describe_run(write, self.iris, source)

    def _with_parents(self, division: Division) -> Iterator[Division]:
        """The division and those above it, as far as they are known."""
        seen: set[str] = set()
        here: Division | None = division
        while here and here.code not in seen:
            seen.add(here.code)
            yield here
            here = self.divisions(here.parent) if here.parent else None

    def write_division(self, division: Division) -> str:
        below = None
        for here in self._with_parents(division):
            node = self.iris.division(here.code)
            if below:
                self.writer.node(below, terms.PART_OF, node)
            if self._is_new(node):
                describe_division(self.writer, node, here)
            below = node
        return self.iris.division(division.code)

    def write_person(self, person: PersonFact) -> str:
        node, write = self.iris.person(person.name, person.scope.code, person.identity), self.writer
        if self._is_new(node):
            write.node(node, terms.TYPE, terms.PERSON)
            write.text(node, terms.NAME, person.name)
            write.label(node, terms.LABEL, person.name)
            write.node(node, terms.HOME_SCOPE, self.write_division(person.scope))
            write.node(node, terms.IDENTITY_RULE, terms.JUDGEMENT if person.identity else terms.NAME_AND_HOME_SCOPE)
            self.attestor.attest(node, PERSON, person.evidence)
        return node

    def _person(self, name: str) -> str:
        fact = self._people.get(name)
        if fact is None:
            raise MappingError(f"article {self._id}: a fact names {name}, who is not among the article's people")
        return self.iris.person(fact.name, fact.scope.code, fact.identity)

    def write_body(self, body: Body, evidence: tuple[Evidence, ...]) -> str:
        """A body named in the text, or implied by a post or plan: then their evidence is its own."""
        node = self.iris.body(body, self._home)
        if self._is_new(node):
            self._describe_body(node, body)
            self.attestor.attest(node, body_kind(body), evidence)
        return node

    def _describe_body(self, node: str, body: Body) -> None:
        write = self.writer
        write.node(node, terms.TYPE, terms.BODY)
        if body.kind in terms.BODY_CLASSES:
            write.node(node, terms.TYPE, terms.BODY_CLASSES[body.kind])
        write.node(node, terms.CLASSIFICATION, f"{terms.ZGV}kind-{body.kind}")
        write.label(node, terms.LABEL, body.name)
        write.node(node, terms.NAME_RESOLUTION, terms.RESOLVED if body.resolved else terms.SURFACE)
        if body.division:
            write.node(node, terms.SPATIAL, self.write_division(body.division))
        if body.parent:  # named, not attested: a label without a type
            parent = self.iris.body_named(body.parent)
            write.node(node, terms.SUB_ORGANIZATION_OF, parent)
            write.label(parent, terms.LABEL, body.parent)

    def _tenure(self, fact: PostFact) -> tuple[str, str, str | None]:
        """IRIs of the tenure, its post and the post's body."""
        body = self.iris.body(fact.body, self._home) if fact.body else None
        post = self.iris.post(fact.post, body, self._id)
        return self.iris.tenure(self._person(fact.person), post), post, body

    def write_tenure(self, fact: PostFact) -> str:
        node, post, body = self._tenure(fact)
        write = self.writer
        if self._is_new(node):
            write.node(node, terms.TYPE, terms.TENURE)
            write.node(node, terms.MEMBER, self._person(fact.person))
            write.node(node, terms.OF_POST, post)
            if body:
                write.node(node, terms.ORGANIZATION, body)
        if fact.body:
            self.write_body(fact.body, fact.evidence)
        describe_post(self.writer, post, fact, body)
        self.attestor.attest_tenure(node, fact)
        return node

    def _meeting(self, fact: MeetingFact) -> str:
        found = bounds(fact.date) if fact.date else None
        if found and found.earliest == found.latest:
            return self.iris.meeting(fact.name, found.earliest.isoformat(), self._home)
        return self.iris.meeting_of(self._id, fact.name, fact.date)

    def write_meeting(self, fact: MeetingFact) -> str:
        node = self._meetings[fact.id] = self._meeting(fact)
        if self._is_new(node):
            describe_meeting(self.writer, node, fact)
            self._write_session(node, fact)
            self.attestor.attest(node, MEETING, fact.evidence)
        return node

    def _write_session(self, node: str, fact: MeetingFact) -> None:
        """What makes a meeting a session: its term, of a body that continues, and its number in it."""
        if fact.term and fact.session:
            self.writer.node(node, terms.TYPE, terms.SESSION)
            self.writer.node(node, terms.OF_TERM, self.write_term(fact.term, fact.evidence))
            self.writer.typed(node, terms.SESSION_NUMBER, str(fact.session), terms.XSD_INTEGER)

    def write_term(self, term: Term, evidence: tuple[Evidence, ...]) -> str:
        body = self.write_body(term.body, evidence)
        node = self.iris.term(body, term.number)
        if self._is_new(node):
            describe_term(self.writer, node, term, body)
            self.attestor.attest(node, TERM, evidence)
        return node

    def write_relation(self, fact: RelationFact) -> None:
        subject, other = (self.write_body(body, fact.evidence) for body in (fact.subject, fact.other))
        predicate = terms.RELATIONS[fact.kind]
        self.writer.node(subject, predicate, other)
        self.attestor.attest_relation(subject, predicate, other, fact.evidence)

    def write_action(self, fact: PersonnelFact) -> str:
        tenure = self._capacity(fact.post)
        found = bounds(fact.date) if fact.date else None
        single = found is not None and found.earliest == found.latest
        node = self.iris.action(fact.kind, tenure, (fact.date or "") if single else f"{self._id} {fact.date}")
        if self._is_new(node):
            describe_action(self.writer, node, fact, tenure)
            if fact.decided_by:
                self.writer.node(node, terms.DECIDED_BY, self.write_body(fact.decided_by, fact.evidence))
            if fact.meeting:
                self.writer.node(node, terms.DECIDED_AT, self._meeting_by_id(fact.meeting))
            self.attestor.attest(node, ACTION, fact.evidence)
        return node

    def _meeting_by_id(self, name: str) -> str:
        if name not in self._meetings:
            raise MappingError(f"article {self._id}: a fact names meeting {name}, which the article does not have")
        return self._meetings[name]

    def write_participation(self, fact: ParticipationFact) -> str:
        meeting, person = self._meeting_by_id(fact.meeting), self._person(fact.person)
        node, write = self.iris.participation(meeting, person, fact.role), self.writer
        if self._is_new(node):
            write.node(node, terms.TYPE, terms.PARTICIPATION)
            write.node(node, terms.OF_ACTIVITY, meeting)
            write.node(node, terms.HAS_PARTICIPANT, person)
            write.node(node, terms.PARTICIPANT_ROLE, f"{terms.ZGV}role-{fact.role}")
            write.typed(node, terms.LIST_ORDER, str(fact.order), terms.XSD_INTEGER)
            self.attestor.attest(node, participation_kind(self.facts), fact.evidence)
        for index in fact.posts:
            write.node(node, terms.IN_CAPACITY, self._capacity(index))
        return node

    def _capacity(self, index: int) -> str:
        if not 0 <= index < len(self.facts.posts):
            raise MappingError(
                f"article {self._id}: a participation names post {index}, which the article does not have"
            )
        return self._tenure(self.facts.posts[index])[0]

    def _plan_scope(self, title: str) -> str:
        """Code of the division that the title names, out of the home and those above it; else the home scope."""
        home = self.facts.jurisdiction
        scopes = ((division.name, division.code) for division in self._with_parents(home)) if home else ()
        return scope_named_in(title, scopes) or self._home

    def _plan(self, title: str) -> str:
        return self.iris.plan(title, self._plan_scope(title))

    def write_plan(self, fact: PlanFact) -> str:
        node = self._plan(fact.title)
        if self._is_new(node):
            describe_plan(self.writer, node, fact)
        for body in fact.issuers:
            self.writer.node(node, terms.ISSUER, self.write_body(body, fact.evidence))
        self._write_document_event(node, fact)
        return node

    def _write_document_event(self, plan: str, fact: PlanFact) -> None:
        node, write = self.iris.document_event(self._id, plan, fact.event), self.writer
        if self._is_new(node):
            write.node(node, terms.TYPE, terms.DOCUMENT_EVENT)
            write.node(node, terms.DOCUMENT, plan)
            write.node(node, terms.EVENT_KIND, f"{terms.ZGV}event-{fact.event}")
            if fact.meeting:
                write.node(node, terms.AT_MEETING, self._meeting_by_id(fact.meeting))
            self.attestor.attest(node, PLAN, fact.evidence)
        for name in fact.people:
            write.node(node, terms.AGENT, self._person(name))

    def write_status_report(self, fact: PlanStatusFact) -> str:
        plan = self._plan(fact.plan)
        node = self.iris.status_report(self._id, plan, fact.status)
        if self._is_new(node):
            describe_status(self.writer, node, plan, fact.status, fact.as_of or _observed_on(self.facts))
            self.attestor.attest(node, PLAN_STATUS, fact.evidence)
        return node

    def _write_plan_parts(self) -> None:
        nodes: list[str] = []
        titles = {plan.title for plan in self.facts.plans}
        for fact in self.facts.plan_parts:
            if fact.parent is not None and not 0 <= fact.parent < len(nodes):
                raise MappingError(f"article {self._id}: a plan part names part {fact.parent}, which is not before it")
            if fact.plan is not None and fact.plan not in titles:
                raise MappingError(
                    f"article {self._id}: a plan part names {fact.plan}, which is no plan of the article"
                )
            nodes.append(self.write_plan_part(fact, None if fact.parent is None else nodes[fact.parent]))

    def write_plan_part(self, fact: PlanPartFact, group: str | None) -> str:
        plan = self._plan(fact.plan) if fact.plan else None
        node = self.iris.plan_part(plan or self.iris.article(self._id), fact.kind, fact.label, fact.count, group)
        if self._is_new(node):
            describe_part(self.writer, node, fact, plan, group)
            self.attestor.attest(node, PLAN_PART, fact.evidence)
        return node
