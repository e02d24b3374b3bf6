"""Folders of saved pages: where each page comes from, as a `sitemap.xml` or an `index.csv`/`index.tsv` beside them says.

A sitemap (sitemaps.org) gives addresses: a page is the file whose path ends as the address does (`/a/b.html`, or `/a/b` and
`/a/` as `index.html`). An index gives the columns `file` and `url`, and perhaps `lastmod` (or `published`) and `title`.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from zhiguan.errors import ReadError

_LEVELS = 12
"""How far above a page its site's folder may lie."""
_LOC, _LASTMOD = "loc", "lastmod"


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a saved page beside its bytes; `changed` is the day as written, a stand-in for that of publication."""

    url: str
    changed: str | None = None
    title: str | None = None


def page_of(file: Path) -> Page | None:
    """What the nearest sitemap or index above a file says of it, or None. ReadError: it is broken."""
    for folder in list(file.absolute().parents)[:_LEVELS]:
        if guide := _guide(folder):
            found = _pages(guide, guide.stat().st_mtime_ns)
            return found.get(file.absolute().relative_to(folder).as_posix())
    return None


@lru_cache(maxsize=65536)
def _guide(folder: Path) -> Path | None:
    found = (folder / name for name in ("index.csv", "index.tsv", "sitemap.xml"))
    return next((path for path in found if path.is_file()), None)


@lru_cache(maxsize=4)
def _pages(guide: Path, _changed: int) -> Mapping[str, Page]:
    """The pages of a guide by path below its folder."""
    if guide.suffix == ".xml":
        return {path: page for page in _sitemap(guide) for path in _paths(page.url)}
    return dict(_index(guide))


def _index(guide: Path) -> Iterator[tuple[str, Page]]:
    with guide.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t" if guide.suffix == ".tsv" else ",")
        if not {"file", "url"} <= set(rows.fieldnames or ()):
            raise ReadError(f"{guide}: its first line must name the columns file and url")
        for row in rows:
            yield (
                row["file"],
                Page(row["url"], row.get("lastmod") or row.get("published") or None, row.get("title") or None),
            )


def _sitemap(guide: Path) -> Iterator[Page]:
    """The addresses of a sitemap, and of those beside it that a sitemap index names."""
    try:
        for _, node in etree.iterparse(guide, events=("end",), resolve_entities=False, no_network=True):
            kind = etree.QName(node).localname
            if kind in {"url", "sitemap"}:
                said = {etree.QName(child).localname: (child.text or "").strip() for child in node}
                other = guide.parent / Path(urlsplit(said.get(_LOC, "")).path).name
                if kind == "url" and said.get(_LOC):
                    yield Page(said[_LOC], said.get(_LASTMOD) or None)
                elif kind == "sitemap" and other.is_file() and other != guide:
                    yield from _sitemap(other)
                node.clear()
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{guide}: broken XML ({error}); mend or remove it") from None


def _paths(url: str) -> Iterator[str]:
    """Where a page with this address may lie below its site's folder, with and without its host."""
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/")
    names = (
        [f"{path}index.html", f"{path}index.htm"]
        if path.endswith("/") or not path
        else [path, f"{path}.html", f"{path}/index.html"]
    )
    for name in names:
        yield name
        yield f"{parts.netloc}/{name}"
