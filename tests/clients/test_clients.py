"""Clients that people use, against the running server: what they ask is answered as they expect it."""

import csv
import io
import json
import shutil
from pathlib import Path
from xml.dom.minidom import Document

import httpx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from ..browser.conftest import need
from ..serve.served import Server
from .conftest import run

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
ZG = "https://w3id.org/zhiguan/ontology#"
PEOPLE = f"SELECT DISTINCT ?name WHERE {{ ?x a <{ZG}Person> ; <http://xmlns.com/foaf/0.1/name> ?name }} ORDER BY ?name"
COUNT = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a <{ZG}Person> }}"
JENA = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
    "text/csv;q=0.5, application/json;q=0.2, application/xml;q=0.2, */*;q=0.1"
)
"""What Apache Jena's HTTP query execution sends for a SELECT."""
RDF4J = (
    "application/x-sparkstar-results+json;q=0.8, application/sparql-results+json;q=0.8, "
    "application/sparql-results+xml;q=0.8, application/x-binary-rdf-results-table, text/tab-separated-values;q=0.8"
)
"""What RDF4J's SPARQLRepository sends: a binary form first, which only its own server speaks."""


@pytest.fixture(scope="module")
def names(server: Server) -> list[str]:
    """The people of the examples, by another way: rows of CSV."""
    rows = list(csv.DictReader(io.StringIO(server.get("/sparql", params={"query": PEOPLE, "format": "csv"}).text)))
    assert len(rows) > 10
    return [row["name"] for row in rows]


def test_curl_by_get(server: Server, names: list[str]) -> None:
    url = f"{server.url}/sparql"
    told = run(["curl", "-sfG", url, "-H", "Accept: text/csv", "--data-urlencode", f"query={PEOPLE}"])
    assert told.split()[1:] == names


def test_curl_by_post(server: Server, names: list[str]) -> None:
    header = "Content-Type: application/sparql-query"
    told = run(["curl", "-sf", f"{server.url}/sparql", "-H", header, "--data-binary", PEOPLE])
    assert [row["name"]["value"] for row in json.loads(told)["results"]["bindings"]] == names


def test_curl_follows_a_thing_and_asks_again_only_for_what_changed(server: Server, tmp_path: Path) -> None:
    thing = f"{server.url}/division/310113"
    assert "宝山区" in run(["curl", "-sfL", "-H", "Accept: text/turtle", thing])
    saved, tag = str(tmp_path / "thing.ttl"), str(tmp_path / "etag")
    first = ["curl", "-sf", "--etag-save", tag, "-o", saved, "-w", "%{http_code}", thing + ".ttl"]
    assert run(first) == "200"
    again = ["curl", "-sf", "--etag-compare", tag, "-o", saved, "-w", "%{http_code}", thing + ".ttl"]
    assert run(again) == "304"


def test_rdflib_reads_the_endpoint_as_a_store(server: Server, names: list[str]) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql"))
    assert [str(row[0]) for row in graph.query(PEOPLE) if isinstance(row, tuple)] == names
    name = URIRef("http://xmlns.com/foaf/0.1/name")
    person = next(iter(graph.subjects(name, Literal(names[0]))))
    assert (person, None, URIRef(ZG + "Person")) in graph


def test_rdflib_reads_a_thing(server: Server) -> None:
    graph = Graph().parse(f"{server.url}/division/310113")  # by its Accept header
    assert Literal("宝山区", lang="zh-hans") in set(graph.objects())


def _as_text(found: object) -> str:
    """What SPARQLWrapper makes of an answer: a DOM of XML, bytes of CSV, values of JSON."""
    if isinstance(found, bytes):
        return found.decode()
    return found.toxml() if isinstance(found, Document) else json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize("form", [JSON, XML, CSV])
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_rows(server: Server, names: list[str], form: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(PEOPLE)
    text = _as_text(wrapper.query().convert())
    assert [name for name in names if name not in text] == []


def test_sparqlwrapper_graphs(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=TURTLE)
    wrapper.setQuery(f"CONSTRUCT WHERE {{ ?x a <{ZG}Article> }}")
    assert len(Graph().parse(data=_as_text(wrapper.query().convert()), format="turtle")) >= 5


@pytest.mark.parametrize(
    ("accept", "media"),
    [(JENA, "application/sparql-results+json"), (RDF4J, "text/tab-separated-values")],
    ids=["jena", "rdf4j"],
)
def test_what_java_clients_accept(server: Server, accept: str, media: str) -> None:
    """Their packages are in no registry that the tests can reach; these are their headers, by form POST as they ask."""
    answer = httpx.post(f"{server.url}/sparql", data={"query": COUNT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(("application/sparql-results", media))


def test_an_offer_of_http2_is_passed_over(server: Server) -> None:
    """As Java's client makes it; a POST's body is still the query's."""
    offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAAAAIAAAABAAMAAABk"}
    answer = httpx.post(f"{server.url}/sparql", data={"query": COUNT}, headers=offer)
    assert answer.status_code == 200


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java here")
def test_java_by_its_own_http_client(server: Server, names: list[str]) -> None:
    told = run(["java", str(HERE / "Ask.java"), f"{server.url}/sparql", PEOPLE], LC_ALL="C.UTF-8")
    assert [line.strip('"') for line in told.split()[1:]] == names


def _node(script: str, *arguments: str) -> list[dict[str, str]]:
    need(MODULES, "npm ci --prefix tests/clients")
    rows: list[dict[str, str]] = json.loads(run(["node", str(HERE / script), *arguments]))
    return rows


def test_comunica(server: Server, names: list[str]) -> None:
    """It finds out by the service description that this is an endpoint, and asks it the whole query."""
    rows = _node("comunica.mjs", PEOPLE, f"{server.url}/sparql")
    assert [row["name"] for row in rows] == names


def test_comunica_joins_two_endpoints(server: Server, beside: str) -> None:
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX zg: <https://w3id.org/zhiguan/ontology#>
        SELECT DISTINCT ?division ?comment WHERE {
          ?division a zg:Division ; skos:notation ?code . BIND(STR(?code) AS ?plain)
          ?other rdfs:comment ?comment ; skos:notation ?plain }"""
    rows = _node("comunica.mjs", query, f"sparql@{server.url}/sparql", f"sparql@{beside}")
    assert rows == [
        {
            "division": "https://w3id.org/zhiguan/division/310113",
            "comment": "what somebody else knows of a district",
        }
    ]


def test_comunica_follows_links(server: Server) -> None:
    """A thing's page as a source: its quads, by content negotiation."""
    query = "SELECT DISTINCT ?name WHERE { GRAPH ?g { ?x <https://w3id.org/zhiguan/ontology#fullName> ?name } } ORDER BY ?name"
    rows = _node("comunica.mjs", query, f"{server.url}/division/310113")
    assert {"name": "上海市宝山区"} in rows


def test_sparql_http_client(server: Server, names: list[str]) -> None:
    rows = _node("http_client.mjs", PEOPLE, f"{server.url}/sparql")
    assert [row["name"] for row in rows] == names
