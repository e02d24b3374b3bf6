"""The gate before the store: RDF of an article against the shapes of the ontology, in memory, with pySHACL.

Only a violation keeps an article out; a warning says that something is not known. Articles are looked at one by one: a
dump of many is taken apart by graph, because what holds for one article (one list order, one name) need not for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pyoxigraph as ox
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator as ShaclRun
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from zhiguan import resources
from zhiguan.errors import ZhiguanError
from zhiguan.rdf import terms

_STRING = ox.NamedNode(terms.XSD + "string")
_START, _END, _EXACT = (URIRef(iri) for iri in (terms.START, terms.END, terms.EXACT))
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One thing that a shape finds amiss. `shape` is the last part of its IRI; `focus`, `path` and `value` are terms
    of N-Triples, '' where the shape says none; `message` holds the Chinese and the English words."""

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    message: tuple[str, ...]

    def __str__(self) -> str:
        value = f" {self.value}" if self.value else ""
        return f"{self.severity} {self.shape}: {' / '.join(self.message)} {self.focus}{value}"


@dataclass(frozen=True)
class Report:
    """What the shapes say of some RDF; `graph` is the W3C SHACL validation report."""

    results: tuple[Result, ...]
    graph: Graph

    @property
    def violations(self) -> tuple[Result, ...]:
        """What would mislead and keeps the article out."""
        return tuple(result for result in self.results if result.severity == "Violation")

    @property
    def warnings(self) -> tuple[Result, ...]:
        """What is incomplete, or not as one would wish."""
        return tuple(result for result in self.results if result.severity != "Violation")

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return not self.violations

    @property
    def text(self) -> str:
        """The violations, else the warnings, one a line; '' where there are neither."""
        return "\n".join(map(str, self.violations or self.warnings))

    @cached_property
    def turtle(self) -> str:
        """The validation report in Turtle."""
        return self.graph.serialize(format="turtle")


class Validator:
    """Shapes compiled once, for many articles. Not to be shared between threads."""

    def __init__(self) -> None:
        # a store without contexts answers faster; the shapes need none
        graph = Graph(store="SimpleMemory").parse(data=resources.read_ontology("shapes.ttl"), format="turtle")
        self._messages = {str(message): message for message in graph.objects(None, SH.message)}
        _spread_targets(graph)
        self._shapes = ShapesGraph(graph)
        self._core = ShapesGraph(_without_sparql(graph))

    def validate(self, text: str) -> Report:
        """Check N-Quads or N-Triples, each graph by itself. ZhiguanError when the text is neither."""
        reports = [self._run(graph) for graph in _graphs(text)]
        whole = reports[0] if len(reports) == 1 else _joined(reports)
        self._restore_languages(whole)
        return Report(tuple(sorted(_results(whole))), whole)

    def _run(self, graph: Graph) -> Graph:
        shapes = self._core if _quotes_fit(graph) else self._shapes
        run = ShaclRun(DataGraph.from_rdflib(graph), shacl_graph=shapes.graph, options={"inplace": True})
        run.shacl_graph = shapes  # its own would compile the shapes anew for every article
        report: Graph = run.run()[1]  # type: ignore[no-untyped-call]
        return report

    def _restore_languages(self, report: Graph) -> None:
        """Give the messages of SPARQL constraints back the language tags that pySHACL drops."""
        for node, message in list(report.subject_objects(SH.resultMessage)):
            tagged = self._messages.get(str(message))
            if tagged is not None and tagged != message:
                report.remove((node, SH.resultMessage, message))
                report.add((node, SH.resultMessage, tagged))


def _spread_targets(shapes: Graph) -> None:
    """Give each property shape the targets of its node shapes and unhook it from them: the same demands, but pySHACL
    then runs a property shape once over all nodes instead of once for each, in a fifth of the time."""
    for node, shape in list(shapes.subject_objects(SH.property)):
        targets = [(kind, value) for kind in _TARGETS for value in shapes.objects(node, kind)]
        for kind, value in targets:
            shapes.add((shape, kind, value))
        if targets:
            shapes.remove((node, SH.property, shape))


def _without_sparql(shapes: Graph) -> Graph:
    core = Graph(store="SimpleMemory")
    core += shapes
    core.remove((None, SH.sparql, None))
    return core


def _quotes_fit(graph: Graph) -> bool:
    """Whether each quote is as long as its positions say: what the one SPARQL constraint asks (zgs:quote-length).

    That query takes longer than all other constraints together; so it only runs where it has something to report.
    """
    for selector, exact in graph.subject_objects(_EXACT):
        start, end = graph.value(selector, _START), graph.value(selector, _END)
        if not (_is_whole(start) and _is_whole(end) and int(str(end)) - int(str(start)) == len(str(exact))):
            return False
    return True


def _is_whole(node: Node | None) -> bool:
    return node is not None and str(node).isdecimal()


def _graphs(text: str) -> Iterator[Graph]:
    """The named graphs of the text as rdflib graphs; read by pyoxigraph, whose parser is many times as fast."""
    quads: defaultdict[str, list[ox.Quad]] = defaultdict(list)
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
            quads[str(quad.graph_name)].append(quad)
    except SyntaxError as error:
        raise ZhiguanError(f"neither N-Quads nor N-Triples: {error}") from error
    for name in sorted(quads) or [""]:
        graph = Graph()
        term = cache(_term)  # half of all terms come again, and rdflib's are slow to make
        for quad in quads[name]:
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
        yield graph


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype == _STRING  # rdflib tells "x" from "x"^^xsd:string, RDF 1.1 does not
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ZhiguanError(f"triple terms are not in use here: {term}")


def _joined(reports: Iterable[Graph]) -> Graph:
    whole = Graph()
    for report in reports:
        whole += report
    return whole


def _results(report: Graph) -> Iterator[Result]:
    for node in report.subjects(SH.resultSeverity):
        messages = sorted(report.objects(node, SH.resultMessage), key=_chinese_first)
        yield Result(
            severity=_last_part(report.value(node, SH.resultSeverity)),
            shape=_last_part(report.value(node, SH.sourceShape)),
            focus=_n3(report.value(node, SH.focusNode)),
            path=_n3(report.value(node, SH.resultPath)),
            value=_n3(report.value(node, SH.value)),
            message=tuple(str(message) for message in messages),
        )


def _chinese_first(message: Node) -> tuple[bool, str]:
    return not (isinstance(message, Literal) and message.language == "zh"), str(message)


def _last_part(node: Node | None) -> str:
    return str(node).rpartition("#")[2]


def _n3(node: Node | None) -> str:
    """A term in N-Triples; '' for none and for blank nodes, whose names mean nothing outside of the report."""
    return node.n3() if isinstance(node, URIRef | Literal) else ""
