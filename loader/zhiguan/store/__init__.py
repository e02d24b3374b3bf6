"""The graph store: one folder, one door to it. No other package opens an Oxigraph store.

Queries see the union of all named graphs as the default graph. Nothing can be changed through `query`.
"""

from zhiguan.store.entries import Entry, Loaded, Outcome, State, text_digest
from zhiguan.store.graphs import graph_digest
from zhiguan.store.manifest import MANIFEST, Manifest
from zhiguan.store.store import VOCABULARY_GRAPHS, Counts, Store, StoredArticle, read_version

__all__ = [
    "MANIFEST",
    "VOCABULARY_GRAPHS",
    "Counts",
    "Entry",
    "Loaded",
    "Manifest",
    "Outcome",
    "State",
    "Store",
    "StoredArticle",
    "graph_digest",
    "read_version",
    "text_digest",
]
