"""The store: whole graphs or none, clear words when it cannot be opened or written, texts and articles set aside."""

import contextlib
import gzip
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from zhiguan import resources
from zhiguan.errors import QueryError, StoreError
from zhiguan.results import PREFIXES
from zhiguan.shelf import file_stem, in_words
from zhiguan.store import VOCABULARY_GRAPHS, Store

BASE = "https://w3id.org/zhiguan/"
GRAPH = f"{BASE}graph/a1"
TYPE = f"<{PREFIXES['rdf']}type>"


def quads(count: int, graph: str = GRAPH, value: str = "x", size: int = 1) -> str:
    return "".join(f'<http://s/{i}> <http://p> "{value * size}" <{graph}> .\n' for i in range(count))


def article(name: str, text: str = "") -> str:
    node, graph = f"<{BASE}article/{name}>", f"<{BASE}graph/{name}>"
    zg, dcterms = PREFIXES["zg"], PREFIXES["dcterms"]
    return (
        f"{node} {TYPE} <{zg}Article> {graph} .\n"
        f'{node} <{dcterms}identifier> "{name}" {graph} .\n'
        f'{node} <{zg}originDigest> "ab12" {graph} .\n'
        f'{node} <{zg}originName> "{name}.txt" {graph} .\n'
        f"{node} <{zg}text> <{BASE}text/sha256-{text}> {graph} .\n"
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def size_of(store: Store, graph: str = GRAPH) -> int:
    return int(store.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")[0][0])


def test_replacing(store: Store) -> None:
    assert store.replace_graph(GRAPH, quads(3))
    assert not store.replace_graph(GRAPH, quads(3)), "the same again changes nothing"
    assert store.unchanged(GRAPH, quads(3))
    assert store.replace_graph(GRAPH, quads(2))
    assert size_of(store) == 2
    assert store.remove_graph(GRAPH)
    assert not store.remove_graph(GRAPH)


@pytest.mark.parametrize("value", ['" } } ; DROP ALL ; # ', "\\u0022", "service load 😀\n\t\x01", "\\\\u007B"])
def test_literals_come_back_as_they_were(store: Store, value: str) -> None:
    """Both ways of writing (first load, replacement) keep every character."""
    triple = ox.Quad(ox.NamedNode("http://s"), ox.NamedNode("http://p"), ox.Literal(value), ox.NamedNode(GRAPH))
    nquads = (ox.serialize([triple], format=ox.RdfFormat.N_QUADS) or b"").decode()
    for other in (quads(1), nquads, quads(1), nquads):
        store.replace_graph(GRAPH, other)
    assert store.rows("SELECT ?o { <http://s> <http://p> ?o }") == [(value,)]


def test_readers_see_the_old_graph_or_the_new(store: Store) -> None:
    store.replace_graph(GRAPH, quads(200))
    seen: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.add(size_of(store))

    reader = threading.Thread(target=watch)
    reader.start()
    for turn in range(40):
        store.replace_graph(GRAPH, quads(200, value=f"v{turn}"))
    done.set()
    reader.join()
    assert seen == {200}


@pytest.mark.parametrize(
    ("nquads", "words"),
    [("<http://s> <http://p", "not N-Quads"), (quads(1, "http://other"), "another graph")],
)
def test_a_bad_graph_changes_nothing(store: Store, nquads: str, words: str) -> None:
    store.replace_graph(GRAPH, quads(2))
    with pytest.raises(StoreError, match=words):
        store.replace_graph(GRAPH, nquads)
    assert size_of(store) == 2


def test_what_was_written_is_there_after_closing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        store.replace_graph(GRAPH, quads(2))
        store.compact()
    with Store.open(tmp_path / "s") as store:
        assert size_of(store) == 2
    with pytest.raises(StoreError, match="closed"):
        store.flush()


def test_order_of_loading_does_not_show(tmp_path: Path) -> None:
    dumps = []
    for number, order in enumerate((("a", "b", "c"), ("c", "a", "b"))):
        with Store.open(tmp_path / str(number)) as store:
            for name in order:
                store.replace_graph(f"{BASE}graph/{name}", article(name))
            output = io.BytesIO()
            store.dump("nquads", output)
            dumps.append(output.getvalue())
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples", "jsonld"])
def test_dump(store: Store, form: str) -> None:
    store.replace_graph(GRAPH, quads(2))
    output = io.BytesIO()
    store.dump(form, output)
    assert output.getvalue().count(b"http://s/1") == 1
    if form == "jsonld":
        json.loads(output.getvalue())


def test_articles_and_removal(store: Store) -> None:
    digest, other = store.put_text("甲\r\n乙"), store.put_text("丙")
    store.replace_graph(f"{BASE}graph/b", article("b", digest))
    store.replace_graph(f"{BASE}graph/a", article("a", digest))
    assert [(one.id, one.origin_name, one.origin_digest) for one in store.articles()] == [
        ("a", "a.txt", "ab12"),
        ("b", "b.txt", "ab12"),
    ]
    assert store.article("c") is None
    assert store.remove_article("a")
    assert store.article("a") is None
    assert store.get_text(digest) == "甲\r\n乙", "another article still has this text"
    assert store.get_text(other) is None, "nothing speaks of this text"
    assert store.remove_article("b")
    assert store.get_text(digest) is None
    assert not store.remove_article("b")


def test_texts(store: Store) -> None:
    digest = store.put_text("会议\n")
    path = store.texts.path(digest)
    first = path.read_bytes()
    assert (path.parent.name, gzip.decompress(first).decode()) == (digest[:2], "会议\n")
    path.unlink()
    assert store.put_text("会议\n") == digest
    assert path.read_bytes() == first, "the same text makes the same file"
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no draft is left"


def test_quarantine(store: Store) -> None:
    store.quarantine("a1", "/in/a1.txt", "no label", "[] a <http://x> .")
    store.quarantine("县/报 1", "records.jsonl:3", "empty")
    entries = {entry.id: (entry.origin, entry.reason) for entry in store.set_aside.entries()}
    assert entries == {"a1": ("/in/a1.txt", "no label"), "县/报 1": ("records.jsonl:3", "empty")}
    assert store.set_aside.report("a1") == "[] a <http://x> ."
    assert store.set_aside.report("县/报 1") is None
    assert store.counts().quarantine == 2
    assert store.clear_quarantine("a1")
    assert not store.clear_quarantine("a1")
    assert store.remove_article("县/报 1")
    assert list((store.path / "quarantine").iterdir()) == []


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "长" * 200, "a b", "x" * 61])
def test_file_names_for_any_identifier(name: str) -> None:
    stem = file_stem(name)
    assert "/" not in stem
    assert not stem.startswith(".")
    assert len(stem.encode()) < 200
    assert stem != file_stem(name + "x")


