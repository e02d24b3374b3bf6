"""The manifest: which articles the store holds, from what, made by what; their texts; why others were set aside.

One SQLite file in write-ahead mode: one process writes, any number reads beside it. A transaction is on the disk when it
ends (synchronous=FULL), so the manifest never says more than a power cut leaves.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Self

from zhiguan.errors import StoreError
from zhiguan.store.entries import Entry, State, storable, text_digest

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
CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY, graph_digest TEXT NOT NULL, text_digest TEXT NOT NULL);
"""
_UNUSED = "NOT EXISTS (SELECT 1 FROM articles WHERE articles.text_digest = texts.digest)"

_BURY = """
INSERT OR REPLACE INTO removed SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM articles WHERE id = ? AND graph_digest != ''
"""


class Manifest:
    """The manifest of a store; use it as a context manager, or close it. Safe to read from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, store: Path | str) -> Self:
        """The manifest of the store at this path, to read; StoreError where there is none.

        Each call sees what was committed when it was made; a load may go on beside it.
        """
        file = Path(store) / MANIFEST
        if not file.is_file():
            raise StoreError(f"there is no store at {store}; make one with: zhiguan load PATH --store {store}")
        return cls(_connect_to_read(file))

    @classmethod
    def write(cls, file: Path | str) -> Self:
        """The manifest in this file, made where there is none, to read and write; the holder of the store's lock only.
        `:memory:` gives one that no file keeps."""
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_SCHEMA)
        return cls(connection)

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
        row = self._db.execute(f"SELECT {_NAMES} FROM articles WHERE id = ?", (article,)).fetchone()  # noqa: S608
        return _entry(row) if row else None

    def entries(self, state: State | None = None) -> Iterator[Entry]:
        """All articles, or those in a state, by identifier."""
        where, values = ("WHERE state = ?", (state,)) if state else ("", ())
        rows = self._db.execute(f"SELECT {_NAMES} FROM articles {where} ORDER BY id", values)  # noqa: S608
        return (_entry(row) for row in rows)

    def is_current(self, article: str, content_digest: str, loader: str, ontology: str) -> bool:
        """Whether this content was read before, by this loader and with this ontology: nothing new would come of it."""
        found = self._db.execute(
            "SELECT 1 FROM articles WHERE id = ? AND content_digest = ? AND loader = ? AND ontology = ?",
            (article, content_digest, loader, ontology),
        )
        return found.fetchone() is not None

    def recent(self, limit: int, offset: int = 0) -> list[Entry]:
        """The articles that have a graph, last loaded first."""
        rows = self._db.execute(
            f"SELECT {_NAMES} FROM articles WHERE graph_digest != '' ORDER BY loaded DESC, id DESC LIMIT ? OFFSET ?",  # noqa: S608
            (limit, offset),
        )
        return [_entry(row) for row in rows]

    def when_removed(self, article: str) -> str | None:
        """When an article that was here was removed (UTC, ISO 8601); None where it is here or never was."""
        row = self._db.execute("SELECT removed FROM removed WHERE id = ?", (article,)).fetchone()
        return str(row[0]) if row else None

    def count(self, state: State | None = None) -> int:
        """How many articles there are, or how many in a state."""
        where, values = (" WHERE state = ?", (state,)) if state else ("", ())
        return int(self._db.execute(f"SELECT COUNT(*) FROM articles{where}", values).fetchone()[0])  # noqa: S608

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

    def meta(self, key: str) -> str:
        """A value that belongs to the whole store, '' where there is none."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within happen or none does; on the disk when it ends."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put(self, entry: Entry, report: str | None = None) -> None:
        """Write an article's row and its report in the place of the earlier ones."""
        self._db.execute(f"INSERT OR REPLACE INTO articles ({_NAMES}) VALUES ({_MARKS})", astuple(entry))  # noqa: S608
        self._db.execute("DELETE FROM reports WHERE id = ?", (entry.id,))
        self._db.execute("DELETE FROM removed WHERE id = ?", (entry.id,))
        if report:
            packed = zlib.compress(report.encode())
            self._db.execute("INSERT INTO reports VALUES (?, ?)", (entry.id, packed))

    def drop(self, article: str) -> None:
        """Forget an article and its report; of one that had a graph, that it was here."""
        self._db.execute(_BURY, (article,))
        self._db.execute("DELETE FROM articles WHERE id = ?", (article,))
        self._db.execute("DELETE FROM reports WHERE id = ?", (article,))

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
    except sqlite3.OperationalError:  # a closed manifest on a disk that cannot be written: nobody changes it
        connection.close()
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    return connection


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Entry(**{**values, "state": State(values["state"])})  # type: ignore[arg-type]
