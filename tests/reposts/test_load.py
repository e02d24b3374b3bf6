"""Re-posts through the whole of a load: linked, counted once, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reposts.test_signature import REPORT, REPOSTS, SAME_MOULD

from zhiguan.config import LoadSettings
from zhiguan.loading import load
from zhiguan.store import Loaded, Store

BASE = "https://w3id.org/zhiguan/"
_LINKS = "SELECT ?a ?b WHERE { GRAPH ?g { ?a zg:repeats ?b } }"


def write(folder: Path, name: str, text: str, day: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(f"{text}\n\n发布时间：2024-10-{day:02}\n", encoding="utf-8")


@pytest.fixture
def portals(tmp_path: Path) -> Path:
    """A report on a portal, re-posts of it on others, and another report of the same mould."""
    folder = tmp_path / "portals"
    for number, change in enumerate(REPOSTS.values()):
        write(folder, f"p{number}", change(REPORT), 12 + number % 3)
    write(folder, "other", SAME_MOULD, 13)
    return folder


def links(store: Store) -> dict[str, str]:
    return {one.rpartition("/")[2]: other.rpartition("/")[2] for one, other in store.rows(_LINKS)}


EXPECTED = {f"p{number}": "p0" for number in range(1, len(REPOSTS))}


@pytest.mark.parametrize("replace", [False, True])
def test_the_first_published_is_repeated(portals: Path, tmp_path: Path, replace: bool) -> None:
    """A first fill (in bulk) and commits find the same."""
    with Store.open(tmp_path / "store") as store:
        load([portals], store, LoadSettings(replace=replace))
        assert links(store) == EXPECTED
        assert not store.manifest.reposts.is_stale()


def test_order_of_loading_does_not_matter(portals: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        for file in sorted(portals.iterdir(), reverse=True):
            load([file], store, LoadSettings())
        assert links(store) == EXPECTED


def test_what_is_removed_or_changed_leaves_no_link(portals: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        load([portals], store, LoadSettings())
        store.remove_article("p0")
        left = links(store)
        assert set(left.values()) == {"p3"}  # the next one of the first day
        assert "p0" not in left
        write(portals, "p3", SAME_MOULD, 12)
        load([portals / "p3.txt"], store, LoadSettings())
        assert links(store)["other"] == "p3"
        assert "p3" not in {first for one, first in links(store).items() if one != "other"}


def test_without_looking_for_them_there_are_none(portals: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        load([portals], store, LoadSettings(near_duplicates=False))
        assert links(store) == {}


def test_links_that_a_crash_left_undone_are_made_when_the_store_is_opened(portals: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        load([portals], store, LoadSettings())
        with store.manifest.transaction():
            store.manifest.reposts.drop("p1")
    with Store.open(tmp_path / "store") as store:
        assert "p1" not in links(store)
        assert links(store)["p2"] == "p0"


def test_the_articles_say_what_they_said(portals: Path, tmp_path: Path) -> None:
    """The graph of an article is the same with and without links."""
    graph = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{BASE}graph/p1> {{ ?s ?p ?o }} }}"
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        load([portals], one, LoadSettings())
        load([portals], two, LoadSettings(near_duplicates=False))
        assert sorted(one.rows(graph)) == sorted(two.rows(graph))


def loaded(name: str, nquads: str | None = "", signature: str = "") -> Loaded:
    return Loaded(article=name, content_digest=name, loader="1", ontology="1", nquads=nquads, signature=signature)


def test_a_fill_that_fails_leaves_no_signature(tmp_path: Path) -> None:
    def broken() -> "Callable[[], None]":
        raise OSError

    def batches() -> object:
        yield [loaded("a", signature="00" * 256)]
        broken()

    with Store.open(tmp_path / "store") as store:
        with pytest.raises(OSError):
            list(store.fill(batches()))  # type: ignore[arg-type]
        store.commit([loaded("b", signature="00" * 256)])
        assert list(store.manifest.reposts.repeats()) == []