def test_vocabulary_is_there_and_follows_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "s") as store:
        sizes = {graph: size_of(store, graph) for graph in VOCABULARY_GRAPHS}
        assert all(sizes.values())
    written = (tmp_path / "s" / "zhiguan.json").stat().st_mtime_ns
    with Store.open(tmp_path / "s"):
        assert (tmp_path / "s" / "zhiguan.json").stat().st_mtime_ns == written
    monkeypatch.setattr(resources, "read_ontology", lambda name: "<http://a> <http://b> [ <http://c> 1 ] .")
    with Store.open(tmp_path / "s") as store:
        assert {size_of(store, graph) for graph in VOCABULARY_GRAPHS} == {2}


# Opening


def test_a_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(StoreError, match=r"not a zhiguan store.*--store"):
        Store.open(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("x")
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"not a folder|no store"):
            Store.open(file, read_only=read_only)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="zhiguan load"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("{", "restore it"),
        ('{"layout": "0", "base": "x"}', "layout 0"),
        (f'{{"layout": "1", "base": "{BASE}"}}', "base IRI"),
    ],
)
def test_note_of_another_make(tmp_path: Path, note: str, words: str) -> None:
    (tmp_path / "zhiguan.json").write_text(note)
    with pytest.raises(StoreError, match=words):
        Store.open(tmp_path, base="https://example.org/")


def test_base_is_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", base="https://example.org/") as store:
        assert store.base == "https://example.org/"
    with Store.open(tmp_path / "s") as store:
        assert store.base == "https://example.org/"


