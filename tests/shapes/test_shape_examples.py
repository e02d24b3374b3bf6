"""Each shape's valid example passes every shape; its invalid one fails that shape and no other."""

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from zhiguan import resources
from zhiguan.validate import Gate, PyshaclGate, ShiftyGate

HERE = Path(__file__).resolve().parent


@cache
def shapes() -> tuple[str, ...]:
    """Names of all shapes that demand something: property shapes, and node shapes with a SPARQL constraint."""
    graph = Graph().parse(data=resources.read_ontology("shapes.ttl"), format="turtle")
    nodes = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(SH.sparql)}
    return tuple(sorted(str(node).rpartition("#")[2] for node in nodes))


def triples(folder: str, shape: str) -> str:
    return Graph().parse(HERE / folder / f"{shape}.ttl", format="turtle").serialize(format="nt")


def test_every_shape_has_both_examples_and_no_example_lacks_its_shape() -> None:
    for folder in ("valid", "invalid"):
        assert sorted(path.stem for path in (HERE / folder).glob("*.ttl")) == list(shapes())


@pytest.mark.parametrize("gate", [ShiftyGate(), PyshaclGate()], ids=["pyshifty", "pyshacl"])
@pytest.mark.parametrize("shape", shapes())
def test_the_invalid_example_fails_its_shape_and_no_other(shape: str, gate: Gate) -> None:
    assert {result.shape for result in gate.validate(triples("invalid", shape)).results} == {shape}


@pytest.mark.parametrize("shape", shapes())
def test_the_valid_example_passes_all(shape: str) -> None:
    assert ShiftyGate().validate(triples("valid", shape)).results == ()
