"""A store that is open: its making, its locking, and what changes it."""

import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from zhiguan import resources
from zhiguan.errors import StoreError
from zhiguan.rdf.iris import DEFAULT_BASE, Iris
from zhiguan.reposts import to_nquads
from zhiguan.store import filling, folder, writing
from zhiguan.store.entries import Loaded, Outcome
from zhiguan.store.folder import explain, in_words
from zhiguan.store.graphs import VOCABULARY_GRAPHS, open_to_read, put_graph, statements, vocabulary
from zhiguan.store.manifest import MANIFEST, Manifest
from zhiguan.store.reading import Reader

FIRST_GRAPH = f"{folder.GRAPH}1"
WORTH_COMPACTING = 1_000_000
"""Statements: below, compaction gains nothing that anybody would notice."""


class Store(Reader):
    """A store that is open; use it as a context manager, so that leaving it flushes and frees it.

    One process may write; any number may read what was there when they opened it.
    """

    def __init__(
        self, path: Path, base: str, graph: ox.Store, manifest: Manifest, *, version: str | None = None
    ) -> None:
        """`version` is that of a store that is only read, None for one to write."""
        super().__init__(path, base, graph, manifest)
        self.writable = version is None
        self._made = manifest.meta("graph") != ""
        self._version = version

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, base: str | None = None) -> Self:
        """Open the store at `path`. Where there is none, it is made when something is stored in it, unless `read_only`.

        `base` (default DEFAULT_BASE) is fixed when the store is made. A store whose last writer died is mended first.
        StoreError: in use, not a store, no room, no permission, another base or layout.
        """
        place = Path(path)
        with in_words(place):
            if not read_only and not folder.is_made(place):
                return cls(place, base or DEFAULT_BASE, ox.Store(), Manifest.write(":memory:"))
            known = folder.read_base(place)
            if base is not None and known != base:
                raise StoreError(f"the store {place} has the base IRI {known}, not {base}; use another --store")
            if read_only:
                return cls._open_to_read(place, known)
            store = cls(place, known, *_open_to_write(place))
            store._mend()
            return store

    @classmethod
    def _open_to_read(cls, place: Path, base: str) -> Self:
        manifest = Manifest.open(place)
        while True:  # until the folder is not replaced while we open it
            name, version = manifest.meta("graph"), manifest.version  # a change from here on shows as one
            if not name:
                raise folder.no_store(place)
            try:
                return cls(place, base, open_to_read(place / name), manifest, version=version)
            except (OSError, RuntimeError):
                if manifest.meta("graph") == name:
                    manifest.close()
                    raise

    def snapshot(self, checkpoint: Path) -> Self:
        """A read-only store over a checkpoint of the graphs that is made at `checkpoint` (hard links on the same disk),
        so that a writer beside a long reader cannot take files away from it. Texts and manifest stay the store's own."""
        version = self.version
        with in_words(self.path):
            self.graphs.backup(str(checkpoint))
        return self.of_snapshot(self.path, checkpoint, self.base, version)

    @classmethod
    def of_snapshot(cls, path: Path, checkpoint: Path, base: str, version: str = "") -> Self:
        """Open the checkpoint that `snapshot` made of the store at `path`, from any process; `version` is that of the
        store which it was made of."""
        with in_words(path):
            return cls(path, base, ox.Store.read_only(str(checkpoint)), Manifest.open(path), version=version)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self.writable and self._graph is not None:
                self.flush()
        finally:
            self.close()
        if isinstance(error, RuntimeError) and "IO error" in str(
            error
        ):  # met while rows were read, outside our methods
            raise explain(error, self.path) from error

    def close(self) -> None:
        """Let go of the store and its lock."""
        self._graph = None  # Oxigraph closes when the last reference goes
        self.manifest.close()

    @property
    def version(self) -> str:
        """Of the content as this store sees it (of a reader: as it was when it was opened); see `read_version`."""
        return self.manifest.version if self._version is None else self._version

    # Writing

    def commit(self, batch: Sequence[Loaded]) -> list[Outcome]:
        """Store articles, each wholly or not at all; what became of each, in order, once it would survive a power cut.

        An article takes the place of an earlier one of its id, of which nothing is left. One that is set aside leaves
        the earlier one where it is. StoreError: what was committed before is whole, and so is each article.
        """
        with in_words(self.path):
            self._make()
            return [outcome for run in writing.without_repeats(batch) for outcome in self._commit(run)]

    def _commit(self, batch: Sequence[Loaded]) -> list[Outcome]:
        writing.mend(self.manifest, self.graphs, self.base)  # a commit before may have failed
        changes = [writing.plan(loaded, self.manifest.get(loaded.article), self.base) for loaded in batch]
        if changed := [change for change in changes if not change.is_none]:
            writing.carry_out(changed, self.manifest, self.graphs, self.base)
            self._tell_version()
        return [change.outcome for change in changes]

    def fill(self, batches: Iterable[Sequence[Loaded]]) -> Iterator[list[Outcome]]:
        """Fill a store without articles, several times as fast as `commit`; what became of each batch, in order.

        The graphs go to the bulk loader as they come, into a folder beside, which takes its place when the last batch
        is in and all would survive a power cut: readers, and who opens the store after a crash, see the empty store or
        the full one. StoreError where the store has articles, or an article comes twice.
        """
        with in_words(self.path):
            self._make()
            if self.manifest.count():
                raise StoreError(f"the store {self.path} has articles; a first fill needs an empty one")
        filler = filling.Filler(self.manifest, self.base)
        try:
            with in_words(self.path):
                self._rebuild(filler.graphs(batches))
        except StoreError:
            if filler.failure:
                raise filler.failure from None
            raise
        finally:
            self._forget_filling()
        yield from filler.outcomes

    def remove_article(self, article: str) -> bool:
        """Remove an article: its graph, its text where no other article has the same, its place among those set aside;
        whether there was one."""
        with in_words(self.path):
            entry = self.manifest.get(article)
            if entry is None:
                return False
            writing.take_out(entry, self.manifest, self.graphs, self.base)
            self._tell_version()
            self.link_reposts()
            return True

    def link_reposts(self) -> None:
        """Make the derived graph say which articles repeat which, where that has changed since; at the end of a load."""
        with in_words(self.path):
            if not self._made or not self.manifest.reposts.is_stale():
                return
            graph = Iris(self.base).reposts()
            nquads = to_nquads(self.manifest.reposts.repeats(), Iris(self.base))
            put_graph(self.graphs, graph, statements(nquads, graph))
            self.graphs.flush()
            with self.manifest.transaction():
                self.manifest.reposts.settle()
                self.manifest.count_change()
            self._tell_version()

    @contextmanager
    def changing(self) -> Iterator[ox.Store]:
        """The graphs, to be changed at will; what is done inside is acknowledged when it ends. For what is no article:
        the manifest is not told, and `check_store` names the articles' graphs that were changed so."""
        with in_words(self.path):
            self._make()
            yield self.graphs
            self.graphs.flush()
            with self.manifest.transaction():
                self.manifest.count_change()
            self._tell_version()

    def replace_graph(self, graph: str, nquads: str) -> None:
        """Make a graph that is no article's say exactly `nquads`, in one transaction, on the disk when it returns."""
        quads = statements(nquads, graph)
        with self.changing() as store:
            put_graph(store, graph, quads)

    def put_text(self, text: str) -> str:
        """Keep a text that is no article's until the next mending; its SHA-256 (hexadecimal)."""
        with in_words(self.path):
            self._make()
            with self.manifest.transaction():
                return self.manifest.put_text(text)

    def flush(self) -> None:
        """Put all writes on the disk, so that they survive a power cut (about 25 ms)."""
        with in_words(self.path):
            if self._made:
                self.graphs.flush()

    def compact(self) -> None:
        """Build the graphs anew and whole: half the size and twice as fast to ask, where they came an article at a time
        (a million statements: 14 s of CPU). A crash leaves the old ones."""
        with in_words(self.path):
            self._make()
            self._rebuild(())
            with self.manifest.transaction():
                self.manifest.drop_unused_texts()

    @property
    def is_worth_compacting(self) -> bool:
        """Whether at least half of the statements, and a million, came one article at a time since the last compaction."""
        written = self.manifest.written
        return written >= WORTH_COMPACTING and 2 * written >= self.manifest.quads()

    def _rebuild(self, more: Iterable[bytes]) -> None:
        """Put a new folder with the graphs there are, and more, in the place of the old one."""
        current = self.manifest.meta("graph")
        name = filling.next_folder(current)
        graph = filling.build(self.path / name, self.graphs.quads_for_pattern(None, None, None, None), more)
        with self.manifest.transaction():  # the one moment at which all changes
            self.manifest.set_meta("graph", name)
            self.manifest.set_meta("written", "0")
            self.manifest.end_filling()
            self.manifest.count_change()
        self._graph = graph
        self._tell_version()
        shutil.rmtree(self.path / current, ignore_errors=True)

    # Making and mending

    def _make(self) -> None:
        """Make the store, if this is the first that is put into it."""
        if not self.writable:
            raise StoreError(f"the store {self.path} was opened to be read")
        if self._made:
            return
        folder.write_base(self.path, self.base)
        self.manifest.close()
        self._graph, self.manifest = _open_to_write(self.path)
        self._made = True
        self._mend()

    def _mend(self) -> None:
        """Set right what a writer that died left behind, and bring the vocabulary to this version."""
        folder.remove_leftovers(self.path, self.manifest.meta("graph"))
        self._forget_filling()
        writing.mend(self.manifest, self.graphs, self.base)
        self._refresh_vocabulary()
        if folder.read_version(self.path) != self.version:
            self._tell_version()
        self.link_reposts()

    def _forget_filling(self) -> None:
        """Forget what a first fill has left that came to no end."""
        with in_words(self.path), self.manifest.transaction():
            self.manifest.forget_filling()

    def _refresh_vocabulary(self) -> None:
        """Load the ontology and the vocabulary where this version's differ from the store's."""
        for graph, name in VOCABULARY_GRAPHS.items():
            turtle = resources.read_ontology(name)
            digest = hashlib.sha256(turtle.encode()).hexdigest()
            if self.manifest.meta(graph) == digest:
                continue
            put_graph(self.graphs, graph, vocabulary(turtle, graph))
            self.graphs.flush()
            with self.manifest.transaction():
                self.manifest.set_meta(graph, digest)
                self.manifest.count_change()

    def _tell_version(self) -> None:
        folder.write_file(self.path / folder.VERSION, self.version.encode())


def _open_to_write(place: Path) -> tuple[ox.Store, Manifest]:
    """Lock a store that has its note, make what it lacks, and open it. StoreError where another process has it."""
    known = _current(place)
    graph = ox.Store(str(place / known))
    if _current(place) != known:  # its owner put another in its place meanwhile, and may be at work in that
        raise StoreError(f"the store {place} is in use by another zhiguan process; wait until it ends")
    manifest = Manifest.write(place / MANIFEST)
    if not manifest.meta("graph"):
        with manifest.transaction():
            manifest.set_meta("birth", secrets.token_hex(4))
            manifest.set_meta("graph", known)
    return graph, manifest


def _current(place: Path) -> str:
    """The folder of graphs in use, or the first."""
    if not (place / MANIFEST).exists():
        return FIRST_GRAPH
    with Manifest.open(place) as manifest:
        return manifest.meta("graph") or FIRST_GRAPH
