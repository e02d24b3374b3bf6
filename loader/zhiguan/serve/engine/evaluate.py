"""From a query to the bytes of its answer, in one form: what workers do, and the server itself where it has no workers."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from zhiguan.results import PREFIXES
from zhiguan.serve.engine import wire
from zhiguan.serve.engine.backend import Bindings, Result
from zhiguan.serve.engine.wire import Asked
from zhiguan.serve.http.negotiate import GRAPHS, RESULTS

PAGE = "html"
"""The form of an answer for a page: its first rows, as JSON of our own."""
PAGE_ROWS = 1000
"""Rows that a page shows; the other forms give all."""
_ROW_FORMS = {each.name: each.engine for each in RESULTS if isinstance(each.engine, ox.QueryResultsFormat)}
_GRAPH_FORMS = {each.name: each.engine for each in GRAPHS if isinstance(each.engine, ox.RdfFormat)}


class TooLongError(Exception):
    """The answer has reached its limit."""


class NoFormError(Exception):
    """The client takes no form that fits this kind of answer."""


class Askable(Protocol):
    """A store, or a reader."""

    def query(
        self,
        text: str,
        values: Bindings | None = None,
        *,
        trusted: bool = False,
        default_graphs: list[str] | None = None,
        named_graphs: list[str] | None = None,
    ) -> Result:
        """See `Reader.query`."""
        ...

    def graph(self, name: str) -> Iterator[ox.Triple] | None:
        """See `Reader.graph`."""
        ...


class Output(Protocol):
    """Where the bytes go."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes; TooLongError beyond the limit."""
        ...

    def flush(self) -> None:
        """The engine calls it after each answer."""
        ...


class NoGraphError(Exception):
    """There is no graph of that name."""


def ask(store: Askable, asked: Asked) -> tuple[bytes, Result | Iterator[ox.Triple]]:
    """The kind of a query's answer (`wire`) and the answer, not yet walked; QueryError where it is no query,
    NoGraphError where it asks for a graph that is not there."""
    if asked.whole:
        triples = store.graph("" if asked.whole == wire.DEFAULT else asked.whole)
        if triples is None:
            raise NoGraphError
        return wire.GRAPH, triples
    bound = {name: _term(text) for name, text in asked.values.items()}
    result = store.query(
        asked.text,
        bound,
        trusted=asked.trusted,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    if isinstance(result, ox.QueryTriples):
        return wire.GRAPH, result
    return (wire.BOOLEAN if isinstance(result, ox.QueryBoolean) else wire.SOLUTIONS), result


def _term(text: str) -> ox.NamedNode | ox.Literal:
    """The term from its N-Triples."""
    (triple,) = ox.parse(f"<a:a> <a:a> {text} .", ox.RdfFormat.N_TRIPLES)
    term: Any = triple.object
    return term  # type: ignore[no-any-return]


def write(result: Result | Iterator[ox.Triple], asked: Asked, output: Output) -> None:
    """Write an answer in the form that `asked` names for its kind; NoFormError where it names none."""
    if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
        form, write_as = asked.rows, partial(_write_rows, result)
    else:
        form, write_as = asked.graph, partial(_write_triples, result)
    if not form:
        raise NoFormError
    if form == PAGE:
        output.write(_page(result))
    else:
        write_as(form, cast(IO[bytes], output))


def _write_rows(result: ox.QuerySolutions | ox.QueryBoolean, form: str, output: IO[bytes]) -> None:
    result.serialize(output, _ROW_FORMS[form])


def _write_triples(result: Iterable[ox.Triple], form: str, output: IO[bytes]) -> None:
    ox.serialize(result, output, _GRAPH_FORMS[form], prefixes=PREFIXES)


def _page(result: Result | Iterator[ox.Triple]) -> bytes:
    """The first rows of an answer and whether there are more; of a graph, its triples as rows."""
    if isinstance(result, ox.QueryBoolean):
        return json.dumps({"boolean": bool(result)}).encode()
    names, rows = _named_rows(result)
    shown: list[dict[str, list[str]]] = []
    for row in rows:
        if len(shown) == PAGE_ROWS:
            return json.dumps({"columns": names, "rows": shown, "more": True}).encode()
        shown.append({name: _cell(term) for name, term in zip(names, row, strict=True) if term is not None})
    return json.dumps({"columns": names, "rows": shown, "more": False}).encode()


def _named_rows(result: ox.QuerySolutions | ox.QueryTriples | Iterator[ox.Triple]) -> tuple[list[str], Iterator[Any]]:
    if isinstance(result, ox.QuerySolutions):
        return [variable.value for variable in result.variables], iter(result)
    return ["subject", "predicate", "object"], iter(result)


def _cell(term: object) -> list[str]:
    """A term as kind, value, language and datatype."""
    if isinstance(term, ox.NamedNode):
        return ["uri", term.value]
    if isinstance(term, ox.Literal):
        return ["literal", term.value, term.language or "", term.datatype.value]
    return ["bnode" if isinstance(term, ox.BlankNode) else "literal", str(getattr(term, "value", term))]
