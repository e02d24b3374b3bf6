"""First fills and compaction: built beside, in place whole."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.made import BASE, article, batches, set_aside

from zhiguan.errors import StoreError
from zhiguan.store import Loaded, Outcome, State, Store, read_version
from zhiguan.store.filling import Stream
from zhiguan.store.store import WORTH_COMPACTING


def dump(store: Store) -> list[bytes]:
    output = io.BytesIO()
    store.dump("nquads", output)
    return sorted(output.getvalue().splitlines())


def graph_folders(store: Store) -> list[str]:
    return [each.name for each in store.path.iterdir() if each.name.startswith("graph-")]


def test_a_fill_says_what_commits_say(tmp_path: Path) -> None:
    said, rows = [], []
    for way in ("fill", "commit"):
        with Store.open(tmp_path / way) as store:
            made = batches(100, 30)
            outcomes = list(store.fill(made)) if way == "fill" else [store.commit(batch) for batch in made]
            assert [len(batch) for batch in outcomes] == [30, 30, 30, 10]
            assert sum(batch.count(Outcome.SET_ASIDE) for batch in outcomes) == 2
            said.append(dump(store))
            rows.append(
                [(row.id, row.state, row.graph_digest, row.quads, row.text_digest) for row in store.manifest.entries()]
            )
            assert store.manifest.report("n39") == "[] a <http://x> ."
    assert said[0] == said[1]
    assert rows[0] == rows[1]


def test_readers_see_nothing_until_all_is_in(tmp_path: Path) -> None:
    def watched() -> Iterator[list[Loaded]]:
        for batch in batches(90, 30):
            yield batch
            with Store.open(tmp_path / "s", read_only=True) as reader:
                assert (list(reader.articles()), reader.manifest.count()) == ([], 0)

    with Store.open(tmp_path / "s") as store:
        list(store.fill(watched()))
        assert len(list(store.articles())) == store.manifest.count(State.STORED) == 88
        assert read_version(store.path) == store.version
        assert graph_folders(store) == ["graph-2"]


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt("ctrl-c"), OSError("no such part"), RuntimeError("IO error: theirs")]
)
def test_a_fill_that_is_cut_short_leaves_an_empty_store(tmp_path: Path, error: BaseException) -> None:
    def cut() -> Iterator[list[Loaded]]:
        yield [article("a"), set_aside("b", report="[] a <http://x> .")]
        raise error

    with Store.open(tmp_path / "s") as store:
        with pytest.raises(type(error), match=str(error)):
            list(store.fill(cut()))
        assert (store.manifest.count(), list(store.manifest.texts()), store.manifest.report("b")) == (0, [], None)
        assert graph_folders(store) == ["graph-1"]
        assert list(store.fill([[article("a")]])) == [[Outcome.LOADED]]


def test_a_fill_needs_an_empty_store_and_each_article_once(store: Store) -> None:
    with pytest.raises(StoreError, match="came twice"):
        list(store.fill([[article("a")], [article("a", "乙")]]))
    store.commit([article("a")])
    with pytest.raises(StoreError, match="has articles"):
        list(store.fill([[article("b")]]))
    assert [one.id for one in store.articles()] == ["a"]


def test_compaction_keeps_everything(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        for edition in ("一", "二"):
            for batch in batches(60, 20, edition):
                store.commit(batch)
        before, version, written = dump(store), store.version, store.manifest.written
        assert written > 0
        store.compact()
        assert (dump(store), store.manifest.written) == (before, 0)
        assert store.version != version
        assert graph_folders(store) == ["graph-2"]
        store.commit([article("new")])
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert store.article("new") is not None


def test_when_compaction_is_worth_its_while(store: Store) -> None:
    store.commit([article("a")])
    for written, worth in ((8, False), (WORTH_COMPACTING, True)):
        with store.manifest.transaction():
            store.manifest.count_written(written)
        assert store.is_worth_compacting is worth


def test_a_reader_opens_while_folders_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "s") as store:
        store.commit([article("a")])
        from zhiguan.store import graphs

        opened = graphs.open_to_read

        def late(folder: Path) -> object:
            if folder.name == "graph-1":
                store.compact()
            return opened(folder)

        monkeypatch.setattr(graphs, "open_to_read", late)
        with Store.open(tmp_path / "s", read_only=True) as reader:
            assert reader.article("a") is not None


def test_a_stream_is_read_in_pieces_of_any_size() -> None:
    pieces = [b"abc", b"", b"defgh", b"i"]
    for size in (1, 2, 4, 100):
        stream, read = Stream(pieces), b""
        while piece := stream.read(size):
            assert len(piece) <= size
            read += piece
        assert read == b"abcdefghi"


def test_another_base(tmp_path: Path) -> None:
    base = "https://example.org/"
    with Store.open(tmp_path / "s", base=base) as store:
        list(store.fill([[article("a", base=base)]]))
        with pytest.raises(StoreError, match="another graph"):
            store.commit([article("b", base=BASE)])
        assert [one.graph for one in store.articles()] == [f"{base}graph/a"]
