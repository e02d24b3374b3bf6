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


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/person/shi", ["石大川", "书记", "中共云中省青山县委员会", "“青山县委书记石大川”", "讲话人", "2024-06-03"]),
        (
            "/body/government",
            ["县长", "柳青禾", "副县长", "白石", "青山县教育提升行动方案(2024—2026年)", "云中省青山县教育局"],
        ),
        ("/post/head", ["柳青禾", "云中省青山县人民政府"]),
        ("/meeting/m1", ["主持人", "柳青禾", "副书记", "汇报人", "县会议中心", "2024-05-16", "解读"]),
        ("/plan/p1", ["2024", "2026", "解读", "白石", "青山县教育提升工作推进会"]),
        ("/plan/p1", ["两大行动", "强师行动", "项数", "所属"]),
        ("/plan-part/b", ["强师行动", "两大行动"]),
        ("/division/990101", ["云中省青山县教育局", "石大川调研青山中学"]),
        ("/tenure/liu-head", ["柳青禾 · 县长", "县委副书记、县长柳青禾"]),
        ("/vocabulary/role-chair", ["主持人"]),
        ("/ontology", ["zg:Tenure", "zg:Attestation"]),
        ("/vocabulary", ["role-chair"]),
    ],
)
def test_pages(ask: Ask, path: str, words: list[str]) -> None:
    answer = ask(path, headers=HTML)
    assert answer.status_code == 200
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
    text = re.sub(r"<q[^>]*>(.*?)</q>", r"“\1”", answer.text)
    assert [word for word in words if word not in text] == []
    assert "<script" not in answer.text


def test_pages_speak_english(ask: Ask) -> None:
    answer = ask("/person/shi", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert '<html lang="en">' in answer.text
    assert "Posts held" in answer.text
    assert '<html lang="zh-Hans">' in ask("/person/shi?lang=zh", headers={**HTML, "Accept-Language": "en"}).text


def test_an_article_shows_its_quotes_in_place(ask: Ask) -> None:
    """All marks and the text between them are the text as read, and each quote can be reached."""
    begin = TEXT.index("县委书记石大川")
    anchor = f"q{begin}-{begin + 7}"
    answer = ask(f"/article/qs-001?q={anchor}", headers=HTML)
    source = answer.text.partition('<div class="source" lang="zh">')[2].partition("</div>")[0]
    plain = re.sub(r"<[^>]+>", "", source)
    assert plain.replace("&lt;", "<").replace("&gt;", ">") == TEXT
    assert f'id="{anchor}"' in source
    assert re.findall(r'<mark class="\w+ chosen"[^>]*>([^<]*)</mark>', source) == ["县委书记", "石大川"]
    assert "&lt;b&gt;" in source


def test_hostile_titles_are_escaped(ask: Ask) -> None:
    answer = ask("/article/qs-002", headers=HTML)
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_graphs_and_texts_lead_to_their_article(ask: Ask) -> None:
    graph = ask("/graph/qs-001", headers=HTML)
    assert (graph.status_code, graph.headers["location"]) == (303, "/article/qs-001")
    text = re.search(r"/text/sha256-\w+", ask("/article/qs-001", headers=HTML).text)
    assert text is not None
    assert ask(text[0], headers=HTML).headers["location"] == "/article/qs-001"
    assert ask(text[0], headers={"Accept": "text/plain"}).text == TEXT
    assert len(Graph().parse(data=ask("/graph/qs-001.nt").text, format="nt")) > 100


def test_every_link_of_a_page_leads_somewhere(ask: Ask) -> None:
    seen = set()
    for page in ("/person/liu", "/body/committee", "/meeting/m1", "/article/qs-001", "/"):
        for href in re.findall(r'href="(/[^"]*)"', ask(page, headers=HTML).text):
            seen.add(href.replace("&amp;", "&").partition("#")[0])
    broken = [href for href in sorted(seen) if ask(href, headers=HTML).status_code not in {200, 303}]
    assert broken == []


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
