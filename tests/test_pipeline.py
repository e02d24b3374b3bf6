"""The join of the stages: where an article came from, and what happens when a step fails."""

from pathlib import Path

import pytest

from zhiguan.errors import MappingError
from zhiguan.model import Source
from zhiguan.pipeline import Event, Failure, Outcome, origin_of, safely

SOURCE = Source(id="a", text="会议", origin="/news/a.txt")


def origin(path: str, text: str = "会议") -> tuple[str, str]:
    found = origin_of(Source(id="a", text=text, origin=path))
    return found.digest, found.name


def test_origin_is_the_file_whatever_the_line_and_the_text() -> None:
    assert origin("/news/all.jsonl:1") == origin("/news/all.jsonl:22", "别的")
    assert origin("/news/all.jsonl:1")[1] == "all.jsonl"
    assert origin("/news/a.txt") != origin("/old/a.txt")


def test_origin_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert origin("a.txt") == origin(str(tmp_path / "a.txt"))


def test_origin_of_the_standard_input_is_its_text() -> None:
    assert origin("-") == origin("-")
    assert origin("-") != origin("-", "别的")


def test_a_known_error_becomes_words_with_the_place() -> None:
    def step() -> str:
        raise MappingError("no evidence")

    assert safely(SOURCE, step) == Failure("/news/a.txt: no evidence")


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    found = safely(SOURCE, lambda: SOURCE.authors[0])
    assert isinstance(found, Failure)
    assert "IndexError" in found.reason
    assert found.trace is not None
    assert "Traceback" in found.trace


def test_an_interrupt_is_not_swallowed() -> None:
    def step() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        safely(SOURCE, step)


@pytest.mark.parametrize(
    ("outcome", "facts", "empty"),
    [
        (Outcome.LOADED, {"people": 0}, True),
        (Outcome.LOADED, {"people": 1}, False),
        (Outcome.UNCHANGED, {"people": 0}, True),
        (Outcome.SET_ASIDE, {}, False),
    ],
)
def test_an_article_without_facts_is_empty(outcome: Outcome, facts: dict[str, int], empty: bool) -> None:
    assert Event(outcome=outcome, facts=facts).is_empty is empty
