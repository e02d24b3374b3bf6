"""The application: routes, headers, errors. It reads a store and changes nothing.

`create_app` builds it over any `Reader`; `server.run` opens a store and serves it.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Lifespan

from zhiguan.query import named_queries
from zhiguan.rdf.iris import DEFAULT_BASE
from zhiguan.serve.engine.answers import Inline, Runner
from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.engine.live import Pinned, Still
from zhiguan.serve.http.addresses import PREFIXES, Addresses, public_root
from zhiguan.serve.http.compress import Compress
from zhiguan.serve.http.conditional import Conditional
from zhiguan.serve.http.guard import Guard
from zhiguan.serve.http.headers import ASK, HEADERS, Headers
from zhiguan.serve.http.negotiate import HTML, TRIPLES, choose
from zhiguan.serve.http.watch import Figures, Watch
from zhiguan.serve.linked.catalog import open_catalog
from zhiguan.serve.linked.entities import Entities
from zhiguan.serve.linked.health import Health
from zhiguan.serve.linked.manual import ROOT, answer_manual
from zhiguan.serve.linked.standing import Standing
from zhiguan.serve.pages.assets import serve_asset
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.problems import Problem, render
from zhiguan.serve.protocol.graphs import READING, WRITING, GraphStore, allowed
from zhiguan.serve.protocol.sparql import Endpoint
from zhiguan.serve.protocol.writing import Changes
from zhiguan.store import Store

PAGE_WORKERS = 4
"""Pages that are put together at one time."""
_LOG = logging.getLogger(__name__)
_COUNTED = ("Article", "Person", "Body", "Post", "OfficialActivity", "Plan")


def count_things(store: Reader) -> dict[str, int]:
    """How many things of each class (its IRI) the store has now; bodies together under zg:Body."""
    return store.remember("counts", lambda: _count_things(store))


def _count_things(store: Reader) -> dict[str, int]:
    rows = ask_rows(store, "counts", {})
    counts = {row["class"].value: int(row["number"].value) for row in rows}
    bodies = ask_rows(store, "count-bodies", {})
    return counts | {PREFIXES["zg"] + "Body": int(bodies[0]["number"].value)}


def read_concepts(store: Reader) -> dict[str, dict[str, str]]:
    """Labels of the ontology's and the vocabulary's terms: IRI to language to label."""
    found: dict[str, dict[str, str]] = {}
    for row in ask_rows(store, "concepts", {}):
        language = row["label"].language.partition("-")[0]
        found.setdefault(row["x"].value, {}).setdefault(language or "en", row["label"].value)
    return found


@dataclass(frozen=True, slots=True)
class Site:
    """The start page and the small files around it."""

    store: Reader
    pages: Pages
    public_url: str | None
    limiter: CapacityLimiter

    async def start(self, request: Request) -> Response:
        """What this is, what it holds, how to ask; for programs the catalogue, whose IRI this is."""
        if choose(request.headers.get("accept"), (HTML, *TRIPLES)) not in {HTML, None}:
            return RedirectResponse("/dataset", 303, headers={"Vary": "Accept"})
        counts = await to_thread.run_sync(count_things, self.store, limiter=self.limiter)
        numbers = [(name, counts.get(PREFIXES["zg"] + name, 0)) for name in _COUNTED]
        values = {
            "numbers": numbers,
            "examples": named_queries().values(),
            "root": public_root(request, self.public_url),
        }
        return self.pages.respond(request, "start.html", values)

    def failed(self, request: Request, error: Exception) -> Response:
        """Any error in the one shape; what nobody foresaw is logged and told without its insides."""
        if isinstance(error, HTTPException):
            return render(request, error, self.pages)
        _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
        problem = Problem(500, "The server failed on this request; the log says why.", "Report the address you asked.")
        response = render(request, problem, self.pages)
        response.headers.update(HEADERS)
        return response


def create_app(
    source: Store | Reader,
    *,
    runner: Runner | None = None,
    changes: Changes | None = None,
    base: str = DEFAULT_BASE,
    public_url: str | None = None,
    allowed_hosts: Sequence[str] = (),
    license_iri: str | None = None,
    dumps: Path | None = None,
    title: str = "职官 zhiguan",
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The application over a live store, or over one that is open and stays as it is, whose data IRIs begin with `base`.

    `runner` answers strangers' queries, by default without limits, on threads of this process.
    `changes` lets clients with a token write; by default nobody may.
    `public_url` is the address that clients see (behind a proxy); by default the one that they asked.
    `allowed_hosts` are the names that the server answers to; by default any. `license_iri` is the licence that the data
    stands under. `dumps` is a folder for dumps, without which there are none.
    """
    store: Reader = Still(source) if isinstance(source, Store) else source
    pages = Pages(Addresses(base), title, read_concepts(store))
    limiter = CapacityLimiter(PAGE_WORKERS)
    site = Site(store, pages, public_url, limiter)
    runner = runner or Inline(store)
    sparql = Endpoint(runner, pages, public_url, changes)
    graphs = GraphStore(runner, public_url, changes)
    writing = allowed(writable=changes is not None)
    entities = Entities(store, pages, public_url, limiter, license_iri)
    catalog = open_catalog(store, pages, public_url, limiter, license_iri=license_iri, folder=dumps)
    health = Health(store)
    figures = Figures(lambda: {**health.gauges(), **catalog.gauges(), **runner.figures()})
    routes = [
        Route("/healthz", health.answer),
        Route("/metrics", figures.answer),
        Route("/", site.start),
        Route("/sparql", sparql.answer, methods=["GET", "POST"]),
        Route("/sparql/", sparql.answer, methods=["GET", "POST"]),
        Route("/store", graphs.answer, methods=[*READING, *WRITING]),
        Route("/store/{path:path}", graphs.answer, methods=[*READING, *WRITING]),
        Route("/queries/{name}", sparql.named),
        *catalog.routes(),
        *Standing(public_url).routes(),
        Route(ROOT + "{path:path}", answer_manual),
        *(Route(path, serve_asset) for path in ("/static/{name:path}", "/favicon.svg", "/favicon.ico", "/robots.txt")),
        Route("/{path:path}", entities.answer),
    ]
    handlers = {HTTPException: site.failed, Exception: site.failed}
    middleware = [
        Middleware(Watch, figures, time.time, time.perf_counter),
        Middleware(Pinned, store),
        Middleware(Headers, {"/sparql": ASK, "/store": writing}),
        Middleware(Guard, site.failed, allowed_hosts=allowed_hosts),
        Middleware(Compress),
        Middleware(Conditional, lambda: store.version, time.time),
    ]
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers, lifespan=lifespan)
