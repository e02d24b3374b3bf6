"""A thing's description as RDF: what it says, what points to it, its facts, their evidence, its neighbours' names."""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from zhiguan.serve.data.description import write_triples
from zhiguan.serve.engine.backend import Reader, ask_rows, ask_triples
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.http.negotiate import QUADS, Format

INVERSE_TRIPLES = 200
"""Inverse links in one description; `?page=2` gives the next ones."""
NEIGHBOURS = 1000
"""Neighbours that are named at most."""


def describe(store: Reader, iri: str, page: int = 1) -> set[Triple]:
    """The triples of a thing's description."""
    bind = {"x": NamedNode(iri)}
    triples = set(ask_triples(store, "describe-own", bind))
    triples.update(ask_triples(store, "describe-inverse", bind, INVERSE_TRIPLES, (page - 1) * INVERSE_TRIPLES))
    triples.update(ask_triples(store, "describe-facts", bind))
    triples.update(ask_triples(store, "describe-evidence", bind))
    return triples | _names(store, triples)


def _neighbours(triples: Iterable[Triple]) -> list[NamedNode]:
    """The IRIs that the triples point to or from, without classes."""
    nodes = {node for each in triples for node in (each.subject, each.object) if isinstance(node, NamedNode)}
    return sorted(nodes, key=str)[:NEIGHBOURS]


def _names(store: Reader, triples: Iterable[Triple]) -> set[Triple]:
    named: set[Triple] = set()
    for node in _neighbours(triples):
        named.update(ask_triples(store, "describe-label", {"x": node}))
    return named


def graph_triples(store: Reader, iri: str) -> list[Triple]:
    """All triples of a named graph."""
    return ask_triples(store, "graph-triples", {"x": NamedNode(iri)})


def _graphs(store: Reader, triple: Triple) -> list[Quad]:
    """The statement in each named graph that says it."""
    if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
        return [Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())]
    rows = ask_rows(store, "triple-graphs", {"s": triple.subject, "p": triple.predicate, "o": triple.object})
    return [Quad(triple.subject, triple.predicate, triple.object, NamedNode(row["graph"].value)) for row in rows]


def write_description(store: Reader, triples: Iterable[Triple], form: Format) -> bytes:
    """The description in that format; TriG and N-Quads tell which graph says each statement."""
    if not isinstance(form.engine, RdfFormat) or form not in QUADS:
        return write_triples(triples, form)
    quads = sorted((quad for each in set(triples) for quad in _graphs(store, each)), key=_graph_first)
    return serialize(quads, format=form.engine, prefixes=PREFIXES) or b""


def _graph_first(quad: Quad) -> tuple[str, ...]:
    return tuple(map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object)))
