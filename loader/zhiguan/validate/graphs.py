"""N-Quads taken apart into graphs of N-Triples, which is what SHACL engines look at, and these as rdflib graphs."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from zhiguan.errors import ZhiguanError
from zhiguan.rdf import terms

_STRING = ox.NamedNode(terms.XSD + "string")
# rdflib logs a traceback for each ill-typed literal; here that is for the shapes to report
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


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


class _IllTyped(Literal):
    """A literal whose words are none of its datatype's, such as a 45th of a month. It compares with nothing, which
    makes sh:lessThan report it (SHACL, section 4.5.3); rdflib's own would raise TypeError out of pySHACL."""

    __slots__ = ()

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never


def to_rdflib(triples: str) -> Graph:
    """The triples as an rdflib graph; read by pyoxigraph, whose parser is many times as fast."""
    graph = Graph()
    term = cache(rdflib_term)  # half of all terms come again, and rdflib's are slow to make
    try:
        for triple in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
            graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    except SyntaxError as error:
        raise ZhiguanError(f"not N-Triples: {error}") from error
    return graph


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """The term as rdflib has it. ZhiguanError for a triple term."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype == _STRING  # rdflib tells "x" from "x"^^xsd:string, RDF 1.1 does not
        datatype = None if plain else URIRef(term.datatype.value)
        literal = Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        return _IllTyped(term.value, datatype=datatype, normalize=False) if literal.ill_typed else literal
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ZhiguanError(f"triple terms are not in use here: {term}")
