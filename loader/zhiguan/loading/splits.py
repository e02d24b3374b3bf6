"""What the user gave, cut into splits: each read, worked on and written by itself, the same on every run."""

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from zhiguan.model import Source
from zhiguan.read import Piece, ReadOptions, Rejected, cut_paths, read_piece
from zhiguan.read.places import RECORDS, STDIN, Place

PIECE_BYTES = 1 << 19
"""Of a record file in one split: some 300 pieces of news, two seconds of work."""
MOST_ITEMS = 300
"""Files, or records that were read already, in one split."""

_LINES = frozenset({"jsonl", "csv", "tsv"})
_GROUP_BYTES = 4 * PIECE_BYTES
"""Of a row group of Parquet that is not read by one worker alone."""

Item = Piece | Source | Rejected
"""Something in a split: a piece to be read where the split is run, or what was read in the planning process."""


@dataclass(frozen=True, slots=True)
class Split:
    """A part of the input. `id` stands for what is in it and what it is worked on with; `size` is in bytes on the disk, 0
    where that is not known; `without` are the numbers (from 0) of articles that are not to be touched."""

    id: str
    items: tuple[Item, ...]
    size: int = 0
    without: frozenset[int] = frozenset()

    def sources(self, options: ReadOptions) -> Iterator[Source | Rejected]:
        """The articles of the split, in order."""
        for item in self.items:
            if isinstance(item, Piece):
                yield from read_piece(item, options)
            else:
                yield item


def plan_splits(paths: Sequence[str | Path], options: ReadOptions, key: str) -> Iterator[Split]:
    """The splits of an input, in the order of its articles; `key` stands for all that the results depend on besides.

    Record files are cut into ranges, small files go together. What cannot be cut finely enough (packed record files, WARC,
    large row groups of Parquet, the standard input) is read here, a split at a time. ReadError where a path names nothing.
    """
    groups = _groups(_opened(cut_paths(paths, options, PIECE_BYTES), options))
    return (_split(group, size, key) for group, size in groups)


def _opened(pieces: Iterable[Piece | Rejected], options: ReadOptions) -> Iterator[tuple[Item, int]]:
    """What splits are made of, each with its bytes on the disk."""
    for piece in pieces:
        if isinstance(piece, Rejected):
            yield piece, 0
        elif _is_stream(piece, options):
            yield from _streamed(piece, options)
        else:
            yield piece, piece.size


def _streamed(piece: Piece, options: ReadOptions) -> Iterator[tuple[Item, int]]:
    stream: list[BinaryIO] = []
    before = 0
    for item in read_piece(piece, options, stream.append):
        place = max(map(_position, stream), default=0)
        yield item, place - before
        before = place


def _position(stream: BinaryIO) -> int:
    """Bytes of a file that were read; 0 where its unpacker does not tell."""
    file: object = stream
    if isinstance(file, gzip.GzipFile):
        file = file.fileobj
    return file.tell() if isinstance(file, io.BufferedReader) else 0


def _is_stream(piece: Piece, options: ReadOptions) -> bool:
    """Whether a piece may hold far more than is said by its size."""
    if piece.path == STDIN:
        return True
    place = Place.of(Path(piece.path))
    kind = place.kind(options)
    return kind in RECORDS and (place.packed or kind not in _LINES) and (piece.end is None or piece.size > _GROUP_BYTES)


def _groups(items: Iterable[tuple[Item, int]]) -> Iterator[tuple[list[Item], int]]:
    """Items together, with their bytes on the disk."""
    group: list[Item] = []
    held = total = 0
    for item, size in items:
        weight = _weight(item)
        if group and (len(group) == MOST_ITEMS or held + weight > PIECE_BYTES):
            yield group, total
            group, held, total = [], 0, 0
        group.append(item)
        held, total = held + weight, total + size
    if group:
        yield group, total


def _weight(item: Item) -> int:
    if isinstance(item, Source):
        return len(item.text)
    return item.size if isinstance(item, Piece) else 0


def _split(group: Sequence[Item], size: int, key: str) -> Split:
    digest = hashlib.sha256(key.encode())
    for item in group:
        digest.update(_name(item).encode("utf-8", "surrogatepass"))
    return Split(digest.hexdigest()[:32], tuple(group), size)


def _name(item: Item) -> str:
    """What tells an item from others, and from what it was before its file changed."""
    if not isinstance(item, Piece):
        return repr(item)
    try:
        state = Path(item.path).stat()
    except OSError:
        return repr(item)
    return f"{item} {state.st_size} {state.st_mtime_ns}"
