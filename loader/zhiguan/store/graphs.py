"""Named graphs in Oxigraph, as sets of statements: what they say, how they are replaced, how folders of them open."""

import hashlib
import time
from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from zhiguan import resources
from zhiguan.errors import StoreError

VOCABULARY_GRAPHS = {
    "https://w3id.org/zhiguan/ontology": "zhiguan.ttl",
    "https://w3id.org/zhiguan/vocabulary": resources.VOCABULARIES,
}
"""Named graphs that every store holds, and what of the ontology each is read from."""

_READ_ATTEMPTS = 5
_READ_PAUSE = 0.1


def statements(nquads: str, graph: str) -> set[ox.Quad]:
    """The statements of `graph` in N-Quads text; StoreError if it is malformed or speaks of another graph."""
    try:
        quads = set(ox.parse(nquads, ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"the graph {graph} is not N-Quads: {error}") from error
    name = ox.NamedNode(graph)
    if any(quad.graph_name != name for quad in quads):
        raise StoreError(f"the statements handed in for {graph} belong to another graph")
    return quads


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """SHA-256 (hexadecimal) of statements, whatever their order: their canonical N-Quads lines, sorted. '' of none."""
    lines = sorted(str(quad) for quad in quads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def graph_digest(nquads: str) -> str:
    """SHA-256 (hexadecimal) of what N-Quads text says, the same for text that says the same; to be worked out beside
    the other stages, away from the one process that writes. StoreError where it is malformed."""
    try:
        return digest_of(set(ox.parse(nquads, ox.RdfFormat.N_QUADS)))
    except SyntaxError as error:
        raise StoreError(f"not N-Quads: {error}") from error


def stored(store: ox.Store, graph: str) -> set[ox.Quad]:
    """What the store says in a graph."""
    return set(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def put_graph(store: ox.Store, graph: str, quads: Set[ox.Quad]) -> None:
    """Make a graph say exactly this, in one transaction: readers, and who opens the store after a crash or a full disk,
    see the old graph or the new."""
    name = ox.NamedNode(graph)
    if not store.contains_named_graph(name):
        store.extend(quads)  # one transaction as well, at less than half the price
        return
    insert = f"; INSERT DATA {{ GRAPH {name} {{ {_ntriples(quads)} }} }}" if quads else ""
    store.update(f"DROP SILENT GRAPH {name} {insert}")


def _ntriples(quads: Set[ox.Quad]) -> str:
    """N-Triples: a part of SPARQL's INSERT DATA that escapes whatever a literal could break out with."""
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return cast(bytes, text).decode()


@cache
def vocabulary(turtle: str, graph: str) -> frozenset[ox.Quad]:
    """Turtle as statements of a graph, canonical (RDFC-1.0) so that blank nodes have the same names in every store."""
    name = ox.NamedNode(graph)
    triples = ox.parse(turtle, ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def open_to_read(folder: Path) -> ox.Store:
    """A folder of graphs as it stands. A writer that opens beside us may replace files between our listing and our
    reading of them: then once more."""
    for _ in range(_READ_ATTEMPTS - 1):
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error) or not folder.is_dir():
                raise
            time.sleep(_READ_PAUSE)
    return ox.Store.read_only(str(folder))
