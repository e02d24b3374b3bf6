"""The index of signatures: which articles are alike, and which of them came first. Tables in the SQLite file of a manifest.

Candidates are found by locality-sensitive hashing (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4):
of 20 bands of two numbers at least one is the same in 97 of 100 pairs that share 0.4 of their runs.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date

from zhiguan.reposts.signature import VERSION, likeness

ALIKE = 0.4
"""Share of runs in common from which on two texts are one report."""

DAYS = 7
"""Farthest days of publication that two posts of one report may have; a year later the same words are another report."""

_BANDS = 20
_BAND_BYTES = 4
_MOST = 50
"""Links that an article is given at most: pages that are nothing but a frame would be linked each with each."""
_UNDATED = 0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS signatures (
  number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, day INTEGER NOT NULL, signature BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS bands (
  band INTEGER, day INTEGER, number INTEGER, PRIMARY KEY (band, day, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alike (one INTEGER, other INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS repost_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_NEAR = """
SELECT DISTINCT number FROM bands WHERE band = ? AND (? = 0 OR day = 0 OR day BETWEEN ? AND ?)
"""
_IN_ORDER = """
SELECT signatures.number, article, other FROM alike JOIN signatures ON one = number
ORDER BY day = 0, day, article
"""


class RepostIndex:
    """Signatures and likenesses in an open SQLite file; writes belong to the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def create(self) -> None:
        """Make the tables where there are none; empty those whose signatures this version cannot compare."""
        self._db.executescript(_SCHEMA)
        if self._state("version") not in {"", VERSION}:
            self.clear()
        self._set_state("version", VERSION)

    def put(self, article: str, published: str, signature: bytes) -> None:
        """Take an article in, or anew: `published` is its earliest day (ISO 8601, or "" where it is not known); b"" as signature
        takes it out."""
        day = date.fromisoformat(published).toordinal() if published else _UNDATED
        known = self._db.execute("SELECT day, signature FROM signatures WHERE article = ?", (article,)).fetchone()
        if known == (day, signature):
            return
        self.drop(article)
        if not signature:
            return
        row = self._db.execute(
            "INSERT INTO signatures (article, day, signature) VALUES (?, ?, ?)", (article, day, signature)
        )
        number = row.lastrowid
        found = [other for other in self._candidates(day, signature) if self._is_alike(other, signature)][:_MOST]
        self._db.executemany("INSERT INTO bands VALUES (?, ?, ?)", ((band, day, number) for band in _bands(signature)))
        if found:
            pairs = [pair for other in found for pair in ((number, other), (other, number))]
            self._db.executemany("INSERT OR IGNORE INTO alike VALUES (?, ?)", pairs)
            self._set_state("stale", "1")

    def drop(self, article: str) -> None:
        """Take an article out, with its likenesses."""
        known = self._db.execute(
            "SELECT number, day, signature FROM signatures WHERE article = ?", (article,)
        ).fetchone()
        if known is None:
            return
        number, day, signature = known
        keys = ((band, day, number) for band in _bands(signature))
        self._db.executemany("DELETE FROM bands WHERE band = ? AND day = ? AND number = ?", keys)
        others = [other for (other,) in self._db.execute("SELECT other FROM alike WHERE one = ?", (number,))]
        if others:
            self._db.execute("DELETE FROM alike WHERE one = ?", (number,))
            self._db.executemany("DELETE FROM alike WHERE one = ? AND other = ?", ((other, number) for other in others))
            self._set_state("stale", "1")
        self._db.execute("DELETE FROM signatures WHERE number = ?", (number,))

    def clear(self) -> None:
        """Take all articles out."""
        for table in ("signatures", "bands", "alike"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        self._set_state("stale", "1")

    def repeats(self) -> Iterator[tuple[str, str]]:
        """(article, the article that it repeats), in the order of publication.

        In that order, by day and then identifier, an article repeats the earliest of those like it that repeats none itself; so
        each is like what it repeats, and the answer does not depend on the order of loading. An article without a day comes
        after all others.
        """
        firsts: dict[int, tuple[int, str]] = {}
        for place, (number, article, alike) in enumerate(self._neighbours()):
            earlier = [firsts[other] for other in alike if other in firsts]
            if earlier:
                yield article, min(earlier)[1]
            else:
                firsts[number] = (place, article)

    def is_stale(self) -> bool:
        """Whether `repeats` may tell something else than when `settle` was last called."""
        return self._state("stale") == "1"

    def settle(self) -> None:
        """Note that what `repeats` tells has been written down."""
        self._set_state("stale", "0")

    def _neighbours(self) -> Iterator[tuple[int, str, set[int]]]:
        number, article, alike = 0, "", set[int]()
        for next_number, next_article, other in self._db.execute(_IN_ORDER):
            if next_number != number:
                if alike:
                    yield number, article, alike
                number, article, alike = next_number, next_article, set()
            alike.add(other)
        if alike:
            yield number, article, alike

    def _candidates(self, day: int, signature: bytes) -> list[int]:
        found: set[int] = set()
        for band in _bands(signature):
            found.update(number for (number,) in self._db.execute(_NEAR, (band, day, day - DAYS, day + DAYS)))
        return sorted(found)

    def _is_alike(self, number: int, signature: bytes) -> bool:
        (other,) = self._db.execute("SELECT signature FROM signatures WHERE number = ?", (number,)).fetchone()
        return likeness(signature, other) >= ALIKE

    def _state(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM repost_state WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def _set_state(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO repost_state VALUES (?, ?)", (key, value))


def _bands(signature: bytes) -> Iterator[int]:
    """The keys under which a signature is found, each with the number of its band."""
    for band in range(_BANDS):
        part = signature[band * _BAND_BYTES : (band + 1) * _BAND_BYTES]
        yield band << 32 | int.from_bytes(part, "little")
