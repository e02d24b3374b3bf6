"""A thing's description as RDF: what it says, what points to it, the facts that do, their evidence, their neighbours' names.

A description has pages: each tells of the next INVERSE_LINKS links that point to the thing, in an order that stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from zhiguan.serve.data.description import write_triples
from zhiguan.serve.engine.backend import Reader, ask_rows, ask_triples, fixed_query
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.http.negotiate import QUADS, Format

INVERSE_LINKS = 200
"""Links to the thing on one page of its description."""
NEIGHBOURS = 1000
"""Neighbours that are named at most."""
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_MARK = "{ }"


@dataclass(frozen=True, slots=True)
class Description:
    """The triples of one page of a thing's description, of which `links` point to it; `more` when there are more pages."""

    triples: frozenset[Triple]
    links: int
    more: bool


def _about(store: Reader, name: str, nodes: Iterable[NamedNode]) -> list[Triple]:
    """Triples of a fixed CONSTRUCT about several things; they take the place of its empty VALUES.

    A NamedNode writes itself as the grammar wants it, so no IRI can change what the query does.
    """
    values = " ".join(map(str, dict.fromkeys(nodes)))
    if not values:
        return []
    result = store.query(fixed_query(name).replace(_MARK, f"{{ {values} }}", 1), trusted=True)
    if not isinstance(result, QueryTriples):
        raise TypeError(f"{name} is no CONSTRUCT")
    return list(result)


def describe(store: Reader, iri: str, page: int = 1, *, evidence: bool = True) -> Description:
    """One page of a thing's description; without `evidence` the attestations are left out."""
    node = NamedNode(iri)
    query = "describe-inverse" if evidence else "describe-inverse-plain"
    rows = ask_rows(store, query, {"x": node}, INVERSE_LINKS + 1, (page - 1) * INVERSE_LINKS)
    links = [Triple(NamedNode(r["s"].value), NamedNode(r["p"].value), node) for r in rows[:INVERSE_LINKS]]
    facts = [link.subject for link in links if isinstance(link.subject, NamedNode)]
    triples = {*ask_triples(store, "describe-own", {"x": node}), *links, *_about(store, "describe-nodes", facts)}
    if evidence:
        triples.update(_about(store, "describe-evidence", facts))
    triples.update(_about(store, "describe-names", _unnamed(triples)))
    return Description(frozenset(triples), len(links), len(rows) > INVERSE_LINKS)


def _unnamed(triples: Iterable[Triple]) -> list[NamedNode]:
    """The things that the triples point to and say nothing of."""
    told = {each.subject for each in triples}
    found = {each.object for each in triples if isinstance(each.object, NamedNode) and each.object not in told}
    return sorted(found, key=str)[:NEIGHBOURS]


def page_links(address: str, iri: str, page: int, more: bool) -> set[Triple]:
    """What ties the pages of a description together (https://www.hydra-cg.com/spec/latest/core/); nothing for a single one."""
    if page == 1 and not more:
        return set()

    def view(number: int) -> NamedNode:
        return NamedNode(f"{address}?page={number}")

    steps = {"first": 1} | ({"previous": page - 1} if page > 1 else {}) | ({"next": page + 1} if more else {})
    triples = {Triple(view(page), NamedNode(_HYDRA + name), view(number)) for name, number in steps.items()}
    triples.add(Triple(view(page), NamedNode(PREFIXES["rdf"] + "type"), NamedNode(_HYDRA + "PartialCollectionView")))
    triples.add(Triple(view(page), NamedNode(PREFIXES["foaf"] + "primaryTopic"), NamedNode(iri)))
    return triples


def graph_triples(store: Reader, iri: str) -> list[Triple]:
    """All triples of a named graph."""
    return ask_triples(store, "graph-triples", {"x": NamedNode(iri)})


def _has_graphs(triple: Triple) -> bool:
    """Whether a statement can be asked for in the graphs: one of nameless nodes cannot."""
    return isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal)


def _quads(store: Reader, triples: Sequence[Triple]) -> list[Quad]:
    """Each statement in each named graph that says it; in the default graph where none does."""
    asked = [each for each in triples if _has_graphs(each)]
    values = " ".join(f"({each.subject} {each.predicate} {each.object})" for each in asked)
    result = store.query(fixed_query("describe-graphs").replace(_MARK, f"{{ {values} }}", 1), trusted=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError("describe-graphs is no SELECT")
    quads = [Quad(row["s"], row["p"], row["o"], row["graph"]) for row in result]
    said = {quad.triple for quad in quads}
    return quads + [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples if t not in said]


def write_description(store: Reader, triples: Iterable[Triple], form: Format, graph: str | None = None) -> bytes:
    """The description in that format; TriG and N-Quads tell which graph says each statement (`graph`, if all are its)."""
    if not isinstance(form.engine, RdfFormat) or form not in QUADS:
        return write_triples(triples, form)
    if graph is not None:
        quads = [Quad(t.subject, t.predicate, t.object, NamedNode(graph)) for t in set(triples)]
    else:
        quads = _quads(store, list(set(triples)))
    return serialize(sorted(quads, key=_graph_first), format=form.engine, prefixes=PREFIXES) or b""


def _graph_first(quad: Quad) -> tuple[str, ...]:
    return tuple(map(str, (quad.graph_name, quad.subject, quad.predicate, quad.object)))
