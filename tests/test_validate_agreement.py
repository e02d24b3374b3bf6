"""The fast engine says what the reference says: of real graphs, and of graphs with faults put into them."""

from collections.abc import Iterable
from itertools import chain

import pytest
from tests.graphs import (
    FAULTS,
    INCOMPLETE,
    SHARED,
    Fault,
    Graph,
    example_graphs,
    graphs_of,
    needs_shared,
    parse,
    spread,
    write,
)

from zhiguan.validate import PyshaclGate, Result, ShiftyGate, split_graphs

CORPUS = SHARED / "corpus" / "news.jsonl.gz"
SMALL = ("baoshan-goals", "baoshan-plans", "xuhui-opening")
GATE, REFERENCE = ShiftyGate(), PyshaclGate()


def agreed(name: str, triples: str) -> tuple[Result, ...]:
    """What both engines find; fails where they differ in anything."""
    fast, reference = GATE.validate(triples), REFERENCE.validate(triples)
    assert fast.conforms == reference.conforms, (name, fast.text, reference.text)
    assert fast.results == reference.results, name
    return fast.results


def agree_on(graphs: Iterable[tuple[str, str]]) -> int:
    """How many graphs they agree on; these are as the loader makes them, so none violates the shapes."""
    count = 0
    for name, nquads in graphs:
        ((_, triples),) = split_graphs(nquads)
        assert all(result.severity != "Violation" for result in agreed(name, triples)), name
        count += 1
    return count


def faulty(fault: Fault, names: Iterable[str], number: int) -> list[Graph]:
    """Graphs with one fault of a kind each, some of each example."""
    graphs = example_graphs()
    return list(chain.from_iterable(spread(fault(parse(graphs[name])), number) for name in names))


def test_the_examples() -> None:
    assert agree_on(example_graphs().items()) >= 7


@needs_shared("gold")
@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_the_gold_articles(folder: str) -> None:
    assert agree_on(graphs_of(*sorted((SHARED / "gold" / folder).glob("*.txt")))) >= 2


@needs_shared("corpus")
def test_a_sample_of_the_corpus() -> None:
    assert agree_on(graphs_of(CORPUS, every=50)) == 100


@needs_shared("corpus")
@pytest.mark.full
def test_the_whole_corpus() -> None:
    assert agree_on(graphs_of(CORPUS)) == 5000


@pytest.mark.parametrize("kind", FAULTS)
def test_faults(kind: str) -> None:
    graphs = faulty(FAULTS[kind], SMALL, 2)
    assert graphs, "the examples have no place for this fault"
    for graph in graphs:
        assert any(result.severity == "Violation" for result in agreed(kind, write(graph))), kind


@pytest.mark.parametrize("kind", INCOMPLETE)
def test_what_is_incomplete(kind: str) -> None:
    for graph in faulty(INCOMPLETE[kind], SMALL, 2):
        assert {result.severity for result in agreed(kind, write(graph))} == {"Warning"}, kind


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 20
    assert sum(len(faulty(fault, SMALL, 2)) for fault in FAULTS.values()) >= 200


@pytest.mark.full
@pytest.mark.parametrize("kind", FAULTS)
def test_many_faults(kind: str) -> None:
    for graph in faulty(FAULTS[kind], example_graphs(), 8):
        assert any(result.severity == "Violation" for result in agreed(kind, write(graph))), kind
