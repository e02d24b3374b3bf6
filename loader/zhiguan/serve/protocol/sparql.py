"""The SPARQL endpoint: protocol in, negotiated results out. Who works the answers out is the engine's affair."""

import json
import logging
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from zhiguan.errors import QueryError
from zhiguan.query import NamedQuery, named_queries
from zhiguan.serve.data.description import service_description
from zhiguan.serve.engine import wire
from zhiguan.serve.engine.answers import BUSY, LATE, MEMORY, Answer, FaultError, Runner
from zhiguan.serve.engine.backend import Row, Term, fixed_query
from zhiguan.serve.engine.evaluate import PAGE_ROWS
from zhiguan.serve.engine.leaving import Leaving
from zhiguan.serve.engine.wire import Asked
from zhiguan.serve.http.addresses import ONTOLOGY_BASE, public_root
from zhiguan.serve.http.headers import SCRIPTED
from zhiguan.serve.http.negotiate import GRAPHS, HTML, RESULTS, TRIPLES, Format, by_name, choose
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.protocol.requests import QueryRequest, UpdateRequest, read_request
from zhiguan.serve.protocol.sending import Sending
from zhiguan.serve.protocol.writing import Changes

_ROWS = (*RESULTS, HTML)
_GRAPHS = (*GRAPHS, HTML)
_READ_ONLY = "Send a query; facts change only by loading articles with `zhiguan load`."
_SMALLER = "Ask for less: add a LIMIT, a filter, or a more selective pattern."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a page shows it: its first rows; `total` counts them, and one more where there are more."""

    columns: Sequence[str]
    rows: Sequence[Row]
    total: int
    boolean: bool | None = None
    offered: Sequence[Format] = RESULTS


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms to answer in, for rows and for a graph; None where the client takes none."""

    rows: Format | None
    graph: Format | None
    wanted: str | None

    def of(self, letter: bytes) -> Format | None:
        """The form for that kind of answer."""
        return self.graph if letter == wire.GRAPH else self.rows


