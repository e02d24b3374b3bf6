"""`zhiguan query`, `queries`, `register`: questions to the store."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import output, pairs, store_option

if TYPE_CHECKING:
    from zhiguan.query import NamedQuery

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld")
REGISTER = ("register", "meetings-register", "plans-register")


@click.command()
@click.argument("name", metavar="NAME|FILE.rq|-")
@store_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Output format.")
@click.option(
    "--param", "given", multiple=True, metavar="NAME=VALUE", callback=pairs, help="A parameter's value. Repeatable."
)
def query(name: str, store_path: Path, form: str, given: dict[str, str]) -> None:
    """Answer a named query, or one of your own.

    NAME is one of `zhiguan queries`, a file with a query, or - for the standard input. table and turtle suit people,
    the other formats machines; turtle and jsonld need a query that answers with a graph (CONSTRUCT, DESCRIBE).

    \b
    Example:
      zhiguan query posts --format csv > posts.csv
      zhiguan query holders --param post=区长
      echo 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }' | zhiguan query -
    """
    from zhiguan.query import answer, run_query
    from zhiguan.store import Store

    asked = _find(name)
    _check_parameters(asked, given)
    with Store.open(store_path, read_only=True) as store:
        if form == "table":
            from rich.console import Console

            from zhiguan.tables import print_result

            print_result(Console(), run_query(store, asked, given))
        else:
            answer(store, asked, given, form, output())


def _find(name: str) -> "NamedQuery":
    """The query; a name that is none is wrong usage, not a data problem."""
    from zhiguan.errors import QueryError
    from zhiguan.query import find_query, parse_query

    try:
        return parse_query(name, sys.stdin.buffer.read().decode()) if name == "-" else find_query(name)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    except UnicodeDecodeError as error:
        raise click.UsageError("the query is not UTF-8; save it as UTF-8") from error


def _check_parameters(asked: "NamedQuery", given: dict[str, str]) -> None:
    from zhiguan.errors import QueryError

    try:
        asked.bind(given)
    except QueryError as error:
        raise click.UsageError(str(error)) from error


@click.command()
def queries() -> None:
    """List the named queries, one a line.

    Each with its question and its parameters, the optional ones in brackets.

    \b
    Example:
      zhiguan queries | grep 区长
    """
    from zhiguan.query import named_queries

    known = named_queries().values()
    width = max((len(asked.name) for asked in known), default=0)
    for asked in known:
        parameters = " ".join(
            parameter.name if parameter.required else f"[{parameter.name}]" for parameter in asked.parameters
        )
        click.echo(f"{asked.name:{width}}  {asked.title_en} / {asked.title_zh}{parameters and f' ({parameters})'}")


@click.command()
@store_option
def register(store_path: Path) -> None:
    """Print posts, meetings and plans as tables.

    Who holds which post; meetings with date, place, chair and number present; plans with their periods.

    \b
    Example:
      zhiguan register --store ./zhiguan-store
    """
    from rich.console import Console

    from zhiguan.query import named_queries, run_query
    from zhiguan.results import plain_rows
    from zhiguan.store import Store
    from zhiguan.tables import print_table

    console = Console()
    with Store.open(store_path, read_only=True) as store:
        for name in REGISTER:
            asked = named_queries()[name]
            columns, rows = _without_open_parameters(asked, list(plain_rows(run_query(store, asked, {}))))
            print_table(console, columns, rows, title=f"{asked.title_zh} / {asked.title_en}")


def _without_open_parameters(asked: "NamedQuery", rows: list[tuple[str, ...]]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows without the parameters that were not given: those are columns too, but empty."""
    open_ones = {parameter.name for parameter in asked.parameters}
    shown = [
        number
        for number, column in enumerate(asked.columns)
        if column not in open_ones or any(row[number] for row in rows)
    ]
    return [asked.columns[number] for number in shown], [[row[number] for number in shown] for row in rows]
