"""kill -9 on `zhiguan load` itself, workers and all: `zhiguan check` finds nothing, and the same command goes on to the end."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhiguan.store import State, Store, check_store

ROOT = Path(__file__).resolve().parents[2]
COUNT = 240
TEXT = """浦东新区第{number}次安全生产工作会议召开

2023年{month}月{day}日 来源：浦东观察

{month}月{day}日，浦东新区第{number}次安全生产工作会议召开。副区长钮知远主持会议并讲话。
"""


def write_edition(file: Path, month: int) -> None:
    """Articles by the same ids, of another month in each edition."""
    with file.open("w", encoding="utf-8") as out:
        for number in range(COUNT):
            text = TEXT.format(number=number, month=month, day=number % 28 + 1)
            out.write(json.dumps({"id": f"n{number}", "text": text}, ensure_ascii=False) + "\n")


def zhiguan(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from zhiguan.cli import main; main()", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "loader")}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def finish(*arguments: object) -> str:
    process = zhiguan(*arguments)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    return out


def digests(store: Path) -> dict[str, str]:
    """The graphs of the articles stored, of a store without faults."""
    with Store.open(store) as opened:
        assert [str(fault) for fault in check_store(opened)] == []
        return {entry.id: entry.graph_digest for entry in opened.manifest.entries(State.STORED)}


@pytest.fixture(scope="module", autouse=True)
def _small_ontology() -> None:
    """The ontology itself: the loader runs as users start it."""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two stores made of two editions of the same articles. Their folder holds the news file, whose path counts too."""
    base = tmp_path_factory.mktemp("editions")
    for name, month in (("first", 3), ("second", 4)):
        write_edition(base / "news.jsonl", month)
        finish("load", base / "news.jsonl", "--store", base / name, "--jobs", 2)
    return base / "first", base / "second"


def kill_load(news: Path, store: Path, after: float) -> bool:
    """Load and kill all its processes some seconds after it began; whether it was still at work."""
    process = zhiguan("load", news, "--store", store, "--jobs", 2)
    time.sleep(after)
    working = process.poll() is None
    if working:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return working


def crash(kind: str, kills: int, editions: tuple[Path, Path], folder: Path) -> int:
    whole = [digests(store) for store in editions]
    news = editions[0].with_name("news.jsonl")
    write_edition(news, 3 if kind == "fill" else 4)
    random_ = random.Random(f"{kind} {kills}")
    early = 0
    for number in range(kills):
        store = folder / str(number)
        if kind == "replace":
            shutil.copytree(editions[0], store)
        early += kill_load(news, store, random_.uniform(0.5, 5))
        if (store / "zhiguan.json").exists():
            found = digests(store)
            assert all(digest in (whole[0][name], whole[1][name]) for name, digest in found.items())
            assert kind == "fill" or found.keys() == whole[0].keys(), "an article was lost"
        finish("load", news, "--store", store, "--jobs", 2)
        assert digests(store) == whole[kind == "replace"]
        shutil.rmtree(store)
    return early


@pytest.mark.parametrize("kind", ["fill", "replace"])
def test_kill_load(kind: str, editions: tuple[Path, Path], tmp_path: Path) -> None:
    crash(kind, 1, editions, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["fill", "replace"])
def test_kill_load_often(
    kind: str, editions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early = crash(kind, 10, editions, tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\nzhiguan load, {kind}: 10 kills, {early} before the end, nothing lost, nothing in part\n")
    assert early >= 5, "most kills come too late to say anything"
