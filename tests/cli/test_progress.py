"""What is said while a load goes on."""

from collections import Counter

import pytest

from zhiguan.cli import progress
from zhiguan.cli.progress import Lines, Shown, clock, shown
from zhiguan.loading import Tally


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (45, "45 s"), (89.9, "90 s"), (120, "2 min"), (3600, "60 min"), (12_000, "3 h 20 min")],
)
def test_a_length_of_time_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_what_is_left_is_told_from_the_bytes_done() -> None:
    told = Shown(total=1000)
    assert told.seconds_left == 0
    told.begin -= 10
    told.prepared(5, 250)
    assert told.seconds_left == pytest.approx(30, rel=0.05)
    assert "5 articles" in told.state
    assert "30 s to go" in told.state
    told.prepared(5, 750)
    assert "to go" not in told.state


def test_an_input_of_unknown_size_has_no_estimate() -> None:
    told = Shown()
    told.prepared(5, 250)
    assert "to go" not in told.state


def test_the_summary_counts_what_is_stored() -> None:
    told = Shown()
    told.prepared(9, 0)
    told.stored(Tally(Counter({"loaded": 3, "set aside": 1}), Counter({"plan_parts": 2}), 40, 1))
    told.stored(Tally(Counter({"unchanged": 5})))
    lines = list(told.lines())
    assert lines[:4] == [
        "articles   3 loaded, 0 replaced, 5 unchanged (1 without any fact)",
        "facts      2 plan parts",
        "quads      40 written",
        "set aside  1",
    ]
    assert told.worked_on == "9 articles worked on, 8 of them in the store"


def test_where_nobody_watches_a_line_comes_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with shown(0) as told:
        assert isinstance(told, Lines)
        told.prepared(5, 0)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(progress, "EVERY", 0.0)
        told.prepared(5, 0)
    assert capsys.readouterr().err.startswith("10 articles")
