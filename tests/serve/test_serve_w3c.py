"""The W3C's SPARQL 1.1 tests of the protocol, the graph store protocol and the service description, over HTTP.

The suite knows no authorisation: each request goes with the token of those who may write.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from zhiguan.store import Store

from .served import AUTHORISED, Server, writable
from .w3c import SUITE, Manifest, Run, require_suite

require_suite()
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PROTOCOL = Manifest.read("protocol/manifest.ttl")
INDIRECT = Manifest.read("graph-store-protocol/manifest-indirect.ttl")
DIRECT = Manifest.read("graph-store-protocol/manifest-direct.ttl")
EXPECTED: dict[str, str] = {}
"""Tests that do not pass, and why. One that starts to pass fails here, so that this list stays true."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("w3c")
    with Store.open(folder / "store") as store:
        store.replace_graph("urn:x:first", "<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:first> .\n")
    with writable(folder / "store", folder) as running:
        yield running


@pytest.fixture
def empty(server: Server) -> Server:
    """The server with nothing in its store."""
    done = httpx.post(f"{server.url}/sparql", data={"update": "DROP ALL"}, headers=AUTHORISED, timeout=60)
    assert done.status_code == 204
    return server


def _fill(server: Server, name: str) -> None:
    for data in PROTOCOL.graph.objects(PROTOCOL.test(name), UT.graphData):
        graph = str(PROTOCOL.graph.value(data, RDFS.label))
        file = str(PROTOCOL.graph.value(data, UT.graph)).rpartition("/")[2]
        triples = ox.serialize(
            ox.parse(path=str(SUITE / "protocol" / file), format=ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES
        )
        headers = {**AUTHORISED, "Content-Type": "application/n-triples"}
        done = httpx.put(f"{server.url}/store", params={"graph": graph}, content=triples, headers=headers, timeout=60)
        assert done.status_code == 201


def _judge(name: str, faults: list[str]) -> None:
    if name in EXPECTED:
        assert faults, f"{name} passes now; take it from the list of expected differences"
    else:
        assert not faults


@pytest.mark.parametrize("name", PROTOCOL.names())
def test_protocol(empty: Server, name: str) -> None:
    _fill(empty, name)
    _judge(name, Run(PROTOCOL, empty.url, ("/sparql/", "/sparql")).faults(name))


@pytest.mark.parametrize("name", INDIRECT.names())
def test_graph_store_indirect(empty: Server, name: str) -> None:
    _judge(name, Run(INDIRECT, empty.url, ("/gsp", "/store")).faults(name))


@pytest.mark.parametrize("name", DIRECT.names())
def test_graph_store_direct(empty: Server, name: str) -> None:
    _judge(name, Run(DIRECT, empty.url, ("/gsp", "/store")).faults(name))


def test_the_suite_is_whole() -> None:
    """As many tests as the issue of the suite that we count by has."""
    assert [len(each.names()) for each in (PROTOCOL, INDIRECT, DIRECT)] == [34, 9, 4]
    assert set(EXPECTED) <= {*PROTOCOL.names(), *INDIRECT.names(), *DIRECT.names()}


def _description(server: Server) -> Graph:
    answer = server.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    return Graph().parse(data=answer.text, format="turtle")


def test_service_description_returns_rdf(server: Server) -> None:
    assert len(_description(server)) > 0


def test_service_description_has_the_endpoint(server: Server) -> None:
    assert (None, SD.endpoint, URIRef(f"{server.url}/sparql")) in _description(server)


def test_service_description_conforms_to_its_schema(server: Server) -> None:
    """Properties of the service have the domains and ranges of the vocabulary (section 3 of the specification)."""
    graph = _description(server)
    (service,) = graph.subjects(RDF.type, SD.Service)
    languages = set(graph.objects(service, SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert set(graph.objects(service, SD.feature)) >= {SD.UnionDefaultGraph}
    assert all(str(each).startswith("http://www.w3.org/ns/formats/") for each in graph.objects(None, SD.resultFormat))
    for dataset in graph.objects(service, SD.defaultDataset):
        assert (dataset, RDF.type, SD.Dataset) in graph
        assert all((each, RDF.type, SD.Graph) in graph for each in graph.objects(dataset, SD.defaultGraph))
