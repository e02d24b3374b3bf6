"""The reference as a site of plain pages: static files that any server can hand out, and that ours does."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from zhiguan import resources
from zhiguan.query import NamedQuery
from zhiguan.rdf import terms
from zhiguan.reference.picture import draw
from zhiguan.reference.reading import ONTOLOGY, Reference, Term, local, read_reference, shorten

ENDPOINT = "http://127.0.0.1:7878/sparql"
"""Where the live links of a static site ask, unless it is told otherwise."""
_ABOUT = """# {zh} {en}
PREFIX zg: <{zg}>

SELECT ?{what} (COUNT(*) AS ?times)
WHERE {{ {pattern} }}
GROUP BY ?{what} ORDER BY DESC(?times) LIMIT 20
"""


def _source(name: str) -> str:
    return (files("zhiguan.reference") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def live_query(term: Term) -> str:
    """A query that shows the term at work in a store: its instances, or its commonest values."""
    what, pattern = (
        ("thing", f"?thing a zg:{term.name}") if term.group == "Class" else ("value", f"?x zg:{term.name} ?value")
    )
    return _ABOUT.format(zh=term.label.zh, en=term.label.en, zg=terms.ZG, what=what, pattern=pattern)


class _Pages:
    """Renders the pages of one site; `home` leads from a page to the site's root, relative unless `root` says where."""

    def __init__(self, reference: Reference, endpoint: str, root: str | None, context: Mapping[str, object]) -> None:
        self.reference = reference
        self.endpoint = endpoint
        self.root = root
        self.context = context

    def render(self, template: str, home: str, **values: object) -> bytes:
        home = home if self.root is None else self.root
        shared: dict[str, object] = {
            "reference": self.reference,
            "home": home,
            "short": shorten,
            "local": local,
            "href": lambda iri: self.href(iri, home),
            "live": self.live,
            **self.context,
        }
        return _environment().get_template(template).render({**shared, **values}).encode()

    def href(self, iri: str, home: str) -> str | None:
        """The page of a term or a scheme of ours; another vocabulary's own address; None for no web address."""
        if iri in self.reference.terms:
            return f"{home}term/{local(iri)}.html"
        if iri.removeprefix(terms.ZGV) in self.reference.schemes:
            return f"{home}scheme/{local(iri)}.html"
        return iri if iri.startswith(("http://", "https://")) else None

    @property
    def picture_links(self) -> str:
        """Where the picture's boxes lead, {} for the class."""
        return f"{self.root or ''}term/{{}}.html"

    def live(self, query: str) -> str:
        """A link that asks a server this query."""
        return f"{self.endpoint}?{urlencode({'query': query})}"


def _files(reference: Reference) -> Iterator[tuple[str, bytes]]:
    """The ontology itself, under its own names and under its version."""
    for entry in resources.ontology_files():
        data = entry.read_bytes()
        yield entry.name, data
        yield f"{reference.version}/{entry.name}", data
    for entry in resources.vocabulary_files():
        yield f"vocabularies/{entry.name}", entry.read_bytes()


def _pages(reference: Reference, pages: _Pages) -> Iterator[tuple[str, bytes]]:
    yield "style.css", _source("style.css").encode()
    yield "index.html", pages.render("index.html", "", picture=Markup(draw(reference, pages.picture_links)))  # noqa: S704 - our own SVG
    yield "picture.svg", draw(reference).encode()
    yield "shapes.html", pages.render("shapes.html", "")
    yield "questions.html", pages.render("questions.html", "", example=_example)
    for term in reference.terms.values():
        yield f"term/{term.name}.html", pages.render("term.html", "../", term=term, query=live_query(term))
    for scheme in reference.schemes.values():
        yield f"scheme/{scheme.name}.html", pages.render("scheme.html", "../", scheme=scheme)


def _example(query: NamedQuery) -> str:
    """How the command line asks a question's example."""
    words = [f"--param {word}" for word in query.example.split()]
    return " ".join(["zhiguan query", query.name, *words])


def site_files(endpoint: str = ENDPOINT, root: str | None = None) -> dict[str, bytes]:
    """Every file of the site by its path; links are relative, unless the site is to lie at the path `root` of a server."""
    reference = read_reference()
    pages = _Pages(reference, endpoint, root, {"ontology": ONTOLOGY, "changes": resources.read_changes()})
    return dict([*_pages(reference, pages), *_files(reference)])


def build_site(folder: Path, *, endpoint: str = ENDPOINT) -> int:
    """Write the site into `folder`, in place of what stands there under the same names; the number of files."""
    found = site_files(endpoint)
    for name, data in found.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(found)
