"""Named graphs as sets of statements."""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from zhiguan.errors import StoreError


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
    """SHA-256 (hexadecimal) of statements, whatever their order: their canonical N-Quads lines, sorted."""
    lines = sorted(str(quad) for quad in quads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def graph_digest(nquads: str) -> str:
    """SHA-256 (hexadecimal) of what N-Quads text says, the same for text that says the same; to be worked out beside
    the other stages, away from the one process that writes. StoreError where it is malformed."""
    try:
        return digest_of(set(ox.parse(nquads, ox.RdfFormat.N_QUADS)))
    except SyntaxError as error:
        raise StoreError(f"not N-Quads: {error}") from error
