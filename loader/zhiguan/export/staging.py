"""Rows of a query folded into rows of a table: sorted, without repeats, one a key, on disk however many there are.

The union of the articles' graphs says a thing as often as articles speak of it, in an order of its own. A temporary SQLite
file takes the rows in, and gives them out in the order of their keys: the same file for the same facts, in flat memory.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from zhiguan.errors import MappingError
from zhiguan.export.layout import Column, Layout
from zhiguan.rdf.edtf import bounds

Cell = str | int | float | bool | None
_FOLDS: dict[str, Callable[[list[Cell]], Cell]] = {
    "least": lambda values: min(values, default=None),  # type: ignore[type-var]
    "greatest": lambda values: max(values, default=None),  # type: ignore[type-var]
    "count": lambda values: len(set(values)),
    "list": lambda values: "; ".join(sorted(set(map(str, values)))) or None,
}
"""What becomes of the values of one key, empty ones left out."""


def _local(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]


def _kind(iri: str) -> str:
    return iri.rpartition("/")[0].rpartition("/")[2]


def _earliest(edtf: str) -> str | None:
    found = _bounds(edtf)
    return found[0] if found else None


def _latest(edtf: str) -> str | None:
    found = _bounds(edtf)
    return found[1] if found else None


def _bounds(edtf: str) -> tuple[str, str] | None:
    """First and last day; None for what has no year, or is no date of a form in use."""
    try:
        found = bounds(edtf)
    except MappingError:
        return None
    return (found.earliest.isoformat(), found.latest.isoformat()) if found else None


_WAYS: dict[str, Callable[[str], Cell]] = {
    "text": str,
    "id": _local,
    "kind": _kind,
    "concept": _local,
    "earliest": _earliest,
    "latest": _latest,
    "integer": int,
    "number": float,
    "boolean": lambda value: value == "true",
}


def _maker(column: Column) -> Callable[[str], Cell]:
    way = _WAYS[column.way]
    if not column.prefix:
        return way
    return lambda value: _local(value).removeprefix(column.prefix)


class Stage:
    """A table in a temporary SQLite file of its own; use it once."""

    def __init__(self, layout: Layout, file: str) -> None:
        self._columns = layout.columns
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"CREATE TABLE rows ({_listed(layout.columns)})")

    def fill(self, variables: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Take rows in; their cells are in the order of `variables`, '' where there is nothing."""
        makers = [(variables.index(column.source), _maker(column)) for column in self._columns]
        marks = ", ".join("?" * len(makers))
        cells = ([make(row[at]) if row[at] else None for at, make in makers] for row in rows)
        self._db.execute("BEGIN")
        self._db.executemany(f"INSERT INTO rows VALUES ({marks})", cells)  # noqa: S608 - marks alone
        self._db.execute("COMMIT")

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of the table, by key."""
        key = [at for at, column in enumerate(self._columns) if column.key]
        order = _listed(column for column in self._columns if column.key)
        found = self._db.execute(f"SELECT * FROM rows ORDER BY {order}")  # noqa: S608 - our own names
        for _, group in groupby(found, key=itemgetter(*key)):
            yield tuple(map(_folded, self._columns, zip(*group, strict=True)))

    def close(self) -> None:
        self._db.close()


def _listed(columns: Iterable[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _folded(column: Column, values: tuple[Cell, ...]) -> Cell:
    found = _FOLDS[column.fold]([value for value in values if value is not None])
    return bool(found) if column.type == "boolean" and found is not None else found
