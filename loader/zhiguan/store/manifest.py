"""The manifest: which articles the store holds, from what, made by what; their texts; why others were set aside.

One SQLite file in write-ahead mode: one process writes, any number reads beside it. A transaction is on the disk when it
ends (synchronous=FULL), so the manifest never says more than a power cut leaves.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from zhiguan.errors import StoreError
from zhiguan.reposts import RepostIndex
from zhiguan.store.entries import Entry, State, storable, text_digest
from zhiguan.store.folder import in_words, no_store

MANIFEST = "manifest.sqlite"
_COLUMNS = tuple(field.name for field in fields(Entry))
_NAMES = ", ".join(_COLUMNS)
_MARKS = ", ".join("?" * len(_COLUMNS))
_ENTRY = ", ".join(f"{name} {'INTEGER' if name == 'quads' else 'TEXT'} NOT NULL" for name in _COLUMNS[1:])
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, {_ENTRY});
CREATE INDEX IF NOT EXISTS articles_by_text ON articles (text_digest);
CREATE INDEX IF NOT EXISTS articles_set_aside ON articles (id) WHERE state = '{State.SET_ASIDE}';
CREATE TABLE IF NOT EXISTS reports (id TEXT PRIMARY KEY, report BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS texts (digest TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, removed TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS articles_by_time ON articles (loaded, id);
CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY, {_ENTRY});
CREATE TABLE IF NOT EXISTS filling (id TEXT PRIMARY KEY, {_ENTRY});
"""
_UNUSED = "NOT EXISTS (SELECT 1 FROM articles WHERE articles.text_digest = texts.digest)"

_BURY = """
INSERT OR REPLACE INTO removed SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM articles WHERE id = ? AND graph_digest != ''
"""


