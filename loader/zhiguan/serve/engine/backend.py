"""What the server needs of a store, and how its own fixed queries are asked.

Rows come through the engine's serialiser: it works without the interpreter lock, a row by row walk does not.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO, Protocol, TypeVar

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from zhiguan.store import Entry

Result = QuerySolutions | QueryBoolean | QueryTriples
Bindings = Mapping[str, NamedNode | Literal]
T = TypeVar("T")


class Reader(Protocol):
    """A store that answers queries; a query that it cannot take is a `QueryError`."""

    @property
    def version(self) -> str:
        """Changes with every change of the store: what ETags and caches are keyed by."""
        ...

    @property
    def base(self) -> str:
        """What data IRIs begin with."""
        ...

    def query(
        self,
        text: str,
        values: Bindings | None = None,
        *,
        trusted: bool = False,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """Result of a query whose variables are bound to `values`.

        The default graph is the union of all graphs, unless the query says FROM or the caller names graphs.
        `trusted` marks the server's own queries."""
        ...

    def graph(self, name: str) -> Iterator[Triple] | None:
        """All triples of the graph of that name, of the default graph where it is ""; None where there is none."""
        ...

    def get_text(self, digest: str) -> str | None:
        """The article's text as read, by the hex digest of its UTF-8."""
        ...

    def recent(self, limit: int, offset: int = 0) -> Sequence[Entry]:
        """The articles of the manifest, last loaded first."""
        ...

    def when_removed(self, article: str) -> str | None:
        """When an article that was here was removed (UTC, ISO 8601)."""
        ...

    def dump(self, form: str, output: IO[bytes]) -> None:
        """Write everything, in a format of `results.GRAPH_FORMATS`."""
        ...

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """The value that `make` works out for this version of the store, worked out once for all requests."""
        ...

    def pinned(self) -> AbstractContextManager[object]:
        """While inside, all queries see one version of the store."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term of an answer: `kind` is `uri`, `literal` or `bnode`."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""


Row = dict[str, Term]


@cache
def fixed_query(name: str) -> str:
    """Text of one of the server's own queries."""
    return (files("zhiguan.serve") / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def _term(value: dict[str, str]) -> Term:
    return Term(value["type"], value["value"], value.get("xml:lang", ""), value.get("datatype", ""))


def rows_of(result: QuerySolutions) -> tuple[list[str], list[Row]]:
    """Variables and rows of a SELECT."""
    answer = json.loads(result.serialize(format=QueryResultsFormat.JSON) or b"{}")
    found = [{name: _term(value) for name, value in row.items()} for row in answer["results"]["bindings"]]
    return answer["head"]["vars"], found


def page_of(text: str, limit: int | None, offset: int = 0) -> str:
    """The query with its solutions cut to a page."""
    return text if limit is None else f"{text}\nLIMIT {int(limit)} OFFSET {int(offset)}"


def ask_table(
    store: Reader, name: str, bind: Bindings, limit: int | None = None, offset: int = 0
) -> tuple[list[str], list[Row]]:
    """Variables and rows of a fixed SELECT."""
    result = store.query(page_of(fixed_query(name), limit, offset), bind, trusted=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"{name} is no SELECT")
    return rows_of(result)


def ask_rows(store: Reader, name: str, bind: Bindings, limit: int | None = None, offset: int = 0) -> list[Row]:
    """Rows of a fixed SELECT."""
    return ask_table(store, name, bind, limit, offset)[1]


def ask_triples(store: Reader, name: str, bind: Bindings, limit: int | None = None, offset: int = 0) -> list[Triple]:
    """Triples of a fixed CONSTRUCT."""
    result = store.query(page_of(fixed_query(name), limit, offset), bind, trusted=True)
    if not isinstance(result, QueryTriples):
        raise TypeError(f"{name} is no CONSTRUCT")
    return list(result)
