"""The W3C's data-shapes test suite against the fast engine: core and SPARQL, each result in full.

A result is its focus, path, value, component, severity and shape. What is known to fail stands in `KNOWN` with its
reason, and fails here as soon as it passes.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.namespace import Namespace as Ns
from rdflib.term import Node
from tests.graphs import SHARED, needs_shared

from zhiguan.errors import ZhiguanError
from zhiguan.validate import ShiftyGate

SUITE = SHARED / "w3c" / "data-shapes-test-suite" / "tests"
MF, SHT = Ns("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"), Ns("http://www.w3.org/ns/shacl-test#")
PARTS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
PATH = "the report names a blank node as the path but does not describe it; everything else in it is right"
KNOWN = {
    **{
        f"core/path/path-{name}": PATH
        for name in (
            "alternative-001",
            "complex-001",
            "complex-002",
            "inverse-001",
            "oneOrMore-001",
            "sequence-001",
            "sequence-002",
            "sequence-duplicate-001",
            "strange-001",
            "strange-002",
            "zeroOrMore-001",
            "zeroOrOne-001",
        )
    },
    "core/property/uniqueLang-002": 'takes sh:uniqueLang "1"^^xsd:boolean for true, as pySHACL does',
}

pytestmark = needs_shared("w3c")


@cache
def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=path.as_uri())


@cache
def names() -> list[str]:
    """The files that hold a test; all of them, since the manifests leave one of the SPARQL tests out."""
    files = sorted(path for path in SUITE.rglob("*.ttl") if path.name != "manifest.ttl")
    return [str(path.relative_to(SUITE).with_suffix("")) for path in files if "sht:Validate" in path.read_text("utf-8")]


def described(graph: Graph, node: Node) -> str:
    """A path; blank nodes by what they say, since their names mean nothing."""
    if not isinstance(node, BNode):
        return node.n3() if isinstance(node, URIRef) else str(node)
    said = sorted(f"{edge} {described(graph, value)}" for edge, value in graph.predicate_objects(node))
    return f"[{'; '.join(said)}]"


def part_text(graph: Graph, result: Node, part: str, *, paths: bool) -> str:
    node = graph.value(result, SH[part])
    if isinstance(node, BNode):
        return described(graph, node) if paths and part == "resultPath" else "[]"
    return str(node)


def results(graph: Graph, report: Node, *, paths: bool) -> Counter[tuple[str, ...]]:
    found = graph.objects(report, SH.result)
    return Counter(tuple(part_text(graph, node, part, paths=paths) for part in PARTS) for node in found)


def engine_answer(test: Graph, entry: Node) -> Graph | None:
    """The engine's report, None where it refuses the shapes."""
    action = test.value(entry, MF.action)
    data, shapes = (
        read(Path(str(test.value(action, part)).removeprefix("file://"))) for part in (SHT.dataGraph, SHT.shapesGraph)
    )
    try:
        return ShiftyGate(shapes.serialize(format="nt")).validate(data.serialize(format="nt")).graph
    except (ValueError, ZhiguanError):
        return None


def difference(name: str, *, paths: bool = True) -> str:
    """What the engine says otherwise than the suite, '' where nothing; with or without what complex paths are."""
    test = read(SUITE / f"{name}.ttl")
    (entry,) = test.subjects(RDF.type, SHT.Validate)
    expected, answer = test.value(entry, MF.result), engine_answer(test, entry)
    if expected is None or expected == SHT.Failure or answer is None:
        return "" if expected == SHT.Failure and answer is None else f"refused: {answer is None}"
    wanted = results(test, expected, paths=paths)
    found = results(answer, next(answer.subjects(RDF.type, SH.ValidationReport)), paths=paths)
    return "" if wanted == found else f"missing {wanted - found}, too many {found - wanted}"


def test_the_suite_is_whole() -> None:
    kinds = Counter(name.partition("/")[0] for name in names())
    assert kinds == {"core": 98, "sparql": 23}
    assert set(names()) >= KNOWN.keys()


@pytest.mark.parametrize("name", names())
def test_conformance(name: str) -> None:
    found = difference(name)
    if name in KNOWN:
        assert found, f"{name} passes now: take it out of KNOWN"
        assert KNOWN[name] != PATH or not difference(name, paths=False)
        pytest.xfail(KNOWN[name])
    assert not found
