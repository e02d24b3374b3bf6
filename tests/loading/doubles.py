"""Tasks that are run in other processes: what they do must be found by its name there."""

import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from zhiguan.loading import run
from zhiguan.loading.executors import start_pool
from zhiguan.loading.prepare import Prepared, Preparer
from zhiguan.loading.recipe import Recipe
from zhiguan.loading.run import SplitResult
from zhiguan.loading.splits import Split
from zhiguan.model import Source
from zhiguan.read import Rejected


@dataclass(frozen=True)
class Sum:
    """A task: numbers to be added up. A number below zero kills its process; 1313 is an error of the task's own."""

    numbers: tuple[int, ...]
    folder: Path
    without: frozenset[int] = frozenset()


def add_up(task: Sum) -> int:
    """The sum; before each number its place is written down."""
    total = 0
    for place, number in enumerate(task.numbers):
        if place in task.without:
            continue
        _mark(task).write_text(str(place), encoding="ascii")
        if number < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 1313:
            raise ValueError("1313 is bad luck")
        total += number
    return total


def _mark(task: Sum) -> Path:
    return task.folder / f"{'_'.join(map(str, task.numbers))}.at"


@dataclass
class Sums:
    """What the driver asks of sums; `done` are those of an earlier run."""

    done: dict[tuple[int, ...], int] = field(default_factory=dict)
    blame: bool = True
    halted: bool = False

    def known(self, task: Sum) -> int | None:
        """The sum, if it is known."""
        return self.done.get(task.numbers)

    def without(self, task: Sum) -> Sum | None:
        """The sum without the number at which it died."""
        if not self.blame or not _mark(task).exists():
            return None
        return replace(task, without=task.without | {int(_mark(task).read_text(encoding="ascii"))})

    def halt(self) -> None:
        """Note that the driver wants no more."""
        self.halted = True


@dataclass
class Pools:
    """Starts pools and counts them."""

    workers: int = 2
    started: list[ProcessPoolExecutor] = field(default_factory=list)

    def __call__(self) -> Executor:
        pool = start_pool(self.workers)
        self.started.append(pool)
        return pool


DEADLY = ("n27", "n37")


class _Deadly(Preparer):
    """Dies at two articles."""

    def prepare(self, item: Source | Rejected) -> Prepared:
        if item.id in DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().prepare(item)


def run_deadly(split: Split, out: Path, recipe: Recipe) -> SplitResult:
    """As `run_split`, in a process that some articles kill."""
    setattr(run, "Preparer", _Deadly)  # noqa: B010 - in this process, which nobody else uses
    return run.run_split(split, out, recipe)
