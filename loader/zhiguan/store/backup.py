"""Copies of a whole store, and stores made of such copies."""

import shutil
from pathlib import Path

import pyoxigraph as ox

from zhiguan.errors import StoreError
from zhiguan.store import folder
from zhiguan.store.checking import check_store
from zhiguan.store.folder import in_words
from zhiguan.store.manifest import MANIFEST, Manifest
from zhiguan.store.store import Store


def back_up(store: Store, target: Path) -> None:
    """Copy an open store to a new folder, which is a store itself; on the same disk the graphs cost hard links only.
    StoreError where there is something already, or no room."""
    with in_words(target):
        _must_be_free(target)
        store.flush()
        _copy(store.graphs, store.manifest, target)
        folder.write_file(target / folder.VERSION, store.version.encode())
        folder.write_base(target, store.base)  # last: half a copy is no store


def restore(source: Path, target: Path) -> int:
    """Make a store of the backup at `source` and check all of it; how many articles it has. StoreError where there is a
    store already, or where the backup is no whole one: then nothing is left at `target`."""
    with in_words(source):
        base = folder.read_base(source)
        with Manifest.open(source) as manifest:
            name = manifest.meta("graph")
            graphs = ox.Store.read_only(str(source / name))
            with in_words(target):
                _must_be_free(target)
                _copy(graphs, manifest, target)
                folder.write_base(target, base)
    try:
        with Store.open(target) as store:
            fault = next(check_store(store), None)
            count = store.manifest.count()
    except StoreError as error:
        shutil.rmtree(target)
        raise StoreError(f"the backup {source} is not whole: {error}") from error
    if fault:
        shutil.rmtree(target)
        raise StoreError(f"the backup {source} is not whole: {fault}")
    return count


def _must_be_free(target: Path) -> None:
    if folder.is_made(target) or (target.exists() and any(target.iterdir())):
        raise StoreError(f"there is something at {target}; give a folder that does not exist")


def _copy(graphs: ox.Store, manifest: Manifest, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    graphs.backup(str(target / manifest.meta("graph")))
    manifest.copy(target / MANIFEST)
