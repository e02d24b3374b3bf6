"""`zhiguan validate`: the store's graphs and quotes, or RDF files, checked again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, say, store_option

if TYPE_CHECKING:
    from zhiguan.recheck import Check


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="[FILE...]")
@store_option
@click.option("--quotes", is_flag=True, help="Check each quote against the text as read, instead of the shapes.")
def validate(files: tuple[str, ...], store_path: Path, quotes: bool) -> None:
    """Check graphs, or quotes, again.

    Every article's graph in the store against the shapes, or with --quotes every quote against the text as read.
    Given FILEs (N-Quads; - is the standard input), those are checked instead of the store. The exit code is 1 where
    something is wrong.

    \b
    Example:
      zhiguan validate --store ./zhiguan-store
      zhiguan validate --quotes
      zhiguan dump | zhiguan validate -
    """
    from zhiguan.recheck import check_graphs, check_quotes
    from zhiguan.store import Store

    if files:
        report(_check_files(files))
        return
    with Store.open(store_path, read_only=True) as store:
        report(check_quotes(store) if quotes else check_graphs(store))


def _check_files(files: tuple[str, ...]) -> Iterator["Check"]:
    from zhiguan.recheck import check_rdf
    from zhiguan.validate import Validator

    validator = Validator()
    for file in files:
        with click.open_file(file, encoding="utf-8") as stream:
            yield check_rdf(file, stream.read(), validator)


def report(checks: Iterator["Check"]) -> None:
    """Say each fault and how many things were checked; ends with exit code 1 where there is a fault."""
    checked = wrong = 0
    for check in checks:
        checked += 1
        if check.fault:
            wrong += 1
            say(f"{check.name}: {check.fault}")
    click.echo(f"{checked} checked, {wrong} wrong")
    if wrong:
        fail()
