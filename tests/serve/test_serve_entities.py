"""Linked data: each thing at its own path, in each format, with its evidence."""

import asyncio
import json
import re
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from zhiguan.serve import create_app
from zhiguan.serve.engine.backend import Bindings, Result
from zhiguan.serve.engine.live import Still
from zhiguan.store import Store

from .conftest import Ask, asker
from .sample import BASE, TEXT

ZG = "https://w3id.org/zhiguan/ontology#"
HTML = {"Accept": "text/html", "Accept-Language": "zh"}
PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


@pytest.mark.parametrize("suffix", PARSERS)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own JSON-LD parser
def test_a_description_by_suffix_and_by_accept(ask: Ask, suffix: str) -> None:
    by_suffix = ask(f"/person/shi.{suffix}")
    media = by_suffix.headers["content-type"].partition(";")[0]
    by_accept = ask("/person/shi", headers={"Accept": media})
    assert by_suffix.content == by_accept.content
    assert {"Accept", "Accept-Profile"} <= set(by_accept.headers["vary"].split(", "))
    assert by_accept.headers["content-location"] == f"/person/shi.{suffix}"
    assert '</person/shi.ttl>; rel="alternate"; type="text/turtle"' in by_accept.headers["link"]
    text = by_suffix.text
    if suffix == "jsonld":  # its context is a document of its own
        text = json.dumps(json.loads(text) | ask("/context.jsonld").json())
    graph = Graph().parse(data=text, format=PARSERS[suffix])
    shi, tenure = URIRef(BASE + "person/shi"), URIRef(BASE + "tenure/shi-secretary")
    assert str(graph.value(shi, URIRef("http://xmlns.com/foaf/0.1/name"))) == "石大川"
    assert (tenure, URIRef("http://www.w3.org/ns/org#member"), shi) in graph  # an inverse link
    assert len(list(graph.subjects(URIRef(ZG + "attests"), tenure))) == 2  # the evidence
    exact = {str(each) for each in graph.objects(None, URIRef("http://www.w3.org/ns/oa#exact"))}
    assert {"县委书记石大川", "青山县委书记石大川"} <= exact
    post = URIRef(BASE + "post/secretary")
    assert (
        str(graph.value(post, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))) == "书记"
    )  # a neighbour's name


@pytest.mark.parametrize(("suffix", "parser"), [("trig", ox.RdfFormat.TRIG), ("nq", ox.RdfFormat.N_QUADS)])
def test_quads_tell_the_article(ask: Ask, suffix: str, parser: ox.RdfFormat) -> None:
    graphs = {quad.graph_name for quad in ox.parse(ask(f"/person/shi.{suffix}").content, parser)}
    assert {ox.NamedNode(BASE + "graph/qs-001"), ox.NamedNode(BASE + "graph/qs-002")} <= graphs


def test_the_same_answer_twice(ask: Ask) -> None:
    assert ask("/meeting/m1.jsonld").content == ask("/meeting/m1.jsonld").content


@pytest.mark.parametrize("path", ["/nothing", "/person/none", "/person/shi.exe", "/graph/none", "/text/none", "/a b"])
def test_unknown_things_are_404(ask: Ask, path: str) -> None:
    assert ask(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../app.py", "/static/%2e%2e/app.py", "/%00", "/person/%ff", "/<script>"],
)
def test_hostile_paths_are_404(ask: Ask, path: str) -> None:
    answer = ask(path, headers=HTML)
    assert answer.status_code == 404
    assert "<script" not in answer.text


def test_faults(ask: Ask) -> None:
    assert ask("/person/shi", headers={"Accept": "image/png"}).status_code == 406
    assert ask("/person/shi", "POST").status_code == 405
    assert ask("/person/shi?page=0").status_code == 400
    assert ask("/person/shi", "HEAD").status_code == 200


def test_graphs_and_texts_lead_to_their_article(ask: Ask) -> None:
    graph = ask("/graph/qs-001", headers=HTML)
    assert (graph.status_code, graph.headers["location"]) == (303, "/article/qs-001")
    text = re.search(r"/text/sha256-\w+", ask("/article/qs-001", headers=HTML).text)
    assert text is not None
    assert ask(text[0], headers=HTML).headers["location"] == "/article/qs-001"
    assert ask(text[0], headers={"Accept": "text/plain"}).text == TEXT
    assert len(Graph().parse(data=ask("/graph/qs-001.nt").text, format="nt")) > 100


def test_start_page_counts(ask: Ask) -> None:
    answer = ask("/", headers=HTML)
    numbers = re.findall(r"<b>([\d,]+)</b><span>(.*?)</span>", answer.text)
    assert {word: number for number, word in numbers} == {
        "文章": "2",
        "人物": "4",
        "机构": "3",
        "职务": "5",
        "会议活动": "1",
        "规划文件": "1",
    }


def test_void(ask: Ask) -> None:
    graph = Graph().parse(data=ask("/.well-known/void").text, format="turtle")
    void = "http://rdfs.org/ns/void#"
    assert [str(each) for each in graph.objects(None, URIRef(void + "uriSpace"))] == [BASE]
    part = graph.value(predicate=URIRef(void + "class"), object=URIRef(ZG + "Person"))
    assert str(graph.value(part, URIRef(void + "entities"))) == "4"


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.svg", "/favicon.ico", "/static/style.css"])
def test_small_files(ask: Ask, path: str) -> None:
    assert ask(path).status_code == 200


class _Failing(Still):
    """A store that answers until it is told to fail as nobody foresaw."""

    broken = False

    def query(self, text: str, values: Bindings | None = None, **options: Any) -> Result:
        if self.broken:
            raise RuntimeError("/secret/path")
        return super().query(text, values, **options)


def test_an_unforeseen_error_says_nothing_of_the_inside(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    failing = _Failing(store)
    ask = asker(create_app(failing))
    failing.broken = True
    answer = ask("/person/shi")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "secret" in caplog.text


def test_public_url_goes_into_descriptions(store: Store) -> None:
    ask = asker(create_app(store, public_url="https://data.example/zg"))
    assert "<https://data.example/zg/sparql>" in ask("/sparql?format=nt").text


def test_many_at_once(store: Store) -> None:
    app = create_app(store)

    async def many() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://zhiguan.test") as client:
            asked = [client.get("/sparql?query=ASK%7B%7D" if n % 2 else "/person/shi") for n in range(40)]
            return [answer.status_code for answer in await asyncio.gather(*asked)]

    assert set(asyncio.run(many())) == {200}
