"""What the user gave, cut into pieces that can be read alone, in the order in which `read_paths` reads them."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from zhiguan.read.delimited import Table
from zhiguan.read.parquet import row_groups
from zhiguan.read.places import STDIN, Place, check_file, check_given, files
from zhiguan.read.values import MEGABYTE, Piece, ReadOptions, Rejected, UnreadableError

PIECE_BYTES = MEGABYTE
_CHUNK = MEGABYTE


def cut_paths(
    paths: Sequence[str | Path], options: ReadOptions | None = None, size: int = PIECE_BYTES
) -> Iterator[Piece | Rejected]:
    """The pieces behind `paths`: ranges of about `size` bytes of JSON lines, CSV, TSV and Parquet; other files whole.

    Packed files cannot be cut. A place that cannot be read comes as a `Rejected`. A file is looked through once for its
    lines (about a second a gigabyte of JSON lines, ten of CSV). ReadError at once where a path names nothing.
    """
    return _cut_all(check_given(paths), options or ReadOptions(), size)


def _cut_all(given: Sequence[str], options: ReadOptions, size: int) -> Iterator[Piece | Rejected]:
    for path in given:
        if path == STDIN:
            yield Piece(path=STDIN)
            continue
        try:
            for file in files(path):
                yield from _cut(file, options, size)
        except UnreadableError as error:
            yield Rejected(id=Path(path).name, origin=str(Path(path).absolute()), reason=str(error), path=Path(path))


def _cut(file: Path, options: ReadOptions, size: int) -> Iterator[Piece]:
    """The pieces of one file; one that cannot be opened stays whole, so that its reading says why."""
    place = Place.of(file)
    try:
        length = check_file(file).st_size
        if length <= size or place.packed:
            yield Piece(path=str(file), size=length)
        else:
            yield from _cut_kind(place, options, size, length)
    except (OSError, UnreadableError, csv.Error):
        yield Piece(path=str(file))


def _cut_kind(place: Place, options: ReadOptions, size: int, length: int) -> Iterator[Piece]:
    path = str(place.path)
    match place.kind(options):
        case "jsonl":
            with place.path.open("rb") as stream:
                cuts = list(_line_cuts(stream, size, length))
        case "csv" | "tsv" as kind:
            with place.path.open("rb") as stream:
                cuts = list(_row_cuts(Table(stream, kind, options), size, length))
        case "parquet":
            yield from _parquet_pieces(path, row_groups(place.path), size)
            return
        case _:
            yield Piece(path=path, size=length)
            return
    ends = [*(begin for begin, _ in cuts[1:]), length]
    for (begin, first), end in zip(cuts, ends, strict=True):
        yield Piece(path=path, begin=begin, end=end, first=first, size=end - begin)


def _line_cuts(stream: BinaryIO, size: int, length: int) -> Iterator[tuple[int, int]]:
    """(byte, line number) of the lines on which the pieces begin."""
    yield 0, 1
    place, number = 0, 1
    while block := stream.read(size):
        while block:
            place, number = place + len(block), number + block.count(b"\n")
            block = b"" if block.endswith(b"\n") else stream.readline(_CHUNK)
        if place < length:
            yield place, number


def _row_cuts(table: Table, size: int, length: int) -> Iterator[tuple[int, int]]:
    """(byte, line number) of the rows on which the pieces begin; only the reader of CSV itself knows where rows end."""
    begin = table.header_bytes
    yield begin, 2
    for place, number in table.ends():
        if place - begin >= size and place < length:
            begin = place
            yield place, number


def _parquet_pieces(path: str, groups: Sequence[tuple[int, int]], size: int) -> Iterator[Piece]:
    begin, first, held, rows = 0, 1, 0, 0
    for index, (count, length) in enumerate(groups):
        held, rows = held + length, rows + count
        if held >= size or index == len(groups) - 1:
            yield Piece(path=path, begin=begin, end=index + 1, first=first, size=held)
            begin, first, held, rows = index + 1, first + rows, 0, 0
