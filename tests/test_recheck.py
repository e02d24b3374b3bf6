"""Checks of a whole store: each finds its contradiction between articles, and nothing else does."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.graphs import NOWHERE, iri, typed

from zhiguan import resources
from zhiguan.query import parse_query
from zhiguan.rdf import terms
from zhiguan.recheck import check_graphs, check_rdf, check_store
from zhiguan.store import Store
from zhiguan.validate import DisagreementError, Report, Tally, Validator

Triple = tuple[str, str, str]
Graphs = Mapping[str, list[Triple]]


def thing(name: str) -> str:
    return f"<https://w3id.org/zhiguan/{name}>"


def vocabulary(name: str) -> str:
    return f"<{terms.ZGV}{name}>"


def article(name: str, *more: Triple, text: str = "") -> list[Triple]:
    node, source = thing(f"article/{name}"), thing(f"text/{text or name}")
    return [
        (node, iri("rdf:type"), iri("zg:Article")),
        (node, iri("dcterms:identifier"), f'"{name}"'),
        (node, iri("zg:text"), source),
        (source, iri("rdf:type"), iri("zg:SourceText")),
        *more,
    ]


def head(article: str, person: str, *, resolved: bool = True, day: str = "2024-05-08") -> list[Triple]:
    """Somebody is reported as the mayor of a district."""
    post, body, tenure = thing("post/1"), thing("body/1"), thing(f"tenure/{person}")
    resolution = vocabulary("resolved" if resolved else "surface")
    attestation = thing(f"attestation/{article}/{person}")
    return [
        (post, iri("org:role"), vocabulary("title-district-mayor")),
        (post, iri("org:postIn"), body),
        (body, iri("zg:nameResolution"), resolution),
        (tenure, iri("zg:post"), post),
        (tenure, iri("org:member"), thing(f"person/{person}")),
        (thing(f"person/{person}"), iri("foaf:name"), f'"{person}"'),
        (attestation, iri("zg:attests"), tenure),
        (attestation, iri("prov:wasDerivedFrom"), thing(f"article/{article}")),
        (attestation, iri("zg:observedStatus"), vocabulary("status-current")),
        (thing(f"article/{article}"), iri("zg:observedOn"), typed(day, terms.EDTF)),
    ]


def named(person: str, name: str) -> list[Triple]:
    node = thing(f"person/{person}")
    return [(node, iri("rdf:type"), iri("zg:Person")), (node, iri("foaf:name"), f'"{name}"')]


def of_kind(kind: str) -> Triple:
    return thing("body/1"), iri("org:classification"), vocabulary(f"kind-{kind}")


def plan(end: str) -> list[Triple]:
    node = thing("plan/1")
    return [(node, iri("rdf:type"), iri("zg:Plan")), (node, iri("zg:periodEnd"), typed(end, terms.EDTF))]


def at(name: str) -> Triple:
    return thing(f"article/{name}"), iri("schema:url"), typed("https://news.example/1", terms.XSD + "anyURI")


CONTRADICTIONS: dict[str, Graphs] = {
    "single-seat": {"a": article("a", *head("a", "欧阳澄")), "b": article("b", *head("b", "钮知远"))},
    "namesakes-in-article": {"a": article("a", *named("1", "欧阳澄"), *named("2", "欧阳澄"))},
    "article-gone": {
        "a": article(
            "a",
            (thing("attestation/b/1"), iri("zg:attests"), NOWHERE),
            (thing("attestation/b/1"), iri("prov:wasDerivedFrom"), thing("article/b")),
        )
    },
    "text-without-article": {"a": article("a", (thing("text/b"), iri("rdf:type"), iri("zg:SourceText")))},
    "one-text-two-articles": {"a": article("a", text="t"), "b": article("b", text="t")},
    "one-address-two-articles": {"a": article("a", at("a")), "b": article("b", at("b"))},
    "body-of-two-kinds": {"a": article("a", of_kind("school")), "b": article("b", of_kind("university"))},
    "plan-of-two-periods": {"a": article("a", *plan("2025")), "b": article("b", *plan("2026"))},
}
CONSISTENT: dict[str, Graphs] = {
    "one holder told twice": {"a": article("a", *head("a", "欧阳澄")), "b": article("b", *head("b", "欧阳澄"))},
    "two holders on two days": {
        "a": article("a", *head("a", "欧阳澄")),
        "b": article("b", *head("b", "钮知远", day="2024-05-09")),
    },
    "two holders of a body of unknown name": {
        "a": article("a", *head("a", "欧阳澄", resolved=False)),
        "b": article("b", *head("b", "钮知远", resolved=False)),
    },
    "namesakes in two articles": {"a": article("a", *named("1", "欧阳澄")), "b": article("b", *named("2", "欧阳澄"))},
    "a plan told alike": {"a": article("a", *plan("2025")), "b": article("b", *plan("2025"))},
}


def filled(path: Path, graphs: Graphs) -> Store:
    store = Store.open(path)
    for name, triples in graphs.items():
        graph = f"https://w3id.org/zhiguan/graph/{name}"
        store.replace_graph(graph, "".join(f"{' '.join(triple)} <{graph}> .\n" for triple in triples))
    return store


def found(path: Path, graphs: Graphs) -> Iterator[str]:
    with filled(path / "store", graphs) as store:
        for report in check_store(store):
            assert report.conforms
            yield from (result.shape for result in report.results)


@pytest.mark.parametrize("check", CONTRADICTIONS)
def test_a_contradiction_is_found_by_its_check_alone(tmp_path: Path, check: str) -> None:
    assert set(found(tmp_path, CONTRADICTIONS[check])) == {check}


@pytest.mark.parametrize("case", CONSISTENT)
def test_what_may_be_is_not_found(tmp_path: Path, case: str) -> None:
    assert list(found(tmp_path, CONSISTENT[case])) == []


def test_each_check_has_its_contradiction_and_its_words() -> None:
    queries = [parse_query(file.name, file.read_text(encoding="utf-8")) for file in resources.check_files()]
    assert {query.name.removesuffix(".rq") for query in queries} == CONTRADICTIONS.keys()
    assert all(query.title_zh and query.title_en and query.columns[0] == "focus" for query in queries)


def test_a_contradiction_names_what_contradicts(tmp_path: Path) -> None:
    with filled(tmp_path / "store", CONTRADICTIONS["single-seat"]) as store:
        (result,) = (result for report in check_store(store) for result in report.results)
    assert result.focus == thing("post/1")
    assert "2024-05-08" in result.value
    assert {"欧阳澄", "钮知远"} <= set(result.value.strip('"').partition(": ")[2].split(", "))
    assert result.message[0].startswith("同一天")


def test_each_stored_graph_is_checked(tmp_path: Path) -> None:
    tally = Tally()
    with filled(tmp_path / "store", {"a": article("a"), "b": article("b")}) as store:
        for name, report in check_graphs(store, Validator()):
            tally.add(name, report)
    assert (tally.checked, tally.wrong) == (2, 2)
    assert {shape.shape for shape in tally.shapes} >= {"article-text", "text-length", "article-title-known"}


class Undecided(Validator):
    """A validator whose engines differ."""

    def check(self, name: str, triples: str) -> Report:
        raise DisagreementError("the validators disagree")


def test_a_disagreement_counts_as_a_violation() -> None:
    ((name, report),) = check_rdf("<x:a> <x:b> <x:c> <x:g> .\n", Undecided())
    (result,) = report.violations
    assert (name, result.shape, result.focus) == ("x:g", "validators-agree", "<x:g>")
    assert "the validators disagree" in result.message
