"""The ontology, vocabulary and shapes: documented, consistent, and reusing only terms that exist."""

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD, DefinedNamespace

from zhiguan import resources
from zhiguan.model import BodyKind, DocumentEvent, Role, Status
from zhiguan.rdf import terms

SHARED = Path(__file__).resolve().parents[2] / "shared" / "vocab"
CLOSED: tuple[type[DefinedNamespace], ...] = (
    DC,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    XSD,
)
ELSEWHERE = {
    # SEMIC's vocabulary file leaves it out; its application profile 1.1.1 (JSON-LD context, shapes, example) defines it
    terms.HAS_PARTICIPANT,
    # EDTF's datatype is registered by the Library of Congress; bibo's terms are stable since 2009
    terms.EDTF,
    "http://purl.org/ontology/bibo/status",
    "http://purl.org/ontology/bibo/status/draft",
}
FILES = ("zhiguan.ttl", "vocabularies", "shapes.ttl")


@cache
def parsed(name: str) -> Graph:
    return Graph().parse(data=resources.read_ontology(name), format="turtle")


@cache
def ontology() -> Graph:
    return parsed("zhiguan.ttl")


def own(graph: Graph, prefix: str) -> set[URIRef]:
    """Subjects of the graph in a namespace."""
    return {node for node in graph.subjects() if isinstance(node, URIRef) and str(node).startswith(prefix)}


def used_iris() -> set[str]:
    """Every IRI in the ontology's files and in the mapping's terms."""
    found = {str(node) for name in FILES for triple in parsed(name) for node in triple if isinstance(node, URIRef)}
    found |= {
        str(node.datatype)
        for name in FILES
        for node in parsed(name).objects()
        if isinstance(node, Literal)
        if node.datatype
    }
    return found | mapping_terms()


def mapping_terms() -> set[str]:
    values = [value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)]
    return {value for value in values if value[-1] not in "#/"} | class_terms()


def class_terms() -> set[str]:
    tables = (
        terms.BODY_CLASSES,
        terms.PLAN_PART_CLASSES,
        terms.ACTION_CLASSES,
        terms.ACTIVITY_CLASSES,
        terms.RELATIONS,
    )
    return {term for table in tables for term in table.values()}


def languages(graph: Graph, node: URIRef, *predicates: URIRef) -> set[str | None]:
    return {
        value.language
        for kind in predicates
        for value in graph.objects(node, kind)
        if isinstance(value, Literal) and value
    }


def test_the_three_files_are_there() -> None:
    assert [entry.name for entry in resources.ontology_files()] == sorted(set(FILES) - {resources.VOCABULARIES})


@pytest.mark.parametrize("term", sorted(own(ontology(), terms.ZG)))
def test_own_terms_are_documented(term: URIRef) -> None:
    graph = ontology()
    assert languages(graph, term, RDFS.label) == {"zh", "en"}
    assert languages(graph, term, SKOS.definition) == {"zh", "en"}
    assert graph.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/zhiguan/ontology")
    assert graph.value(term, RDF.type) is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty])
def test_labels_are_unique_within_a_kind(language: str, kind: URIRef) -> None:
    graph = ontology()
    labels = Counter(
        str(label).casefold()
        for term in graph.subjects(RDF.type, kind)
        for label in graph.objects(term, RDFS.label)
        if isinstance(label, Literal) and label.language == language
    )
    assert labels
    assert not [label for label, count in labels.items() if count > 1]


def test_header_says_what_catalogues_ask_for() -> None:
    graph, node = ontology(), URIRef("https://w3id.org/zhiguan/ontology")
    assert languages(graph, node, DCTERMS.title) == languages(graph, node, DCTERMS.description) == {"zh", "en"}
    for predicate in (
        DCTERMS.license,
        DCTERMS.creator,
        DCTERMS.created,
        DCTERMS.issued,
        DCTERMS.publisher,
        DCTERMS.source,
        DCTERMS.bibliographicCitation,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
        SDO.includedInDataCatalog,
        OWL.versionIRI,
        OWL.versionInfo,
    ):
        assert graph.value(node, predicate) is not None, predicate
    assert graph.value(node, OWL.imports) is None


