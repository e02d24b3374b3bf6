"""N-Quads taken apart into graphs of N-Triples, which is what SHACL engines look at."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from zhiguan.errors import ZhiguanError


def split_graphs(text: str) -> Iterator[tuple[str, str]]:
    """Each graph of the text by its IRI ('' for the default graph), with its triples as N-Triples; an empty text is
    one empty graph. ZhiguanError when the text is neither N-Quads nor N-Triples."""
    try:
        yield from _one_graph(text) or _many_graphs(text)
    except SyntaxError as error:
        raise ZhiguanError(f"neither N-Quads nor N-Triples: {error}") from error


def _one_graph(text: str) -> list[tuple[str, str]]:
    """The graph of a text whose every line is a quad of one and the same, as the mapping writes them; else nothing.

    No literal can hold the ending, since it has a line break; so it need not be parsed, which takes thrice as long.
    """
    first = next(iter(ox.parse(text[: text.find("\n") + 1], format=ox.RdfFormat.N_QUADS)), None)
    if first is None or not isinstance(first.graph_name, ox.NamedNode):
        return []
    ending = f" {first.graph_name} .\n"
    if not text.endswith(ending) or text.count(ending) != text.count("\n"):
        return []
    return [(first.graph_name.value, text.replace(ending, " .\n"))]


def _many_graphs(text: str) -> Iterator[tuple[str, str]]:
    triples: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode | ox.BlankNode) else ""
        triples[name].append(quad.triple)
    for name in sorted(triples) or [""]:
        yield name, "".join(f"{triple} .\n" for triple in triples[name])
