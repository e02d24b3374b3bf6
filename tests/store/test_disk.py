"""Full disks and disks that cannot be written: words, and nothing lost."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.store.made import article, batches

from zhiguan.errors import StoreError
from zhiguan.store import Store, check_store


def fill(disk: Path, leave: int = 0) -> None:
    """Leave `leave` bytes of room, or less where the store writes beside us."""
    with (disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while (room := os.statvfs(disk)).f_bavail * room.f_frsize > leave:
            ballast.write(b"x" * min(4096, room.f_bavail * room.f_frsize - leave))


def whole(path: Path) -> Store:
    """The store, mended and checked."""
    store = Store.open(path)
    assert [str(fault) for fault in check_store(store)] == []
    return store


def test_when_it_is_made(small_disk: Path) -> None:
    fill(small_disk, 40_000)
    with pytest.raises(StoreError, match="no room left"), Store.open(small_disk / "s") as store:
        store.commit([article("a")])
    (small_disk / "ballast").unlink()
    with Store.open(small_disk / "s") as store:
        store.commit([article("a")])
        assert [one.id for one in store.articles()] == ["a"]


def test_when_writing(small_disk: Path) -> None:
    acknowledged = ["first"]
    with pytest.raises(StoreError, match="no room left"), Store.open(small_disk / "s") as store:
        store.commit([article("first")])
        fill(small_disk, 400_000)
        for batch in batches(4000, 20):
            store.commit(batch)
            acknowledged += [loaded.article for loaded in batch]
    (small_disk / "ballast").unlink()
    with whole(small_disk / "s") as store:
        assert {entry.id for entry in store.manifest.entries()} >= set(acknowledged)
        store.commit([article("last")])


@pytest.mark.parametrize(
    "rebuild", [Store.compact, lambda store: list(store.fill(batches(2000, 100)))], ids=["compact", "fill"]
)
def test_when_rebuilding(small_disk: Path, rebuild: Callable[[Store], object]) -> None:
    with Store.open(small_disk / "s") as store:
        store.commit([article("a")])
        store.remove_article("a")
        fill(small_disk, 20_000)
        version = store.version
        with pytest.raises(StoreError, match="no room left"):
            rebuild(store)
        assert store.version == version
    (small_disk / "ballast").unlink()
    with whole(small_disk / "s") as store:
        assert store.manifest.count() == 0
        assert len(list(store.fill(batches(100, 100)))) == 1


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 200 kB: a disk that is full for those who may mount none."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_when_files_may_not_grow(tmp_path: Path, small_files: None) -> None:
    acknowledged: list[str] = []
    with pytest.raises(StoreError, match="no room left"), Store.open(tmp_path / "s") as store:
        for batch in batches(4000, 20):
            store.commit(batch)
            acknowledged += [loaded.article for loaded in batch]
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    with whole(tmp_path / "s") as store:
        assert {entry.id for entry in store.manifest.entries()} >= set(acknowledged)


def test_a_disk_that_cannot_be_written(small_disk: Path) -> None:
    with Store.open(small_disk / "s") as store:
        store.commit([article("a")])
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with Store.open(small_disk / "s", read_only=True) as store:
        assert [str(fault) for fault in check_store(store)] == []
        assert [one.id for one in store.articles()] == ["a"]
    for path in (small_disk / "s", small_disk / "new"):
        with pytest.raises(StoreError, match="cannot be written"):
            Store.open(path)
