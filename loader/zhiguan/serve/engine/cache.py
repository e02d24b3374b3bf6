"""Answers that were given before, as long as the store has not changed: whole ones, the last used, up to a size."""

import re
from collections import OrderedDict

from zhiguan.serve.engine.answers import Answer, Runner
from zhiguan.serve.engine.backend import Reader
from zhiguan.serve.engine.wire import Asked

Key = tuple[object, ...]
_CHANGING = re.compile(r"now|rand|uuid|bnode", re.IGNORECASE)
"""Functions that answer otherwise each time (SPARQL 1.1, 17.4): a query that has one anywhere is not kept."""
_OVERHEAD = 400
"""Bytes that an entry takes besides its answer and its query."""


class Cached:
    """A `Runner` before another one. `size` bounds the bytes that are kept."""

    def __init__(self, runner: Runner, reader: Reader, size: int) -> None:
        self._runner, self._reader, self._size = runner, reader, size
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._held = 0
        self._hits = 0

    async def run(self, asked: Asked) -> Answer:
        """See `Runner`."""
        key = self._key(asked)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            self._hits += 1
            return found
        answer = await self._runner.run(asked)
        if answer.more is None and not _CHANGING.search(asked.text):
            self._keep(key, asked, answer)
        return answer

    def _key(self, asked: Asked) -> Key:
        graphs = (tuple(each) if each is not None else None for each in (asked.default_graphs, asked.named_graphs))
        bound = tuple(asked.values.items())
        return (self._reader.version, asked.text, asked.rows, asked.graph, asked.whole, asked.trusted, bound, *graphs)

    def _keep(self, key: Key, asked: Asked, answer: Answer) -> None:
        cost = _cost(asked.text, answer)
        if cost > self._size or key in self._kept:
            return
        self._kept[key] = answer
        self._held += cost
        while self._held > self._size:
            (_, text, *_), dropped = self._kept.popitem(last=False)
            self._held -= _cost(str(text), dropped)

    def figures(self) -> dict[str, float]:
        """See `Runner`."""
        return {**self._runner.figures(), "cache_hits": self._hits, "cache_bytes": self._held}


def _cost(text: str, answer: Answer) -> int:
    return len(answer.head) + 4 * len(text) + _OVERHEAD
