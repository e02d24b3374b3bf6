"""Floors under the F1 of each table, kept in a file, so that quality only moves down on purpose.

The file is JSON: name of a gold folder -> table -> floor.
"""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from zhiguan.errors import ReadError
from zhiguan.evaluate.evaluation import Evaluation
from zhiguan.evaluate.scoring import TABLES

Floors = dict[str, float]
_STEPS = 1000
"""Floors are whole thousandths."""


def read_floors(path: Path) -> dict[str, Floors]:
    """The floors of all gold folders. ReadError where the file is none of floors."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: {table: float(value) for table, value in floors.items()} for name, floors in data.items()}
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}; --update-floors makes it") from error
    except (ValueError, AttributeError, TypeError) as error:
        raise ReadError(f"{path}: not a file of floors: {error}") from error


def shortfalls(evaluation: Evaluation, floors: Mapping[str, float]) -> Iterator[str]:
    """What falls short of its floor, in words; quotes must all stand where they are said to stand."""
    for table, floor in floors.items():
        found = evaluation.counts(table).f1
        if found < floor:
            yield f"{table} {found:.4f} < {floor}"
    if evaluation.quotes.bad:
        yield f"{evaluation.quotes.bad} quotes do not stand where they are said to stand"


def raised(evaluation: Evaluation, floors: Mapping[str, float], *, allow_lower: bool = False) -> Floors:
    """New floors: the figures, rounded down; a floor above its figure stays unless it may be lowered."""
    measured = {table: math.floor(evaluation.counts(table).f1 * _STEPS) / _STEPS for table in TABLES}
    if allow_lower:
        return measured
    return {table: max(value, floors.get(table, 0.0)) for table, value in measured.items()}


def write_floors(path: Path, floors: Mapping[str, Mapping[str, float]]) -> None:
    """Write the floors of all gold folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
