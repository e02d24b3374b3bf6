"""The documentation of the ontology: every term has its page, every link leads somewhere, every live query runs."""

from functools import cache
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from zhiguan.rdf import terms
from zhiguan.reference.picture import arrows, read_boxes
from zhiguan.reference.reading import Term, read_reference
from zhiguan.reference.site import live_query, site_files
from zhiguan.results import PREFIXES

ENDPOINT = "https://example.org/sparql"


class Page(HTMLParser):
    """Links and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [value for value in (values.get("href"), values.get("src")) if value]
        self.anchors |= {values["id"] or ""} if "id" in values else set()


@cache
def site() -> dict[str, bytes]:
    return site_files(ENDPOINT)


@cache
def pages() -> dict[str, Page]:
    return {name: Page(data.decode()) for name, data in site().items() if name.endswith(".html")}


def own_terms() -> list[Term]:
    return list(read_reference().terms.values())


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.name)
def test_each_term_has_a_page_that_says_all(term: Term) -> None:
    page = site()[f"term/{term.name}.html"].decode()
    escaped = (
        page.replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )
    for text in (term.iri, term.label.zh, term.label.en, term.definition.zh, term.definition.en, *term.examples):
        assert text
        assert text in escaped
    for query in term.queries:
        assert f"questions.html#{query}" in page
    for shape in term.shapes:
        assert f"shapes.html#{shape.name}" in page


def test_every_scheme_has_a_page_with_its_concepts() -> None:
    for scheme in read_reference().schemes.values():
        page = site()[f"scheme/{scheme.name}.html"].decode()
        assert scheme.concepts
        assert all(f'id="{concept.name}"' in page for concept in scheme.concepts[:4000])


@pytest.mark.parametrize("name", sorted(name for name in site() if name.endswith(".html")))
def test_links_within_the_site_lead_somewhere(name: str) -> None:
    for link in pages()[name].links:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = _resolve(PurePosixPath(name).parent, parts.path) if parts.path else name
        assert target in site(), link
        if parts.fragment and target.endswith(".html"):
            assert parts.fragment in pages()[target].anchors, link


def _resolve(folder: PurePosixPath, path: str) -> str:
    steps: list[str] = []
    for step in (*folder.parts, *PurePosixPath(path).parts):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def test_live_links_are_queries_that_parse() -> None:
    links = {link for page in pages().values() for link in page.links if link.startswith(ENDPOINT)}
    assert len(links) >= len(own_terms())
    store = ox.Store()
    for link in links:
        (query,) = parse_qs(urlsplit(link).query)["query"]
        store.query(query, prefixes=PREFIXES)


def test_a_live_query_finds_the_term_in_a_graph() -> None:
    store = ox.Store()
    store.update(f"INSERT DATA {{ <urn:x> a <{terms.ZG}Body> ; <{terms.ZG}post> <urn:y> }}")
    for name, found in (("Body", "urn:x"), ("post", "urn:y")):
        rows = store.query(live_query(read_reference().terms[terms.ZG + name]), prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        assert [row[0] for row in rows] == [ox.NamedNode(found)]


def test_the_ontology_is_there_under_its_name_and_its_version() -> None:
    version = read_reference().version
    assert version
    for name in ("zhiguan.ttl", "shapes.ttl"):
        assert site()[name] == site()[f"{version}/{name}"]


def test_the_picture_shows_classes_that_exist_and_leaves_none_alone() -> None:
    names = {term.name for term in own_terms() if term.group == "Class"}
    boxes = set(read_boxes())
    assert boxes <= names
    assert boxes == {end for pair in arrows(read_reference()) for end in pair}
    picture = site()["picture.svg"].decode()
    assert all(f">{name}</text>" in picture for name in boxes)
