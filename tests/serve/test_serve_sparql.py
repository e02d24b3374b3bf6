"""The SPARQL endpoint beyond the W3C's tests: formats, limits, faults, headers."""

import json
from collections.abc import AsyncIterator

import pytest
from rdflib import Graph

from zhiguan.serve.protocol.requests import BODY_LIMIT

from .conftest import Ask
from .sample import BASE

SELECT = "SELECT ?name { <person/shi> foaf:name ?name }"
CONSTRUCT = "CONSTRUCT { ?s foaf:name ?o } WHERE { ?s a zg:Person ; foaf:name ?o }"


@pytest.mark.parametrize(
    ("accept", "media", "part"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", '"value":"石大川"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<literal>石大川</literal>"),
        ("text/csv", "text/csv; charset=utf-8", "name\r\n石大川\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '?name\n"石大川"\n'),
        ("text/html", "text/html; charset=utf-8", "<td><span>石大川</span></td>"),
    ],
)
def test_rows_in_each_format(ask: Ask, accept: str, media: str, part: str) -> None:
    answer = ask("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert "Accept" in answer.headers["vary"]
    assert part in answer.text


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser
def test_graphs_in_each_format(ask: Ask, accept: str, parser: str) -> None:
    answer = ask("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert len(Graph().parse(data=answer.text, format=parser)) == 4


def test_format_parameter_goes_before_accept(ask: Ask) -> None:
    answer = ask("/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert ask("/sparql", params={"query": SELECT, "format": "ttl"}).status_code == 400


def test_fields_are_decoded_once(ask: Ask) -> None:
    """A literal %25 is two steps away from a percent sign: decoding twice would lose one."""
    query = 'SELECT ("100%25" AS ?x) {}'
    for answer in (ask("/sparql", params={"query": query}), ask("/sparql", "POST", data={"query": query})):
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "100%25"


def test_from_narrows_the_default_graph(ask: Ask) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} { ?a a zg:Article }"
    both = ask("/sparql", params={"query": count.replace("{}", "")}).json()
    one = ask("/sparql", params={"query": count.replace("{}", f"FROM <{BASE}graph/qs-001>")}).json()
    assert [each["results"]["bindings"][0]["n"]["value"] for each in (both, one)] == ["2", "1"]


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ({"params": {"query": "SELECT * {"}}, 400, "error at 1:"),
        ({"params": {"query": ""}}, 400, "error"),
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "2 times"),
        ({"params": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400, "does not come by GET"),
        ({"params": {"query": "INSERT DATA { <a:b> <a:c> 1 }"}}, 400, "updates are not accepted"),
        ({"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"}}, 400, "SERVICE"),
        ({"params": {"query": "ASK { FILTER(trueSERVICE<http://127.0.0.1:1/>{}) }"}}, 400, "SERVICE"),
        ({"params": {"query": "LOAD <http://127.0.0.1:1/>"}}, 400, "updates are not accepted"),
        ({"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400, "absolute IRI"),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "application/sparql-results+json"),
        ({"params": {"query": CONSTRUCT}, "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
        ({"headers": {"Accept": "image/png"}}, 406, "text/turtle"),
    ],
)
def test_faults_of_get(ask: Ask, options: dict[str, object], status: int, words: str) -> None:
    answer = ask("/sparql", **options)
    assert answer.status_code == status
    assert words in answer.text


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/sparql-query", b"ASK {}", 200),
        ("application/sparql-query; charset=UTF-8", "ASK { ?s ?p '职官' }".encode(), 200),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/sparql-query; charset=gb18030", b"ASK {}", 415),
        ("application/x-www-form-urlencoded", b"query=ASK+%7B%7D", 200),
        ("application/x-www-form-urlencoded", b"query=ASK+%7B+%3Fs+%3Fp+%27%FF%27+%7D", 400),
        ("application/x-www-form-urlencoded", b"q=ASK+%7B%7D", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 201), 400),
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("application/json", b"{}", 415),
        ("application/sparql-query", b"#" * (BODY_LIMIT + 1), 413),
    ],
)
def test_post(ask: Ask, media: str, body: bytes, status: int) -> None:
    assert ask("/sparql", "POST", content=body, headers={"Content-Type": media}).status_code == status


def test_a_direct_query_must_not_be_given_in_the_address_too(ask: Ask) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    assert ask("/sparql?query=ASK%7B%7D", "POST", content=b"ASK {}", headers=headers).status_code == 400


def test_a_chunked_body_is_cut_off(ask: Ask) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(2 * BODY_LIMIT // 65536):
            yield b"#" * 65536

    headers = {"Content-Type": "application/sparql-query"}
    assert ask("/sparql", "POST", content=endless(), headers=headers).status_code == 413


def test_other_methods(ask: Ask) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = ask("/sparql", method)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    options = ask("/sparql", "OPTIONS")
    assert options.status_code == 204
    assert "POST" in options.headers["access-control-allow-methods"]
    assert ask("/sparql?query=ASK%7B%7D", "HEAD").status_code == 200


def test_headers_that_every_answer_has(ask: Ask) -> None:
    for path in ("/", "/sparql", "/sparql?query=ASK%7B", "/person/shi", "/nothing", "/static/style.css"):
        answer = ask(path)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_named_queries_run_by_address(ask: Ask) -> None:
    answer = ask("/queries/holders", params={"post": "书记", "format": "csv"})
    assert "石大川" in answer.text
    assert ask("/queries/holders", headers={"Accept": "text/csv"}).status_code == 400
    form = ask("/queries/holders", headers={"Accept": "text/html"})
    assert 'name="post"' in form.text
    assert ask("/queries/nothing").status_code == 404


def test_an_html_result_links_to_this_server(ask: Ask) -> None:
    query = "SELECT ?x { ?x a zg:Person } ORDER BY ?x LIMIT 1"
    answer = ask("/sparql", params={"query": query}, headers={"Accept": "text/html"})
    assert '<a href="/person/bai">' in answer.text


def test_errors_have_one_shape(ask: Ask) -> None:
    for path, status in (("/sparql?query=x", 400), ("/nothing", 404), ("/person/shi?page=x", 400)):
        answer = ask(path, headers={"Accept": "application/json"})
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "cure"} == set(json.loads(answer.text))
        assert answer.json()["status"] == answer.status_code == status
        page = ask(path, headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        assert page.status_code == status
        assert ask(path, headers={"Accept": "text/turtle;q=0.1"}).headers["content-type"].startswith("text/plain")
