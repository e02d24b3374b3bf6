"""Headers of queries, binding of parameters, formats of answers."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from zhiguan.errors import QueryError
from zhiguan.query import Parameter, answer, find_query, named_queries, parse_query, run_query
from zhiguan.results import plain_rows
from zhiguan.store import Store

GRAPH = "https://w3id.org/zhiguan/graph/a1"
TEXT = """
# title-zh: 问题
# title-en: Question
# param label (label, optional): a name
# param from (date, optional): first day
# example: label=书记
# columns: s, label, day, from
PREFIX x: <http://x/>
SELECT ?s ?label ?day ?from
WHERE {
  GRAPH ?g { ?s x:label ?label ; x:day ?day }
  FILTER(COALESCE(STR(?from), "") = "" || ?day >= ?from)
}
ORDER BY ?day
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    day = "^^<http://www.w3.org/2001/XMLSchema#date>"
    lines = [
        '<http://s/1> <http://x/label> "书记"@zh-Hans',
        f'<http://s/1> <http://x/day> "2023-01-02"{day}',
        '<http://s/2> <http://x/label> "区长, \\"代\\""@zh-Hans',
        f'<http://s/2> <http://x/day> "2024-01-02"{day}',
        '<http://s/2> <http://x/n> "7"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]
    with Store.open(tmp_path_factory.mktemp("query") / "s") as opened:
        opened.replace_graph(GRAPH, "".join(f"{line} <{GRAPH}> .\n" for line in lines))
        yield opened


QUERY = parse_query("mine.rq", TEXT)


def test_header() -> None:
    assert (QUERY.title_zh, QUERY.title_en, QUERY.example) == ("问题", "Question", "label=书记")
    assert QUERY.columns == ("s", "label", "day", "from")
    assert QUERY.parameters == (
        Parameter(name="label", type="label", about="a name"),
        Parameter(name="from", type="date", about="first day"),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "# param n (integer, default 2): how many",
            Parameter(name="n", type="integer", about="how many", default="2"),
        ),
        ("#param who(iri , required) : whom", Parameter(name="who", type="iri", about="whom", required=True)),
        ("# param w (literal): word", Parameter(name="w", type="literal", about="word")),
        ("# parameters are explained elsewhere", None),
    ],
)
def test_parameter_lines(line: str, expected: Parameter | None) -> None:
    found = parse_query("q", line).parameters
    assert found == ((expected,) if expected else ())


@pytest.mark.parametrize("line", ["# param n: how many", "# param n (number): how many", "# param n (date"])
def test_malformed_parameter_lines(line: str) -> None:
    with pytest.raises(QueryError, match=r"param NAME|unknown type"):
        parse_query("q", line)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["http://s/1", "http://s/2"]),
        ({"label": "书记"}, ["http://s/1"]),
        ({"from": "2023-06-01"}, ["http://s/2"]),
        ({"from": "2023-06-01", "label": "书记"}, []),
        ({"label": '"} } DROP ALL #'}, []),
    ],
)
def test_binding(store: Store, given: dict[str, str], expected: list[str]) -> None:
    assert [row[0] for row in plain_rows(run_query(store, QUERY, given))] == expected


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("literal", "a", ox.Literal("a")),
        ("label", "区", ox.Literal("区", language="zh-Hans")),
        ("integer", "007", ox.Literal("7", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
        (
            "date",
            "2023-08-28",
            ox.Literal("2023-08-28", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ),
        ("iri", "http://x/a", ox.NamedNode("http://x/a")),
    ],
)
def test_types(kind: str, value: str, term: object) -> None:
    assert Parameter(name="p", type=kind, about="").term(value) == term


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "two"),
        ("date", "2023-8-28"),
        ("date", "2023-02-30"),
        ("date", "20230828"),
        ("iri", "x"),
        ("iri", "http://x/> ; DROP"),
    ],
)
def test_values_of_another_type(kind: str, value: str) -> None:
    with pytest.raises(QueryError, match=f"type {kind}"):
        Parameter(name="p", type=kind, about="").term(value)


