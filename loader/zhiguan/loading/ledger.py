"""What a load has done so far, so that an interrupted one goes on where it was: a folder in the store's.

    DIR/loading/ledger.sqlite    splits that are done, and the ids that this load has seen
    DIR/loading/<split>.jsonl.gz parts that are not in the store yet

The ledger is of use only to who finds the store as this load left it; where the store has changed since, it starts anew.
The store's own manifest then still tells which articles are done, only more slowly.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from zhiguan.loading.run import SplitResult, mark_files, part_path, stop_path, without_killer
from zhiguan.loading.splits import Split

_SCHEMA = """
CREATE TABLE IF NOT EXISTS splits
    (id TEXT PRIMARY KEY, articles INTEGER NOT NULL, committed INTEGER NOT NULL, aside INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seen (article TEXT PRIMARY KEY, origin TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """The source that an id stood for when this load met it first: its place, and the digest of what was read."""

    origin: str
    digest: str


class Ledger:
    """The ledger of one load at a time: the holder of the store's lock has it. Tells the driver of the splits too."""

    def __init__(self, folder: Path, version: str) -> None:
        """Take up the ledger in `folder` where it was left at this version of the store, else begin a new one."""
        self.folder = folder
        if _left_at(folder) != version:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        stop_path(folder).unlink(missing_ok=True)
        self.died = any(mark_files(folder))
        """Whether a process died at an article: who goes on had better not do so at the same one."""
        for mark in mark_files(folder):
            mark.unlink()
        self._version = folder / "version"
        self._version.write_text(version, encoding="ascii")
        self._db = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # a power cut may take the last entries: their splits run again
        self._db.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep all for the next load where this one was cut short; leave nothing where it came to its end."""
        self._db.close()
        if kind is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            with suppress(OSError):
                self.folder.parent.rmdir()  # nothing came of the load: there is no store

    # What the driver asks

    def known(self, task: Split) -> SplitResult | None:
        """What an earlier load made of this split."""
        row = self._db.execute("SELECT articles, committed, aside FROM splits WHERE id = ?", (task.id,)).fetchone()
        if row is None or not (row[1] or part_path(self.folder, task.id).exists()):
            return None
        return SplitResult(task.id, row[0], task.size, bool(row[1]), row[2])

    def without(self, task: Split) -> Split | None:
        """The split without the article at which its process died."""
        return without_killer(task, self.folder)

    def halt(self) -> None:
        """Tell those who run splits to stop."""
        stop_path(self.folder).touch()

    # What the load writes

    def prepared(self, result: SplitResult) -> None:
        """The part of a split is there."""
        self._db.execute("INSERT OR REPLACE INTO splits VALUES (?, ?, 0, 0)", (result.id, result.articles))

    def committed(self, splits: Mapping[str, int], version: str) -> None:
        """The articles of these splits are in the store, which has this version now, but for so many set aside."""
        self._db.execute("BEGIN")
        rows = [(aside, split) for split, aside in splits.items()]
        self._db.executemany("UPDATE splits SET committed = 1, aside = ? WHERE id = ?", rows)
        self._db.execute("COMMIT")
        self._version.write_text(version, encoding="ascii")
        for split in splits:
            part_path(self.folder, split).unlink(missing_ok=True)

    def forget_seen(self) -> None:
        """No id was seen: the parts are gone through from the first."""
        self._db.execute("DELETE FROM seen")

    def first(self, article: str, seen: Seen) -> Seen | None:
        """The source that had this id before in this load; None where this one is the first, which is kept."""
        row = self._db.execute("SELECT origin, digest FROM seen WHERE article = ?", (article,)).fetchone()
        if row is None:
            self._db.execute("INSERT INTO seen VALUES (?, ?, ?)", (article, seen.origin, seen.digest))
            return None
        return Seen(*row)


def _left_at(folder: Path) -> str | None:
    try:
        return (folder / "version").read_text(encoding="ascii")
    except FileNotFoundError:
        return None
