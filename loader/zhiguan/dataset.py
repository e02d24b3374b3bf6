"""The dataset that a query is about: the graphs its caller names, else those of its own FROM, else the union of all.

The engine lets the union win over FROM and has no way to ask a query, so the text is looked at: strings, IRIs and
comments are taken out first (SPARQL 1.1, 19.8, terminals), then FROM cannot be anything but the keyword, unless a
variable, a prefixed name or a prefix has that name.
"""

import re
from collections.abc import Sequence
from typing import TypedDict

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

_OPAQUE = re.compile(
    r"""(?P<iri><[^<>"{}|^`\x00-\x20]*>)
      | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | \#[^\n\r]*""",
    re.VERBOSE | re.DOTALL,
)
_FROM = re.compile(r"(?<![?$:\w@.-])from(?:\s*named)?(?:\s*<>|\s+[\w.-]*:)", re.IGNORECASE)


def has_dataset_clause(query: str) -> bool:
    """Whether the query has a FROM or FROM NAMED clause of its own."""
    bare = _OPAQUE.sub(lambda found: "<>" if found["iri"] else " ", query)
    return bool(_FROM.search(bare))


class Dataset(TypedDict, total=False):
    """The engine's words for a dataset."""

    use_default_graph_as_union: bool
    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]


def choose_dataset(query: str, default: Sequence[str] | None, named: Sequence[str] | None) -> Dataset:
    """What the engine is told about a query; `default` and `named` are the graphs (IRIs) that its caller names."""
    if default is None and named is None:
        return {"use_default_graph_as_union": not has_dataset_clause(query)}
    return {
        "default_graph": [NamedNode(graph) for graph in default or ()],
        "named_graphs": [NamedNode(graph) for graph in named or ()],
    }
