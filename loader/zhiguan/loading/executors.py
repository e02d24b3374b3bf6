"""Where splits run: in this process, or in a pool of others."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class Here(Executor):
    """Runs each task at once in this process; small inputs pay for no pool."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> "Future[_Result]":
        """Run the task now. What it raises, it raises here already."""
        future: Future[_Result] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class _Pool(ProcessPoolExecutor):
    """Starts its workers with interrupts held back, so that one which comes while they import is not theirs to print."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> "Future[_Result]":
        """Hand the task to a worker; an interrupt meanwhile comes right after."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # new processes have their parent's mask
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of worker processes, each of which starts in 0.7 s of processor time.

    Spawned, not forked: a fork copies locks of the engines' threads that nobody opens again.
    """
    context = multiprocessing.get_context("spawn")
    return _Pool(workers, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """An interrupt is the parent's to handle; a worker whose parent was killed would wait for tasks for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
