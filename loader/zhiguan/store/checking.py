"""Whether a store is what its manifest says: every article wholly in it, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from zhiguan.rdf.iris import Iris
from zhiguan.store.entries import Entry, text_digest
from zhiguan.store.folder import in_words, read_version
from zhiguan.store.graphs import digest_of, stored
from zhiguan.store.store import Store

AGAIN = "remove it and load it again"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the cure; `article` is '' where it is the store's."""

    article: str
    words: str

    def __str__(self) -> str:
        return f"{self.article}: {self.words}" if self.article else self.words


def check_store(store: Store) -> Iterator[Fault]:
    """All faults of a store, an article at a time (about 3 ms each); none where it is whole."""
    with in_words(store.path):
        yield from _check_manifest(store)
        for entry in store.manifest.entries():
            yield from _check_article(entry, store)
        yield from _check_strays(store)


def _check_manifest(store: Store) -> Iterator[Fault]:
    for words in store.manifest.damage():
        yield Fault("", f"the manifest is damaged ({words}); restore the store from a backup")
    for entry in store.manifest.pending():
        yield Fault(entry.id, "was being written when its writer ended; loading anything mends the store")
    if read_version(store.path) != store.manifest.version:
        yield Fault("", "the version file lags behind; loading anything mends the store")


def _check_article(entry: Entry, store: Store) -> Iterator[Fault]:
    quads = stored(store.graphs, Iris(store.base).graph(entry.id))
    if digest_of(quads) != entry.graph_digest or len(quads) != entry.quads:
        yield Fault(entry.id, f"its graph has {len(quads)} statements, not the {entry.quads} that were stored; {AGAIN}")
    if entry.has_graph and (fault := _text_fault(entry, store)):
        yield Fault(entry.id, f"{fault}; {AGAIN}")


def _text_fault(entry: Entry, store: Store) -> str:
    text = store.manifest.get_text(entry.text_digest)
    if text is None:
        return "its text is not in the store"
    return "" if text_digest(text) == entry.text_digest else "its text is not the one that was stored"


def _check_strays(store: Store) -> Iterator[Fault]:
    """Graphs and texts of no article. Graphs that are no articles', such as the vocabulary, have other names."""
    known = {Iris(store.base).graph(entry.id) for entry in store.manifest.entries() if entry.has_graph}
    for graph in store.graphs.named_graphs():
        if (
            isinstance(graph, ox.NamedNode)
            and graph.value.startswith(f"{store.base}graph/")
            and graph.value not in known
        ):
            yield Fault("", f"the graph {graph.value} is no article's; dump what you need and load into a new store")
    if unused := len(store.manifest.unused_texts()):
        yield Fault("", f"{unused} texts are no article's; zhiguan compact removes them")
