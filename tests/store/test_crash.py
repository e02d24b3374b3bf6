"""kill -9 at random moments: afterwards every article is wholly there or not at all, and what was acknowledged is there."""

import io
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.store.doomed import JOBS, edition

from zhiguan.store import State, Store, check_store, graph_digest

ROOT = Path(__file__).resolve().parents[2]
RUNS = ("fill", "load", "replace", "compact", "remove")
IN_CI, IN_FULL = 2, 20
"""Kills of each job."""


@dataclass(slots=True)
class Counts:
    """What the kills came to."""

    kills: int = 0
    early: int = 0
    acknowledged: int = 0
    more: int = 0


def digests(name: str) -> dict[str, str]:
    """Digest of each article's graph in an edition; '' of those set aside."""
    return {one.article: graph_digest(one.nquads or "") for batch in edition(name) for one in batch}


FIRST, SECOND = digests("一"), digests("二")
EDITIONS = {"一": FIRST, "二": SECOND}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the first edition."""
    path = tmp_path_factory.mktemp("prepared") / "store"
    with Store.open(path) as store:
        list(store.fill(edition("一")))
    return path


def run(job: str, store: Path, after: float | None = None, fate: tuple[str, ...] = ()) -> tuple[list[str], float]:
    """Run a job, and kill it `after` so many seconds from its beginning: what it said, and how long it took."""
    command = [sys.executable, "-m", "tests.store.doomed", job, str(store), *fate]
    paths = f"{ROOT / 'loader'}:{ROOT}"
    with subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        if after is not None:
            time.sleep(after)
            process.kill()
        return process.stdout.read().splitlines(), time.monotonic() - began


def acknowledged_in(said: list[str]) -> dict[str, str]:
    """What was acknowledged: the edition of each article, - where it was removed."""
    lines = (line.split() for line in said if line != "done")
    return {article: name for name, *articles in lines for article in articles}


def expected(acknowledged: dict[str, str], job: str) -> Iterator[tuple[str, set[str]]]:
    """What the graph of each article may be: what was acknowledged; else what it was before, or was about to become."""
    before = {} if job in {"fill", "load"} else FIRST
    after = {"fill": FIRST, "load": FIRST, "replace": SECOND, "compact": SECOND, "remove": {}}[job]
    for article, digest in FIRST.items():
        said = acknowledged.get(article)
        kept = before.get(article, "")
        if said in EDITIONS:
            yield article, {EDITIONS[said][article] or kept}  # one set aside leaves the earlier graph
        elif said == "-":
            yield article, {""}
        else:
            yield (
                article,
                {kept, after.get(article, "") or (kept if job != "remove" else ""), *([digest] if kept else [])},
            )


def examine(path: Path, job: str, acknowledged: dict[str, str], counts: Counts) -> None:
    with Store.open(path) as store:
        assert [str(fault) for fault in check_store(store)] == []
        for article, allowed in expected(acknowledged, job):
            entry = store.manifest.get(article)
            found = entry.graph_digest if entry else ""
            assert found in allowed, f"{article} is not what was acknowledged, nor what it was"
            counts.more += article not in acknowledged and found not in {"", FIRST[article] if job != "load" else ""}
        if job == "fill":
            assert store.manifest.count() in {0, len(FIRST)}
        counts.acknowledged += len(acknowledged)


def finish(path: Path, job: str) -> None:
    """Do the job again, to its end: the store must then be what it is without a kill."""
    with Store.open(path) as store:
        if job == "fill" and store.manifest.count():
            return
        with redirect_stdout(io.StringIO()):
            JOBS["replace" if job == "compact" else job](store)
        assert [str(fault) for fault in check_store(store)] == []
        if job != "remove":
            last = SECOND if job in {"replace", "compact"} else FIRST
            found = {entry.id: entry.graph_digest for entry in store.manifest.entries(State.STORED)}
            assert found == {article: digest for article, digest in last.items() if digest}


def new_store(job: str, prepared: Path, path: Path) -> Path:
    if job not in {"fill", "load"}:
        shutil.copytree(prepared, path)
    return path


def crash(job: str, kills: int, prepared: Path, folder: Path) -> Counts:
    """Kill a job so many times, at moments spread over the time that it takes undisturbed."""
    random_ = random.Random(f"{job} {kills}")
    _, whole = run(job, new_store(job, prepared, folder / "whole"))
    counts = Counts()
    for number in range(kills):
        path = new_store(job, prepared, folder / str(number))
        said, _ = run(job, path, random_.uniform(0, whole))
        counts.kills += 1
        counts.early += "done" not in said
        examine(path, job, acknowledged_in(said), counts)
        finish(path, job)
        shutil.rmtree(path)
    return counts


@pytest.mark.parametrize(
    ("job", "function", "number"),
    [
        ("load", "zhiguan.store.manifest.Manifest.begin", 2),
        ("load", "zhiguan.store.writing.put_graph", 1),
        ("load", "zhiguan.store.writing.put_graph", 57),
        ("replace", "zhiguan.store.writing.put_graph", 57),
        ("replace", "zhiguan.store.manifest.Manifest.count_written", 2),
        ("replace", "zhiguan.store.manifest.Manifest.end", 2),
        ("replace", "zhiguan.store.folder.write_file", 2),
        ("fill", "zhiguan.store.manifest.Manifest.keep_filling", 90),
        ("fill", "zhiguan.store.manifest.Manifest.end_filling", 1),
        ("fill", "zhiguan.store.store.Store._tell_version", 2),
        ("compact", "zhiguan.store.filling.Stream.readinto", 1),
        ("compact", "zhiguan.store.manifest.Manifest.end_filling", 1),
        ("compact", "zhiguan.store.store.Store._tell_version", 1),
        ("remove", "zhiguan.store.writing.put_graph", 2),
        ("remove", "zhiguan.store.manifest.Manifest.drop", 2),
    ],
)
def test_death_at_each_step(job: str, function: str, number: int, prepared: Path, tmp_path: Path) -> None:
    path = new_store(job, prepared, tmp_path / "store")
    said, _ = run(job, path, fate=(function, str(number)))
    assert "done" not in said, f"{function} was not called so often"
    examine(path, job, acknowledged_in(said), Counts())
    finish(path, job)


@pytest.mark.parametrize("job", RUNS)
def test_kill(job: str, prepared: Path, tmp_path: Path) -> None:
    crash(job, IN_CI, prepared, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("job", RUNS)
def test_kill_often(job: str, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = crash(job, IN_FULL, prepared, tmp_path)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{job}: {counts.kills} kills, {counts.early} before the end, {counts.acknowledged} articles acknowledged, "
            f"none lost, none in part, {counts.more} whole without acknowledgement\n"
        )
    assert counts.early >= IN_FULL // 4, "most kills come too late to say anything"
