"""Every named query over the six articles of `tests.told`: what it answers, and that its header keeps its word."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests import answers_decisions, answers_people, answers_plans
from tests.told import DIVISIONS, X, ask, store, told

from zhiguan.query import NamedQuery, named_queries, run_query
from zhiguan.rdf.mapping import to_nquads
from zhiguan.results import PREFIXES
from zhiguan.store import Store

__all__ = ["store"]  # the fixture

CASES = [*answers_people.CASES, *answers_plans.CASES, *answers_decisions.CASES]


def test_every_query_has_a_case() -> None:
    assert set(named_queries()) - {name for name, _, _ in CASES} == {"article-graph"}


@pytest.mark.parametrize(
    ("name", "given", "expected"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_answers(store: Store, name: str, given: dict[str, str], expected: list[str]) -> None:
    """Rows as cells joined by |; X区 stands for the district's full name, ↵ for a line break."""
    asked = {key: value.replace("X区", X) for key, value in given.items()}
    rows = ["|".join(row).replace(X, "X区").replace("\n", "↵") for row in ask(store, name, **asked)]
    assert [in_order(row) for row in rows] == [in_order(row) for row in expected]


def in_order(row: str) -> list[str]:
    """Cells of a row; SPARQL leaves open in which order GROUP_CONCAT joins."""
    return [";".join(sorted(cell.split(";"))) for cell in row.split("|")]


def test_article_graph_is_the_whole_graph(store: Store) -> None:
    triples = run_query(store, named_queries()["article-graph"], {"article": "a5"})
    assert isinstance(triples, ox.QueryTriples)
    facts = list(told())[4]
    written = to_nquads(facts, origin_digest="0" * 64, origin_name="a5.txt", divisions=DIVISIONS.get)
    assert len(set(triples)) == len(written.splitlines())


CONTRACT = {
    "articles": "article,title,published,source,author,jurisdiction",
    "people": "article,person",
    "posts": "article,person,post,body,status,quote,begin,end",
    "bodies": "article,body",
    "meetings": "article,meeting,type,date,time,place",
    "participation": "article,meeting,person,role",
    "plans": "article,plan,start,end,issuer,event",
}


@pytest.mark.parametrize(("name", "columns"), CONTRACT.items())
def test_contract_columns(store: Store, name: str, columns: str) -> None:
    """The columns that other programs rely on, and plain values below them."""
    query = named_queries()[name]
    header, *lines = store.serialise(query.text, "csv").decode().splitlines()
    assert header == columns
    assert lines
    assert not any("@zh" in line or "^^" in line or "http" in line for line in lines)


QUERIES = sorted(named_queries().values(), key=lambda query: query.name)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_header(query: NamedQuery) -> None:
    """The header is complete, and says what the query does."""
    assert query.title_zh
    assert query.title_en
    assert all(parameter.about for parameter in query.parameters)
    example = dict(pair.split("=", 1) for pair in query.example.split())
    assert bool(query.parameters) == bool(example)
    query.bind(example)
    result = ox.Store().query(query.text)
    if isinstance(result, ox.QuerySolutions):
        selected = tuple(variable.value for variable in result.variables)
        assert query.columns == selected
        assert {parameter.name for parameter in query.parameters} <= set(selected), "a parameter must be a column"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_text(query: NamedQuery) -> None:
    """Optional parameters are never tested with BOUND; no data IRI stands in a query; no prefix is idle."""
    for parameter in query.parameters:
        assert f"BOUND(?{parameter.name})" not in query.text
    declared = dict(line.split()[1:] for line in query.text.splitlines() if line.startswith("PREFIX"))
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith(("#", "PREFIX")))
    assert all(prefix in body for prefix in declared)
    assert "<http" not in body
    assert all(declared[prefix] == f"<{PREFIXES[prefix[:-1]]}>" for prefix in declared)


def documented(query: NamedQuery) -> str:
    """The query's row in docs/queries.md."""
    command = f"`zhiguan query {query.name}{''.join(f' --param {pair}' for pair in query.example.split())}`"
    return f"| {command} | {query.title_en} | {query.title_zh} | {', '.join(query.columns) or 'a graph'} |"


def test_documented() -> None:
    """docs/queries.md has one row for each query, made from its header."""
    document = Path(__file__).resolve().parents[1] / "docs" / "queries.md"
    written = [
        line for line in document.read_text(encoding="utf-8").splitlines() if line.startswith("| `zhiguan query ")
    ]
    assert sorted(written) == sorted(documented(query) for query in QUERIES)
