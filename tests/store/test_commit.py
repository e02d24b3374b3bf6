"""Articles into the store: whole or not at all, replaced without a trace, removed, set aside."""

import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.store.made import BASE, IRIS, article, graph_of, set_aside

from zhiguan.errors import StoreError
from zhiguan.store import Loaded, Manifest, Outcome, State, Store, graph_digest, read_version, text_digest
from zhiguan.store.writing import without_repeats

LOADED, REPLACED, UNCHANGED, ASIDE = Outcome.LOADED, Outcome.REPLACED, Outcome.UNCHANGED, Outcome.SET_ASIDE


def size_of(store: Store, name: str) -> int:
    return int(store.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{IRIS.graph(name)}> {{ ?s ?p ?o }} }}")[0][0])


@pytest.mark.parametrize(
    ("batches", "outcomes", "sizes"),
    [
        ([[article("a"), article("b")]], [LOADED, LOADED], {"a": 8, "b": 8}),
        ([[article("a")], [article("a")]], [LOADED, UNCHANGED], {"a": 8}),
        ([[article("a")], [article("a", "乙", facts=1)]], [LOADED, REPLACED], {"a": 6}),
        ([[article("a"), article("a", "乙", facts=1)]], [LOADED, REPLACED], {"a": 6}),
        ([[set_aside("a")], [article("a")]], [ASIDE, LOADED], {"a": 8}),
        ([[article("a")], [set_aside("a")]], [LOADED, ASIDE], {"a": 8}),
        ([[article("a")], [set_aside("a")], [article("a")]], [LOADED, ASIDE, UNCHANGED], {"a": 8}),
        ([[]], [], {}),
    ],
)
def test_outcomes(store: Store, batches: list[list[Loaded]], outcomes: list[Outcome], sizes: dict[str, int]) -> None:
    assert [outcome for batch in batches for outcome in store.commit(batch)] == outcomes
    assert {one.id: size_of(store, one.id) for one in store.articles()} == sizes
    assert {entry.id: entry.quads for entry in store.manifest.entries() if entry.has_graph} == sizes
    assert store.manifest.pending() == []


def test_what_the_manifest_says(store: Store) -> None:
    store.commit([article("a", "甲"), set_aside("b", "没有标题", "[] a <http://x> .")])
    entry = store.manifest.get("a")
    assert entry is not None
    assert (entry.state, entry.reason, entry.origin_name) == (State.STORED, "", "a.txt")
    assert entry.graph_digest == graph_digest(graph_of("a", "甲"))
    assert store.get_text(entry.text_digest) == "甲"
    assert [(one.id, one.reason) for one in store.manifest.entries(State.SET_ASIDE)] == [("b", "没有标题")]
    assert store.manifest.report("b") == "[] a <http://x> ."
    assert (store.manifest.count(), store.manifest.count(State.STORED), store.manifest.quads()) == (2, 1, 8)
    assert store.manifest.get("c") is None


def test_replaced_articles_leave_nothing(store: Store) -> None:
    store.commit(
        [article("a", "甲"), article("b", "乙"), article("c", "乙"), set_aside("d", report="[] a <http://x> .")]
    )
    store.commit([article("a", "丙"), article("b", "丁"), article("d", "戊")])
    assert sorted(store.manifest.texts()) == sorted(map(text_digest, "乙丙丁戊")), "c still has the text 乙"
    assert (store.manifest.report("d"), store.counts().quarantine) == (None, 0)
    assert (
        store.rows(f"SELECT ?s {{ ?s ?p ?o FILTER STRSTARTS(STR(?s), '{BASE}fact/{text_digest('甲')[:16]}') }}") == []
    )


def test_removing(store: Store) -> None:
    store.commit([article("a", "甲"), article("b", "甲"), set_aside("县/报 1")])
    assert store.remove_article("a")
    assert not store.remove_article("a")
    assert [one.id for one in store.articles()] == ["b"]
    assert store.get_text(text_digest("甲")) == "甲", "another article still has this text"
    assert store.remove_article("b")
    assert store.remove_article("县/报 1")
    assert (list(store.manifest.texts()), store.manifest.count()) == ([], 0)


