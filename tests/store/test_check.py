"""Checking, backing up and restoring a store."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.made import IRIS, article, batches, graph_of, set_aside

from zhiguan.errors import StoreError
from zhiguan.store import Store, back_up, check_store, read_version, restore
from zhiguan.store.folder import write_file


def change_manifest(store: Path, statement: str) -> None:
    with closing(sqlite3.connect(store / "manifest.sqlite")) as manifest, manifest:
        manifest.execute(statement)


def change_graph(name: str, nquads: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with Store.open(path) as store:
            store.replace_graph(IRIS.graph(name), nquads)

    return change


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A store with three articles, one that was set aside, and one that was replaced."""
    with Store.open(tmp_path / "whole") as store:
        store.commit([article("a", "甲"), article("b", "乙"), article("c", "丙"), set_aside("d")])
        store.commit([article("b", "丁")])
    return tmp_path / "whole"


def faults(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [str(fault) for fault in check_store(store)]


def test_a_whole_store_has_no_faults(whole: Path) -> None:
    assert faults(whole) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (change_graph("a", graph_of("a", "甲", facts=2)), "a: its graph has 7 statements, not the 8"),
        (change_graph("a", ""), "a: its graph has 0 statements"),
        (change_graph("b", graph_of("b", "乙")), "b: its graph has 8 statements"),
        (change_graph("x", graph_of("x", "甲")), "graph/x is no article's"),
        (lambda path: change_manifest(path, "DELETE FROM articles WHERE id = 'c'"), "graph/c is no article's"),
        (lambda path: change_manifest(path, "DELETE FROM texts"), "a: its text is not in the store; remove it"),
        (
            lambda path: change_manifest(path, "UPDATE texts SET body = (SELECT body FROM texts LIMIT 1)"),
            "is not the one",
        ),
        (lambda path: change_manifest(path, "INSERT INTO texts VALUES ('ab', x'00')"), "1 texts are no article's"),
        (lambda path: change_manifest(path, "INSERT INTO pending SELECT * FROM articles"), "a: was being written"),
        (lambda path: write_file(path / "version", b"0"), "version file"),
    ],
)
def test_faults(whole: Path, spoil: Callable[[Path], None], words: str) -> None:
    spoil(whole)
    assert any(words in fault for fault in faults(whole)), faults(whole)


def test_graphs_that_are_no_articles_are_no_faults(whole: Path) -> None:
    other = "https://example.org/mine"
    with Store.open(whole) as store:
        store.replace_graph(other, f'<http://s> <http://p> "x" <{other}> .\n')
    assert faults(whole) == []


def test_backup_and_restore(whole: Path, tmp_path: Path) -> None:
    with Store.open(whole) as store:
        back_up(store, tmp_path / "copy")
        kept = [(entry.id, entry.graph_digest) for entry in store.manifest.entries()]
        store.remove_article("a")
        store.commit([article("b", "戊")])
        store.compact()
    assert faults(tmp_path / "copy") == []
    assert restore(tmp_path / "copy", tmp_path / "new") == 4
    with Store.open(tmp_path / "new") as store:
        assert [(entry.id, entry.graph_digest) for entry in store.manifest.entries()] == kept
        assert read_version(store.path) == store.version
        store.commit([article("e")])
    assert faults(tmp_path / "copy") == [], "the copy has a life of its own"


def test_a_backup_on_another_disk(small_disk: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        list(store.fill(batches(50, 50)))
        back_up(store, small_disk / "copy")
    shutil.rmtree(tmp_path / "s")
    assert restore(small_disk / "copy", tmp_path / "s") == 50


@pytest.mark.parametrize("there", ["store", "other"])
def test_nothing_is_overwritten(whole: Path, tmp_path: Path, there: str) -> None:
    target = whole if there == "store" else tmp_path
    with Store.open(tmp_path / "more") as store:
        store.commit([article("a")])
        with pytest.raises(StoreError, match=r"something at|not a zhiguan store"):
            back_up(store, target)
    with pytest.raises(StoreError, match=r"something at|not a zhiguan store"):
        restore(tmp_path / "more", target)
    assert faults(whole) == []


def test_a_damaged_backup_is_not_restored(whole: Path, tmp_path: Path) -> None:
    with Store.open(whole) as store:
        back_up(store, tmp_path / "copy")
    change_manifest(tmp_path / "copy", "DELETE FROM texts")
    with pytest.raises(StoreError, match=r"not whole: a: its text is not in the store"):
        restore(tmp_path / "copy", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (table, *_) = (tmp_path / "copy").glob("graph-*/*.sst")
    table.write_bytes(b"x" * table.stat().st_size)
    with pytest.raises(StoreError, match="damaged"):
        restore(tmp_path / "copy", tmp_path / "new")
