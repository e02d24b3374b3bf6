"""Folders of graphs that are built beside the one in use and take its place whole: first fills, and compaction."""

import io
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from zhiguan.errors import StoreError
from zhiguan.rdf.iris import Iris
from zhiguan.store.entries import Loaded, Outcome, text_digest
from zhiguan.store.folder import GRAPH
from zhiguan.store.graphs import graph_digest
from zhiguan.store.manifest import Manifest
from zhiguan.store.writing import entry_of


class Stream(io.RawIOBase):
    """Pieces of bytes as a file that is read once from its beginning, never holding more than a piece or two."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """See `io.RawIOBase`."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer)  # type: ignore[arg-type]
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class Filler:
    """Takes batches of a first fill to the manifest, and their graphs on to the bulk loader."""

    def __init__(self, manifest: Manifest, base: str) -> None:
        self._manifest = manifest
        self._iris = Iris(base)
        self.outcomes: list[list[Outcome]] = []
        self.failure: Exception | None = None

    def graphs(self, batches: Iterable[Sequence[Loaded]]) -> Iterator[bytes]:
        """The graphs of the batches as N-Quads, an article at a time; their rows and texts are written before."""
        for batch in self._watched(batches):
            with self._manifest.transaction():
                self.outcomes.append([self._note(loaded) for loaded in batch])
            for loaded in batch:
                if loaded.nquads is not None:
                    yield loaded.nquads.encode()

    def _watched(self, batches: Iterable[Sequence[Loaded]]) -> Iterator[Sequence[Loaded]]:
        """The batches; an error of whoever makes them is kept where it looks like one of the store."""
        try:
            yield from batches
        except (OSError, RuntimeError, sqlite3.Error) as error:
            self.failure = error
            raise

    def _note(self, loaded: Loaded) -> Outcome:
        if loaded.nquads is None:
            self._manifest.keep_filling(entry_of(loaded, "", 0, ""), loaded.report)
            return Outcome.SET_ASIDE
        tail = f" <{self._iris.graph(loaded.article)}> .\n"
        lines = loaded.nquads.splitlines(keepends=True)
        if not all(line.endswith(tail) for line in lines):
            raise StoreError(f"the statements handed in for {loaded.article} belong to another graph")
        digest = loaded.text_digest or text_digest(loaded.text)
        graph = loaded.graph_digest or graph_digest(loaded.nquads)
        self._manifest.keep_filling(entry_of(loaded, graph, len(set(lines)), digest), None)
        self._manifest.put_text(loaded.text, digest)
        self._manifest.reposts.put(loaded.article, loaded.published, bytes.fromhex(loaded.signature))
        return Outcome.LOADED


def next_folder(current: str) -> str:
    """Name of the folder that comes after `graph-N`."""
    return f"{GRAPH}{int(current.removeprefix(GRAPH)) + 1}"


def build(folder: Path, quads: Iterable[ox.Quad], graphs: Iterable[bytes] = ()) -> ox.Store:
    """A new folder of graphs with these statements and those of the N-Quads, on the disk when it returns; the store is
    open and thereby locked. The folder does not outlive an error."""
    store = ox.Store(str(folder))
    done = False
    try:
        store.bulk_load(cast(IO[bytes], Stream(graphs)), ox.RdfFormat.N_QUADS)
        store.bulk_extend(quads)
        store.flush()
        done = True
    finally:
        if not done:
            del store
            shutil.rmtree(folder, ignore_errors=True)
    return store
