"""A load whose process is interrupted or killed: no worker stays behind, and the same command goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.loading.articles import stored, text

from zhiguan.loading.load import FOLDER
from zhiguan.loading.splits import MOST_ITEMS
from zhiguan.store import Store

PATIENCE = 300
"""Seconds that a busy machine may take."""
ARTICLES = 2 * MOST_ITEMS + 5


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"n{number}.txt").write_text(text(number), encoding="utf-8")
    return folder


def start(news: Path, store: Path, own_group: bool = False) -> "subprocess.Popen[str]":
    command = [str(Path(sys.executable).parent / "zhiguan"), "load", str(news), "--store", str(store), "--jobs", "2"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=own_group
    )


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(process: int) -> list[Path]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [Path("/proc") / child for file in tasks for child in file.read_text(encoding="ascii").split()]


def is_alive(process: Path) -> bool:
    """Whether a process is there and not only waits for somebody to notice its end."""
    try:
        return (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs the process tree in /proc")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_a_load_that_is_cut_short_leaves_no_worker_and_goes_on(
    kind: signal.Signals, news: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    process = start(news, store)
    wait_for(lambda: bool(list((store / FOLDER).glob("*.at"))))
    workers = children(process.pid)
    assert len(workers) >= 2
    process.send_signal(kind)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == (130 if kind == signal.SIGINT else -9), errors
    assert "Traceback" not in errors
    wait_for(lambda: not any(is_alive(worker) for worker in workers))
    with Store.open(store) as opened:
        assert opened.version == (store / FOLDER / "version").read_text(
            encoding="ascii"
        )  # so that the parts are of use
        assert stored(opened) == {}
    output, errors = start(news, store).communicate(timeout=PATIENCE)
    assert f"{ARTICLES} loaded" in output, errors
    with Store.open(store, read_only=True) as opened:
        assert len(stored(opened)) == ARTICLES
    assert not (store / FOLDER).exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs the process tree in /proc")
def test_ctrl_c_while_workers_start_prints_no_traceback(news: Path, tmp_path: Path) -> None:
    process = start(news, tmp_path / "store", own_group=True)
    wait_for(lambda: len(children(process.pid)) >= 2)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
