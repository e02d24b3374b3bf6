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
RUNS = {"fill": 1.2, "load": 2.0, "replace": 2.5, "compact": 3.0, "remove": 1.5}
"""Jobs, and within how many seconds after its beginning each is killed."""
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


def kill(job: str, store: Path, after: float) -> tuple[dict[str, str], bool]:
    """Run a job and kill it some seconds after it began: what it acknowledged (article: edition, - for removed), and
    whether it had come to its end."""
    command = [sys.executable, "-m", "tests.store.doomed", job, str(store)]
    paths = f"{ROOT / 'loader'}:{ROOT}"
    with subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.kill()
        said = process.stdout.read().splitlines()
    acknowledged = {
        article: name for name, *articles in (line.split() for line in said if line != "done") for article in articles
    }
    return acknowledged, "done" in said


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


def crash(job: str, kills: int, prepared: Path, folder: Path) -> Counts:
    random_ = random.Random(f"{job} {kills}")
    counts = Counts()
    for number in range(kills):
        path = folder / str(number)
        if job not in {"fill", "load"}:
            shutil.copytree(prepared, path)
        acknowledged, done = kill(job, path, random_.uniform(0, RUNS[job]))
        counts.kills += 1
        counts.early += not done
        examine(path, job, acknowledged, counts)
        finish(path, job)
        shutil.rmtree(path)
    return counts


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
    assert counts.early >= IN_FULL // 2, "most kills come too late to say anything"
