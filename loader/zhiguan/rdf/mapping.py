"""Facts of one article as N-Quads: the shape that docs/architecture.md shows and ontology/shapes.ttl demands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from zhiguan import __version__
from zhiguan.errors import MappingError
from zhiguan.lexicon.confidence import MEETING, PERSON, PLAN, PLAN_PART, body_kind, participation_kind
from zhiguan.model import (
    Body,
    Division,
    Evidence,
    Facts,
    MeetingFact,
    ParticipationFact,
    PersonFact,
    PlanFact,
    PlanPartFact,
    PostFact,
)
from zhiguan.rdf import terms
from zhiguan.rdf.edtf import bounds
from zhiguan.rdf.iris import DEFAULT_BASE, Iris, scope_named_in
from zhiguan.rdf.plan_parts import describe_part
from zhiguan.rdf.provenance import Attestor
from zhiguan.rdf.vocabulary import activity_concept, title_concept
from zhiguan.rdf.writer import QuadWriter

DivisionLookup = Callable[[str], Division | None]
"""Finds a division by its code, to write the divisions above one."""

_METADATA_PROPERTIES = {
    "title": terms.TITLE,
    "published": terms.PUBLISHED,
    "publisher": terms.SOURCE_NAME,
    "authors": terms.CREATOR,
}


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


def _observed_on(facts: Facts) -> str | None:
    """The day that the article speaks for: that of its main meeting, else that of its publication."""
    main = next((meeting.date for meeting in facts.meetings if meeting.id == "m1"), None)
    return main or facts.metadata.published


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

    def write_article(self, origin_digest: str | None, origin_name: str | None) -> None:
        source, write = self.facts.document.source, self.writer
        node = self.iris.article(source.id)
        write.node(node, terms.TYPE, terms.ARTICLE)
        write.text(node, terms.IDENTIFIER, source.id)
        write.node(node, terms.TEXT, self._write_text())
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
        self._write_metadata(node)
        self._write_run(node)

    def _write_text(self) -> str:
        source = self.facts.document.source
        node = self.iris.text(source.text)
        self.writer.node(node, terms.TYPE, terms.SOURCE_TEXT)
        self.writer.text(node, terms.FORMAT, source.media)
        self.writer.typed(node, terms.LENGTH, str(len(source.text)), terms.XSD_INTEGER)
        return node

    def _write_metadata(self, node: str) -> None:
        metadata = self.facts.metadata
        if metadata.title:
            self.writer.label(node, terms.TITLE, metadata.title)
        if metadata.published:
            earliest, latest = terms.PUBLISHED_EARLIEST, terms.PUBLISHED_LATEST
            self._write_date(node, terms.PUBLISHED, metadata.published, earliest, latest)
        if metadata.publisher:
            self.writer.text(node, terms.SOURCE_NAME, metadata.publisher)
        for author in metadata.authors:
            self.writer.text(node, terms.CREATOR, author)
        for name, predicate in _METADATA_PROPERTIES.items():
            if name in metadata.evidence:
                self.attestor.attest_property(node, predicate, name, (metadata.evidence[name],))

    def _write_run(self, article: str) -> None:
        """The graph is what one run of the software made of the article's text; all its attestations are that run's."""
        graph, software = self.iris.graph(self._id), self.iris.software(__version__)
        text = self.iris.text(self.facts.document.source.text)
        run = self.iris.run(text, __version__)
        self.writer.node(graph, terms.PRIMARY_TOPIC, article)
        self.writer.node(graph, terms.WAS_GENERATED_BY, run)
        self.writer.node(run, terms.TYPE, terms.RUN)
        self.writer.node(run, terms.USED, text)
        self.writer.node(run, terms.WAS_ASSOCIATED_WITH, software)
        self.writer.node(software, terms.TYPE, terms.SOFTWARE_AGENT)

    def _write_date(self, node: str, predicate: str, value: str, earliest: str | None, latest: str | None) -> None:
        self.writer.typed(node, predicate, value, terms.EDTF)
        found = bounds(value)
        if found and earliest:
            self.writer.typed(node, earliest, found.earliest.isoformat(), terms.XSD_DATE)
        if found and latest:
            self.writer.typed(node, latest, found.latest.isoformat(), terms.XSD_DATE)

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
                self._describe_division(node, here)
            below = node
        return self.iris.division(division.code)

    def _describe_division(self, node: str, division: Division) -> None:
        write = self.writer
        write.node(node, terms.TYPE, terms.DIVISION)
        write.label(node, terms.LABEL, division.name)
        write.label(node, terms.FULL_NAME, division.full_name)
        write.node(node, terms.DIVISION_LEVEL, f"{terms.ZGV}level-{division.level}")
        if division.code.isdigit():
            write.typed(node, terms.NOTATION, division.code, terms.GBT2260)
        else:  # the nation has no GB/T 2260 code
            write.text(node, terms.NOTATION, division.code)

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
        self._write_post(post, fact.post, body)
        self.attestor.attest_tenure(node, fact)
        return node

    def _write_post(self, node: str, title: str, body: str | None) -> None:
        write = self.writer
        write.node(node, terms.TYPE, terms.POST)
        write.label(node, terms.LABEL, title)
        if body:
            write.node(node, terms.POST_IN, body)
        concept = title_concept(title)
        if concept:
            write.node(node, terms.ROLE, concept)

    def _meeting(self, fact: MeetingFact) -> str:
        found = bounds(fact.date) if fact.date else None
        if found and found.earliest == found.latest:
            return self.iris.meeting(fact.name, found.earliest.isoformat(), self._home)
        return self.iris.meeting_of(self._id, fact.name, fact.date)

    def write_meeting(self, fact: MeetingFact) -> str:
        node = self._meetings[fact.id] = self._meeting(fact)
        if self._is_new(node):
            self._describe_meeting(node, fact)
            self.attestor.attest(node, MEETING, fact.evidence)
        return node

    def _describe_meeting(self, node: str, fact: MeetingFact) -> None:
        write = self.writer
        write.node(node, terms.TYPE, terms.ACTIVITY)
        write.label(node, terms.LABEL, fact.name)
        if fact.type:
            write.label(node, terms.ACTIVITY_TYPE, fact.type)
        concept = activity_concept(fact.type)
        if concept:
            write.node(node, terms.KIND, concept)
        if fact.date:
            self._write_date(node, terms.DATE, fact.date, terms.DATE_EARLIEST, terms.DATE_LATEST)
        if fact.time:
            write.text(node, terms.TIME_OF_DAY, fact.time)
        if fact.place:
            write.label(node, terms.PLACE_NAME, fact.place)

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
            self._describe_plan(node, fact)
        for body in fact.issuers:
            self.writer.node(node, terms.ISSUER, self.write_body(body, fact.evidence))
        self._write_document_event(node, fact)
        return node

    def _describe_plan(self, node: str, fact: PlanFact) -> None:
        self.writer.node(node, terms.TYPE, terms.PLAN)
        self.writer.label(node, terms.TITLE, fact.title)
        if fact.start:
            self._write_date(node, terms.PERIOD_START, fact.start, terms.PERIOD_START_EARLIEST, None)
        if fact.end:
            self._write_date(node, terms.PERIOD_END, fact.end, None, terms.PERIOD_END_LATEST)

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
