"""The graph store: one folder, one door to it. No other package opens an Oxigraph store.

Queries see the union of all named graphs as the default graph. Nothing can be changed through `query`.
"""

from zhiguan.store.backup import back_up, restore
from zhiguan.store.checking import Fault, check_store
from zhiguan.store.entries import Entry, Loaded, Outcome, State, text_digest
from zhiguan.store.folder import read_version
from zhiguan.store.graphs import VOCABULARY_GRAPHS, graph_digest
from zhiguan.store.manifest import MANIFEST, Manifest
from zhiguan.store.reading import Counts, StoredArticle
from zhiguan.store.store import Store

__all__ = [
    "MANIFEST",
    "VOCABULARY_GRAPHS",
    "Counts",
    "Entry",
    "Fault",
    "Loaded",
    "Manifest",
    "Outcome",
    "State",
    "Store",
    "StoredArticle",
    "back_up",
    "check_store",
    "graph_digest",
    "read_version",
    "restore",
    "text_digest",
]
