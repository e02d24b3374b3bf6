"""A bounded memory of what was long to find: the lists of hub pages, worked out once for each state of the store."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

ENTRIES = 200_000
"""IRIs kept at most (some 100 bytes each)."""


class Recent:
    """Lists by name; the one unused for longest goes first when too much is kept."""

    def __init__(self, entries: int = ENTRIES) -> None:
        self._most = entries
        self._kept = 0
        self._lists: OrderedDict[str, Sequence[str]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, make: Callable[[], Sequence[str]]) -> Sequence[str]:
        """The list of that name, from `make` if it is not kept; two that ask at once may both make it."""
        with self._lock:
            known = self._lists.get(name)
            if known is not None:
                self._lists.move_to_end(name)
                return known
        made = make()
        with self._lock:
            self._add(name, made)
        return made

    def _add(self, name: str, made: Sequence[str]) -> None:
        self._kept += len(made) - len(self._lists.get(name, ()))
        self._lists[name] = made
        while self._kept > self._most and len(self._lists) > 1:
            _, gone = self._lists.popitem(last=False)
            self._kept -= len(gone)
