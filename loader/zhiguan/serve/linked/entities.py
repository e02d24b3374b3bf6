"""Linked data: every IRI of the data, the vocabulary and the ontology described at its own path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from zhiguan.serve.data.alternates import alternates
from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.http.addresses import PREFIXES, public_root, request_path
from zhiguan.serve.http.negotiate import GRAPHS, HTML, TEXT
from zhiguan.serve.http.profiles import ALTERNATES
from zhiguan.serve.linked.choosing import Chosen, choose_representation, formats_of, profiles_of
from zhiguan.serve.linked.finding import WHOLE, Finder, Found
from zhiguan.serve.linked.links import link_header, location
from zhiguan.serve.linked.paging import page_number
from zhiguan.serve.linked.rdf import Data
from zhiguan.serve.pages.article import article_values
from zhiguan.serve.pages.entity import entity_values, has_section, page_kind
from zhiguan.serve.pages.frame import Pages, page_language
from zhiguan.serve.pages.lookup import name_of
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.pages.terms import read_terms

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Entities:
    """The catch-all route over a store."""

    store: Reader
    pages: Pages
    public_url: str | None
    limiter: CapacityLimiter
    license_iri: str | None = None

    async def answer(self, request: Request) -> Response:
        """The description of the thing at this path, in the preferred format."""
        return await to_thread.run_sync(self._answer, request, limiter=self.limiter)

    def _answer(self, request: Request) -> Response:
        found = Finder(self.store, self.pages.addresses).find(request_path(request))
        chosen = choose_representation(request, found)
        page, more = page_number(request), False
        if chosen.form is TEXT:
            response = self._text(found)
        elif chosen.form is HTML:
            response = self._html(request, found, chosen)
        else:
            response, more = Data(self.store, self.public_url).answer(request, found, chosen, page)
        if 200 <= response.status_code < 300:
            self._add_links(request, found, chosen, response, page, more)
        return response

    def _add_links(
        self, request: Request, found: Found, chosen: Chosen, response: Response, page: int, more: bool
    ) -> None:
        root = public_root(request, self.public_url)
        response.headers["Link"] = link_header(found, chosen, root, self.license_iri, page, more)
        response.headers["Vary"] = "Accept, Accept-Profile" + (", Accept-Language" if chosen.form is HTML else "")
        response.headers["Content-Location"] = location(found, chosen, page)
        response.headers["Content-Profile"] = f"<{chosen.profile.iri}>"

    def _text(self, found: Found) -> Response:
        text = self.store.get_text(found.iri.rpartition("sha256-")[2])
        if text is None:
            raise Problem(404, "This text is not given out here.", "Look at the quotes of its article.")
        headers = {"Content-Type": TEXT.content_type, "Cache-Control": "public, max-age=86400"}
        return Response(text.encode(), headers=headers)

    # The pages for people

    def _html(self, request: Request, found: Found, chosen: Chosen) -> Response:
        if chosen.profile is ALTERNATES:
            return self._alternates(request, found)
        special: Mapping[str, Callable[[Request, Found], Response]] = {
            "article": self._article,
            "graph": self._to_article,
            "text": self._to_article,
        }
        if found.iri in WHOLE:
            return self._terms(request, found)
        return special.get(found.kind, self._thing)(request, found)

    def _alternates(self, request: Request, found: Found) -> Response:
        offered = [(profile, formats_of(found, profile)) for profile in profiles_of(found)]
        values: Values = {"path": found.path, "iri": found.iri, "alternates": alternates(found.path, offered)}
        return self.pages.respond(request, "alternates.html", values)

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
        language, page = page_language(request), page_number(request)
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
