"""Values that take long to make, once for each version of the store, without anybody waiting longer than he likes."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from zhiguan.errors import ZhiguanError
from zhiguan.serve.engine.backend import Reader

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """A value and the version of the store that it was made from."""

    version: str
    value: T


class Renewed(Generic[T]):
    """Makes a value on a thread of its own when it is asked for and the store has changed; one at a time.

    Until the new one is there, the old one stands. `make` gets the version; what it raises is logged, and it is tried
    again when somebody asks. After each making it rests `rest` times as long as that took, so that a store that changes
    all the time costs little.
    """

    def __init__(self, store: Reader, make: Callable[[str], T], rest: float = 10.0) -> None:
        self._store, self._make, self._rest = store, make, rest
        self._rested = 0.0
        self._lock = threading.Lock()
        self._job: threading.Thread | None = None
        self._made: Made[T] | None = None

    def get(self, patience: float) -> Made[T] | None:
        """The value of this version, where it comes within `patience` seconds; else the last one, None before the first.

        Blocks: call it on a thread.
        """
        with self._lock:
            made = self._made
            if made is not None and made.version == self._store.version:
                return made
            if self._job is None and made is not None and time.monotonic() < self._rested:
                return made
            if self._job is None:
                self._job = threading.Thread(target=self._work, daemon=True)
                self._job.start()
            job = self._job
        job.join(patience)
        return self._made

    def peek(self) -> T | None:
        """The value of this version if it is there; nothing is begun."""
        made = self._made
        return made.value if made is not None and made.version == self._store.version else None

    def _work(self) -> None:
        begun = time.monotonic()
        try:
            with self._store.pinned():
                version = self._store.version
                value = self._make(version)
            with self._lock:
                self._made = Made(version, value)
        except (ZhiguanError, OSError, RuntimeError) as error:
            _LOG.error("what the store holds cannot be told: %s", error)
        finally:
            with self._lock:
                self._job = None
                self._rested = time.monotonic() + self._rest * (time.monotonic() - begun)
