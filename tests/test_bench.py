"""The measuring tools themselves: the heuristic for other tools, the refusal of pickles that could run, timing, figures."""

import importlib.util
import io
import pickle
import sys
import zipfile
from itertools import islice
from pathlib import Path

import pytest
from tests.bench import bench as speed
from tests.bench.machine import machine, resident_megabytes
from tests.bench.peers import OURS, Score, lines, running_text, theirs
from tests.bench.taggers import posts
from tests.phrases import document

from zhiguan import recognise
from zhiguan.evaluate.matching import Counts

NAMES = ("赵文澜", "钱立言", "孙望舒", "李疏影")
ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"


def spans(text: str) -> list[tuple[int, int]]:
    return [(text.index(name), text.index(name) + len(name)) for name in NAMES if name in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区委副书记、区长赵文澜主持", {("赵文澜", "副书记"), ("赵文澜", "区长")}),
        ("副区长赵文澜、钱立言出席", {("赵文澜", "副区长"), ("钱立言", "副区长")}),
        ("区长赵文澜、区教育局局长钱立言", {("赵文澜", "区长"), ("钱立言", "局长")}),
        ("代区长赵文澜说", {("赵文澜", "区长")}),
        ("区长赵文澜。钱立言参加", {("赵文澜", "区长")}),
        ("赵文澜和钱立言参加", set()),
    ],
)
def test_posts_are_read_from_the_words_before_a_name(text: str, expected: set[tuple[str, str]]) -> None:
    assert set(posts(text, spans(text))) == expected


def test_names_of_one_character_and_by_lines_do_not_count() -> None:
    article = document("区长赵文澜主持会议。")
    assert running_text(article).startswith("区长赵文澜")
    people, pairs = theirs(article, lambda text: [(2, 5), (0, 1)])
    assert people == {"赵文澜"}
    assert pairs == {("赵文澜", "区长")}


def test_the_table_of_peers_shows_the_difference() -> None:
    scores = {
        OURS: Score([Counts(2, 0, 0)] * 3, [Counts(1, 0, 0)] * 3),
        "other": Score([Counts(1, 1, 0)] * 3, [Counts(0, 1, 0)] * 3),
    }
    shown = list(lines(scores))
    assert shown[1].split() == [OURS, "1.000", "1.000", "1.000", "3", "of", "3"]
    assert shown[2].endswith("+0.333..+0.333")


@pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="numpy comes with the extra `peers`")
def test_weights_that_name_anything_else_are_refused() -> None:
    from tests.bench.cutword_model import _Unpickler

    archive = zipfile.ZipFile(io.BytesIO(), "w")
    with pytest.raises(pickle.UnpicklingError, match="no place among weights"):
        _Unpickler(io.BytesIO(pickle.dumps(Path("x"))), archive, "model").load()


def test_stages_are_timed_without_what_they_call() -> None:
    measured = speed.Bench()
    measured.run_facts(speed.read(EXAMPLES / "records.jsonl", None))
    measured.run_stages(speed.read(EXAMPLES / "records.jsonl", None))
    measured.run_graphs(islice(speed.read(EXAMPLES / "records.jsonl", None), 1))
    assert measured.failures == []
    assert sum(speed.shares(measured).values()) == pytest.approx(1.0)
    assert all(share >= 0 for share in speed.shares(measured).values())
    assert set(speed.graph_times(measured)) == {"RDF", "validation"}
    assert any(line.startswith("text to facts") for line in speed.show(measured, {"other": 1000.0}))
    assert speed.figures(measured, {})["failures"] == 0


def test_wrapped_stages_are_put_back() -> None:
    plain = {name: getattr(recognise, name) for name in speed.STAGES}
    with speed.Bench().wrapped():
        assert all(getattr(recognise, name) is not function for name, function in plain.items())
    assert all(getattr(recognise, name) is function for name, function in plain.items())


def test_the_machine_is_named() -> None:
    assert "zhiguan" in machine()
    assert resident_megabytes() > 1


def test_pages_get_the_output_of_their_commands() -> None:
    spec = importlib.util.spec_from_file_location("figures", ROOT / "scripts" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)
    command = f"{sys.executable} -c 'print(6*7)'"
    page = f"a\n<!-- run: {command} -->\n```text\nold\n```\nb\n"
    renewed = figures.renew(page)
    assert renewed == f"a\n<!-- run: {command} -->\n```text\n$ {command}\n42\n```\nb\n"
    assert figures.renew(renewed) == renewed
