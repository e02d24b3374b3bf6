"""A bounded memory of what was long to find on hub pages, worked out once for each state of the store."""

from collections import OrderedDict
from collections.abc import Callable, Sized
from threading import Lock
from typing import Generic, TypeVar

ENTRIES = 200_000
"""IRIs kept at most (some 100 bytes each)."""
T = TypeVar("T", bound=Sized)


class Recent(Generic[T]):
    """Lists by name; the one unused for longest goes first when too much is kept."""

    def __init__(self, entries: int = ENTRIES) -> None:
        self._most = entries
        self._kept = 0
        self._lists: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def find(self, name: str) -> T | None:
        """The list of that name if it is kept."""
        with self._lock:
            known = self._lists.get(name)
            if known is not None:
                self._lists.move_to_end(name)
            return known

    def keep(self, name: str, made: T) -> T:
        """Keep a list, and give it back."""
        with self._lock:
            self._drop(self._lists.pop(name, None))
            self._lists[name] = made
            self._kept += 1 + len(made)
            while self._kept > self._most and len(self._lists) > 1:
                self._drop(self._lists.popitem(last=False)[1])
        return made

    def _drop(self, gone: T | None) -> None:
        if gone is not None:
            self._kept -= 1 + len(gone)

    def get(self, name: str, make: Callable[[], T]) -> T:
        """The list of that name, from `make` if it is not kept; two that ask at once may both make it."""
        known = self.find(name)
        return self.keep(name, make()) if known is None else known