def test_unknown_and_missing_parameters() -> None:
    with pytest.raises(QueryError, match="no parameter day; known: label, from"):
        QUERY.bind({"day": "x"})
    with pytest.raises(QueryError, match="takes none"):
        parse_query("q", "ASK {}").bind({"day": "x"})
    with pytest.raises(QueryError, match="needs the parameter who: whom"):
        parse_query("q", "# param who (iri, required): whom").bind({})


def test_finding(tmp_path: Path) -> None:
    assert find_query("articles") is named_queries()["articles"]
    file = tmp_path / "mine.rq"
    file.write_text("\ufeff" + TEXT, encoding="utf-8")
    assert find_query(str(file)).columns == QUERY.columns
    with pytest.raises(QueryError, match=r"did you mean .*articles"):
        find_query("artcles")
    with pytest.raises(QueryError, match="zhiguan queries"):
        find_query("%%%")
    with pytest.raises(QueryError, match="cannot read"):
        find_query(str(tmp_path / "none.rq"))
    file.write_bytes("# 谁担任某职务".encode("gb18030"))
    with pytest.raises(QueryError, match="not UTF-8"):
        find_query(str(file))


def test_own_queries_are_not_judged_others_are(store: Store) -> None:
    text = "# title-en: public service\nASK {}"
    assert run_query(store, parse_query("q", text, own=True), {})
    with pytest.raises(QueryError, match="SERVICE"):
        run_query(store, parse_query("q", text), {})


def written(store: Store, text: str, form: str) -> str:
    output = io.BytesIO()
    answer(store, parse_query("q", text), {}, form, output)
    return output.getvalue().decode()


def test_csv_has_plain_values(store: Store) -> None:
    """SPARQL 1.1 Query Results CSV: no language tags, no types."""
    text = "SELECT ?l ?d ?n { ?s <http://x/label> ?l ; <http://x/day> ?d OPTIONAL { ?s <http://x/n> ?n } } ORDER BY ?d"
    assert written(store, text, "csv").splitlines() == ["l,d,n", "书记,2023-01-02,", '"区长, ""代""",2024-01-02,7']


@pytest.mark.parametrize(
    ("text", "form", "part"),
    [
        ("SELECT ?n { ?s <http://x/n> ?n }", "tsv", "?n\n7"),
        ("SELECT ?n { ?s <http://x/n> ?n }", "xml", "<literal"),
        ("SELECT ?n { ?s <http://x/n> ?n }", "json", '"vars":["n"]'),
        ("ASK { ?s ?p ?o }", "json", '"boolean":true'),
        ("CONSTRUCT { ?s <http://x/n> ?n } WHERE { ?s <http://x/n> ?n }", "turtle", "<http://s/2> <http://x/n> 7"),
        ("CONSTRUCT { ?s zg:n ?n } WHERE { ?s <http://x/n> ?n }", "turtle", "@prefix zg:"),
        ("CONSTRUCT WHERE { ?s <http://x/n> ?n }", "table", "<http://s/2> <http://x/n> 7"),
        ("CONSTRUCT WHERE { ?s <http://x/n> ?n }", "jsonld", "http://x/n"),
        ("CONSTRUCT WHERE { ?s <http://x/n> ?n }", "xml", "rdf:RDF"),
    ],
)
def test_formats(store: Store, text: str, form: str, part: str) -> None:
    answered = written(store, text, form)
    assert part in answered
    if form in ("json", "jsonld"):
        json.loads(answered)


@pytest.mark.parametrize(
    ("text", "form"),
    [("SELECT * {}", "turtle"), ("ASK {}", "jsonld"), ("CONSTRUCT WHERE {}", "csv"), ("CONSTRUCT WHERE {}", "pdf")],
)
def test_formats_that_do_not_fit(store: Store, text: str, form: str) -> None:
    with pytest.raises(QueryError, match=r"cannot hold|no graph format"):
        written(store, text, form)
