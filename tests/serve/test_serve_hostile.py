"""Articles that want to harm: whatever their words are, no answer runs them, breaks its header or stops being what it is."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from lxml import html

from zhiguan.serve import create_app
from zhiguan.store import Loaded, Store

from .conftest import Ask, asker
from .sample import BASE, TEXT, sample_trig

HOSTILE = "\"'><img src=x onerror=alert(1)></script><script>alert(1)</script>{{7*7}}\r\nSet-Cookie: a=b \u202e&amp;"
ADDRESS = "javascript:alert(document.cookie)//"
ANY_URI = "http://www.w3.org/2001/XMLSchema#anyURI"
PATHS = [
    "/",
    "/person/shi",
    "/body/committee",
    "/post/head",
    "/tenure/liu-head",
    "/meeting/m1",
    "/participation/2",
    "/plan/p1",
    "/plan-part/b",
    "/document-event/d1",
    "/division/990101",
    "/article/hostile",
    "/attestation/qs-001/1",
    "/dataset",
    "/person/shi?_profile=alt",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%20500",
    "/queries/holders?post=%3Cscript%3Ealert(1)%3C/script%3E",
    "/nothing/%3Cscript%3Ealert(1)%3C/script%3E",
    "/person/shi?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=%22%3E%3Cscript%3E",
]


def _poison(
    term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple,
) -> ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple:
    """Words and addresses made hostile; dates, numbers and codes as they are."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value + HOSTILE, language=term.language)
    if term.datatype.value == ANY_URI:
        return ox.Literal(ADDRESS, datatype=term.datatype)
    plain = term.datatype.value.endswith("#string") and not term.value.isascii()
    return ox.Literal(term.value + HOSTILE) if plain else term


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The sample with hostile words in every literal, as one article."""
    name = ox.NamedNode(BASE + "graph/hostile")
    text = sample_trig().replace("article/qs-001", "article/hostile").replace('"qs-001"', '"hostile"')
    quads = {
        ox.Quad(quad.subject, quad.predicate, _poison(quad.object), name)
        for quad in ox.parse(text, ox.RdfFormat.TRIG)
        if str(quad.graph_name).endswith("qs-001>")
    }
    nquads = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
    path: Path = tmp_path_factory.mktemp("hostile") / "store"
    loaded = Loaded(article="hostile", content_digest="1", loader="1", ontology="1", text=TEXT + HOSTILE, nquads=nquads)
    with Store.open(path) as store:
        store.commit([loaded])
    with Store.open(path, read_only=True) as store:
        yield asker(create_app(store, base=BASE))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_run_nothing_of_an_article(hostile: Ask, path: str, language: str) -> None:
    answer = hostile(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.status_code < 500
    page = html.fromstring(answer.content)
    for element in page.iter():
        attributes = dict(element.attrib)
        assert not [name for name in attributes if name.startswith("on")], element.tag
        for name in ("href", "src", "action", "formaction"):
            assert not attributes.get(name, "").lower().strip().startswith(("javascript:", "data:")), attributes
        if element.tag == "script":
            own = attributes.get("src", "").startswith("/static/")
            assert own or attributes.get("type") == "application/ld+json", attributes
        assert element.tag != "img" or attributes.get("src") != "x"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json", "text/html"])
def test_headers_stay_whole(hostile: Ask, path: str, media: str) -> None:
    answer = hostile(path, headers={"Accept": media})
    assert "set-cookie" not in answer.headers
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


def test_data_stay_data(hostile: Ask) -> None:
    """What was poisoned comes back as it is, in every format."""
    nt = {str(t) for t in ox.parse(hostile("/person/shi.nt").content, ox.RdfFormat.N_TRIPLES)}
    for suffix, form in (("ttl", ox.RdfFormat.TURTLE), ("rdf", ox.RdfFormat.RDF_XML)):
        assert {str(t) for t in ox.parse(hostile(f"/person/shi.{suffix}").content, form)} == nt
    assert any("onerror" in line for line in nt)
    name = hostile("/person/shi.jsonld?_profile=schema").json()["name"]
    assert name["@value"] == "石大川" + HOSTILE
    assert "<script" not in hostile("/feed.atom").text
    assert ElementTree.fromstring(hostile("/feed.atom").text) is not None
