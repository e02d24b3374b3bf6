"""Parquet files as records, a batch of rows in memory at a time; needs the extra `zhiguan[parquet]`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zhiguan.read.records import Row
from zhiguan.read.values import Piece, UnreadableError

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_BATCH = 64
"""Rows read at once: articles are long."""


def parquet_rows(path: Path, piece: Piece) -> Iterator[Row]:
    """The records of a range of row groups; the number is that of the row in the file, from 1."""
    with open_parquet(path) as file:
        number = piece.first
        end = file.num_row_groups if piece.end is None else piece.end
        for group in range(piece.begin, end):
            rows = file.metadata.row_group(group).num_rows
            yield from _group(file, group, number)
            number += rows


def _group(file: "ParquetFile", group: int, number: int) -> Iterator[Row]:
    """The rows of one row group; where it is damaged one row says so."""
    try:
        for batch in file.iter_batches(batch_size=_BATCH, row_groups=[group]):
            for record in batch.to_pylist():
                yield Row(number, record)
                number += 1
    except (OSError, ValueError) as error:  # pyarrow's own errors are both
        words = f"row group {group} is damaged from row {number} on ({error}): write the file again"
        yield Row(number, UnreadableError(words))


def row_groups(path: Path) -> list[tuple[int, int]]:
    """(rows, bytes) of each row group."""
    with open_parquet(path) as file:
        groups = (file.metadata.row_group(index) for index in range(file.num_row_groups))
        return [(group.num_rows, group.total_byte_size) for group in groups]


def open_parquet(path: Path) -> "ParquetFile":
    """The open file; UnreadableError where it is none, or where the library is not installed."""
    try:
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415 - 170 MB that few need
    except ImportError:
        raise UnreadableError("reading Parquet needs one package more: pip install 'zhiguan[parquet]'") from None
    try:
        return ParquetFile(path)
    except (OSError, ValueError) as error:
        raise UnreadableError(f"no whole Parquet file ({error}): write it again") from None
