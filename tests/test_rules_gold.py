"""Metadata, meetings and plans against the hand-made gold, each rule set on its own, by the scorer's own likeness.

The gold lies beside the checkout and is no part of it: without it these tests are skipped, but not where CI is set.
"""

import importlib.util
import json
import os
from collections import defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.rules.meetings import find_meetings
from zhiguan.rules.metadata import find_metadata
from zhiguan.rules.plans import find_plans

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = {
    "title": 0.95, "published": 0.95, "source": 0.95, "meetings": 0.92, "meeting.date": 0.97, "meeting.place": 0.88,
    "plans": 0.95, "plan.period": 0.93, "plan.event": 0.92,
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="the gold is not beside this checkout"
)


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found_in(path: Path) -> dict[str, Any]:
    document = clean(Source(id=path.stem, text=path.read_bytes().decode("utf-8-sig")))
    metadata = find_metadata(document)
    meetings = find_meetings(document, metadata, None)
    return {"metadata": metadata, "meetings": meetings, "plans": find_plans(document, meetings, None)}


def add_values(tally: Any, name: str, gold: Any, found: Any, same: Any) -> None:
    tally.add(name, [{"v": gold}] if gold else [], [{"v": found}] if found else [], lambda g, f: same(g["v"], f["v"]))


@cache
def tallies() -> dict[str, Any]:
    score = scorer()
    tally: dict[str, Any] = defaultdict(score.Tally)
    equal = lambda one, other: score.fold(one) == score.fold(other)  # noqa: E731
    for path in sorted(SHARED.glob("gold/*/*.json")):
        gold, found = json.loads(path.read_text(encoding="utf-8")), found_in(path.with_suffix(".txt"))
        metadata = found["metadata"]
        for field, value in (
            ("title", metadata.title),
            ("published", metadata.published),
            ("source", metadata.publisher),
        ):
            add_values(tally[field], path.stem, gold[field], value, equal)
        pairs = tally["meetings"].add(
            path.stem, gold["meetings"], found["meetings"], lambda g, f: score.near_title(g["name"], f.name)
        )
        for wanted, fact in pairs:
            add_values(tally["meeting.date"], path.stem, wanted["date"], fact.date, equal)
            add_values(tally["meeting.place"], path.stem, wanted["place"], fact.place, score.near_title)
        pairs = tally["plans"].add(
            path.stem, gold["plans"], found["plans"], lambda g, f: score.near_title(g["title"], f.title)
        )
        for wanted, fact in pairs:
            add_values(tally["plan.period"], path.stem, wanted["start"], fact.start, equal)
            add_values(tally["plan.period"], path.stem, wanted["end"], fact.end, equal)
            add_values(tally["plan.event"], path.stem, wanted["event"] or "mentioned", fact.event.value, equal)
    return tally


@pytest.mark.parametrize(("table", "floor"), FLOORS.items())
def test_floor(table: str, floor: float) -> None:
    tally = tallies()[table]
    assert tally.f1 >= floor, tally.errors