def test_a_second_writer_is_told_who_has_it(store: Store) -> None:
    with pytest.raises(StoreError, match="in use"):
        Store.open(store.path)
    store.replace_graph(GRAPH, quads(2))
    program = (
        "import sys; from zhiguan.store import Store; from zhiguan.errors import StoreError\n"
        "with Store.open(sys.argv[1], read_only=True) as s: print(len(s.rows('SELECT ?s { GRAPH ?g { ?s <http://p> ?o } }')))\n"
        "try: Store.open(sys.argv[1])\n"
        "except StoreError as error: print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.path)], env=environment, capture_output=True, text=True, check=True
    )
    count, words = done.stdout.splitlines()
    assert count == "2", "readers may look beside a writer"
    assert "in use by another zhiguan process" in words


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB, where the system lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"cannot mount a small disk here: {error}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path, leave: int = 0) -> None:
    """Leave `leave` bytes of room, or less where the store writes beside us."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while (room := os.statvfs(disk)).f_bavail * room.f_frsize > leave:
            ballast.write(b"x" * min(4096, room.f_bavail * room.f_frsize - leave))


def test_full_disk_when_opening(small_disk: Path) -> None:
    fill(small_disk, 40_000)
    with pytest.raises(StoreError, match="no room left"):
        Store.open(small_disk / "s")


def test_full_disk_when_writing_loses_nothing(small_disk: Path) -> None:
    with Store.open(small_disk / "s") as store:
        store.replace_graph(GRAPH, quads(50))
        digest = store.put_text("早先的文章")
    kept = 50  # on a busy machine the store's own files may leave no room for even one more
    with pytest.raises(StoreError, match="no room left"), Store.open(small_disk / "s") as store:
        fill(small_disk, 200_000)
        for turn in range(100):
            store.replace_graph(GRAPH, quads(50 + turn, value=f"{turn:02}", size=200))
            kept = 50 + turn
    (small_disk / "ballast").unlink()
    with Store.open(small_disk / "s") as store:
        assert size_of(store) == kept, "the last graph that was acknowledged is there, whole"
        assert store.get_text(digest) == "早先的文章"
        assert store.replace_graph(GRAPH, quads(3))


def test_full_disk_when_keeping_a_text(small_disk: Path) -> None:
    with Store.open(small_disk / "s") as store:
        fill(small_disk)
        with pytest.raises(StoreError, match="no room left"):
            store.put_text("".join(chr(0x4E00 + number % 20000) for number in range(100_000)))
        (small_disk / "ballast").unlink()
        assert list(store.texts.digests()) == []


def test_a_disk_that_cannot_be_written(small_disk: Path) -> None:
    with Store.open(small_disk / "s") as store:
        store.replace_graph(GRAPH, quads(2))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with Store.open(small_disk / "s", read_only=True) as store:
        assert size_of(store) == 2
    for path in (small_disk / "s", small_disk / "new"):
        with pytest.raises(StoreError, match="cannot be written"):
            Store.open(path)


# Queries


def test_default_graph_is_the_union(store: Store) -> None:
    store.replace_graph(GRAPH, quads(2))
    other = "http://other"
    store.replace_graph(other, quads(1, other))
    asked = "SELECT ?s { ?s <http://p> ?o }"
    for text, count in (
        (asked, 3),
        (asked.replace("{", f"FROM <{GRAPH}> {{", 1), 2),
        (asked.replace("?s {", f"?s FROM NAMED <{GRAPH}> {{ GRAPH ?g {{") + "}", 2),
    ):
        assert len(list(store.rows(text))) == count
    result = store.query(asked, default_graphs=[other], named_graphs=[])
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
    store.replace_graph(f"{BASE}graph/a", article("a"))
    counts = store.counts()
    assert (counts.articles, counts.persons, counts.bodies) == (1, 0, 0)
    assert counts.quads > 5


def test_a_snapshot_stays_whole_beside_a_writer(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    graph = "https://w3id.org/zhiguan/graph/a"
    quad = '<https://w3id.org/zhiguan/x> <https://w3id.org/zhiguan/y> "{}" <{}> .\n'
    with Store.open(folder) as store:
        store.replace_graph(graph, quad.format("old", graph))
    with Store.open(folder, read_only=True) as store:
        snapshot = store.snapshot(tmp_path / "snapshot")
    with Store.open(folder) as store:
        store.replace_graph(graph, quad.format("new", graph))
        store.compact()
    with snapshot:
        assert snapshot.rows("SELECT ?o WHERE { ?s <https://w3id.org/zhiguan/y> ?o }") == [("old",)]
    with Store.open(folder, read_only=True) as store:
        assert store.rows("SELECT ?o WHERE { ?s <https://w3id.org/zhiguan/y> ?o }") == [("new",)]


def test_troubles_that_oxigraph_says_otherwise_are_put_into_words() -> None:
    with pytest.raises(StoreError, match="run again"), in_words(Path("store")):
        raise RuntimeError("Corruption: IO error: No such file or directory: MANIFEST-000040")
    with pytest.raises(RuntimeError, match="ours"), in_words(Path("store")):
        raise RuntimeError("a fault of ours")
