"""Facts to N-Quads: the shape of the graph, its determinism, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, SKOS
from rdflib.namespace import Namespace as Ns

from zhiguan.errors import MappingError
from zhiguan.lexicon.confidence import confidence
from zhiguan.model import Division, Evidence, Facts, MeetingFact, Metadata, Span, Status
from zhiguan.rdf import to_nquads
from zhiguan.rdf.numerals import chinese

ZG, ZGV = Ns("https://w3id.org/zhiguan/ontology#"), Ns("https://w3id.org/zhiguan/vocabulary/")
CV, OA = Ns("http://data.europa.eu/m8g/"), Ns("http://www.w3.org/ns/oa#")
BASE = Ns("https://w3id.org/zhiguan/")


class Example(Protocol):
    """The fixture of conftest.py."""

    facts: Facts
    make: Callable[[str], Facts]
    divisions: Callable[[str], Division | None]
    nquads: str


def graph_of(nquads: str) -> Graph:
    """The quads as rdflib reads them; as triples, because its reader of quads warns of its own deprecations."""
    lines = (f"{line.rpartition(' <')[0]} .\n" for line in nquads.splitlines())
    return Graph().parse(data="".join(lines), format="nt")


@pytest.fixture
def graph(example: Example) -> Graph:
    return graph_of(example.nquads)


def named(graph: Graph, label: str, kind: URIRef) -> URIRef:
    """The one node of a class with a Chinese label."""
    found = [
        node
        for node in graph.subjects(RDF.type, kind)
        if any(str(value) == label for value in graph.objects(node, SKOS.prefLabel))
    ]
    assert len(found) == 1, (label, found)
    assert isinstance(found[0], URIRef)
    return found[0]


def test_rdflib_and_oxigraph_read_the_same(example: Example) -> None:
    ours = graph_of(example.nquads)
    store = ox.serialize(
        (quad.triple for quad in ox.parse(example.nquads, format=ox.RdfFormat.N_QUADS)), format=ox.RdfFormat.N_TRIPLES
    )
    assert store is not None
    theirs = Graph().parse(data=store, format="nt")
    assert len(ours) == len(theirs) == example.nquads.count("\n")
    assert {tuple(term.n3().lower() for term in triple) for triple in ours} == {
        tuple(term.n3().lower() for term in triple) for triple in theirs
    }


def test_text_is_sorted_and_the_same_in_every_run(example: Example) -> None:
    lines = example.nquads.splitlines()
    assert lines == sorted(set(lines))
    again = to_nquads(
        example.make("example-1"), divisions=example.divisions, origin_digest="0" * 64, origin_name="example-1.txt"
    )
    assert again == example.nquads


def test_all_quads_are_in_the_graph_of_the_article(example: Example) -> None:
    graphs = {quad.graph_name for quad in ox.parse(example.nquads, format=ox.RdfFormat.N_QUADS)}
    assert graphs == {ox.NamedNode("https://w3id.org/zhiguan/graph/example-1")}


def test_iris_are_ascii(example: Example) -> None:
    for quad in ox.parse(example.nquads, format=ox.RdfFormat.N_QUADS):
        assert all(term.value.isascii() for term in quad if isinstance(term, ox.NamedNode))


def test_article(graph: Graph) -> None:
    article = BASE["article/example-1"]
    assert (article, RDF.type, ZG.Article) in graph
    assert str(graph.value(article, ZG.published)) == "2024-05-08"
    assert str(graph.value(article, ZG.sourceName)) == "青溪融媒"
    assert graph.value(article, ZG.originName) is not None
    run = graph.value(BASE["graph/example-1"], PROV.wasGeneratedBy)
    assert graph.value(run, PROV.used) == graph.value(article, ZG.text)
    fields = {graph.value(node, ZG.attestedProperty) for node in graph.subjects(ZG.attests, article)}
    assert len(fields) == 4


def test_division_with_those_above(graph: Graph) -> None:
    home = named(graph, "青溪区", ZG.Division)
    steps = [str(graph.value(node, SKOS.prefLabel)) for node in graph.transitive_objects(home, ZG.partOf)]
    assert steps == ["青溪区", "云溪市", "浙江省", "全国"]


def test_divisions_above_are_left_out_where_they_are_not_known(example: Example) -> None:
    graph = graph_of(to_nquads(example.facts))
    assert len(set(graph.subjects(RDF.type, ZG.Division))) == 1
    assert not list(graph.triples((None, ZG.partOf, None)))


def test_tenure_post_and_body(graph: Graph) -> None:
    person, body = named(graph, "欧阳澄", ZG.Person), named(graph, "浙江省云溪市青溪区人民政府", ZG.Body)
    (tenure,) = set(graph.subjects(ORG.member, person)) & set(graph.subjects(ORG.organization, body))
    post = graph.value(tenure, ZG.post)
    assert (body, RDF.type, ZG.AdministrativeOrgan) in graph
    assert (post, ORG.postIn, body) in graph
    assert (post, ORG.role, ZGV["title-district-mayor"]) in graph
    (attestation,) = graph.subjects(ZG.attests, tenure)
    assert graph.value(attestation, ZG.observedStatus) == ZGV["status-current"]
    assert str(graph.value(attestation, ZG.mentionedAs)) == "区长"
    assert str(graph.value(attestation, ZG.rule)) == "title-run"
    assert str(graph.value(attestation, ZG.confidence)) == confidence("post", "title-run")


def test_every_attestation_has_a_confidence(graph: Graph) -> None:
    for attestation in graph.subjects(RDF.type, ZG.Attestation):
        value = graph.value(attestation, ZG.confidence)
        assert isinstance(value, Literal)
        assert 0 < value.toPython() < 1


def test_a_body_that_only_a_post_names_is_attested_by_the_post(graph: Graph) -> None:
    body = named(graph, "浙江省云溪市青溪区农业农村局", ZG.Body)
    (attestation,) = graph.subjects(ZG.attests, body)
    assert str(graph.value(attestation, OA.exact)) == "区农业农村局局长钮知远"


def test_meeting_and_participation(graph: Graph) -> None:
    meeting = named(graph, "青溪区乡村振兴工作推进会", ZG.OfficialActivity)
    assert str(graph.value(meeting, ZG.dateEarliest)) == "2024-05-07"
    roles = {
        (str(graph.value(graph.value(node, CV.hasParticipant), FOAF.name)), str(graph.value(node, CV.role)))
        for node in graph.subjects(ZG.activity, meeting)
    }
    assert roles == {
        ("欧阳澄", ZGV["role-speaker"].toPython()),
        ("钮知远", ZGV["role-chair"].toPython()),
        ("钮知远", ZGV["role-presenter"].toPython()),
    }


def test_plan_parts(graph: Graph) -> None:
    group, item = named(graph, "两大行动", ZG.PlanPart), named(graph, "和美乡村行动", ZG.Action)
    plan = next(graph.subjects(RDF.type, ZG.Plan))
    assert set(graph.objects(group, RDF.type)) == {ZG.PlanPart, ZG.Action}
    assert graph.value(group, ZG.statedCount) == Literal(2)
    assert graph.value(item, DCTERMS.isPartOf) == group
    assert {graph.value(node, ZG.partOfPlan) for node in graph.subjects(RDF.type, ZG.PlanPart)} == {plan}
    assert all((None, ZG.attests, node) in graph for node in graph.subjects(RDF.type, ZG.PlanPart))


def test_a_plan_part_is_the_same_thing_in_two_articles_and_two_numerals(example: Example) -> None:
    def parts(facts: Facts) -> set[URIRef]:
        nodes = graph_of(to_nquads(facts, divisions=example.divisions)).subjects(RDF.type, ZG.PlanPart)
        return {node for node in nodes if isinstance(node, URIRef)}

    other = example.make("example-2")
    first, *rest = other.plan_parts
    other = replace(other, plan_parts=(replace(first, label="2大行动"), *rest))
    assert parts(other) == parts(example.facts)
    assert not parts(other) & parts(replace(other, plan_parts=tuple(replace(p, plan=None) for p in other.plan_parts)))


def test_every_quote_is_the_text_at_its_place(graph: Graph, example: Example) -> None:
    text = example.facts.document.source.text
    attestations = list(graph.subjects(RDF.type, ZG.Attestation))
    assert attestations
    for node in attestations:
        start, end = (int(str(graph.value(node, term))) for term in (OA.start, OA.end))
        assert text[start:end] == str(graph.value(node, OA.exact))


def test_the_article_speaks_for_the_day_of_its_main_meeting(example: Example) -> None:
    def days(facts: Facts) -> set[str]:
        return {str(day) for day in graph_of(to_nquads(facts)).objects(None, ZG.observedOn)}

    assert days(example.facts) == {"2024-05-07"}
    undated = tuple(replace(meeting, date=None) for meeting in example.facts.meetings)
    assert days(replace(example.facts, meetings=undated)) == {"2024-05-08"}
    assert days(replace(example.facts, meetings=undated, metadata=Metadata())) == set()


@pytest.mark.parametrize(
    ("second", "observed"),
    [
        ("2024-05-08", "2024-05-08"),  # the last that was held by publication
        ("2024-05-09", "2024-05-07"),  # announced
        ("2024-05-01", "2024-05-07"),  # told of again
        ("2024-05-07/2024-05-08", "2024-05-07"),
        ("2024-05", "2024-05-07"),
    ],
)
def test_the_article_speaks_for_the_last_of_several_days(example: Example, second: str, observed: str) -> None:
    (first, *_) = example.facts.meetings
    facts = replace(example.facts, meetings=(first, replace(first, id="m2", name="青溪区乡村振兴座谈会", date=second)))
    assert {str(day) for day in graph_of(to_nquads(facts)).objects(None, ZG.observedOn)} == {observed}


def test_two_articles_share_people_bodies_and_meetings_but_not_attestations(example: Example) -> None:
    one, other = graph_of(example.nquads), graph_of(to_nquads(example.make("example-2")))
    for kind in (ZG.Person, ZG.Body, ZG.OfficialActivity, ZG.Plan, ZG.Participation):
        assert set(one.subjects(RDF.type, kind)) == set(other.subjects(RDF.type, kind)) != set()
    for kind in (ZG.Attestation, ZG.DocumentEvent, ZG.Article):
        assert not set(one.subjects(RDF.type, kind)) & set(other.subjects(RDF.type, kind))


def test_a_meeting_without_a_single_day_stays_in_its_article(example: Example) -> None:
    def meetings(article: str, date: str | None) -> set[object]:
        facts = example.make(article)
        facts = replace(facts, meetings=tuple(replace(meeting, date=date) for meeting in facts.meetings))
        return set(graph_of(to_nquads(facts)).subjects(RDF.type, ZG.OfficialActivity))

    assert meetings("a", "2024-05-07") == meetings("b", "2024-05-07")
    for date in (None, "2024-05", "XXXX-05-07", "2024-05-07/2024-05-08"):
        assert meetings("a", date) != meetings("b", date)


def test_a_fact_said_twice_is_attested_once(example: Example) -> None:
    facts = example.facts
    doubled = replace(
        facts,
        people=facts.people * 2,
        posts=facts.posts * 2,
        bodies=facts.bodies * 2,
        participation=facts.participation * 2,
        plans=facts.plans * 2,
    )
    assert to_nquads(doubled) == to_nquads(facts)


def test_a_tenure_seen_in_two_statuses_is_attested_for_each(example: Example) -> None:
    former = replace(example.facts.posts[1], status=Status.FORMER, mention="原区长")
    graph = graph_of(to_nquads(replace(example.facts, posts=(*example.facts.posts, former))))
    tenures = set(graph.subjects(RDF.type, ZG.Tenure))
    assert len(tenures) == len(example.facts.posts)
    statuses = [set(graph.objects(node, ZG.observedStatus)) for node in graph.subjects(RDF.type, ZG.Attestation)]
    assert statuses.count({ZGV["status-former"]}) == 2  # one tenure of the example is over already


def test_an_article_without_facts_is_still_described(example: Example) -> None:
    bare = Facts(document=example.facts.document, metadata=Metadata(), jurisdiction=None)
    graph = graph_of(to_nquads(bare))
    assert set(graph.subjects(RDF.type, ZG.Article)) == {BASE["article/example-1"]}
    assert not set(graph.subjects(RDF.type, ZG.Attestation))


def _without_evidence(facts: Facts) -> Facts:
    return replace(facts, people=(replace(facts.people[0], evidence=()), facts.people[1]))


def _beyond_the_text(facts: Facts) -> Facts:
    far = (Evidence(Span(10_000, 10_002), "example"),)
    return replace(facts, people=(replace(facts.people[0], evidence=far), facts.people[1]))


REFUSED: dict[str, tuple[Callable[[Facts], Facts], str]] = {
    "no evidence": (_without_evidence, "has no evidence"),
    "a quote beyond the text": (_beyond_the_text, "outside of the text"),
    "an unknown person": (lambda facts: replace(facts, people=facts.people[:1]), "not among the article's people"),
    "an unknown meeting": (lambda facts: replace(facts, meetings=()), "names meeting m1"),
    "an unknown post": (lambda facts: replace(facts, posts=facts.posts[:1]), "names post"),
    "a date that is none": (
        lambda facts: replace(facts, metadata=replace(facts.metadata, published="2024年5月")),
        "no EDTF date",
    ),
    "group of a part": (
        lambda facts: replace(facts, plan_parts=(replace(facts.plan_parts[0], parent=0),)),
        "names part 0, which is not before it",
    ),
    "plan of a part": (
        lambda facts: replace(facts, plan_parts=(replace(facts.plan_parts[0], plan="另一方案"),)),
        "另一方案, which is no plan",
    ),
}


@pytest.mark.parametrize(("spoil", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(example: Example, spoil: Callable[[Facts], Facts], message: str) -> None:
    with pytest.raises(MappingError, match=message):
        to_nquads(spoil(example.facts))


def test_two_meetings_of_one_name_and_day_are_one(example: Example) -> None:
    main = example.facts.meetings[0]
    again = MeetingFact(id="m2", name=f"“{main.name}”", type="会", date=main.date, evidence=main.evidence)
    graph = graph_of(to_nquads(replace(example.facts, meetings=(main, again))))
    (meeting,) = graph.subjects(RDF.type, ZG.OfficialActivity)
    assert len(list(graph.objects(meeting, SKOS.prefLabel))) == 1


def test_a_session_is_of_a_term_of_a_body(graph: Graph) -> None:
    session = named(graph, "青溪区十届人大常委会第八次会议", ZG.Session)
    assert {ZG.OfficialActivity, ZG.Meeting} < set(graph.objects(session, RDF.type))
    assert graph.value(session, ZG.sessionNumber) == Literal(8)
    term = next(graph.objects(session, ZG.ofTerm))
    assert graph.value(term, ZG.termNumber) == Literal(10)
    body = next(graph.objects(term, ZG.termOf))
    assert str(graph.value(term, SKOS.prefLabel)) == f"{graph.value(body, SKOS.prefLabel)}第十届"


def test_a_decision_says_whose_tenure_who_where_and_when(graph: Graph) -> None:
    (action,) = graph.subjects(RDF.type, ZG.Appointment)
    tenure = next(graph.objects(action, ZG.tenure))
    assert str(graph.value(next(graph.objects(tenure, ORG.member)), FOAF.name)) == "闻人舒"
    assert graph.value(action, ZG.decidedAt) in set(graph.subjects(RDF.type, ZG.Session))
    assert graph.value(action, ZG.decidedBy) in set(graph.subjects(RDF.type, ZG.PeoplesCongress))
    assert (
        str(graph.value(action, ZG.effectiveEarliest)) == str(graph.value(action, ZG.effectiveLatest)) == "2024-05-06"
    )
    assert (None, ZG.attests, action) in graph


def test_a_dated_decision_is_one_in_two_articles_and_an_undated_one_is_not(example: Example) -> None:
    one, other = graph_of(example.nquads), graph_of(to_nquads(example.make("example-2"), divisions=example.divisions))
    assert set(one.subjects(RDF.type, ZG.Appointment)) == set(other.subjects(RDF.type, ZG.Appointment))
    assert not set(one.subjects(RDF.type, ZG.Nomination)) & set(other.subjects(RDF.type, ZG.Nomination))


def test_relations_are_attested_with_both_sides(graph: Graph) -> None:
    (government,) = graph.subjects(ZG.leads)
    (schools,) = graph.objects(government, ZG.leads)
    (attestation,) = graph.subjects(ZG.attestedProperty, ZG.leads)
    assert graph.value(attestation, ZG.attests) == government
    assert graph.value(attestation, ZG.attestedValue) == schools


def test_status_number_and_kind_of_a_plan(graph: Graph) -> None:
    (report,) = graph.subjects(RDF.type, ZG.StatusReport)
    plan = next(graph.objects(report, ZG.reportsOn))
    assert str(graph.value(report, ZG.asOf)) == "2024-05-01"
    assert str(graph.value(plan, ZG.documentNumber)) == "青政发〔2024〕7号"
    assert graph.value(plan, DCTERMS.type) == ZGV["document-scheme"]


def test_capacity_stands_on_the_attestation(graph: Graph) -> None:
    (attestation,) = graph.subjects(ZG.capacity)
    assert graph.value(attestation, ZG.capacity) == ZGV["capacity-acting"]
    assert graph.value(attestation, ZG.observedStatus) == ZGV["status-acting"]


def test_all_attestations_are_of_the_run_that_made_the_graph(graph: Graph) -> None:
    (run,) = graph.subjects(RDF.type, ZG.Run)
    assert graph.value(BASE["graph/example-1"], PROV.wasGeneratedBy) == run
    assert graph.value(run, PROV.wasAssociatedWith) in set(graph.subjects(RDF.type, PROV.SoftwareAgent))


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (14, "十四"), (20, "二十"), (21, "二十一"), (105, "一百零五"), (126, "一百二十六")],
)
def test_numerals(number: int, words: str) -> None:
    assert chinese(number) == words