def _node(value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Problem(400, f"Not an absolute IRI: {value!r} ({error}).", "Name graphs by absolute IRIs.") from None


def find_forms(accept: str | None, wanted: str | None) -> Forms:
    """The forms that `?format=` names, else those preferred; 400 or 406 where there is none for any answer."""
    if wanted:
        forms = Forms(by_name(wanted, _ROWS), by_name(wanted, _GRAPHS), wanted)
    else:
        forms = Forms(choose(accept, _ROWS), choose(accept, _GRAPHS), None)
    if forms.rows is None and forms.graph is None:
        raise _no_form(wanted, (*RESULTS, *GRAPHS))
    return forms


def pick(accept: str | None, wanted: str | None, offered: Sequence[Format]) -> Format:
    """The form to answer in: the one named, else the one preferred; 400 or 406 with the list where none fits."""
    found = by_name(wanted, offered) if wanted else choose(accept, offered)
    if found is None:
        raise _no_form(wanted, offered)
    return found


def _no_form(wanted: str | None, offered: Sequence[Format]) -> Problem:
    if wanted:
        names = ", ".join(dict.fromkeys(each.name for each in offered))
        return Problem(400, f"Unknown format {wanted!r} for this kind of query.", f"Use one of: {names}.")
    return Problem(406, "No format that Accept names is on offer.", f"Accept one of: {available(offered)}.")


def example_values(example: str) -> dict[str, str]:
    """Parameters of a named query's example, written `name=value name=value`."""
    pairs = (word.partition("=") for word in shlex.split(example))
    return {name: value for name, _, value in pairs if value}


def available(offered: Sequence[Format]) -> str:
    """The media types on offer, for a message."""
    return ", ".join(dict.fromkeys(each.media[0] for each in offered))


def _table(answer: Answer) -> Table:
    """What `evaluate.PAGE` wrote."""
    told = json.loads(answer.head)
    if "boolean" in told:
        return Table((), (), 1, told["boolean"])
    rows = [{name: Term(*cell) for name, cell in row.items()} for row in told["rows"]]
    offered = GRAPHS if answer.letter == wire.GRAPH else RESULTS
    return Table(told["columns"], rows, len(rows) + told["more"], offered=offered)


def problem_of(fault: FaultError, forms: Forms) -> Problem:
    """What a client is told."""
    if fault.kind == wire.QUERY:
        return Problem(400, str(fault), "Correct the query; GET /sparql describes this endpoint.")
    if fault.kind == wire.FORM:
        return _no_form(forms.wanted, GRAPHS if forms.graph is None else RESULTS)
    if fault.kind == wire.MISSING:
        return Problem(404, "There is no such graph.", "SELECT DISTINCT ?g { GRAPH ?g {} } lists them.")
    if fault.kind == wire.SIZE:
        return Problem(422, "The answer is longer than this server gives.", _SMALLER)
    if fault.kind == MEMORY:
        return Problem(422, "The query needs more memory than this server gives.", _SMALLER)
    if fault.kind == LATE:
        return Problem(504, "The query takes longer than this server gives it.", _SMALLER)
    if fault.kind == BUSY:
        return Problem(503, "Too many queries at once.", "Try again in a moment.", {"Retry-After": "2"})
    _LOG.error("a query failed: %s", fault)
    return Problem(500, "The server failed on this query; the log says why.", "Try again, or ask otherwise.")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`/sparql` and the named queries."""

    runner: Runner
    pages: Pages
    public_url: str | None
    changes: Changes | None = None

    async def answer(self, request: Request) -> Response:
        """Answer a query, run an update, or describe the service where neither is asked."""
        asked = await read_request(request)
        if isinstance(asked, UpdateRequest):
            return await self._update(request, asked)
        if asked.query is None:
            return self._describe(request, asked)
        forms = find_forms(request.headers.get("accept"), asked.format)
        default, named = [_node(g) for g in asked.default_graphs], [_node(g) for g in asked.named_graphs]
        query = Asked(
            text=asked.query,
            rows=_name(forms.rows),
            graph=_name(forms.graph),
            default_graphs=default if asked.has_dataset else None,
            named_graphs=named if asked.has_dataset else None,
        )
        return await self._respond(request, query, forms, {"query": asked.query, "named": None})

    async def _update(self, request: Request, asked: UpdateRequest) -> Response:
        if self.changes is None:
            raise Problem(403, "This endpoint is read-only: updates are refused.", _READ_ONLY)
        self.changes.access.check(request)
        for graph in (*asked.default_graphs, *asked.named_graphs):
            _node(graph)
        return await self.changes.update(asked)

    async def named(self, request: Request) -> Response:
        """Answer a named query with the parameters of the URL."""
        query = named_queries().get(request.path_params["name"])
        if query is None:
            raise Problem(404, "There is no named query of that name.", "The start page lists them all.")
        given = {key: value for key, value in request.query_params.items() if key not in {"lang", "format"} and value}
        values = {"query": query.text, "named": query, "given": given}
        missing = [each.name for each in query.parameters if each.required and each.name not in given]
        if missing and choose(request.headers.get("accept"), _ROWS) is HTML:
            return self._page(request, values | {"table": None})
        forms = find_forms(request.headers.get("accept"), request.query_params.get("format"))
        return await self._respond(request, _bound(query, given, forms), forms, values)

    async def _respond(self, request: Request, asked: Asked, forms: Forms, values: dict[str, object]) -> Response:
        with Leaving(request.receive) as client:
            try:
                answer = await self.runner.run(asked)
                if forms.of(answer.letter) is HTML:
                    await answer.gather()
            except FaultError as fault:
                raise problem_of(fault, forms) from None
        if client.left:
            return Response(status_code=499)  # for the log alone: what nginx writes there
        form = forms.of(answer.letter)
        if form is None or form is HTML:
            return self._page(request, values | {"table": _table(answer)})
        headers = {"Content-Type": form.content_type, "Vary": "Accept"}
        return (
            Response(answer.head, headers=headers)
            if answer.more is None
            else Sending(answer, headers, partial(problem_of, forms=forms))
        )

    def _describe(self, request: Request, asked: QueryRequest) -> Response:
        form = pick(request.headers.get("accept"), asked.format, (*TRIPLES, HTML))
        if form is HTML:
            return self._page(request, {"query": "", "named": None, "table": None})
        body = service_description(public_root(request, self.public_url), form, writable=self.changes is not None)
        return Response(body, headers={"Content-Type": form.content_type, "Vary": "Accept"})

    def _page(self, request: Request, values: dict[str, object]) -> Response:
        shared = {
            "examples": named_queries().values(),
            "limit": PAGE_ROWS,
            "given": {},
            "example_values": example_values,
            "ontology": ONTOLOGY_BASE + "ontology",
            "start_query": fixed_query("start"),
        }
        headers = {"Content-Security-Policy": SCRIPTED}
        return self.pages.respond(request, "sparql.html", shared | values, headers=headers)


def _name(form: Format | None) -> str:
    return "" if form is None else form.name


def _bound(query: NamedQuery, given: dict[str, str], forms: Forms) -> Asked:
    """A named query with its values, in N-Triples; 400 where they do not fit."""
    try:
        values = {name: str(term) for name, term in query.bind(given).items()}
    except QueryError as error:
        raise Problem(400, str(error), "The query's page names its parameters.") from None
    return Asked(text=query.text, rows=_name(forms.rows), graph=_name(forms.graph), trusted=query.own, values=values)
