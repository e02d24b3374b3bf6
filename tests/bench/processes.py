"""A command and what it used: time, processor time and memory of all its processes, and what others used meanwhile."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAUSE = 0.2


@dataclass(frozen=True)
class Used:
    """What a command used. `cpu` is of all its processes, in seconds; `peak` the most memory that they shared out among them
    at one time (PSS), in megabytes; `foreign` the share of the machine's processors that others used."""

    wall: float
    cpu: float
    peak: float
    foreign: float
    output: str


def run(command: Sequence[str | Path]) -> Used:
    """Run a command to its end; subprocess.CalledProcessError where it fails, but for a problem of the data (1). Linux only."""
    before, busy, begin = resource.getrusage(resource.RUSAGE_CHILDREN), _busy(), time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    output = process.communicate()[0]
    watch.join()
    if process.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(process.returncode, command)
    wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    foreign = (_busy() - busy - cpu) / (wall * (os.cpu_count() or 1))
    return Used(wall, cpu, peak[0], max(foreign, 0.0), output)


def _busy() -> float:
    """Seconds that all processors have worked."""
    user, nice, system, *_ = (int(field) for field in (PROC / "stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_pss(pid) for pid in _family(process.pid)))
        time.sleep(PAUSE)


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    try:
        tasks = list((PROC / str(pid) / "task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _pss(pid: int) -> float:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
