"""What each part of a load costs by itself, one after the other in one process."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zhiguan import recognise as stages
from zhiguan.clean import clean
from zhiguan.config import LoadSettings
from zhiguan.loading.parts import part_writer, read_part
from zhiguan.loading.prepare import Prepared, Preparer
from zhiguan.loading.recipe import recipe_for
from zhiguan.model import Facts, Source
from zhiguan.rdf import to_nquads
from zhiguan.read import read_paths
from zhiguan.resolve.divisions import division_by_code
from zhiguan.store import Loaded, Store, graph_digest
from zhiguan.validate import Validator, make_validator

RESOLVE = ("find_home", "resolve_body")
"""Functions that `recognise` calls to resolve what the rules have found. The rules ask the resolver too."""
BATCH = 200


@dataclass(frozen=True)
class Parts:
    """Milliseconds of processor time for an article, by part. `other` is the part that takes the place of the store's bulk
    loader, `bulk`, where the store has articles already."""

    milliseconds: dict[str, float]
    articles: int
    quads: int
    failures: tuple[str, ...]
    bulk: str = "store, bulk"
    other: str = "store, by article"

    @property
    def fill(self) -> float:
        """All parts of a first fill."""
        return sum(self.milliseconds.values()) - self.milliseconds[self.other]

    @property
    def commit(self) -> float:
        """All parts of a load into a filled store."""
        return sum(self.milliseconds.values()) - self.milliseconds[self.bulk]


@dataclass(frozen=True)
class Graph:
    """What came of one article; `failure` says what is wrong with it."""

    nquads: str
    failure: str


class Clock:
    """Adds up processor time by name, without that of the blocks inside."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add the time of a block to a name."""
        self._inner.append(0.0)
        begin = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - begin
            self.spent[name] += spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent

    @contextmanager
    def wrapped(self, module: Any, names: tuple[str, ...], name: str) -> Iterator[None]:
        """The functions of a module are timed where others call them through it."""
        plain = {function: getattr(module, function) for function in names}
        try:
            for function, body in plain.items():
                setattr(module, function, self._wrap(name, body))
            yield
        finally:
            for function, body in plain.items():
                setattr(module, function, body)

    def _wrap(self, name: str, body: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*given: Any, **named: Any) -> Any:
            with self.timed(name):
                return body(*given, **named)

        return wrapper


def measure_parts(path: Path, folder: Path) -> Parts:
    """Milliseconds for an article by part, over the articles of a file of JSON lines; the first article, which reads the
    word lists, is not counted."""
    clock = Clock()
    with clock.timed("read"):
        sources = [item for item in read_paths([path]) if isinstance(item, Source)]
    _article(sources[0], Clock())
    graphs = [_article(source, clock) for source in sources]
    prepared = _prepared(sources, folder)
    with clock.timed("hand over"):
        prepared = _handed_over(prepared, folder / "part.jsonl.gz")
    loaded = [one.loaded for one in prepared if one.loaded]
    spent = {name: 1000 * seconds / len(sources) for name, seconds in clock.spent.items()}
    return Parts(
        spent | _stored(loaded, folder),
        len(sources),
        sum(graph.nquads.count("\n") for graph in graphs),
        tuple(graph.failure for graph in graphs if graph.failure),
    )


def _article(source: Source, clock: Clock) -> Graph:
    with clock.timed("clean"):
        document = clean(source)
    with clock.wrapped(stages, RESOLVE, "resolve"), clock.timed("recognise"):
        facts: Facts = stages.recognise(document)
    with clock.timed("RDF"):
        nquads = to_nquads(facts, divisions=division_by_code)
    with clock.timed("validate"):
        report = _validator().validate(nquads)
    with clock.timed("digest"):
        graph_digest(nquads)
    return Graph(nquads, "" if report.conforms else f"{source.id} violates the shapes: {report.text}")


@cache
def _validator() -> Validator:
    """One for all articles, as in a worker."""
    return make_validator()


def _prepared(sources: list[Source], folder: Path) -> list[Prepared]:
    with Store.open(folder / "none") as store:
        preparer = Preparer(recipe_for(store, LoadSettings()), None)
        return [preparer.prepare(source) for source in sources]


def _handed_over(prepared: list[Prepared], part: Path) -> list[Prepared]:
    """What a worker writes and the process that has the store reads."""
    with part_writer(part) as write:
        for one in prepared:
            write(one)
    return list(read_part(part))


def _stored(loaded: list[Loaded], folder: Path) -> dict[str, float]:
    """Milliseconds for an article: the first half in bulk, the second half on top of it."""
    half, clock = (len(loaded) + 1) // 2, Clock()
    some = {"store, bulk": loaded[:half], "store, by article": loaded[half:]}
    with Store.open(folder / "bulk") as store:
        with clock.timed("store, bulk"):
            list(store.fill(_batches(some["store, bulk"])))
        with clock.timed("store, by article"):
            for batch in _batches(some["store, by article"]):
                store.commit(batch)
    return {name: 1000 * clock.spent[name] / len(articles) for name, articles in some.items()}


def _batches(loaded: list[Loaded]) -> Iterator[list[Loaded]]:
    return (loaded[begin : begin + BATCH] for begin in range(0, len(loaded), BATCH))
