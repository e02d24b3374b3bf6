"""The SPARQL endpoint: protocol in, negotiated results out. Queries run on threads; the engine frees the lock."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from anyio import CapacityLimiter, to_thread
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from zhiguan.errors import QueryError
from zhiguan.query import NamedQuery, named_queries
from zhiguan.serve.data.description import service_description
from zhiguan.serve.engine.backend import Reader, Result, Row, Term, rows_of
from zhiguan.serve.http.addresses import public_root
from zhiguan.serve.http.negotiate import GRAPHS, HTML, RESULTS, TRIPLES, Format, by_name, choose
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.protocol.requests import QueryRequest, read_request

HTML_ROWS = 1000
"""Rows that a results page shows; the other formats give all."""
WORKERS = 8
"""Queries that run at one time."""
WAITING = 64
"""Queries that may wait for a worker; more are told to come back."""


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a page shows it; `total` counts all rows, `rows` holds the first ones."""

    columns: Sequence[str]
    rows: Sequence[Row]
    total: int
    boolean: bool | None = None
    offered: Sequence[Format] = RESULTS


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's bytes in a format, or the table of an HTML page."""

    form: Format
    body: bytes = b""
    table: Table | None = None


def _node(value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Problem(400, f"Not an absolute IRI: {value!r} ({error}).", "Name graphs by absolute IRIs.") from None


def _ask(store: Reader, asked: QueryRequest, query: str) -> Result:
    """The result, not yet walked. The request's dataset goes before the query's own, that before the union."""
    if asked.has_dataset:
        default, named = [_node(g) for g in asked.default_graphs], [_node(g) for g in asked.named_graphs]
        return store.query(query, default_graphs=default, named_graphs=named)
    return store.query(query)


def _ask_named(store: Reader, query: NamedQuery, given: dict[str, str]) -> Result:
    return store.query(query.text, query.bind(given), trusted=query.own)


def _pick(accept: str | None, wanted: str | None, offered: Sequence[Format]) -> Format:
    """The format to answer in: the one named, else the one preferred; 406 with the list where none fits."""
    if wanted:
        found = by_name(wanted, offered)
        if found is None:
            names = ", ".join(each.name for each in offered)
            raise Problem(400, f"Unknown format {wanted!r} for this kind of query.", f"Use one of: {names}.")
        return found
    chosen = choose(accept, offered)
    if chosen is None:
        raise Problem(406, "No format that Accept names is on offer.", "Accept one of: " + available(offered) + ".")
    return chosen


def example_values(example: str) -> dict[str, str]:
    """Parameters of a named query's example, written `name=value name=value`."""
    pairs = (word.partition("=") for word in shlex.split(example))
    return {name: value for name, _, value in pairs if value}


def available(offered: Sequence[Format]) -> str:
    """The media types on offer, for a message."""
    return ", ".join(each.media[0] for each in offered)


def _triple_table(result: QueryTriples) -> Table:
    names = ("subject", "predicate", "object")
    rows = [dict(zip(names, map(_as_term, triple), strict=True)) for triple in result]
    return Table(names, rows[:HTML_ROWS], len(rows), offered=GRAPHS)


def _as_term(term: object) -> Term:
    if isinstance(term, NamedNode):
        return Term("uri", term.value)
    return Term("literal", str(getattr(term, "value", term)), getattr(term, "language", None) or "")


def _table(result: Result) -> Table:
    if isinstance(result, QueryTriples):
        return _triple_table(result)
    if isinstance(result, QueryBoolean):
        return Table((), (), 1, bool(result))
    columns, rows = rows_of(result)
    return Table(columns, rows[:HTML_ROWS], len(rows))


def _serialize(result: Result, form: Format) -> bytes:
    if isinstance(result, QueryTriples) and isinstance(form.engine, RdfFormat):
        return result.serialize(format=form.engine) or b""
    if isinstance(result, QuerySolutions | QueryBoolean) and isinstance(form.engine, QueryResultsFormat):
        return result.serialize(format=form.engine) or b""
    raise TypeError(f"{form.name} does not fit {type(result).__name__}")


def _evaluate(ask: Callable[[], Result], accept: str | None, wanted: str | None) -> Answer:
    try:
        result = ask()
        offered = (*(GRAPHS if isinstance(result, QueryTriples) else RESULTS), HTML)
        form = _pick(accept, wanted, offered)
        return Answer(form, table=_table(result)) if form is HTML else Answer(form, _serialize(result, form))
    except QueryError as error:
        raise Problem(400, str(error), "Correct the query; GET /sparql describes this endpoint.") from None


def evaluate(ask: Callable[[], Result], accept: str | None, wanted: str | None) -> Answer:
    """The whole answer of what `ask` asks; blocks, so it belongs on a thread.

    The engine's results must die on the thread that made them, so the traceback that still holds one stays here.
    """
    try:
        return _evaluate(ask, accept, wanted)
    except Problem as problem:
        fault = problem.with_traceback(None)
    fault.__context__ = None
    raise fault


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`/sparql` over a store."""

    store: Reader
    pages: Pages
    public_url: str | None
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(WORKERS))

    async def answer(self, request: Request) -> Response:
        """Answer a query, or describe the service where none is asked."""
        asked = await read_request(request)
        if asked.query is None:
            return self._describe(request, asked)
        ask = partial(_ask, self.store, asked, asked.query)
        return await self._respond(request, ask, asked.format, {"query": asked.query, "named": None})

    async def named(self, request: Request) -> Response:
        """Answer a named query with the parameters of the URL."""
        query = named_queries().get(request.path_params["name"])
        if query is None:
            raise Problem(404, "There is no named query of that name.", "The start page lists them all.")
        given = {key: value for key, value in request.query_params.items() if key not in {"lang", "format"} and value}
        values = {"query": query.text, "named": query, "given": given}
        missing = [each.name for each in query.parameters if each.required and each.name not in given]
        if missing and choose(request.headers.get("accept"), (*RESULTS, HTML)) is HTML:
            return self._page(request, values | {"table": None})
        ask = partial(_ask_named, self.store, query, given)
        return await self._respond(request, ask, request.query_params.get("format"), values)

    async def _respond(
        self, request: Request, ask: Callable[[], Result], wanted: str | None, values: dict[str, object]
    ) -> Response:
        if self.limiter.statistics().tasks_waiting >= WAITING:
            raise Problem(503, "Too many queries at once.", "Try again in a moment.", {"Retry-After": "2"})
        accept = request.headers.get("accept")
        answer = await to_thread.run_sync(evaluate, ask, accept, wanted, limiter=self.limiter)
        if answer.table is not None:
            return self._page(request, values | {"table": answer.table})
        return Response(answer.body, headers={"Content-Type": answer.form.content_type, "Vary": "Accept"})

    def _describe(self, request: Request, asked: QueryRequest) -> Response:
        form = _pick(request.headers.get("accept"), asked.format, (*TRIPLES, HTML))
        if form is HTML:
            return self._page(request, {"query": "", "named": None, "table": None})
        body = service_description(public_root(request, self.public_url), form)
        return Response(body, headers={"Content-Type": form.content_type, "Vary": "Accept"})

    def _page(self, request: Request, values: dict[str, object]) -> Response:
        shared = {
            "examples": named_queries().values(),
            "limit": HTML_ROWS,
            "given": {},
            "example_values": example_values,
        }
        return self.pages.respond(request, "sparql.html", shared | values)
