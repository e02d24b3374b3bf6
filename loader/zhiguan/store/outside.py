"""What is no article: SPARQL updates, and whole graphs as the Graph Store Protocol sees them.

Each change is one transaction and is on the disk when its function returns. It may touch any graph; the manifest is not
told of it, so that `zhiguan check` names the articles' graphs that were changed so, and loading again restores them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from zhiguan.errors import QueryError
from zhiguan.guard import refuse_fetching
from zhiguan.results import PREFIXES
from zhiguan.store.store import Store
from zhiguan.store.updates import use_graphs


@dataclass(frozen=True, slots=True)
class Payload:
    """A graph in a file, in a format of `results.GRAPH_FORMATS`; relative IRIs in it are resolved against `base`."""

    file: Path
    form: ox.RdfFormat
    base: str


def update(store: Store, text: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> None:
    """Run an update, all of it or nothing. `default` and `named` are the graphs that its WHERE clauses see; QueryError
    where it is none, or would fetch from elsewhere."""
    refuse_fetching(text)
    whole = use_graphs(text, default, named)
    with store.changing() as graph:
        try:
            graph.update(whole, base_iri=store.base, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL update: {error}") from error


def read_graph(store: Store, name: str) -> Iterator[ox.Triple] | None:
    """The triples of the graph of that name, of the default graph where it is ""; None where there is no such graph."""
    graph = store.graphs
    node = _node(name)
    if isinstance(node, ox.NamedNode) and not graph.contains_named_graph(node):
        return None
    return (quad.triple for quad in graph.quads_for_pattern(None, None, None, node))


def put_graph(store: Store, name: str, payloads: Sequence[Payload], *, replace: bool) -> bool:
    """Make the graph say what the payloads say, or add that to it; whether there was no such graph before. QueryError
    where a payload is malformed."""
    node = _node(name)
    triples = [triple for each in payloads for triple in _parse(each)]
    with store.changing() as graph:
        known = not isinstance(node, ox.NamedNode) or graph.contains_named_graph(node)
        graph.update(_said(node, triples, drop=replace, create=replace or not known))
    return not known


def drop_graph(store: Store, name: str) -> bool:
    """Remove a graph, or empty the default graph (""); whether there was one."""
    node = _node(name)
    known = not isinstance(node, ox.NamedNode) or store.graphs.contains_named_graph(node)
    if known:
        with store.changing() as graph:
            graph.remove_graph(node)
    return known


def _node(name: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def _parse(payload: Payload) -> list[ox.Triple]:
    try:
        quads = ox.parse(path=str(payload.file), format=payload.form, base_iri=payload.base, rename_blank_nodes=True)
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        raise QueryError(f"not {payload.form.name}: {error}") from error


def _said(node: ox.NamedNode | ox.DefaultGraph, triples: list[ox.Triple], *, drop: bool, create: bool) -> str:
    """The update that says it, in one transaction; N-Triples escapes whatever a literal could break out with."""
    data = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    if isinstance(node, ox.DefaultGraph):
        return f"{'CLEAR DEFAULT ;' if drop else ''} INSERT DATA {{ {data} }}"
    steps = [f"DROP SILENT GRAPH {node}"] if drop else []
    steps += [f"CREATE SILENT GRAPH {node}"] if create else []
    return " ; ".join([*steps, f"INSERT DATA {{ GRAPH {node} {{ {data} }} }}"])
