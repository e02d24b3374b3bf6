"""Graphs of articles for the tests of validation, and faults to put into them."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from zhiguan.clean import clean
from zhiguan.rdf import terms, to_nquads
from zhiguan.read import ReadOptions, Rejected, read_paths
from zhiguan.recognise import recognise
from zhiguan.resolve.divisions import division_by_code

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NOWHERE = "<https://w3id.org/zhiguan/nothing/1>"
XSD = terms.XSD

Triple = tuple[str, str, str]
Graph = list[Triple]
Fault = Callable[[Graph], Iterator[Graph]]
"""Copies of a graph with one fault of a kind, in each place that can have it."""


def needs_shared(folder: str) -> pytest.MarkDecorator:
    """Skips where the folder is not beside the checkout, but fails there under CI."""
    absent = not (SHARED / folder).exists() and os.environ.get("CI") != "true"
    return pytest.mark.skipif(absent, reason=f"shared/{folder} is not beside this checkout")


def graphs_of(*paths: Path, every: int = 1) -> Iterator[tuple[str, str]]:
    """Each article's id and its graph as N-Quads; of big files each `every`th."""
    for number, source in enumerate(read_paths([str(path) for path in paths], ReadOptions())):
        assert not isinstance(source, Rejected), source
        if number % every == 0:
            yield source.id, to_nquads(recognise(clean(source)), divisions=division_by_code)


@cache
def example_graphs() -> dict[str, str]:
    """The graphs of the examples that come with the project."""
    return dict(graphs_of(ROOT / "examples"))


def parse(nquads: str) -> Graph:
    """The triples of one graph, each term as N-Triples has it."""
    lines = (line.removesuffix(" .").rpartition(" ")[0].split(" ", 2) for line in nquads.splitlines())
    return [(subject, edge, value) for subject, edge, value in lines]


def write(graph: Graph) -> str:
    return "".join(f"{' '.join(triple)} .\n" for triple in graph)


def iri(name: str) -> str:
    """`zg:date`, with the prefixes of `rdf.terms`, as N-Triples has it."""
    prefix, _, local = name.partition(":")
    return f"<{getattr(terms, prefix.upper())}{local}>"


def zh(words: str) -> str:
    return f'"{words}"@zh-Hans'


def typed(words: str, datatype: str) -> str:
    return f'"{words}"^^<{datatype}>'


TYPE = iri("rdf:type")


def instances(graph: Graph, *kinds: str) -> set[str]:
    wanted = {iri(kind) for kind in kinds}
    return {subject for subject, edge, value in graph if edge == TYPE and value in wanted}


def places(graph: Graph, edge: str, kinds: tuple[str, ...]) -> list[Triple]:
    subjects = instances(graph, *kinds) if kinds else None
    return [triple for triple in graph if triple[1] == iri(edge) and (subjects is None or triple[0] in subjects)]


def drop(edge: str, *kinds: str) -> Fault:
    def faults(graph: Graph) -> Iterator[Graph]:
        for place in places(graph, edge, kinds):
            yield [triple for triple in graph if triple != place]

    return faults


def swap(edge: str, value: str | Callable[[str], str], *kinds: str) -> Fault:
    def faults(graph: Graph) -> Iterator[Graph]:
        for subject, name, old in places(graph, edge, kinds):
            new = value if isinstance(value, str) else value(old)
            yield [(subject, name, new) if triple == (subject, name, old) else triple for triple in graph]

    return faults


def add(edge: str, value: str, *kinds: str) -> Fault:
    def faults(graph: Graph) -> Iterator[Graph]:
        for subject in sorted(instances(graph, *kinds)):
            yield [*graph, (subject, iri(edge), value)]

    return faults


def another(edge: str) -> Fault:
    """A second value, that the same edge has elsewhere."""

    def faults(graph: Graph) -> Iterator[Graph]:
        values = sorted({triple[2] for triple in places(graph, edge, ())})
        for subject, name, old in places(graph, edge, ()):
            other = next((value for value in values if value != old), None)
            if other:
                yield [*graph, (subject, name, other)]

    return faults


def capacity_of_another(graph: Graph) -> Iterator[Graph]:
    """A participation in a tenure of somebody else."""
    holders = {tenure: person for tenure, _, person in places(graph, "org:member", ())}
    for participation, _, person in places(graph, "cv:hasParticipant", ()):
        foreign = next((tenure for tenure, holder in sorted(holders.items()) if holder != person), None)
        if foreign:
            yield [*graph, (participation, iri("zg:inCapacity"), foreign)]


def unattested(graph: Graph) -> Iterator[Graph]:
    """A fact whose attestations are all gone."""
    for fact in sorted(instances(graph, "zg:Person", "zg:Body", "zg:Tenure", "zg:OfficialActivity")):
        gone = {subject for subject, edge, value in graph if edge == iri("zg:attests") and value == fact}
        yield [triple for triple in graph if triple[0] not in gone]


def undescribed(*kinds: str) -> Fault:
    """A thing that others point at loses its class."""

    def faults(graph: Graph) -> Iterator[Graph]:
        for subject in sorted(instances(graph, *kinds)):
            yield [triple for triple in graph if triple[:2] != (subject, TYPE)]

    return faults


