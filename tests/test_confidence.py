"""Confidence: estimates, their calibration on gold, and cutting at a level."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.own_gold import EXAMPLES, ROOT, folder, run

from zhiguan.config import LoadSettings
from zhiguan.errors import LexiconError
from zhiguan.evaluate import evaluate
from zhiguan.evaluate.calibration import Case, calibration_lines, cases, confidence_table, tally
from zhiguan.evaluate.evaluation import Evaluation
from zhiguan.lexicon import confidence as trust
from zhiguan.lexicon.confidence import Tally, estimate
from zhiguan.loading import load
from zhiguan.query import answer, parse_query
from zhiguan.store import Store

__all__ = ["folder", "run"]  # the fixtures


def test_estimates_are_drawn_towards_their_kind() -> None:
    tallies = {("post", "sure"): Tally(98, 100), ("post", "rare"): Tally(0, 1), ("plan", "sure"): Tally(1, 2)}
    sure, rare, new = (estimate(tallies, "post", rule) for rule in ("sure", "rare", "unheard-of"))
    assert rare < new < sure < 1
    assert new == pytest.approx(99 / 103)  # Laplace over the kind
    assert estimate({}, "post", "sure") == 0.5


def test_confidence_is_a_canonical_decimal() -> None:
    for kind, rule in [*trust.calibrated(), ("person", "unheard-of"), ("unheard-of", "rule")]:
        value = trust.confidence(kind, rule)
        assert 0 < float(value) < 1, (kind, rule)
        assert value == str(float(value))


def test_a_malformed_count_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhiguan.lexicon.loading import Entry

    for note in ("", "3", "4/3", "a/b"):
        monkeypatch.setattr(trust, "load_table", lambda _, note=note: (Entry("rule", "post", note, "gold"),))
        with pytest.raises(LexiconError, match="right/found"):
            trust.calibrated.__wrapped__()


def test_a_fact_is_right_where_the_gold_has_it_as_stated(folder: Path) -> None:
    counts = tally(cases(evaluate(folder).articles[0]))
    posts = [tally for (kind, _), tally in counts.items() if kind == "post"]
    assert sum(posts, Tally()) == Tally(2, 3)  # a status is wrong
    assert sum((t for (kind, _), t in counts.items() if kind == "person"), Tally()) == Tally(2, 2)
    assert counts["published", "published-stamp"].right == 1
    assert tally([Case("post", "r", True), Case("post", "r", False)]) == {("post", "r"): Tally(1, 2)}


def test_calibration_prints_and_writes_its_tables(run: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "confidence.tsv"
    result = run("--write-confidence", path)
    assert result.exit_code == 0
    assert "confidence against precision" in result.stdout
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "form\tclass\tnote\tsource"
    assert lines[1:] == sorted(lines[1:])
    assert all(len(line.split("\t")) == 4 for line in lines)
    evaluation = evaluate(folder)
    assert confidence_table(evaluation, "mine").splitlines() == lines
    assert list(calibration_lines(Evaluation(()))) != []


def test_facts_can_be_cut_at_a_level_of_confidence(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    query = page.partition("```sparql\n")[2].partition("```")[0]
    with Store.open(tmp_path / "store") as store:
        assert not load([EXAMPLES], store, LoadSettings()).outcomes["set aside"]
        every, sure = (confidences(store, query.replace("0.95", level)) for level in ("0.0", "0.95"))
    assert sure == [value for value in every if value >= 0.95] != []


def confidences(store: Store, text: str) -> list[float]:
    output = io.BytesIO()
    answer(store, parse_query("cut", text), {}, "csv", output)
    return [float(row["confidence"]) for row in csv.DictReader(io.StringIO(output.getvalue().decode()))]
