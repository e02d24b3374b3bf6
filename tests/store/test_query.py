"""Asking a store: graphs, dumps, counts, snapshots; nothing is changed by it."""

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.store.made import article, batches, set_aside

from zhiguan.errors import QueryError
from zhiguan.store import Store

GRAPH, OTHER = "https://example.org/one", "https://example.org/other"


def quads(count: int, graph: str) -> str:
    return "".join(f'<http://s/{number}> <http://p> "x" <{graph}> .\n' for number in range(count))


def test_default_graph_is_the_union(store: Store) -> None:
    store.replace_graph(GRAPH, quads(2, GRAPH))
    store.replace_graph(OTHER, quads(1, OTHER))
    asked = "SELECT ?s { ?s <http://p> ?o }"
    for text, count in (
        (asked, 3),
        (asked.replace("{", f"FROM <{GRAPH}> {{", 1), 2),
        (asked.replace("?s {", f"?s FROM NAMED <{GRAPH}> {{ GRAPH ?g {{") + "}", 2),
    ):
        assert len(list(store.rows(text))) == count
    result = store.query(asked, default_graphs=[OTHER], named_graphs=[])
    assert isinstance(result, ox.QuerySolutions)
    assert len(list(result)) == 1


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <a> <b> <c> }", "LOAD <http://127.0.0.1:9/>", "SELECT"])
def test_nothing_can_be_changed_by_a_query(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="updates are not accepted"):
        store.query(text)


def test_a_bound_variable_must_be_selected(store: Store) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        store.query("SELECT ?s { ?s ?p ?o }", {"o": ox.Literal("x")})


def test_counts(store: Store) -> None:
    store.commit([article("a"), set_aside("b")])
    counts = store.counts()
    assert (counts.articles, counts.persons, counts.bodies, counts.quarantine) == (1, 0, 0, 1)
    assert counts.quads > 5


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples", "jsonld"])
def test_dump(store: Store, form: str) -> None:
    store.replace_graph(GRAPH, quads(2, GRAPH))
    output = io.BytesIO()
    store.dump(form, output)
    assert output.getvalue().count(b"http://s/1") == 1
    if form == "jsonld":
        json.loads(output.getvalue())


def test_order_of_loading_does_not_show(tmp_path: Path) -> None:
    dumps = []
    for number, order in enumerate(("abc", "cab")):
        with Store.open(tmp_path / str(number)) as store:
            store.commit([article(name) for name in order])
            output = io.BytesIO()
            store.dump("nquads", output)
            dumps.append(output.getvalue())
    assert dumps[0] == dumps[1]


def test_a_reader_goes_on_where_its_folder_is_replaced(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        for batch in batches(200, 20):
            store.commit(batch)
        with Store.open(tmp_path / "s", read_only=True) as reader:
            version, before = reader.version, len(list(reader.articles()))
            store.compact()
            store.remove_article("n0")
            assert (len(list(reader.articles())), reader.version) == (before, version)
            assert version != store.version


def test_a_snapshot_stays_whole_beside_a_writer(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        store.commit([article("a", facts=3)])
    with Store.open(tmp_path / "s", read_only=True) as store:
        snapshot = store.snapshot(tmp_path / "snapshot")
    with Store.open(tmp_path / "s") as store:
        store.commit([article("a", facts=4)])
        store.compact()
        counted = "SELECT (COUNT(?t) AS ?n) { ?s <http://purl.org/dc/terms/title> ?t FILTER CONTAINS(?t, '条') }"
        with snapshot:
            assert snapshot.version != store.version
            assert snapshot.rows(counted) == [("3",)]
        with Store.open(tmp_path / "s", read_only=True) as reader:
            assert reader.rows(counted) == [("4",)]
