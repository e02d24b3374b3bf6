"""The benchmark of loading measures what it says, on articles of our own."""

import gzip
import json
import sys
from itertools import islice
from pathlib import Path

import pytest
from tests.bench.loading import Round, records, show_parts, show_round, write
from tests.bench.parts import Clock, measure_parts
from tests.bench.processes import Used, run
from tests.loading.articles import write_records


def test_the_corpus_is_repeated_with_new_ids(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl.gz"
    path.write_bytes(gzip.compress(write_records(tmp_path / "corpus.jsonl", range(3)).read_bytes()))
    found = list(islice(records(path), 7))
    assert [record["id"] for record in found] == ["n0-0", "n1-0", "n2-0", "n0-1", "n1-1", "n2-1", "n0-2"]
    write(tmp_path / "copy.jsonl", iter(found))
    assert [json.loads(line) for line in (tmp_path / "copy.jsonl").read_text(encoding="utf-8").splitlines()] == found


def test_every_part_is_measured(tmp_path: Path) -> None:
    parts = measure_parts(write_records(tmp_path / "news.jsonl", range(3)), tmp_path)
    names = {"read", "clean", "recognise", "resolve", "RDF", "validate", "digest", "hand over", parts.bulk}
    assert names <= parts.milliseconds.keys()
    assert all(spent > 0 for name, spent in parts.milliseconds.items() if name in names)
    assert (parts.articles, parts.failures) == (3, ())
    assert parts.fill == pytest.approx(sum(parts.milliseconds[name] for name in names))
    assert any("validate" in line for line in show_parts(parts))


def test_time_inside_another_block_counts_once() -> None:
    clock = Clock()
    with clock.timed("outer"), clock.timed("inner"):
        sum(range(200_000))
    assert clock.spent["inner"] > clock.spent["outer"]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc")
def test_a_command_is_measured_with_its_children() -> None:
    child = "x = bytearray(60_000_000); sum(range(3_000_000))"
    parent = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {child!r}]); time.sleep(0.3); print('done')"
    used = run([sys.executable, "-c", parent])
    assert used.output == "done\n"
    assert used.cpu > 0.02
    assert used.peak > 5


def test_a_round_says_its_rates() -> None:
    one = Round("first fill", 100, Used(2.0, 1.0, 90.0, 0.1, "set aside  3\n"), 97_000, 970, 97)
    assert (one.rate, one.milliseconds, one.failed) == (50.0, 10.0, 3)
    line = show_round(one, 200.0)
    for words in ("50.0/s", "10.00 ms", "1000 B/article", "100 B/quad", "25%"):
        assert words in line
