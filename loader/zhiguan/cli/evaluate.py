"""`zhiguan evaluate`: how good the facts are, against gold made by hand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, pairs, say

if TYPE_CHECKING:
    from zhiguan.evaluate import Evaluation

_FILE = click.Path(dir_okay=False, path_type=Path)


def _minima(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, float]:
    """TABLE=F1 pairs as numbers, the tables being known ones."""
    from zhiguan.evaluate.scoring import TABLES

    found = {}
    for table, value in pairs(context, parameter, values).items():
        if table not in TABLES:
            raise click.BadParameter(f"no table {table!r}; there are {', '.join(TABLES)}", param=parameter)
        try:
            found[table] = float(value)
        except ValueError as error:
            raise click.BadParameter(f"{value!r} is no number", param=parameter) from error
    return found


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD_DIR")
@click.option("--errors", is_flag=True, help="Print each miss and each false find.")
@click.option("--json", "json_path", type=_FILE, help="Write the figures to this file.")
@click.option(
    "--min", "minima", multiple=True, metavar="TABLE=F1", callback=_minima, help="Fail below this F1. Repeatable."
)
@click.option("--floors", "floors_path", type=_FILE, help="Fail below the floors that this file has for the folder.")
@click.option("--update-floors", "update_path", type=_FILE, help="Write the figures as floors where they are higher.")
@click.option("--allow-lower", is_flag=True, help="With --update-floors: write lower ones too.")
@click.option("--bootstrap", default=1000, show_default=True, type=click.IntRange(1), help="Number of resamples.")
@click.option("--seed", default=20261122, show_default=True, help="Seed of the resampling.")
@click.option("--calibrate", is_flag=True, help="Print the precision of each rule, and confidence against precision.")
@click.option("--write-confidence", "confidence_path", type=_FILE, help="Write the counts of each rule to this file.")
def evaluate(
    gold: Path,
    errors: bool,
    json_path: Path | None,
    minima: dict[str, float],
    floors_path: Path | None,
    update_path: Path | None,
    allow_lower: bool,
    bootstrap: int,
    seed: int,
    calibrate: bool,
    confidence_path: Path | None,
) -> None:
    """Score facts against hand-made gold.

    GOLD_DIR holds pairs of files: ID.txt, the article, and ID.json, its facts made by hand (docs/quality.md has the
    format). Prints precision, recall and F1 of each table, and the interval in which 95 % of the F1 of resampled
    sets of articles lie. The exit code is 1 where a table falls short or a quote does not stand in its place.

    \b
    Example:
      zhiguan evaluate my-gold/ --errors
      zhiguan evaluate my-gold/ --min posts=0.9 --json figures.json
    """
    from zhiguan.evaluate import evaluate as evaluate_folder
    from zhiguan.evaluate import intervals
    from zhiguan.evaluate.report import error_lines, figures, table_lines

    evaluation = evaluate_folder(gold)
    spread = intervals(evaluation, bootstrap, seed)
    _print(table_lines(evaluation, spread))
    if errors:
        _print(error_lines(evaluation))
    if json_path:
        json_path.parent.mkdir(parents=True, exist_ok=True)
        json_path.write_text(json.dumps(figures(evaluation, spread), indent=1) + "\n", encoding="utf-8")
    if calibrate or confidence_path:
        _calibrate(evaluation, gold.resolve().name, confidence_path)
    if update_path:
        _update(evaluation, gold.resolve().name, update_path, allow_lower=allow_lower)
    _gate(evaluation, gold.resolve().name, minima, floors_path)


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _calibrate(evaluation: "Evaluation", name: str, path: Path | None) -> None:
    """Print how confidence and precision go together, and write the counts of each rule."""
    from zhiguan.evaluate.calibration import calibration_lines, confidence_table

    _print(calibration_lines(evaluation))
    if path:
        path.write_text(confidence_table(evaluation, name), encoding="utf-8")


def _update(evaluation: "Evaluation", name: str, path: Path, *, allow_lower: bool) -> None:
    from zhiguan.evaluate.floors import raised, read_floors, write_floors

    floors = read_floors(path) if path.exists() else {}
    floors[name] = raised(evaluation, floors.get(name, {}), allow_lower=allow_lower)
    write_floors(path, floors)
    say(f"floors of {name} written to {path}")


def _gate(evaluation: "Evaluation", name: str, minima: dict[str, float], path: Path | None) -> None:
    """Fail where a figure is below its floor, or a quote is out of place."""
    from zhiguan.evaluate.floors import read_floors, shortfalls

    floors = read_floors(path).get(name, {}) if path else {}
    if path and not floors:
        say(f"{path} has no floors for {name}")
        fail()
    short = list(shortfalls(evaluation, {**floors, **minima}))
    if short:
        say(f"falls short: {'; '.join(short)}")
        fail()
