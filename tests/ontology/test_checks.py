"""The ontology passes every check, and every check finds the fault that it is there for."""

from dataclasses import replace

import pytest
from rdflib import Graph
from tests.graphs import example_graphs
from tests.ontology.checks import Check, all_checks, contradictions, terms_graph
from tests.ontology.corpus import ABSENT, ontology

from zhiguan.validate import split_graphs


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.name)
def test_the_ontology_passes(check: Check) -> None:
    assert list(check.find(ontology())) == []


@pytest.mark.parametrize("check", [check for check in all_checks() if check.fault], ids=lambda check: check.name)
def test_the_check_finds_its_fault(check: Check) -> None:
    before = set(check.find(ontology()))
    assert set(check.find(ontology().with_fault(check.fault))) - before


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX skos: <http://www.w3.org/2004/02/skos#> SELECT * { ?s skos:a ?o }",
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>",
    ],
)
def test_prefixes_are_checked(text: str) -> None:
    check = next(check for check in all_checks() if check.name == "house-prefixes")
    faulty = replace(ontology(), queries={"x.rq": text})
    assert list(check.find(faulty))


def test_terms_said_to_be_absent_are_absent() -> None:
    known = {row[0] for row in ontology().rows("SELECT DISTINCT ?s WHERE { GRAPH g:reused { ?s a ?kind } }")}
    assert not known & set(ABSENT)


def with_terms(nquads: str, more: str = "") -> Graph:
    ((_, triples),) = split_graphs(nquads)
    return terms_graph(ontology()).parse(data=triples + more, format="nt")


@pytest.mark.parametrize("name", example_graphs())
def test_the_ontology_does_not_contradict_the_examples(name: str) -> None:
    assert contradictions(with_terms(example_graphs()[name])) == []


def test_a_contradiction_in_data_is_found() -> None:
    nquads = next(iter(example_graphs().values()))
    person = next(line.split()[0] for line in nquads.splitlines() if "ontology#Person>" in line)
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/zhiguan/ontology#Plan>"
    assert contradictions(with_terms(nquads, f"{person} {kind} .\n"))