class Manifest:
    """The manifest of a store; use it as a context manager, or close it. Safe to read from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.reposts = RepostIndex(connection)

    @classmethod
    def open(cls, store: Path | str) -> Self:
        """The manifest of the store at this path, to read; StoreError where there is none.

        Each call sees what was committed when it was made; a load may go on beside it.
        """
        file = Path(store) / MANIFEST
        if not file.is_file():
            raise no_store(store)
        with in_words(Path(store)):
            return cls(_connect_to_read(file))

    @classmethod
    def write(cls, file: Path | str) -> Self:
        """The manifest in this file, made where there is none, to read and write; for the holder of the store's lock.
        `:memory:` gives one that no file keeps."""
        if isinstance(file, Path) and not file.exists():
            draft = file.with_name(f".{file.name}.{os.getpid()}")  # readers may look meanwhile
            draft.unlink(missing_ok=True)
            cls._connect_to_write(draft).close()
            draft.replace(file)
        return cls(cls._connect_to_write(file))

    @staticmethod
    def _connect_to_write(file: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_SCHEMA)
        RepostIndex(connection).create()
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    # Reading

    def get(self, article: str) -> Entry | None:
        """The article with this identifier, or None."""
        return next(self._entries("articles WHERE id = ?", article), None)

    def entries(self, state: State | None = None) -> Iterator[Entry]:
        """All articles, or those in a state, by identifier."""
        if state is None:
            return self._entries("articles ORDER BY id")
        return self._entries("articles WHERE state = ? ORDER BY id", state)

    def _entries(self, chosen: str, *values: object) -> Iterator[Entry]:
        return (_entry(row) for row in self._db.execute(f"SELECT {_NAMES} FROM {chosen}", values))  # noqa: S608

    def recent(self, limit: int, offset: int = 0) -> list[Entry]:
        """The articles that have a graph, last loaded first."""
        chosen = "articles WHERE graph_digest != '' ORDER BY loaded DESC, id DESC LIMIT ? OFFSET ?"
        return list(self._entries(chosen, limit, offset))

    def when_removed(self, article: str) -> str | None:
        """When an article that was here was removed (UTC, ISO 8601); None where it is here or never was."""
        row = self._db.execute("SELECT removed FROM removed WHERE id = ?", (article,)).fetchone()
        return str(row[0]) if row else None

    def count(self, state: State | None = None) -> int:
        """How many articles there are, or how many in a state."""
        if state is None:
            return self._number("SELECT COUNT(*) FROM articles")
        return self._number("SELECT COUNT(*) FROM articles WHERE state = ?", state)

    def quads(self) -> int:
        """How many statements the graphs of the articles hold."""
        return self._number("SELECT COALESCE(SUM(quads), 0) FROM articles")

    def _number(self, query: str, *values: object) -> int:
        return int(self._db.execute(query, values).fetchone()[0])

    def get_text(self, digest: str) -> str | None:
        """The text with this SHA-256, or None."""
        row = self._db.execute("SELECT body FROM texts WHERE digest = ?", (digest,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else None

    def texts(self) -> Iterator[str]:
        """SHA-256 of every text kept, sorted."""
        return (row[0] for row in self._db.execute("SELECT digest FROM texts ORDER BY digest"))

    def report(self, article: str) -> str | None:
        """The validation report (Turtle) of an article set aside, or None."""
        row = self._db.execute("SELECT report FROM reports WHERE id = ?", (article,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else None

    def pending(self) -> list[Entry]:
        """What was being written when a commit ended before its time: what each article was to become."""
        return list(self._entries("pending ORDER BY id"))

    def unused_texts(self) -> list[str]:
        """SHA-256 of the texts that no article is made from."""
        return [row[0] for row in self._db.execute(f"SELECT digest FROM texts WHERE {_UNUSED}")]  # noqa: S608

    def damage(self) -> list[str]:
        """What SQLite finds wrong with its file (structure, not content); [] where it is sound."""
        said = [str(row[0]) for row in self._db.execute("PRAGMA quick_check")]
        return [] if said == ["ok"] else said

    def copy(self, file: Path) -> None:
        """Write the manifest as it stands to another file."""
        with closing(sqlite3.connect(file)) as target:
            self._db.backup(target)

    @property
    def version(self) -> str:
        """Of the store's content: another one after every acknowledged change. '' where nothing was stored yet."""
        changes = self.meta("changes")
        return f"{self.meta('birth')}-{changes}" if changes else ""

    def meta(self, key: str) -> str:
        """A value that belongs to the whole store, '' where there is none."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within happen or none does; on the disk when it ends."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def count_change(self) -> None:
        """Make the version another one."""
        self.set_meta("changes", str(int(self.meta("changes") or 0) + 1))

    def count_written(self, quads: int) -> None:
        """Add to the statements that were written one article at a time since the graphs were last built whole."""
        self.set_meta("written", str(self.written + quads))

    @property
    def written(self) -> int:
        """Statements written one article at a time since the graphs were last built whole."""
        return int(self.meta("written") or 0)

    def begin(self, entries: Iterable[Entry]) -> None:
        """Write down what articles are about to become."""
        self._db.executemany(f"INSERT INTO pending ({_NAMES}) VALUES ({_MARKS})", map(astuple, entries))  # noqa: S608

    def end(self) -> None:
        """Nothing is pending any more."""
        self._db.execute("DELETE FROM pending")

    def keep_filling(self, entry: Entry, report: str | None) -> None:
        """Write an article of a first fill, which readers do not see; StoreError where it had one of this id."""
        try:
            self._db.execute(f"INSERT INTO filling ({_NAMES}) VALUES ({_MARKS})", astuple(entry))  # noqa: S608
        except sqlite3.IntegrityError as error:
            raise StoreError(f"the article {entry.id} came twice in one fill") from error
        self._put_report(entry.id, report)

    def end_filling(self) -> None:
        """Let readers see the articles of a first fill."""
        self._db.execute(f"INSERT INTO articles ({_NAMES}) SELECT {_NAMES} FROM filling ORDER BY id")  # noqa: S608
        self._db.execute("DELETE FROM filling")

    def forget_filling(self) -> bool:
        """Forget what a first fill that did not end has left; whether there was one."""
        if not self._number("SELECT EXISTS (SELECT 1 FROM filling)"):
            return False
        self._db.execute("DELETE FROM reports WHERE id IN (SELECT id FROM filling)")
        self.reposts.clear()
        self._db.execute("DELETE FROM filling")
        self.drop_unused_texts()
        return True

    def put(self, entry: Entry, report: str | None = None) -> None:
        """Write an article's row and its report in the place of the earlier ones."""
        self._db.execute(f"INSERT OR REPLACE INTO articles ({_NAMES}) VALUES ({_MARKS})", astuple(entry))  # noqa: S608
        self._db.execute("DELETE FROM removed WHERE id = ?", (entry.id,))
        self._put_report(entry.id, report)

    def _put_report(self, article: str, report: str | None) -> None:
        self._db.execute("DELETE FROM reports WHERE id = ?", (article,))
        if report:
            packed = zlib.compress(report.encode("utf-8", "replace"))
            self._db.execute("INSERT INTO reports VALUES (?, ?)", (article, packed))

    def drop(self, article: str) -> None:
        """Forget an article and its report; of one that had a graph, that it was here."""
        self._db.execute(_BURY, (article,))
        self._db.execute("DELETE FROM articles WHERE id = ?", (article,))
        self._db.execute("DELETE FROM reports WHERE id = ?", (article,))
        self.reposts.drop(article)

    def put_text(self, text: str, digest: str = "") -> str:
        """Keep a text; its digest."""
        digest = digest or text_digest(text)
        packed = zlib.compress(storable(text).encode())
        self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, packed))
        return digest

    def drop_unused_texts(self, digests: Iterable[str] | None = None) -> int:
        """Forget those of these texts, or of all, that no article is made from; how many."""
        if digests is None:
            return self._db.execute(f"DELETE FROM texts WHERE {_UNUSED}").rowcount  # noqa: S608
        statement = f"DELETE FROM texts WHERE digest = ? AND {_UNUSED}"  # noqa: S608
        return sum(self._db.execute(statement, (digest,)).rowcount for digest in digests)


def _connect_to_read(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=60)
    try:
        connection.execute("SELECT 1 FROM meta").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        log = file.with_name(f"{file.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        # a closed manifest on a disk that cannot be written: nobody changes it
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    return connection


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Entry(**{**values, "state": State(values["state"])})  # type: ignore[arg-type]