def test_versions(tmp_path: Path) -> None:
    assert read_version(tmp_path / "s") == ""
    seen = []
    with Store.open(tmp_path / "s") as store:
        for change in (
            lambda: store.commit([article("a")]),
            lambda: store.commit([article("a", loader="2")]),
            lambda: store.commit([set_aside("b")]),
            lambda: store.remove_article("a"),
            store.compact,
        ):
            change()
            seen.append(read_version(tmp_path / "s"))
            assert seen[-1] == store.version
        store.commit([set_aside("b")])
        assert store.version == seen[-1], "nothing has changed"
    assert len(set(seen)) == len(seen)
    with Store.open(tmp_path / "s", read_only=True) as reader:
        assert reader.version == seen[-1]


@pytest.mark.parametrize("text", ["甲\r\n乙", "", "孤\ud83d立", "😀"])
def test_texts_come_back(store: Store, text: str) -> None:
    store.commit([article("a", text)])
    kept = store.get_text(text_digest(text))
    assert kept == text.replace("\ud83d", "\ufffd"), "what UTF-8 cannot hold is marked, positions stay"


@pytest.mark.parametrize("value", ['" } } ; DROP ALL ; # ', "\\u0022", "service load 😀\n\t\x01", "\\\\u007B"])
def test_literals_come_back_as_they_were(store: Store, value: str) -> None:
    """Both ways of writing (first load, replacement) keep every character."""
    graph = ox.NamedNode(IRIS.graph("a"))
    quad = ox.Quad(ox.NamedNode("http://s"), ox.NamedNode("http://p"), ox.Literal(value), graph)
    nquads = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode()
    for text in (nquads, graph_of("a", "甲"), nquads):
        store.commit([Loaded(article="a", content_digest="", loader="1", ontology="o", nquads=text)])
    assert store.rows("SELECT ?o { <http://s> <http://p> ?o }") == [(value,)]


def test_readers_see_the_old_graph_or_the_new(store: Store) -> None:
    store.commit([article("a", "始", facts=195)])
    seen: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(size_of(store, "a"))

    reader = threading.Thread(target=watch)
    reader.start()
    for turn in range(20):
        store.commit([article("a", f"第{turn}版", facts=195)])
    done.set()
    reader.join()
    assert seen == {200}


@pytest.mark.parametrize(
    ("nquads", "words"), [("<http://s> <http://p", "not N-Quads"), (graph_of("b", "甲"), "another graph")]
)
@pytest.mark.parametrize("store_it", [Store.commit, lambda store, batch: list(store.fill([batch]))])
def test_a_bad_graph_changes_nothing(
    tmp_path: Path, nquads: str, words: str, store_it: Callable[[Store, list[Loaded]], object]
) -> None:
    bad = Loaded(article="a", content_digest="c", loader="1", ontology="o", nquads=nquads)
    with Store.open(tmp_path / "s") as store:
        with pytest.raises(StoreError, match=f"{words}|another graph"):
            store_it(store, [article("c"), bad])
        assert store.manifest.count() == 0
        assert list(store.articles()) == []
        assert store.commit([article("a")]) == [LOADED]


def test_batches_in_which_an_article_comes_twice() -> None:
    a, b = article("a"), article("b")
    assert list(without_repeats([a, b, a, a, b])) == [[a, b], [a], [a, b]]


def test_others_read_the_manifest_beside_a_writer(store: Store) -> None:
    store.commit([article("a")])
    with Manifest.open(store.path) as manifest:
        assert manifest.count() == 1
        store.commit([article("b")])
        assert manifest.count() == 2
    with pytest.raises(StoreError, match="no store"):
        Manifest.open(store.path / "none")
