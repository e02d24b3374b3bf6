"""The SPARQL 1.1 Graph Store HTTP Protocol at /store: graphs as wholes.

`/store?graph=IRI` and `/store?default` name graphs indirectly; `/store/…` is itself the IRI of a graph. The default graph
is the real one, into which nothing is loaded, not the union that queries see. Without a token there is only reading.
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode
from uuid import uuid4

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from zhiguan.serve.engine.answers import FaultError, Runner
from zhiguan.serve.engine.leaving import Leaving
from zhiguan.serve.engine.wire import DEFAULT, Asked
from zhiguan.serve.http.addresses import public_root, request_path
from zhiguan.serve.http.negotiate import TRIPLES
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.protocol.requests import decode_fields
from zhiguan.serve.protocol.sending import Sending
from zhiguan.serve.protocol.sparql import Forms, pick, problem_of
from zhiguan.serve.protocol.writing import Changes

PATH = "/store"
READING = ("GET", "HEAD", "OPTIONS")
WRITING = ("PUT", "POST", "DELETE")


def allowed(*, writable: bool) -> str:
    """The methods of a graph store, for Allow."""
    return ", ".join((*READING, *WRITING) if writable else READING)


@dataclass(frozen=True, slots=True)
class GraphStore:
    """`/store`. `changes` is None where the server is read-only."""

    runner: Runner
    public_url: str | None
    changes: Changes | None

    async def answer(self, request: Request) -> Response:
        """Do what the method says with the graph that the address names."""
        graph = self._graph(request)
        if request.method in {"GET", "HEAD"}:
            return await self._read(request, graph or _missing_name())
        if self.changes is None:
            headers = {"Allow": allowed(writable=False)}
            raise Problem(405, "This server is read-only.", "Read with GET or HEAD.", headers)
        self.changes.access.check(request)
        if request.method == "DELETE":
            return await self._drop(self.changes, graph or _missing_name())
        if not graph and request.method == "POST":
            return await self._create(self.changes, request)
        return await self._write(self.changes, request, graph or _missing_name())

    def _graph(self, request: Request) -> str:
        """The graph that the address names, "" where it names none; 400 where it is no IRI."""
        path = request_path(request)
        if path.rstrip("/") != PATH:
            return _iri(public_root(request, self.public_url) + path[1:])
        fields = decode_fields(request.scope["query_string"])
        names = [value for key, value in fields if key == "graph"]
        default = any(key == "default" for key, _ in fields)
        if len(names) + default > 1:
            raise Problem(400, "The address names more than one graph.", "Name one, by ?graph=… or ?default.")
        return DEFAULT if default else _iri(names[0]) if names else ""

    async def _read(self, request: Request, graph: str) -> Response:
        form = pick(request.headers.get("accept"), request.query_params.get("format"), TRIPLES)
        forms = Forms(None, form, None)
        with Leaving(request.receive) as client:
            try:
                answer = await self.runner.run(Asked(text="", rows="", graph=form.name, whole=graph))
            except FaultError as fault:
                raise problem_of(fault, forms) from None
        if client.left:
            return Response(status_code=499)
        headers = {"Content-Type": form.content_type, "Vary": "Accept"}
        return (
            Response(answer.head, headers=headers)
            if answer.more is None
            else Sending(answer, headers, partial(problem_of, forms=forms))
        )

    async def _write(self, changes: Changes, request: Request, graph: str) -> Response:
        base = public_root(request, self.public_url) if graph == DEFAULT else graph
        created = await changes.write(request, graph, base, replace=request.method == "PUT")
        return Response(status_code=201 if created else 204)

    async def _create(self, changes: Changes, request: Request) -> Response:
        """A graph of a new name (section 5.5), which Location tells."""
        graph = f"{public_root(request, self.public_url)}{PATH[1:]}/{uuid4()}"
        await changes.write(request, graph, graph, replace=False)
        return Response(status_code=201, headers={"Location": graph})

    async def _drop(self, changes: Changes, graph: str) -> Response:
        if not await changes.drop(graph):
            raise Problem(
                404, "There is no such graph.", f"GET {PATH}?{urlencode({'graph': graph})} would say the same."
            )
        return Response(status_code=204)


def _iri(value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Problem(400, f"Not an absolute IRI: {value!r} ({error}).", "Name graphs by absolute IRIs.") from None


def _missing_name() -> str:
    raise Problem(400, "The address names no graph.", "Name one by ?graph=… or ?default.")
