"""Linked data: every IRI of the data, the vocabulary and the ontology described at its own path."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from pyoxigraph import NamedNode, Triple
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from zhiguan.serve.data.describe import describe, graph_triples, write_description
from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.http.addresses import ONTOLOGY_BASE, PREFIXES, public_root, request_path
from zhiguan.serve.http.negotiate import GRAPHS, HTML, TEXT, Format, by_name, choose
from zhiguan.serve.pages.article import article_values
from zhiguan.serve.pages.entity import entity_values, has_section, page_kind
from zhiguan.serve.pages.frame import Pages, page_language
from zhiguan.serve.pages.lookup import name_of
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.pages.terms import read_terms

ONTOLOGY = ONTOLOGY_BASE + "ontology"
VOCABULARY = ONTOLOGY_BASE + "vocabulary"
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a path names: `path` is its own, without a suffix; `form` is what the suffix asks for."""

    iri: str
    path: str
    kind: str
    types: Sequence[str]
    form: Format | None = None


def _page_number(request: Request) -> int:
    value = request.query_params.get("page", "1")
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 1_000_000):
        raise Problem(400, f"Not a page number: {value!r}.", "Give ?page=1 or more.")
    return int(value)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Entities:
    """The catch-all route over a store."""

    store: Reader
    pages: Pages
    public_url: str | None
    limiter: CapacityLimiter

    async def answer(self, request: Request) -> Response:
        """The description of the thing at this path, in the preferred format."""
        return await to_thread.run_sync(self._answer, request, limiter=self.limiter)

    def _answer(self, request: Request) -> Response:
        found = self._find(request_path(request))
        form = found.form or self._negotiate(request, found)
        if form is TEXT:
            return self._text(found)
        response = self._html(request, found) if form is HTML else self._rdf(request, found, form)
        if 200 <= response.status_code < 300:
            self._add_links(request, found, form, response)
        return response

    # Which thing

    def _find(self, path: str) -> Found:
        """The thing whose own path this is, or that of another format of it; 404 where there is none."""
        found = self._lookup(path)
        if found is None:
            stem, dot, suffix = path.rpartition(".")
            form = by_name(suffix, (*GRAPHS, HTML, TEXT)) if dot and "/" not in suffix else None
            found = self._lookup(stem, form) if form else None
        if found is None or (found.form is TEXT and found.kind != "text"):
            raise Problem(404, f"Nothing is known of {path}.", "Check the address, or look from the start page.")
        return found

    def _lookup(self, path: str, form: Format | None = None) -> Found | None:
        for iri in self.pages.addresses.candidates(path):
            node = _node(iri)
            types = None if node is None else self._types(node, path)
            if types is not None:
                return Found(iri, path, self.pages.addresses.kind(iri), types, form)
        return None

    def _types(self, node: NamedNode, path: str) -> list[str] | None:
        """The thing's types, in which it may have none; None where nothing is said of it."""
        if path.startswith("/graph/") or node.value == VOCABULARY:
            return [] if self.store.query("ASK { GRAPH ?x { ?s ?p ?o } }", {"x": node}, trusted=True) else None
        rows = ask_rows(self.store, "exists", {"x": node}, 20)
        if not rows and path.startswith("/text/"):
            rows = ask_rows(self.store, "text-article", {"x": node}, 1)
        if not rows:
            return None
        return list(dict.fromkeys(row["type"].value for row in rows if "type" in row))

    # Which format

    def _negotiate(self, request: Request, found: Found) -> Format:
        offered = (TEXT, HTML, *GRAPHS) if found.kind == "text" else (HTML, *GRAPHS)
        form = choose(request.headers.get("accept"), offered)
        if form is None:
            names = ", ".join(each.media[0] for each in offered)
            raise Problem(406, "No format that Accept names is on offer.", f"Accept one of: {names}.")
        return form

    def _add_links(self, request: Request, found: Found, form: Format, response: Response) -> None:
        links = [f'<{found.path}.{each.name}>; rel="alternate"; type="{each.media[0]}"' for each in (*GRAPHS, HTML)]
        links.append(f'<{found.iri}>; rel="describes"')
        links.append(f'<{public_root(request, self.public_url)}sparql>; rel="service"')
        response.headers["Link"] = ", ".join(links)
        response.headers["Vary"] = "Accept, Accept-Language" if form is HTML else "Accept"
        response.headers["Content-Location"] = f"{found.path}.{form.name}"

    # The representations

    def _text(self, found: Found) -> Response:
        text = self.store.get_text(found.iri.rpartition("sha256-")[2])
        if text is None:
            raise Problem(404, "This text is not kept.", "Load its article again.")
        return Response(text.encode(), headers={"Content-Type": TEXT.content_type, "Vary": "Accept"})

    def _rdf(self, request: Request, found: Found, form: Format) -> Response:
        whole = found.kind == "graph" or found.iri in {ONTOLOGY, VOCABULARY}
        triples: Sequence[Triple] | set[Triple] = graph_triples(self.store, found.iri) if whole else ()
        triples = triples or describe(self.store, found.iri, _page_number(request))
        body = write_description(self.store, triples, form)
        return Response(body, headers={"Content-Type": form.content_type})

    def _html(self, request: Request, found: Found) -> Response:
        special: Mapping[str, Callable[[Request, Found], Response]] = {
            "article": self._article,
            "graph": self._to_article,
            "text": self._to_article,
        }
        if found.iri in {ONTOLOGY, VOCABULARY}:
            return self._terms(request, found)
        return special.get(found.kind, self._thing)(request, found)

    def _to_article(self, request: Request, found: Found) -> Response:
        """Graphs and texts have no page of their own: their article's page shows both."""
        links = self.pages.links(request)
        if found.kind == "graph":
            return RedirectResponse(links.local(found.path.replace("/graph/", "/article/", 1)), 303)
        rows = ask_rows(self.store, "text-article", {"x": NamedNode(found.iri)}, 1)
        target = links.entity(rows[0]["article"].value) if rows else None
        return RedirectResponse(target, 303) if target else self._thing(request, found)

    def _terms(self, request: Request, found: Found) -> Response:
        language = page_language(request)
        values: Values = self._shared(found, name_of(self.store, found.iri, language) or found.path)
        return self.pages.respond(
            request, "terms.html", values | {"terms": read_terms(self.store, found.iri, language)}
        )

    def _article(self, request: Request, found: Found) -> Response:
        values = article_values(
            self.store, self.pages, found.iri, page_language(request), request.query_params.get("q")
        )
        return self.pages.respond(request, "article.html", self._shared(found, found.path) | values)

    def _thing(self, request: Request, found: Found) -> Response:
        language, page = page_language(request), _page_number(request)
        kind = page_kind(found.kind, found.types)
        section = request.query_params.get("section", "")
        if not has_section(kind, section):
            raise Problem(404, f"Pages of this kind have no list {section!r}.", f"Look at {found.path}.")
        values = entity_values(self.store, self.pages, language, found.iri, kind, section, page)
        return self.pages.respond(request, "entity.html", self._shared(found, found.path) | values | {"kind": kind})

    def _shared(self, found: Found, name: str) -> Values:
        types = [each for each in found.types if not each.startswith(PREFIXES["owl"])]
        formats = [(each.name, each.media[0]) for each in GRAPHS]
        return {
            "iri": found.iri,
            "path": found.path,
            "kind": found.kind,
            "types": types,
            "name": name,
            "formats": formats,
        }
