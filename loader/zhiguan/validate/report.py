"""What the shapes say of some RDF: the W3C validation report, and its results as plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node


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
    """What the shapes say of some RDF. `conforms`: there is no violation; warnings do not count. The rest is worked
    out when it is asked for, since most articles conform and nobody asks."""

    conforms: bool
    make: Callable[[], Graph] = field(repr=False, compare=False)

    @cached_property
    def graph(self) -> Graph:
        """The W3C SHACL validation report."""
        return self.make()

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """All results, sorted. Equal ones, which a SPARQL constraint gives where its query has equal rows, count once."""
        return tuple(sorted(set(_results(self.graph))))

    @property
    def violations(self) -> tuple[Result, ...]:
        """What would mislead and keeps the article out."""
        return tuple(result for result in self.results if result.severity == "Violation")

    @property
    def warnings(self) -> tuple[Result, ...]:
        """What is incomplete, or not as one would wish."""
        return tuple(result for result in self.results if result.severity != "Violation")

    @property
    def text(self) -> str:
        """The violations, else the warnings, one a line; '' where there are neither."""
        return "\n".join(map(str, self.violations or self.warnings))

    @cached_property
    def turtle(self) -> str:
        """The validation report in Turtle."""
        return self.graph.serialize(format="turtle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A result that no SHACL engine found: the IRI of the rule in place of the shape, and the words by language."""

    rule: str
    words: Mapping[str, str]
    severity: URIRef = SH.Warning
    focus: Node | None = None
    value: Node | None = None


def report_findings(findings: Iterable[Finding]) -> Report:
    """A report, of the form that SHACL engines make, of other findings."""
    graph = Graph()
    for finding in findings:
        result = BNode()
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.resultSeverity, finding.severity))
        graph.add((result, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent))
        graph.add((result, SH.sourceShape, URIRef(finding.rule)))
        for language, words in finding.words.items():
            graph.add((result, SH.resultMessage, Literal(words, lang=language)))
        for edge, node in ((SH.focusNode, finding.focus), (SH.value, finding.value)):
            if node is not None:
                graph.add((result, edge, node))
    merged = merge_reports([graph])
    return Report((None, SH.resultSeverity, SH.Violation) not in graph, lambda: merged)


def merge_reports(graphs: Iterable[Graph]) -> Graph:
    """One validation report of several. As the standard has it, sh:conforms is true only where there is no result of
    any severity (SHACL, section 3.6.1.1)."""
    whole, report = Graph(), BNode()
    whole.bind("sh", SH)
    for graph in graphs:
        whole += graph
    for old in list(whole.subjects(RDF.type, SH.ValidationReport)):
        whole.remove((old, None, None))
    whole.add((report, RDF.type, SH.ValidationReport))
    for result in set(whole.subjects(SH.resultSeverity)):
        whole.add((report, SH.result, result))
    whole.add((report, SH.conforms, Literal((report, SH.result, None) not in whole)))
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
