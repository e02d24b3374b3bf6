"""IRIs of ours that no store has: the shapes, the named queries, the profiles, versions of documents, the logo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from zhiguan import resources
from zhiguan.query import NamedQuery, named_queries
from zhiguan.serve.data.alternates import profile_triples
from zhiguan.serve.data.context import PATH as CONTEXT
from zhiguan.serve.data.description import write_triples
from zhiguan.serve.data.jsonld import write_jsonld
from zhiguan.serve.http.addresses import ONTOLOGY_BASE, PREFIXES, public_root
from zhiguan.serve.http.negotiate import HTML, TRIPLES, Format, by_name, choose
from zhiguan.serve.http.profiles import PROFILES
from zhiguan.serve.linked.choosing import JSONLD
from zhiguan.serve.pages.problems import Problem

_SH, _RDFS, _TYPE = PREFIXES["sh"], PREFIXES["rdfs"], PREFIXES["rdf"] + "type"
_VERSIONS = frozenset({PREFIXES["owl"] + name for name in ("versionIRI", "priorVersion", "backwardCompatibleWith")})
_MEANT = {
    "/logo.svg": "/favicon.svg",
    "/dumps": "/dumps/",
    "/reference": "/reference/",
    "/queries": "/sparql",
    "/queries/": "/sparql",
}
"""Addresses that people type, and where what they mean is; the page of /sparql lists all queries."""
_QUERY = Format("rq", ("application/sparql-query",))
Triples = Sequence[Triple]


def _parse(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]


@cache
def _shapes() -> Triples:
    return tuple(_parse(resources.read_ontology("shapes.ttl")))


@cache
def versions() -> dict[str, str]:
    """Paths of the versions that our documents name of themselves, and the document that is now."""
    files = (*resources.ontology_files(), *resources.vocabulary_files())
    return {
        "/" + each.object.value.removeprefix(ONTOLOGY_BASE): "/" + each.subject.value.removeprefix(ONTOLOGY_BASE)
        for file in files
        for each in _parse(file.read_text(encoding="utf-8"))
        if each.predicate.value in _VERSIONS
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, NamedNode)
        and each.object.value.startswith(ONTOLOGY_BASE)
        and each.object != each.subject
    }


def _query_triples(query: NamedQuery) -> Triples:
    """A named query as SHACL describes such things (https://www.w3.org/TR/shacl/#sparql-constraints-prefixes)."""
    node, label = NamedNode(f"{ONTOLOGY_BASE}query/{query.name}"), NamedNode(_RDFS + "label")
    found = [
        Triple(node, NamedNode(_TYPE), NamedNode(_SH + "SPARQLExecutable")),
        Triple(
            node, NamedNode(_SH + ("construct" if "construct" in query.text.lower() else "select")), Literal(query.text)
        ),
    ]
    titles = (("zh", query.title_zh), ("en", query.title_en))
    return found + [Triple(node, label, Literal(title, language=tag)) for tag, title in titles if title]


@dataclass(frozen=True, slots=True)
class Standing:
    """The routes of all this."""

    public_url: str | None

    def routes(self) -> list[Route]:
        """The addresses."""
        moved = [Route(path, _to(target)) for path, target in versions().items()]
        named = (("/query/{name}", self.query), ("/profile/{name}", self.profile))
        shapes = [Route("/shapes", self.shapes), Route("/shapes.{suffix}", self.shapes)]
        return [
            *moved,
            *shapes,
            *(Route(path, answer) for path, answer in named),
            *(Route(path, _to(target)) for path, target in _MEANT.items()),
        ]

    async def shapes(self, request: Request) -> Response:
        """The shapes that every article's graph is held to."""
        return self._answer(request, _shapes(), "", request.path_params.get("suffix"), "/reference/shapes.html")

    async def query(self, request: Request) -> Response:
        """A named query: its text, its description; for people the page that runs it."""
        name, _, suffix = request.path_params["name"].partition(".")
        query = named_queries().get(name)
        if query is None:
            raise Problem(404, "There is no named query of that name.", "The start page lists them all.")
        iri = f"{ONTOLOGY_BASE}query/{name}"
        if suffix == _QUERY.name or choose(request.headers.get("accept"), (HTML, *TRIPLES, _QUERY)) is _QUERY:
            return Response(query.text, headers={"Content-Type": _QUERY.content_type, "Vary": "Accept"})
        return self._answer(request, _query_triples(query), iri, suffix, f"/queries/{name}")

    async def profile(self, request: Request) -> Response:
        """A profile of ours."""
        token, _, suffix = request.path_params["name"].partition(".")
        found = next((each for each in PROFILES if each.iri == f"{ONTOLOGY_BASE}profile/{token}"), None)
        if found is None:
            raise Problem(404, "There is no profile of that name.", "Ask a thing for ?_profile=alt.")
        return self._answer(request, profile_triples(found), found.iri, suffix, None)

    def _answer(self, request: Request, triples: Triples, iri: str, suffix: str | None, page: str | None) -> Response:
        """The triples in the format asked for; people go to `page`, where there is one."""
        offered = (HTML, *TRIPLES) if page else TRIPLES
        form = by_name(suffix, offered) if suffix else choose(request.headers.get("accept"), offered)
        if (
            form is None and not suffix and page is None
        ):  # there is no page for people: something is better than nothing
            form = TRIPLES[0]
        if form is None:
            raise Problem(404 if suffix else 406, "No format of that name is on offer.", "Ask for text/turtle.")
        if form is HTML and page:
            return RedirectResponse(page, 303, headers={"Vary": "Accept"})
        root = public_root(request, self.public_url).rstrip("/")
        body = write_jsonld(triples, root + CONTEXT, iri) if form is JSONLD else write_triples(triples, form)
        return Response(body, headers={"Content-Type": form.content_type, "Vary": "Accept"})


def _to(target: str) -> Callable[[Request], Response]:
    def redirect(_request: Request) -> Response:
        return RedirectResponse(target, 303)

    return redirect
