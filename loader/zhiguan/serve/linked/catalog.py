"""The dataset as a whole: its description, dumps, feed, context."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from zhiguan.serve.data import context, feed
from zhiguan.serve.data.catalog import About, catalog_triples
from zhiguan.serve.data.description import write_triples
from zhiguan.serve.data.dumps import NAMES, Dump, checksums, write_dumps
from zhiguan.serve.data.jsonld import write_jsonld
from zhiguan.serve.data.renewed import Made, Renewed
from zhiguan.serve.data.statistics import Statistics, count
from zhiguan.serve.engine.backend import Reader
from zhiguan.serve.http.addresses import public_root
from zhiguan.serve.http.negotiate import HTML, TRIPLES, Format, by_name, choose
from zhiguan.serve.linked import openapi
from zhiguan.serve.linked.choosing import JSONLD
from zhiguan.serve.linked.paging import page_number
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.problems import Problem

COUNTING_SECONDS = 5.0
"""How long a request waits for the statistics of a new version; then it gets the last ones."""
DUMPING_SECONDS = 20.0
"""How long a request waits for the first dump."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """What tells of the dataset. `dumps` is None where no dumps are offered."""

    store: Reader
    pages: Pages
    public_url: str | None
    limiter: CapacityLimiter
    license_iri: str | None
    statistics: Renewed[Statistics]
    dumps: Renewed[Sequence[Dump]] | None

    def routes(self) -> list[Route]:
        """The addresses of all this."""
        described = (Route(path, self.describe) for path in ("/.well-known/void", "/dataset", "/dataset.{suffix}"))
        dumped = [Route("/dumps/", self.list_dumps), Route("/dumps/{name}", self.dump)] if self.dumps else []
        told = [Route(feed.PATH, self.feed), Route(context.PATH, self.context), Route(openapi.PATH, self.openapi)]
        return [*described, *dumped, *told]

    def gauges(self) -> dict[str, float | str]:
        """Figures of the moment: how much there is, once somebody has had it counted."""
        counted = self.statistics.peek()
        return {"store_statements": counted.triples, "store_graphs": counted.graphs} if counted else {}

    async def describe(self, request: Request) -> Response:
        """VoID and DCAT."""
        suffix = request.path_params.get("suffix")
        form = by_name(suffix, TRIPLES) if suffix else choose(request.headers.get("accept"), (*TRIPLES, HTML))
        if form is None:
            raise Problem(404 if suffix else 406, "The dataset is not described so.", f"Ask for {_names(TRIPLES)}.")
        about = await to_thread.run_sync(self._about, public_root(request, self.public_url), limiter=self.limiter)
        # an answer that lacks something as yet must not be kept: the whole one will be of the same version
        caching = {} if about.whole else {"Cache-Control": "no-store"}
        if form is HTML:
            values = {"about": about, "formats": TRIPLES}
            return self.pages.respond(request, "dataset.html", values, headers=caching)
        body = _write(about, form)
        links = ", ".join(f'</dataset.{each.name}>; rel="alternate"; type="{each.media[0]}"' for each in TRIPLES)
        headers = {"Content-Type": form.content_type, "Vary": "Accept", "Link": links}
        return Response(body, headers=headers | caching)

    def _about(self, root: str) -> About:
        counted = self.statistics.get(COUNTING_SECONDS)
        made = self.dumps.peek() if self.dumps else ()
        return About(
            root=root,
            base=self.store.base,
            version=self.store.version,
            title=self.pages.title,
            license_iri=self.license_iri,
            statistics=counted.value if counted else None,
            dumps=NAMES if self.dumps else (),
            made=made or (),
            whole=counted is not None and counted.version == self.store.version and made is not None,
        )

    async def list_dumps(self, request: Request) -> Response:
        """The files are listed with the dataset."""
        return RedirectResponse(self.pages.links(request).local("/dataset"), 303)

    async def _made(self) -> Made[Sequence[Dump]]:
        if self.dumps is None:
            raise Problem(404, "This server gives no dumps.", "Ask /sparql.")
        made = await to_thread.run_sync(partial(self.dumps.get, DUMPING_SECONDS), limiter=self.limiter)
        if made is None:
            raise Problem(503, "The dump is being made.", "Try again in a minute.", {"Retry-After": "60"})
        return made

    async def dump(self, request: Request) -> Response:
        """A file, whole or a range of it (RFC 9110, 14), or the checksums."""
        made = await self._made()
        name = request.path_params["name"]
        if name == "SHA256SUMS":
            return Response(checksums(made.value), media_type="text/plain", headers={"Cache-Control": "no-cache"})
        dump = next((each for each in made.value if each.name == name), None)
        if dump is None:
            names = ", ".join(each.name for each in made.value)
            raise Problem(404, "There is no such dump.", f"There are {names}, SHA256SUMS.")
        tag = f'"{dump.sha256}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "X-Store-Version": made.version}
        asked = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
        if asked & {tag, "*"}:
            return Response(status_code=304, headers=headers)
        return FileResponse(dump.path, headers=headers, media_type="application/gzip", filename=dump.name)

    async def feed(self, request: Request) -> Response:
        """New and changed articles."""
        page = await to_thread.run_sync(feed.read_page, self.store, page_number(request), limiter=self.limiter)
        root = public_root(request, self.public_url)
        body = feed.write_feed(page, root, self.pages.addresses, self.pages.title)
        return Response(body, headers={"Content-Type": feed.MEDIA})

    async def context(self, _request: Request) -> Response:
        """The JSON-LD context."""
        body = json.dumps(context.context_document(), indent=1)
        return Response(body, media_type="application/ld+json")

    async def openapi(self, request: Request) -> Response:
        """The server described for programs."""
        root = public_root(request, self.public_url)
        return JSONResponse(openapi.describe_api() | {"servers": [{"url": root.rstrip("/")}]})


def _names(forms: Sequence[Format]) -> str:
    return ", ".join(each.media[0] for each in forms)


def _write(about: About, form: Format) -> bytes:
    triples = catalog_triples(about)
    if form is JSONLD:
        return write_jsonld(triples, about.root.rstrip("/") + context.PATH, about.dataset.value)
    return write_triples(triples, form)


def open_catalog(
    store: Reader,
    pages: Pages,
    public_url: str | None,
    limiter: CapacityLimiter,
    *,
    license_iri: str | None = None,
    folder: Path | None = None,
) -> Catalog:
    """The catalogue of a store; its dumps lie in `folder`, without one there are none."""
    statistics = Renewed(store, lambda _: count(store))
    dumps = Renewed(store, partial(write_dumps, store, folder=folder)) if folder else None
    return Catalog(store, pages, public_url, limiter, license_iri, statistics, dumps)