def test_domains_and_ranges_are_single() -> None:
    graph = ontology()
    for predicate in (RDFS.domain, RDFS.range):
        assert all(len(list(graph.objects(term, predicate))) <= 1 for term in graph.subjects(predicate))
    for term in own(graph, terms.ZG) & set(graph.subjects(RDF.type, OWL.ObjectProperty)):
        assert graph.value(term, RDFS.domain), term


def test_classes_are_disjoint_where_they_should_be() -> None:
    graph = ontology()
    groups = [
        {str(member) for member in Collection(graph, graph.value(node, OWL.members))}  # type: ignore[arg-type]
        for node in graph.subjects(RDF.type, OWL.AllDisjointClasses)
    ]
    assert set(terms.BODY_CLASSES.values()) in groups
    assert any(
        {terms.BODY, terms.PERSON, terms.POST, terms.ACTIVITY, terms.PLAN, terms.DIVISION} <= group for group in groups
    )


def test_every_mapping_term_is_in_the_ontology() -> None:
    defined = {str(node) for name in ("zhiguan.ttl", "vocabularies") for node in parsed(name).subjects()}
    ours = {term for term in mapping_terms() if term.startswith((terms.ZG, terms.ZGV))}
    assert ours <= defined, ours - defined


def test_every_property_of_the_ontology_is_written_by_the_mapping() -> None:
    graph = ontology()
    properties = {
        str(term) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in graph.subjects(RDF.type, kind)
    }
    assert properties == properties & mapping_terms()


@pytest.mark.parametrize("namespace", CLOSED, ids=lambda namespace: namespace.__name__)
def test_reused_terms_exist(namespace: type[DefinedNamespace]) -> None:
    prefix = str(namespace._NS)
    used = {iri for iri in used_iris() if iri.startswith(prefix) and iri != prefix}
    assert not {iri for iri in used if iri not in namespace}


@pytest.mark.parametrize(
    ("prefix", "files"),
    [(terms.OA, ("oa.ttl",)), (terms.CV, ("core-public-event-ap-1.1.1.ttl", "core-public-organisation-ap-2.1.2.ttl"))],
)
def test_reused_terms_exist_in_vendored_vocabularies(prefix: str, files: tuple[str, ...]) -> None:
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("the vendored vocabularies (../shared/vocab) are not here")
    known = {str(node) for name in files for node in Graph().parse(SHARED / name, format="turtle").subjects()}
    assert {iri for iri in used_iris() if iri.startswith(prefix) and iri != prefix} - ELSEWHERE <= known


def test_no_other_namespace_is_used() -> None:
    known = (*(str(namespace._NS) for namespace in CLOSED), terms.OA, terms.CV)
    ours = ("https://w3id.org/zhiguan/", "https://creativecommons.org/licenses/", "http://data.europa.eu/m8g")
    assert {iri for iri in used_iris() if not iri.startswith((*known, *ours))} <= ELSEWHERE


# vocabulary


def concepts() -> set[URIRef]:
    return {node for node in parsed("vocabularies").subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}


def test_concepts_are_labelled_and_in_one_scheme() -> None:
    graph = parsed("vocabularies")
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in concepts():
        assert re.fullmatch(re.escape(terms.ZGV) + r"[a-z]+(-[a-z]+)*", str(concept)), concept
        assert languages(graph, concept, SKOS.prefLabel) == {"zh", "en"}, concept
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 2, concept
        assert len(list(graph.objects(concept, SKOS.inScheme))) == 1, concept
        assert graph.value(concept, SKOS.inScheme) in schemes, concept
        top, broader = graph.value(concept, SKOS.topConceptOf), graph.value(concept, SKOS.broader)
        assert (top is None) != (broader is None), concept
        assert broader is None or graph.value(broader, SKOS.inScheme) == graph.value(concept, SKOS.inScheme), concept


