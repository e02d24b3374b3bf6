"""The dataset as a whole: VoID and DCAT, dumps with ranges and checksums, the Atom feed."""

import gzip
import hashlib
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from zhiguan.serve import create_app
from zhiguan.serve.data.feed import ENTRIES
from zhiguan.serve.data.renewed import Renewed
from zhiguan.serve.engine.live import Still
from zhiguan.store import Loaded, Store

from .conftest import Ask, asker
from .sample import BASE

VOID, DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
ATOM = "{http://www.w3.org/2005/Atom}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HOSTILE = "<script>alert(1)</script>\x01 & ]]> 标题"


@pytest.fixture(scope="module")
def whole(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The application with dumps and a licence."""
    folder = tmp_path_factory.mktemp("dumps")
    return asker(create_app(store, base=BASE, dumps=folder, license_iri=LICENCE))


def _graph(ask: Ask, path: str = "/dataset.ttl") -> Graph:
    return Graph().parse(data=ask(path).text, format="turtle")


@pytest.mark.parametrize("path", ["/.well-known/void", "/dataset"])
@pytest.mark.parametrize("form", ["turtle", "xml", "nt"])
def test_one_description_in_each_format(whole: Ask, path: str, form: str) -> None:
    media = {"turtle": "text/turtle", "xml": "application/rdf+xml", "nt": "application/n-triples"}[form]
    graph = Graph().parse(data=whole(path, headers={"Accept": media}).text, format=form)
    dataset = URIRef("http://zhiguan.test/dataset")
    assert graph.value(dataset, URIRef(VOID + "sparqlEndpoint")) == URIRef("http://zhiguan.test/sparql")
    assert str(graph.value(dataset, URIRef(VOID + "uriSpace"))) == BASE
    assert graph.value(dataset, URIRef("http://purl.org/dc/terms/license")) == URIRef(LICENCE)
    (catalog,) = graph.subjects(URIRef(DCAT + "dataset"), dataset)
    assert str(catalog) == BASE


def test_the_numbers_are_those_of_the_store(whole: Ask, store: Store) -> None:
    graph = _graph(whole)
    dataset = URIRef("http://zhiguan.test/dataset")
    quads = len(list(ox.parse(gzip.decompress(whole("/dumps/zhiguan.nq.gz").content), ox.RdfFormat.N_QUADS)))
    assert str(graph.value(dataset, URIRef(VOID + "triples"))) == str(quads)
    parts = {
        str(graph.value(part, URIRef(VOID + "property"))): int(str(graph.value(part, URIRef(VOID + "triples"))))
        for part in graph.objects(dataset, URIRef(VOID + "propertyPartition"))
    }
    assert sum(parts.values()) == quads
    assert parts["http://www.w3.org/ns/org#member"] == 6  # five tenures, one of them in both articles
    assert str(graph.value(dataset, URIRef(VOID + "documents"))) == "2"


def test_the_page_of_the_dataset(whole: Ask) -> None:
    page = whole("/dataset", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert page.status_code == 200
    assert 'href="/dumps/zhiguan.nq.gz"' in page.text
    assert f'href="{LICENCE}"' in page.text
    assert whole("/dumps/", headers={"Accept": "text/html"}).headers["location"] == "/dataset"
    assert whole("/dataset.csv").status_code == 404
    assert whole("/dataset", headers={"Accept": "image/png"}).status_code == 406


def test_dumps_hold_everything_and_their_sums_are_right(whole: Ask, store: Store) -> None:
    lines = whole("/dumps/SHA256SUMS").text.splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    for name, form in (("zhiguan.nq.gz", ox.RdfFormat.N_QUADS), ("zhiguan.trig.gz", ox.RdfFormat.TRIG)):
        answer = whole(f"/dumps/{name}", headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in answer.headers  # packed once
        assert hashlib.sha256(answer.content).hexdigest() == sums[name]
        quads = set(ox.parse(gzip.decompress(answer.content), form))
        assert ox.NamedNode(BASE + "graph/qs-001") in {quad.graph_name for quad in quads}
        assert len(quads) > 1000
    graph = _graph(whole)
    known = {str(value) for value in graph.objects(None, URIRef("http://spdx.org/rdf/terms#checksumValue"))}
    assert known == set(sums.values())


@pytest.mark.parametrize(
    ("value", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=x", 400, None),
        ("lines=0-9", 400, None),
    ],
)
def test_ranges(whole: Ask, value: str, status: int, part: slice | None) -> None:
    path = "/dumps/zhiguan.nq.gz"
    answer = whole(path, headers={"Range": value})
    assert answer.status_code == status
    if part is not None:
        assert answer.content == whole(path).content[part]
        stale = whole(path, headers={"Range": value, "If-Range": '"other"'})
        assert stale.status_code == 200


def test_a_dump_is_not_sent_twice(whole: Ask) -> None:
    first = whole("/dumps/zhiguan.trig.gz")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = whole("/dumps/zhiguan.trig.gz", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert whole("/dumps/zhiguan.trig.gz", "HEAD").headers["content-length"] == str(len(first.content))


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fetc%2fpasswd", "zhiguan.nq", "%00", "../lock"])
def test_no_other_file_is_a_dump(whole: Ask, name: str) -> None:
    assert whole(f"/dumps/{name}").status_code == 404


def test_without_a_folder_there_are_no_dumps(ask: Ask) -> None:
    assert ask("/dumps/zhiguan.nq.gz").status_code == 404
    assert "dumps" not in ask("/dataset.ttl").text


def test_a_description_that_lacks_something_is_not_kept(store: Store, tmp_path: Path) -> None:
    ask = asker(create_app(store, base=BASE, dumps=tmp_path / "dumps"))
    assert ask("/dataset.ttl").headers["cache-control"] == "no-store"  # no sums of the dumps yet
    ask("/dumps/SHA256SUMS")
    assert "etag" in ask("/dataset.ttl").headers


def test_what_takes_long_is_made_once_a_version(store: Store) -> None:
    """While the new value is being made the old one stands; nobody waits longer than he likes."""
    still, go, made = Still(store, "1"), threading.Event(), []

    def make(version: str) -> str:
        if version != "1":
            go.wait(60)
        made.append(version)
        return "value " + version

    renewed = Renewed(still, make, rest=0)
    assert renewed.peek() is None
    assert [renewed.get(60), renewed.get(60)] == [renewed.get(60)] * 2
    assert made == ["1"]
    still.version = "2"
    stale = renewed.get(0)
    assert stale is not None
    assert (stale.version, renewed.peek()) == ("1", None)
    go.set()
    fresh = renewed.get(60)
    assert fresh is not None
    assert (fresh.value, renewed.peek(), made) == ("value 2", "value 2", ["1", "2"])


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A store with more articles than a page of the feed has; one is hostile."""
    path = tmp_path_factory.mktemp("fed") / "store"
    with Store.open(path) as filling:
        filling.commit(
            [_article(number, HOSTILE if number == 0 else f"标题{number}") for number in range(ENTRIES + 10)]
        )
    with Store.open(path, read_only=True) as reading:
        yield asker(create_app(reading, base=BASE))


def _article(number: int, title: str) -> Loaded:
    article, name = ox.NamedNode(f"{BASE}article/a-{number}"), ox.NamedNode(f"{BASE}graph/a-{number}")
    schema, terms = "https://schema.org/", "http://purl.org/dc/terms/"
    kind = ox.NamedNode("https://w3id.org/zhiguan/ontology#Article")
    url = "javascript:alert(1)" if number == 0 else f"https://news.example/{number}"
    quads = [
        ox.Quad(article, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind, name),
        ox.Quad(article, ox.NamedNode(terms + "title"), ox.Literal(title, language="zh-Hans"), name),
        ox.Quad(article, ox.NamedNode(schema + "url"), ox.Literal(url), name),
    ]
    nquads = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
    return Loaded(
        article=f"a-{number}", content_digest=str(number), loader="1", ontology="1", text=title, nquads=nquads
    )


def test_the_feed_has_all_articles_in_pages(fed: Ask) -> None:
    address, seen = "/feed.atom", []
    while address:
        answer = fed(address)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = ElementTree.fromstring(answer.text)
        for name in ("id", "title", "updated", f"author/{ATOM}name"):
            assert feed.findtext(ATOM + name)
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(ATOM + "link")}
        assert links["self"] == "http://zhiguan.test" + address
        for entry in feed.findall(ATOM + "entry"):
            assert datetime.fromisoformat(entry.findtext(ATOM + "updated") or "").tzinfo is not None
            assert entry.findtext(ATOM + "title")
            seen.append(entry.findtext(ATOM + "id"))
        address = links.get("next", "").removeprefix("http://zhiguan.test")
    assert len(seen) == len(set(seen)) == ENTRIES + 10
    assert set(seen) == {f"{BASE}article/a-{number}" for number in range(ENTRIES + 10)}


def test_a_hostile_title_stays_text(fed: Ask) -> None:
    text = fed("/feed.atom?page=2").text + fed("/feed.atom").text
    assert "<script" not in text
    assert "javascript:" not in text
    titles = [
        entry.findtext(ATOM + "title")
        for page in (1, 2)
        for entry in ElementTree.fromstring(fed(f"/feed.atom?page={page}").text).findall(ATOM + "entry")
    ]
    assert HOSTILE.replace("\x01", "\ufffd") in titles


def test_entries_lead_to_their_articles(fed: Ask) -> None:
    feed = ElementTree.fromstring(fed("/feed.atom").text)
    entry = feed.find(ATOM + "entry")
    assert entry is not None
    address = next(link.get("href", "") for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate")
    assert fed(address.removeprefix("http://zhiguan.test"), headers={"Accept": "text/html"}).status_code == 200


def test_a_feed_without_articles(ask: Ask) -> None:
    assert ElementTree.fromstring(ask("/feed.atom").text).find(ATOM + "entry") is None
    assert ask("/feed.atom?page=0").status_code == 400
