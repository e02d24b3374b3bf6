"""Values of the read stage: how to read, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhiguan.errors import ReadError

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How articles are read.

    `id_from` is `name` (the file's name without its ending, or the record's `id`), `path` (the path as it
    was given, with `~` between its parts), or the name of a record's field. `fields` renames record fields, ours
    to theirs: `{"text": "content"}`. `format` is `auto` (by the file's ending) or `jsonl` (one record a line whatever
    the ending). `max_bytes` limits one article: a file, unpacked, or one line of a record file, which itself may have
    any size.
    """

    id_from: str = "name"
    fields: Mapping[str, str] = field(default_factory=dict)
    format: str = "auto"
    max_bytes: int = 20 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An article that cannot be read: its id as far as known, where it lies, why, and what to do about it.

    `path` is the file it lies in, None for the standard input; it is kept as it is.
    """

    id: str
    origin: str
    reason: str
    path: Path | None = None


class UnreadableError(ReadError):
    """One article cannot be read; the read stage turns it into a `Rejected`."""