LABELLED = ("zg:Person", "zg:Body", "zg:Post", "zg:OfficialActivity", "zg:Division")
FAULTS: dict[str, Fault] = {
    "missing label": drop("skos:prefLabel", *LABELLED),
    "second label": add("skos:prefLabel", zh("另一名称"), *LABELLED),
    "placeholder name": swap("skos:prefLabel", zh("陈某某"), "zg:Person", "zg:Body"),
    "name in two lines": swap("skos:prefLabel", zh("青溪\\n文化馆"), *LABELLED),
    "blank at the end": swap("skos:prefLabel", zh("青溪 "), *LABELLED),
    "empty name": swap("skos:prefLabel", zh(""), *LABELLED),
    "wrong language": swap("skos:prefLabel", '"Qingxi"@en', *LABELLED),
    "no language": swap("skos:prefLabel", '"青溪"', *LABELLED),
    "IRI for a literal": swap("skos:prefLabel", NOWHERE, *LABELLED),
    "name of a person with digits": swap("foaf:name", '"等5人"'),
    "bad EDTF date": swap("zg:observedOn", typed("5月8日", terms.EDTF)),
    "EDTF month 13": swap("zg:observedOn", typed("2024-13", terms.EDTF)),
    "date of another type": swap("zg:observedOn", typed("2024-05-08", XSD + "date")),
    "impossible day": swap("zg:dateEarliest", typed("2024-13-45", XSD + "date")),
    "leap day in no leap year": swap("zg:publishedLatest", typed("2023-02-29", XSD + "date")),
    "bounds reversed": swap("zg:publishedEarliest", typed("2999-01-01", XSD + "date")),
    "bounds of two types": swap("zg:publishedLatest", '"2999-01-01"'),
    "period reversed": swap("zg:periodStartEarliest", typed("2999-01-01", XSD + "date")),
    "two participants": another("cv:hasParticipant"),
    "no participant": drop("cv:hasParticipant"),
    "capacity of another": capacity_of_another,
    "role out of the list": swap("cv:role", "<https://w3id.org/zhiguan/vocabulary/role-organiser>"),
    "role as a literal": swap("cv:role", '"chair"'),
    "order zero": add("zg:listOrder", typed("0", XSD + "integer"), "zg:Participation"),
    "order that is no number": swap("zg:listOrder", typed("first", XSD + "integer")),
    "order as a string": swap("zg:listOrder", '"1"'),
    "dangling post": swap("zg:post", NOWHERE),
    "dangling member": swap("org:member", NOWHERE),
    "dangling body": swap("org:postIn", NOWHERE),
    "literal for a body": swap("org:postIn", '"青溪区人民政府"'),
    "dangling activity": swap("zg:activity", NOWHERE),
    "dangling scope": swap("zg:homeScope", NOWHERE),
    "undescribed thing": undescribed("zg:Person", "zg:Post", "zg:OfficialActivity", "zg:Plan", "zg:SourceText"),
    "body of two kinds": add("rdf:type", iri("zg:JudicialOrgan"), "zg:PartyOrgan", "zg:AdministrativeOrgan"),
    "tenure in another body": swap("org:organization", NOWHERE),
    "tenure without status": drop("zg:observedStatus"),
    "unattested fact": unattested,
    "attestation of two facts": another("zg:attests"),
    "attestation of nothing": swap("zg:attests", NOWHERE),
    "rule with Chinese name": swap("zg:rule", '"规则一"'),
    "quote too long": swap("oa:exact", f'"{"文" * 201}"'),
    "quote longer than its span": swap("oa:exact", lambda old: f'{old[:-1]}。。。。。。。。。。"'),
    "quote beyond the basic plane": swap("oa:exact", lambda old: f'{old[:-1]}𠮷"'),
    "start after end": swap("oa:start", typed("1000000", XSD + "integer")),
    "start below zero": swap("oa:start", typed("-1", XSD + "integer")),
    "two ends": add("oa:end", typed("2000000", XSD + "integer"), "zg:Attestation"),
    "no quote": drop("oa:exact"),
    "run of no text": drop("prov:used"),
    "length zero": swap("zg:length", typed("0", XSD + "integer")),
    "text not named by its hash": swap("zg:text", NOWHERE),
    "no identifier": drop("dcterms:identifier"),
    "bad division code": swap("skos:notation", '"12"'),
    "bad level": swap("zg:divisionLevel", "<https://w3id.org/zhiguan/vocabulary/level-village>"),
    "event without kind": drop("zg:eventKind"),
    "plan without event": drop("zg:document"),
    "part of a dangling plan": swap("zg:partOfPlan", NOWHERE),
    "part of another class": add("rdf:type", iri("zg:Plan"), "zg:PlanPart"),
    "part without order": drop("zg:partOrder", "zg:PlanPart"),
    "confidence above one": swap("zg:confidence", typed("1.5", XSD + "decimal")),
    "confidence of another type": swap("zg:confidence", typed("0.9", XSD + "double")),
    "title too long": swap("dcterms:title", zh("题" * 301)),
}
"""Each kind that the shapes look for; all are violations."""
INCOMPLETE: dict[str, Fault] = {
    "no title": drop("dcterms:title", "zg:Article"),
    "no day of publication": drop("zg:published"),
    "no date of a meeting": drop("zg:date"),
    "address that is none": add("schema:url", typed("不是网址", XSD + "anyURI"), "zg:Article"),
}
"""Kinds that are warnings."""


def spread(faults: Iterator[Graph], number: int) -> list[Graph]:
    """At most so many of the faulty graphs, from all over the graph."""
    found = list(faults)
    return found[:: max(1, -(-len(found) // number))]
