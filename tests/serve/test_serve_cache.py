"""Kept answers are those of the same query at the same state of the store, and no more than there is room for."""

from pathlib import Path

import anyio
import pytest

from zhiguan.serve.engine import wire
from zhiguan.serve.engine.answers import Answer, FaultError
from zhiguan.serve.engine.cache import Cached
from zhiguan.serve.engine.live import Still
from zhiguan.serve.engine.wire import Asked
from zhiguan.store import Store

from .sample import fill


class Counting:
    """A runner that counts how often it is asked."""

    def __init__(self, size: int = 10) -> None:
        self.asked = 0
        self.size = size

    async def run(self, asked: Asked) -> Answer:
        self.asked += 1
        if "fault" in asked.text:
            raise FaultError(wire.QUERY)
        return Answer(wire.SOLUTIONS, b"x" * self.size)

    def figures(self) -> dict[str, float]:
        return {"asked": self.asked}


@pytest.fixture
def reader(tmp_path: Path) -> Still:
    with Store.open(tmp_path / "store") as store:
        fill(store)
    return Still(Store.open(tmp_path / "store", read_only=True), "1")


def ask(cached: Cached, text: str = "ASK {}", rows: str = "json", **more: object) -> None:
    anyio.run(cached.run, Asked(text=text, rows=rows, graph="ttl", **more))  # type: ignore[arg-type]


def test_the_same_question_is_worked_out_once(reader: Still) -> None:
    runner = Counting()
    cached = Cached(runner, reader, 1 << 20)
    for _ in range(3):
        ask(cached)
    assert runner.asked == 1
    assert cached.figures()["cache_hits"] == 2


@pytest.mark.parametrize(
    "other",
    [
        {"text": "ASK { }"},
        {"rows": "csv"},
        {"default_graphs": []},
        {"named_graphs": ["urn:x:g"]},
        {"values": {"x": '"1"'}},
        {"trusted": True},
        {"whole": wire.DEFAULT},
    ],
)
def test_another_question_has_its_own_answer(reader: Still, other: dict[str, object]) -> None:
    runner = Counting()
    cached = Cached(runner, reader, 1 << 20)
    ask(cached)
    ask(cached, **other)  # type: ignore[arg-type]
    assert runner.asked == 2


def test_a_changed_store_is_asked_again(reader: Still) -> None:
    runner = Counting()
    cached = Cached(runner, reader, 1 << 20)
    ask(cached)
    reader.version = "2"
    ask(cached)
    assert runner.asked == 2


@pytest.mark.parametrize(
    "text", ["ASK { FILTER(RAND() > 2) }", "SELECT (now() AS ?x) {}", "SELECT (StrUUID() AS ?x) {}"]
)
def test_what_changes_by_itself_is_not_kept(reader: Still, text: str) -> None:
    runner = Counting()
    cached = Cached(runner, reader, 1 << 20)
    ask(cached, text)
    ask(cached, text)
    assert runner.asked == 2


def test_faults_are_not_kept(reader: Still) -> None:
    runner = Counting()
    cached = Cached(runner, reader, 1 << 20)
    for _ in range(2):
        with pytest.raises(FaultError):
            ask(cached, "fault")
    assert runner.asked == 2


def test_the_oldest_make_room(reader: Still) -> None:
    runner = Counting(4000)
    cached = Cached(runner, reader, 10_000)
    for text in ("1", "2", "1", "3", "1"):
        ask(cached, text)
    assert runner.asked == 3
    ask(cached, "2")
    assert runner.asked == 4, "the second was used longest ago and had to go"
    assert cached.figures()["cache_bytes"] <= 10_000