def test_a_label_names_one_concept_of_a_scheme() -> None:
    graph = parsed("vocabularies")
    labels = Counter(
        (graph.value(concept, SKOS.inScheme), str(label), label.language)
        for concept in concepts()
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(concept, predicate)
        if isinstance(label, Literal)
    )
    assert not [key for key, count in labels.items() if count > 1]


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("role", tuple(Role)),
        ("status", tuple(Status)),
        ("event", tuple(DocumentEvent)),
        ("kind", tuple(BodyKind)),
        ("level", ("nation", "province", "prefecture", "county", "town")),
    ],
)
def test_concepts_mirror_the_model(prefix: str, values: tuple[str, ...]) -> None:
    graph = parsed("vocabularies")
    start = f"{terms.ZGV}{prefix}-"
    found = {
        str(node).removeprefix(start): graph.value(node, SKOS.notation)
        for node in concepts()
        if str(node).startswith(start)
    }
    assert found == {str(value): Literal(str(value)) for value in values}


# shapes


def test_shapes_name_only_known_terms() -> None:
    graph = parsed("shapes.ttl")
    defined = {str(node) for name in ("zhiguan.ttl", "vocabularies") for node in parsed(name).subjects()}
    used = {str(node) for triple in graph for node in triple if str(node).startswith((terms.ZG, terms.ZGV))}
    assert {iri for iri in used if iri[-1] not in "#/"} <= defined


def test_shapes_list_the_whole_of_each_enumeration() -> None:
    graph = parsed("shapes.ttl")
    lists = [{str(item) for item in Collection(graph, node)} for node in graph.objects(None, SH["in"])]
    for prefix in ("role", "status", "event", "kind", "level"):
        assert {str(node) for node in concepts() if str(node).startswith(f"{terms.ZGV}{prefix}-")} in lists


def test_every_property_shape_has_a_name_and_one_message_per_language() -> None:
    graph = parsed("shapes.ttl")
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert isinstance(shape, URIRef)
        messages = [value.language for value in graph.objects(shape, SH.message) if isinstance(value, Literal)]
        assert sorted(map(str, messages)) == ["en", "zh"], shape


def test_each_class_has_one_node_shape() -> None:
    graph = parsed("shapes.ttl")
    targets = Counter(str(target) for target in graph.objects(None, SH.targetClass))
    written = {terms.ARTICLE, terms.SOURCE_TEXT, terms.DIVISION, terms.PERSON, terms.BODY, terms.POST, terms.TENURE}
    written |= {
        terms.ACTIVITY,
        terms.PARTICIPATION,
        terms.PLAN,
        terms.PLAN_PART,
        terms.DOCUMENT_EVENT,
        terms.ATTESTATION,
    }
    written |= {terms.RUN, terms.TERM, terms.SESSION, terms.PERSONNEL_ACTION, terms.STATUS_REPORT}
    assert targets == dict.fromkeys(written, 1)


# queries


@pytest.mark.parametrize("name", [entry.name for entry in resources.query_files()])
def test_queries_name_only_known_terms(name: str) -> None:
    """A misspelt term is no error in SPARQL: it finds nothing."""
    text = next(entry.read_text(encoding="utf-8") for entry in resources.query_files() if entry.name == name)
    defined = {str(node) for file in ("zhiguan.ttl", "vocabularies") for node in parsed(file).subjects()}
    used = {
        namespace + local
        for prefix, namespace in (("zg", terms.ZG), ("zgv", terms.ZGV))
        for local in re.findall(rf"(?<![\w-]){prefix}:([A-Za-z][\w-]*)", text)
    }
    used = {iri for iri in used if not iri.endswith("-")}  # zgv:role- is what a parameter's word is put behind
    assert used <= defined, used - defined


QUESTIONS = "https://w3id.org/zhiguan/query/"


@pytest.mark.parametrize("term", sorted(own(ontology(), terms.ZG)))
def test_each_term_names_questions_that_need_it(term: URIRef) -> None:
    """The competency questions of a term: named queries whose text uses it."""
    graph = ontology()
    if not {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty} & set(graph.objects(term, RDF.type)):
        return
    texts = {entry.name.removesuffix(".rq"): entry.read_text(encoding="utf-8") for entry in resources.query_files()}
    named = [str(question).removeprefix(QUESTIONS) for question in graph.objects(term, DCTERMS.isRequiredBy)]
    local = str(term).removeprefix(terms.ZG)
    assert named
    assert all(re.search(rf"zg:{local}\b", texts[name]) for name in named), named
