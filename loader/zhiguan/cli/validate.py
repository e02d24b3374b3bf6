"""`zhiguan validate`: the store's graphs and quotes, or RDF files, checked again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, say, store_option, validator_option
from zhiguan.errors import ZhiguanError

if TYPE_CHECKING:
    from zhiguan.recheck import Check
    from zhiguan.validate import Tally, Validator


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="[FILE...]")
@store_option
@click.option("--quotes", is_flag=True, help="Check each quote against the text as read, instead of the shapes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="turtle is the SHACL standard's report.",
)
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, help="How many of each shape.")
@validator_option
def validate(files: tuple[str, ...], store_path: Path, quotes: bool, form: str, examples: int, validator: str) -> None:
    """Check graphs, or quotes, again.

    Every article's graph in the store against the shapes, and the store as a whole against the checks that look across
    articles; or with --quotes every quote against the text as read. Given FILEs (N-Quads; - is the standard input),
    those are checked against the shapes instead of the store. What was found is counted by shape, with the first
    examples. The exit code is 1 where there is a violation; warnings leave it 0.

    \b
    Example:
      zhiguan validate --store ./zhiguan-store
      zhiguan validate --format json | python3 -m json.tool
      zhiguan validate --quotes
      zhiguan dump | zhiguan validate -
    """
    from zhiguan.store import Store
    from zhiguan.validate import Tally, make_validator

    if quotes:
        _refuse_with_quotes(files, form)
        with Store.open(store_path, read_only=True) as store:
            from zhiguan.recheck import check_quotes

            report(check_quotes(store))
        return
    tally, engine = Tally(examples, whole=form == "turtle"), make_validator(validator)
    if files:
        _check_files(files, engine, tally)
    else:
        _check_store(store_path, engine, tally)
    click.echo(getattr(tally, form)())
    if tally.wrong:
        fail()


def _refuse_with_quotes(files: tuple[str, ...], form: str) -> None:
    if files or form != "text":
        raise click.UsageError("--quotes checks the store and writes text; it goes with neither FILE nor --format")


def _check_store(path: Path, validator: "Validator", tally: "Tally") -> None:
    from zhiguan.recheck import check_graphs, check_store
    from zhiguan.store import Store

    with Store.open(path, read_only=True) as store:
        for name, found in check_graphs(store, validator):
            tally.add(name, found)
        for found in check_store(store):
            tally.add_store(found)


def _check_files(files: tuple[str, ...], validator: "Validator", tally: "Tally") -> None:
    from zhiguan.recheck import check_rdf

    for file in files:
        for name, found in check_rdf(_read(file), validator):
            tally.add(f"{file} {name}".rstrip(), found)


def _read(file: str) -> str:
    with click.open_file(file, "rb") as stream:
        content: bytes = stream.read()
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ZhiguanError(f"{file} is not UTF-8, as N-Quads are; save it as UTF-8") from error


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
