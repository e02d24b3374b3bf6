"""Opening stores: made late, locked, refused in words, mended, of one base and layout."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.store.made import article, batches

from zhiguan import resources
from zhiguan.errors import StoreError
from zhiguan.store import VOCABULARY_GRAPHS, Store, check_store
from zhiguan.store.folder import LAYOUT, in_words, read_version
from zhiguan.store.writing import plan


def test_nothing_is_made_until_something_is_stored(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        assert (list(store.articles()), store.article("a"), store.counts().articles) == ([], None, 0)
        assert (store.version, store.remove_article("a"), list(store.fill([]))) == ("", False, [])
    with Store.open(tmp_path / "t"):
        pass
    assert not (tmp_path / "t").exists()


def test_what_loading_keeps_there_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "loading").mkdir()
    (tmp_path / ".zhiguan.json.12").write_text("half a n")
    with Store.open(tmp_path) as store:
        store.commit([article("a")])
    assert not (tmp_path / ".zhiguan.json.12").exists()


def test_a_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(StoreError, match=r"not a zhiguan store.*--store"):
        Store.open(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_is_no_store(tmp_path: Path, read_only: bool) -> None:
    file = tmp_path / "f"
    file.write_text("x")
    with pytest.raises(StoreError, match=r"not a folder|no store"):
        Store.open(file, read_only=read_only)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="zhiguan load"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("{", "restore it"),
        ('{"layout": "1", "base": "x"}', "layout 1, this version reads 2; load again"),
        (f'{{"layout": "{LAYOUT}", "base": "https://w3id.org/zhiguan/"}}', "base IRI"),
    ],
)
def test_note_of_another_make(tmp_path: Path, note: str, words: str, read_only: bool) -> None:
    (tmp_path / "zhiguan.json").write_text(note)
    with pytest.raises(StoreError, match=words):
        Store.open(tmp_path, base="https://example.org/", read_only=read_only)


def test_base_is_kept(tmp_path: Path) -> None:
    base = "https://example.org/"
    with Store.open(tmp_path / "s", base=base) as store:
        store.commit([article("a", base=base)])
    with Store.open(tmp_path / "s") as store:
        assert store.base == base


def test_a_closed_store_says_so(store: Store) -> None:
    store.commit([article("a")])
    store.close()
    with pytest.raises(StoreError, match="closed"):
        list(store.articles())


def test_readers_do_not_write(store: Store) -> None:
    store.commit([article("a")])
    with Store.open(store.path, read_only=True) as reader, pytest.raises(StoreError, match="to be read"):
        reader.commit([article("b")])


SECOND = """
import sys
from zhiguan.errors import StoreError
from zhiguan.store import Store
with Store.open(sys.argv[1], read_only=True) as store:
    print(len(list(store.articles())))
try:
    Store.open(sys.argv[1])
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("change", [lambda store: None, Store.compact])
def test_a_second_writer_is_told_who_has_it(store: Store, change: Callable[[Store], None]) -> None:
    store.commit([article("a")])
    change(store)
    with pytest.raises(StoreError, match="in use"):
        Store.open(store.path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SECOND, str(store.path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    count, words = done.stdout.splitlines()
    assert count == "1", "readers may look beside a writer"
    assert "in use by another zhiguan process" in words


def test_two_that_make_one_store(tmp_path: Path) -> None:
    """The second finds out when it stores its first article, and takes nothing away from the first."""
    with Store.open(tmp_path / "s") as first:
        second = Store.open(tmp_path / "s")
        first.commit([article("a")])
        with pytest.raises(StoreError, match="in use"):
            second.commit([article("b")])
        second.close()
        first.commit([article("c")])
        assert [str(fault) for fault in check_store(first)] == []
        assert [one.id for one in first.articles()] == ["a", "c"]


def test_vocabulary_is_there_and_follows_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = "SELECT (COUNT(*) AS ?n) {{ GRAPH <{}> {{ ?s ?p ?o }} }}"
    with Store.open(tmp_path / "s") as store:
        store.commit([article("a")])
        assert all(store.rows(count.format(graph)) > [("0",)] for graph in VOCABULARY_GRAPHS)
        version = store.version
    with Store.open(tmp_path / "s") as store:
        assert store.version == version, "opening changes nothing"
    monkeypatch.setattr(resources, "read_ontology", lambda name: "<http://a> <http://b> [ <http://c> 1 ] .")
    with Store.open(tmp_path / "s") as store:
        assert {store.rows(count.format(graph))[0][0] for graph in VOCABULARY_GRAPHS} == {"2"}
        assert read_version(store.path) == store.version != version


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("before", [None, "甲"])
def test_what_a_dead_writer_was_at_is_mended(tmp_path: Path, before: str | None, written: bool) -> None:
    """The graph is the truth: what it was, or what it was to become."""
    with Store.open(tmp_path / "s") as store:
        store.commit([article("other"), *([article("a", before)] if before else [])])
        change = plan(article("a", "乙", facts=5), store.manifest.get("a"), store.base)
        with store.manifest.transaction():
            store.manifest.put_text("乙")
            store.manifest.begin([change.entry])
        if written:
            store.replace_graph(f"{store.base}graph/a", "".join(f"{quad} .\n" for quad in change.quads or ()))
    with Store.open(tmp_path / "s") as store:
        assert [str(fault) for fault in check_store(store)] == []
        entry = store.manifest.get("a")
        assert (store.get_text(entry.text_digest) if entry else None) == ("乙" if written else before)


def test_what_a_dead_filler_and_compacter_left_is_removed(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        list(store.fill(batches(40, 40)))
        kept = sorted(each.name for each in store.path.iterdir())
        with store.manifest.transaction():
            for entry in list(store.manifest.entries())[:3]:
                store.manifest.keep_filling(entry, None)
            store.manifest.put_text("没有人要的")
    for name in ("graph-1", "graph-3"):
        (tmp_path / "s" / name).mkdir()
        (tmp_path / "s" / name / "000001.sst").write_bytes(b"x")
    (tmp_path / "s" / "version").write_text("older")
    with Store.open(tmp_path / "s") as store:
        assert [str(fault) for fault in check_store(store)] == []
        assert sorted(each.name for each in store.path.iterdir()) == kept


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError("IO error: While open: No space left on device: x"), "no room left"),
        (OSError(27, "File too large"), "no room left"),
        (RuntimeError("Corruption: block checksum mismatch"), "is damaged"),
        (RuntimeError("IO error: No such file or directory: Corruption: MANIFEST-000040"), "run again"),
        (OSError("IO error: lock hold by current process: LOCK"), "in use"),
    ],
)
def test_troubles_in_words(error: Exception, words: str) -> None:
    with pytest.raises(StoreError, match=words), in_words(Path("store")):
        raise error


def test_faults_of_ours_are_not_the_stores() -> None:
    with pytest.raises(RuntimeError, match="ours"), in_words(Path("store")):
        raise RuntimeError("a fault of ours")
