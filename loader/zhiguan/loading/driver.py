"""Splits through any `concurrent.futures.Executor`: a bounded window, results in the order of the splits, dead workers
replaced, and an article that kills its worker left out.

The driver knows tasks and executors and nothing of articles; a process pool and a cluster's executor fit alike. A task
must write its results elsewhere in one step and may be run again at any time.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from zhiguan.errors import ZhiguanError

Task = TypeVar("Task")
Result = TypeVar("Result")
Found_co = TypeVar("Found_co", covariant=True)


class DyingWorkersError(ZhiguanError):
    """Workers die and no article is to blame."""


class Job(Protocol[Task, Found_co]):
    """What the driver must be told of the tasks."""

    def known(self, task: Task) -> Found_co | None:
        """The result of a task that is done already, by an earlier run; else None."""

    def without(self, task: Task) -> Task | None:
        """The task without the article at which it broke its executor; None where no article is to blame."""

    def halt(self) -> None:
        """Make the tasks that run end soon: their results are not wanted any more."""


@dataclass(slots=True)
class _Place(Generic[Task, Result]):
    """A task in the window: on its way, or done and waiting for its turn."""

    task: Task
    future: "Future[Result] | None" = None
    result: Result | None = None


class Driver(Generic[Task, Result]):
    """Runs tasks in a window of `ahead`: that many are on their way or wait for their turn, so memory stays flat."""

    def __init__(
        self, run: Callable[[Task], Result], start: Callable[[], Executor], ahead: int, job: Job[Task, Result]
    ):
        """`run` is what executors run, picklable; `start` makes an executor, anew after one has broken."""
        self._run = run
        self._start = start
        self._ahead = ahead
        self._job = job
        self._window: deque[_Place[Task, Result]] = deque()
        self._executor: Executor | None = None

    def results(self, tasks: Iterable[Task]) -> Generator[Result, None, None]:
        """The result of each task, in the order of the tasks; ends the executor when it is done or let go."""
        waiting, done = iter(tasks), False
        try:
            while self._fill(waiting):
                yield self._first()
            done = True
        finally:
            if not done:  # an interrupt, an error of a task, or a caller that wants no more
                self._job.halt()
            self._stop()

    def _fill(self, tasks: Iterator[Task]) -> bool:
        """Submit what fits into the window; whether anything is in it."""
        while len(self._window) < self._ahead and (task := next(tasks, None)) is not None:
            place = _Place(task, result=self._job.known(task))
            self._window.append(place)
            if place.result is None:
                self._submit(place)
        return bool(self._window)

    def _submit(self, place: _Place[Task, Result]) -> None:
        if self._executor is None:
            self._executor = self._start()
        try:
            place.future = self._executor.submit(self._run, place.task)
        except BrokenExecutor:  # it broke between two looks at it
            self._recover()

    def _first(self) -> Result:
        """The result of the first task in the window."""
        while (result := self._window[0].result) is None:
            running = [place.future for place in self._window if place.future]
            wait(running, return_when=FIRST_COMPLETED)
            self._collect()
        self._window.popleft()
        return result

    def _collect(self) -> None:
        """Keep the results of finished tasks and let go of their futures, which on a cluster hold a worker's memory."""
        for place in self._window:
            if place.future is None or not place.future.done():
                continue
            try:
                place.result = place.future.result()
                place.future = None
            except BrokenExecutor:
                self._recover()
                return

    def _recover(self) -> None:
        """Run the tasks that were on their way one by one: one of them may have killed the worker of all."""
        self._stop()
        for place in self._window:
            future, place.future = place.future, None
            if future is not None:
                place.result = _result(future) or self._alone(place.task)
        for place in self._window:
            if place.result is None and place.future is None:
                self._submit(place)

    def _alone(self, task: Task) -> Result:
        while True:
            executor = self._start()
            try:
                return executor.submit(self._run, task).result()
            except BrokenExecutor as error:
                rest = self._job.without(task)
                if rest is None:
                    raise DyingWorkersError(
                        "the worker processes die and no article is to blame; is there memory enough? try --jobs 1"
                    ) from error
                task = rest
            finally:
                executor.shutdown(cancel_futures=True)

    def _stop(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _result(future: "Future[Result]") -> Result | None:
    """The result of a task that finished before its executor broke; None where it did not. Its own errors are raised."""
    try:
        return future.result(timeout=0) if future.done() else None
    except (BrokenExecutor, CancelledError):
        return None
