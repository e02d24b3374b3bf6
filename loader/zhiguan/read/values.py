"""Values of the read stage: how to read, what part of what, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhiguan.errors import ReadError
from zhiguan.read.profile import PLAIN, Profile

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How articles are read.

    `id_from` is `name` (the file's name without its ending, or the record's `id`), `path` (the path as it
    was given, with `~` between its parts), or the name of a record's field. `fields` renames record fields, ours
    to theirs: `{"text": "content"}`, and goes before the names of `profile`, which says the rest of how a dump is made.
    `format` is one of `profile.FORMATS`. `max_bytes` limits one article: a file, unpacked, or one record of a record file,
    which itself may have any size.
    """

    id_from: str = "name"
    fields: Mapping[str, str] = field(default_factory=dict)
    format: str = "auto"
    max_bytes: int = 20 * MEGABYTE
    profile: Profile = PLAIN

    def names(self, field: str) -> str:
        """What the records call one of our fields."""
        return self.fields.get(field) or self.profile.fields.get(field, field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An article that cannot be read: its id as far as known, where it lies, why, and what to do about it.

    `path` is the file it lies in, None for the standard input; it is kept as it is.
    """

    id: str
    origin: str
    reason: str
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of what the user gave that can be read alone, in another process as well.

    `path` is a file or `-`. `begin`..`end` is a range of bytes (JSON lines, CSV, TSV) or of row groups (Parquet); an
    `end` of None means to the end of the file, and the whole file where `begin` is 0. `first` is the number of the first line
    (row) of the range. `size` is in bytes as they lie on the disk.
    """

    path: str
    begin: int = 0
    end: int | None = None
    first: int = 1
    size: int = 0


class UnreadableError(ReadError):
    """One article cannot be read; the read stage turns it into a `Rejected`."""
