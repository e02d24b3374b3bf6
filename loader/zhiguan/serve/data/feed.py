"""New and changed articles as an Atom feed (RFC 4287), in pages (RFC 5005, section 3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from pyoxigraph import NamedNode, QuerySolutions

from zhiguan.rdf.iris import Iris
from zhiguan.serve.engine.backend import Reader, Row, fixed_query, rows_of
from zhiguan.serve.http.addresses import Addresses
from zhiguan.store import Entry

ENTRIES = 50
"""Articles on one page."""
MEDIA = "application/atom+xml"
PATH = "/feed.atom"
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = "1970-01-01T00:00:00Z"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the feed: articles of the manifest with what the graph says of each, by IRI."""

    entries: Sequence[tuple[str, Entry]]
    said: Mapping[str, Row]
    number: int
    more: bool


def read_page(store: Reader, number: int) -> Page:
    """The articles of one page (from 1), last loaded first."""
    entries = store.recent(ENTRIES + 1, (number - 1) * ENTRIES)
    iris = Iris(store.base)
    named = [(iris.article(entry.id), entry) for entry in entries[:ENTRIES]]
    return Page(named, _said(store, [iri for iri, _ in named]), number, len(entries) > ENTRIES)


def _said(store: Reader, iris: Sequence[str]) -> dict[str, Row]:
    values = " ".join(str(NamedNode(iri)) for iri in iris)
    result = store.query(fixed_query("feed-articles").replace("{ }", f"{{ {values} }}", 1), trusted=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError("feed-articles is no SELECT")
    return {row["x"].value: row for row in rows_of(result)[1]}


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    """An element; characters that XML cannot hold are replaced."""
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NOT_XML.sub("\ufffd", text)


def _link(parent: ElementTree.Element, rel: str, href: str, media: str = "") -> None:
    attributes = {"rel": rel, "href": _NOT_XML.sub("\ufffd", href)} | ({"type": media} if media else {})
    ElementTree.SubElement(parent, f"{{{_ATOM}}}link", attributes)


def _time(value: str) -> str:
    """A time as RFC 3339 has it."""
    return value if _TIME.fullmatch(value) else _START


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def _add_entry(feed: ElementTree.Element, iri: str, entry: Entry, said: Row, address: str) -> None:
    def value(name: str) -> str:
        return said[name].value if name in said else ""

    element = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(element, "id", iri)
    _text(element, "title", value("title") or entry.id)
    _text(element, "updated", _time(entry.loaded))
    if _DAY.fullmatch(value("day")):
        _text(element, "published", f"{value('day')}T00:00:00+08:00")
    _link(element, "alternate", address, "text/html")
    if _is_web(value("url")):
        _link(element, "via", value("url"))
    _text(element, "summary", " · ".join(filter(None, (value("source"), value("day")))))


def write_feed(page: Page, root: str, addresses: Addresses, title: str) -> bytes:
    """The page as Atom; `root` is the server's address as clients see it."""
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    own = root.rstrip("/") + PATH
    _text(feed, "id", addresses.base + PATH.removeprefix("/"))
    _text(feed, "title", title)
    _text(feed, "updated", max((_time(entry.loaded) for _, entry in page.entries), default=_START))
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", title)
    _link(feed, "self", own if page.number == 1 else f"{own}?page={page.number}", MEDIA)
    _link(feed, "first", own, MEDIA)
    _link(feed, "alternate", root, "text/html")
    if page.number > 1:
        _link(feed, "previous", f"{own}?page={page.number - 1}", MEDIA)
    if page.more:
        _link(feed, "next", f"{own}?page={page.number + 1}", MEDIA)
    for iri, entry in page.entries:
        address = root.rstrip("/") + (addresses.path(iri) or "/")
        _add_entry(feed, iri, entry, page.said.get(iri, {}), address)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body
