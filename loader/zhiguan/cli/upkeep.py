"""`zhiguan check`, `compact`, `backup`, `restore`: keeping a store well."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, say, store_option

if TYPE_CHECKING:
    from zhiguan.store import Store


@click.command()
@store_option
def check(store_path: Path) -> None:
    """Check that every article is whole.

    Each is in the store with all its graph and its text, or not at all. Both are compared with the manifest, after
    mending what a loader left that was killed. The exit code is 1 where something is wrong; each line says what, and
    the cure. `zhiguan validate` checks against the shapes.

    \b
    Example:
      zhiguan check --store ./zhiguan-store
    """
    from zhiguan.store import State, Store, check_store

    with Store.open(store_path, read_only=not os.access(store_path, os.W_OK)) as store:
        faults = 0
        for fault in check_store(store):
            faults += 1
            click.echo(str(fault))
        manifest = store.manifest
        click.echo(
            f"{manifest.count(State.STORED)} articles stored, {manifest.count(State.SET_ASIDE)} set aside, "
            f"{manifest.quads()} statements, {faults} faults"
        )
    if faults:
        fail()


@click.command()
@store_option
def compact(store_path: Path) -> None:
    """Rewrite the store: smaller and faster to ask.

    Worth it where many articles came after the first load. Needs room for a second copy while it runs; readers and
    servers go on meanwhile, and a crash leaves the store as it was.

    \b
    Example:
      zhiguan compact --store ./zhiguan-store
    """

    with _existing(store_path) as store:
        store.compact()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@store_option
def backup(folder: Path, store_path: Path) -> None:
    """Copy the store to a new folder.

    The copy is a store itself. On the same disk its graphs are hard links and cost nothing; keep one on another disk.

    \b
    Example:
      zhiguan backup /mnt/safe/2024-03-01
    """
    from zhiguan.store import back_up

    with _existing(store_path) as store:
        back_up(store, folder)
        say(f"{store.manifest.count()} articles copied to {folder}; bring them back with: zhiguan restore {folder}")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@store_option
def restore(folder: Path, store_path: Path) -> None:
    """Make a store of a backup.

    The store must not exist yet. All of it is checked; where the backup is not whole, nothing is left of it.

    \b
    Example:
      zhiguan restore /mnt/safe/2024-03-01 --store ./zhiguan-store
    """
    from zhiguan import store

    say(f"{store.restore(folder, store_path)} articles restored, all whole")


def _existing(store_path: Path) -> "Store":
    """The store, to be written; one that is not there is not made."""
    from zhiguan.store import Store
    from zhiguan.store.folder import read_base

    read_base(store_path)
    return Store.open(store_path)
