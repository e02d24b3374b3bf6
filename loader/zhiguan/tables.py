"""Rows as tables in a terminal: columns measured in cells, a Chinese character taking two."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import pyoxigraph as ox
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhiguan.results import Result, plain_rows, write_result

_WIDE_FILE = 10_000
_SHORT = 10
"""Cells that a column of days or names takes: it stays on one line while longer ones make room."""


def make_table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> Table:
    """A table of plain cells; what looks like markup in them is left as it is, numbers stand to the right."""
    cells = [tuple(row) for row in rows]
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for index, column in enumerate(columns):
        numeric = bool(cells) and all(row[index].isdecimal() or not row[index] for row in cells)
        short = all(cell_len(row[index]) <= _SHORT for row in cells)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", no_wrap=short)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table


def print_table(
    console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None
) -> int:
    """Print a table and return its number of rows; on a pipe nothing is wrapped or cut."""
    table = make_table(columns, rows, title)
    width = console.width
    if not console.is_terminal:
        console.width = _WIDE_FILE
    console.print(table)
    console.width = width
    return table.row_count


def print_result(console: Console, result: Result, title: str | None = None) -> None:
    """Print an answer: rows as a table and their number, a graph as Turtle, yes or no as a word."""
    if isinstance(result, ox.QuerySolutions):
        count = print_table(console, [variable.value for variable in result.variables], plain_rows(result), title)
        console.print(f"{count} row{'' if count == 1 else 's'}", highlight=False)
    elif isinstance(result, ox.QueryTriples):
        console.print(_turtle(result), markup=False, highlight=False, soft_wrap=True)
    else:
        console.print("yes" if result else "no")


def _turtle(triples: ox.QueryTriples) -> str:
    output = BytesIO()
    write_result(triples, "turtle", output)
    return output.getvalue().decode()
