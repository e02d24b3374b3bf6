"""What the tables are: read from `tables.toml`, which says how."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "earliest": "date", "latest": "date"}
"""Types of columns (Frictionless Table Schema) by the way in which they are made; all others are strings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; see the head of `tables.toml`. `zh` and `en` are a title and a description, with | between."""

    name: str
    source: str
    way: str = "text"
    fold: str = "least"
    key: bool = False
    of: str = ""
    term: str = ""
    prefix: str = ""
    zh: str = ""
    en: str = ""

    @property
    def type(self) -> str:
        """Its type in the table: what is counted is a number, what is listed a string."""
        if self.fold in {"count", "list"}:
            return "integer" if self.fold == "count" else "string"
        return TYPES.get(self.way, "string")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table: the query that fills it and its columns, those of the key first among them in the order of the rows."""

    name: str
    term: str
    query: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)


@cache
def layouts() -> tuple[Layout, ...]:
    """All tables, in the order of the codebook."""
    data = tomllib.loads((files("zhiguan") / "export" / "tables.toml").read_text(encoding="utf-8"))
    return tuple(
        Layout(
            name=table["name"],
            term=table["term"],
            query=table["query"],
            columns=tuple(_column(column) for column in table["columns"]),
        )
        for table in data["table"]
    )


def _column(data: dict[str, object]) -> Column:
    renamed = {{"from": "source", "as": "way"}.get(key, key): value for key, value in data.items()}
    return Column(**{"source": data["name"], **renamed})  # type: ignore[arg-type]
