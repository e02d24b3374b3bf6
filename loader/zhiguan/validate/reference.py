"""The reference: pySHACL, the validator of the RDFLib project."""

from functools import cached_property

from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator as ShaclRun
from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from zhiguan import resources
from zhiguan.errors import ZhiguanError
from zhiguan.rdf import terms
from zhiguan.validate.graphs import to_rdflib
from zhiguan.validate.report import Report

_START, _END, _EXACT = (URIRef(iri) for iri in (terms.START, terms.END, terms.EXACT))
_QUOTE_LENGTH = URIRef("https://w3id.org/zhiguan/shapes#quote-length")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


class PyshaclGate:
    """pySHACL, its shapes compiled once, when they are first needed. Not to be shared between threads."""

    name = "pyshacl"

    def validate(self, triples: str) -> Report:
        """Check one graph as N-Triples. ZhiguanError when it is something else."""
        graph = to_rdflib(triples)
        shapes = self._all_but_quote_length if _quotes_fit(graph) else self._whole
        run = ShaclRun(DataGraph.from_rdflib(graph), shacl_graph=shapes.graph, options={"inplace": True})
        run.shacl_graph = shapes  # its own would compile the shapes anew for every article
        try:
            report: Graph = run.run()[1]  # type: ignore[no-untyped-call]
        except ReportableRuntimeError as error:
            raise ZhiguanError(f"pySHACL cannot check the graph: {error}") from error
        self._restore_languages(report)
        return Report(SH.Violation not in set(report.objects(None, SH.resultSeverity)), lambda: report)

    @cached_property
    def _shapes(self) -> Graph:
        # a store without contexts answers faster; the shapes need none
        graph = Graph(store="SimpleMemory").parse(data=resources.read_ontology("shapes.ttl"), format="turtle")
        _spread_targets(graph)
        return graph

    @cached_property
    def _whole(self) -> ShapesGraph:
        return ShapesGraph(self._shapes)

    @cached_property
    def _all_but_quote_length(self) -> ShapesGraph:
        return ShapesGraph(_without_quote_length(self._shapes))

    @cached_property
    def _messages(self) -> dict[str, Node]:
        return {str(message): message for message in self._shapes.objects(None, SH.message)}

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


def _without_quote_length(shapes: Graph) -> Graph:
    core = Graph(store="SimpleMemory")
    core += shapes
    core.remove((None, SH.sparql, _QUOTE_LENGTH))
    return core


def _quotes_fit(graph: Graph) -> bool:
    """Whether each quote is as long as its positions say: what the constraint zgs:quote-length asks.

    That query takes longer than all other constraints together; so it only runs where it has something to report.
    """
    for selector, exact in graph.subject_objects(_EXACT):
        starts, ends = list(graph.objects(selector, _START)), list(graph.objects(selector, _END))
        if len(starts) != 1 or len(ends) != 1 or not (_is_whole(starts[0]) and _is_whole(ends[0])):
            return False
        if int(str(ends[0])) - int(str(starts[0])) != len(str(exact)):
            return False
    return True


def _is_whole(node: Node) -> bool:
    return str(node).isdecimal()
