"""The W3C's SPARQL 1.1 protocol and service description tests against the application.

https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11/protocol
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, Node, URIRef
from rdflib.collection import Collection

from zhiguan.serve import create_app
from zhiguan.store import Store

from .conftest import Ask, asker

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11" / "protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
_READ_ONLY = "an update over HTTP is refused: the graph changes only by loading articles"
EXPECTED = dict.fromkeys(
    [
        "update_base_uri",
        "update_dataset_default_graph",
        "update_dataset_default_graphs",
        "update_dataset_full",
        "update_dataset_named_graphs",
        "update_post_direct",
        "update_post_form",
    ],
    _READ_ONLY,
)
"""Tests that do not pass, and why. One that starts to pass fails here, so that this list stays true."""
SD = "http://www.w3.org/ns/sparql-service-description#"


def _manifest() -> Graph:
    if not SUITE.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the W3C test suite is not at {SUITE}")
        pytest.skip("the W3C test suite is not here", allow_module_level=True)
    return Graph().parse(SUITE / "manifest.ttl", publicID="http://suite.example/manifest.ttl")


MANIFEST = _manifest()
TESTS = sorted(str(test).rpartition("#")[2] for test in MANIFEST.subjects(RDF.type, MF.ProtocolTest))


def _text(node: Node | None, name: URIRef) -> str | None:
    value = MANIFEST.value(node, name) if node is not None else None
    return None if value is None else str(value)


def _requests(test: Node) -> Iterator[Node]:
    action = MANIFEST.value(test, MF.action)
    requests = MANIFEST.value(action, HT.requests)
    if requests is not None:
        yield from Collection(MANIFEST, requests)


def _headers(request: Node) -> dict[str, str]:
    listed = MANIFEST.value(request, HT.headers)
    headers = Collection(MANIFEST, listed) if listed is not None else ()
    return {str(_text(each, HT.fieldName)): str(_text(each, HT.fieldValue)) for each in headers}


def _fill(store: Store, test: Node) -> None:
    for data in MANIFEST.objects(test, UT.graphData):
        graph, file = str(MANIFEST.value(data, RDFS.label)), str(MANIFEST.value(data, UT.graph)).rpartition("/")[2]
        triples = ox.parse(path=str(SUITE / file), format=ox.RdfFormat.N_TRIPLES)
        quads = [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(graph)) for each in triples]
        store.replace_graph(graph, (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode())


def _send(ask: Ask, request: Node) -> httpx.Response:
    body = MANIFEST.value(request, HT.body)
    options: dict[str, Any] = {"headers": _headers(request)}
    if body is not None:
        text = _text(body, CNT.chars) or ""
        options["content"] = text.encode(_text(body, CNT.characterEncoding) or "UTF-8")
    path = str(_text(request, HT.absolutePath)).replace("/sparql/", "/sparql")
    return ask(path, str(_text(request, HT.methodName)), **options)


def _faults(request: Node, answer: httpx.Response) -> Iterator[str]:
    """What the answer has that the test does not want."""
    expected = MANIFEST.value(request, HT.resp)
    families = {str(status)[-3] for status in MANIFEST.objects(expected, MF.expectedStatus)}
    if str(answer.status_code)[0] not in families:
        yield f"status {answer.status_code}: {answer.text}"
        return
    wanted = MANIFEST.value(expected, MF.expectedBoolean)
    if wanted is not None and bool(answer.json()["boolean"]) != bool(wanted.toPython()):  # type: ignore[attr-defined]
        yield f"answered {answer.text}"
    kind, media = _text(expected, MF.expectedFormat), answer.headers.get("content-type", "").partition(";")[0]
    right = {"RDF": ("turtle", "rdf+xml", "n-triples", "ld+json")}.get(kind or "", ("sparql-results", "csv", "tab-"))
    if kind and not any(word in media for word in right):
        yield f"format {media}"


@pytest.mark.parametrize("name", TESTS)
def test_protocol(name: str, tmp_path: Path) -> None:
    test = URIRef(f"{_base()}{name}")
    with Store.open(tmp_path / "store") as store:
        _fill(store, test)
        ask = asker(create_app(store))
        faults = [fault for request in _requests(test) for fault in _faults(request, _send(ask, request))]
    if name in EXPECTED:
        assert faults, f"{name} passes now; take it from the list of expected differences"
        assert all(fault.startswith("status 403") for fault in faults[:1]), faults
    else:
        assert not faults


def _base() -> str:
    first = next(iter(MANIFEST.subjects(RDF.type, MF.ProtocolTest)))
    return str(first).rpartition("#")[0] + "#"


def test_every_expected_difference_is_a_test() -> None:
    assert set(EXPECTED) <= set(TESTS)


def test_service_description(ask: Ask) -> None:
    """The three service description tests: RDF comes back, names this endpoint, and has the schema's classes."""
    answer = ask("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    service = graph.value(None, RDF.type, URIRef(SD + "Service"))
    assert service is not None
    assert graph.value(service, URIRef(SD + "endpoint")) == URIRef("http://zhiguan.test/sparql")
    assert (service, URIRef(SD + "feature"), URIRef(SD + "UnionDefaultGraph")) in graph
    assert len(list(graph.objects(service, URIRef(SD + "resultFormat")))) == 10
