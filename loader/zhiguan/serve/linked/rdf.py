"""The representations of a thing that are data."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Triple
from starlette.requests import Request
from starlette.responses import Response

from zhiguan.serve.data.alternates import alternates, alternates_triples
from zhiguan.serve.data.context import PATH
from zhiguan.serve.data.describe import describe, graph_triples, page_links, write_description
from zhiguan.serve.data.jsonld import write_jsonld
from zhiguan.serve.data.schema_org import CONTEXT, schema_jsonld, schema_triples
from zhiguan.serve.engine.backend import Reader
from zhiguan.serve.http.addresses import public_root
from zhiguan.serve.http.negotiate import Format
from zhiguan.serve.http.profiles import ALTERNATES, PLAIN, SCHEMA
from zhiguan.serve.linked.choosing import JSONLD, Chosen, formats_of, profiles_of
from zhiguan.serve.linked.finding import Found
from zhiguan.serve.pages.problems import Problem


@dataclass(frozen=True, slots=True)
class Data:
    """Writes descriptions of what a store has."""

    store: Reader
    public_url: str | None

    def answer(self, request: Request, found: Found, chosen: Chosen, page: int) -> tuple[Response, bool]:
        """The representation, and whether there is a next page of it; 404 for a page after the last."""
        root = public_root(request, self.public_url)
        triples, more = self._triples(found, chosen, page, root)
        if chosen.profile is SCHEMA and chosen.form is JSONLD:
            body = schema_jsonld(list(triples), found.iri, CONTEXT)
        else:
            body = self._write(triples, found, chosen.form, root)
        return Response(body, headers={"Content-Type": chosen.form.content_type}), more

    def _triples(self, found: Found, chosen: Chosen, page: int, root: str) -> tuple[Iterable[Triple], bool]:
        if chosen.profile is ALTERNATES:
            offered = [(profile, formats_of(found, profile)) for profile in profiles_of(found)]
            return alternates_triples(found.iri, alternates(found.path, offered), root), False
        if chosen.profile is SCHEMA:
            return schema_triples(self.store, found.iri, found.kind), False
        whole = graph_triples(self.store, found.iri) if found.is_graph else ()
        if whole:
            return whole, False
        described = describe(self.store, found.iri, page, evidence=chosen.profile is not PLAIN)
        if page > 1 and not described.links:
            raise Problem(404, f"This description has no page {page}.", f"Look at {found.path}.")
        address = root.rstrip("/") + found.path
        return described.triples | page_links(address, found.iri, page, described.more), described.more

    def _write(self, triples: Iterable[Triple], found: Found, form: Format, root: str) -> bytes:
        if form is JSONLD:
            return write_jsonld(triples, root.rstrip("/") + PATH, "" if found.is_graph else found.iri)
        return write_description(self.store, triples, form, found.iri if found.is_graph else None)
