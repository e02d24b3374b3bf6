"""Lines of a stream or of a range of it, and the records of JSON lines; a bad line spoils nothing but itself."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from zhiguan.read.decode import decode
from zhiguan.read.records import Record, Row
from zhiguan.read.values import Piece, ReadOptions, UnreadableError

_CHUNK = 1 << 20


def lines(stream: BinaryIO, limit: int, piece: Piece) -> Iterator[tuple[int, bytes | None]]:
    """(number, bytes) of each line of a range of a stream that stands at its begin; None instead of a line longer than
    `limit` bytes."""
    number, place = piece.first - 1, piece.begin
    while piece.end is None or place < piece.end:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        place += len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            place += _skip_line(stream)
            yield number, None
        else:
            yield number, line


def _skip_line(stream: BinaryIO) -> int:
    skipped = 0
    while rest := stream.readline(_CHUNK):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def json_rows(stream: BinaryIO, piece: Piece, options: ReadOptions) -> Iterator[Row]:
    """The records of JSON lines; blank lines are passed over."""
    for number, line in lines(stream, options.max_bytes, piece):
        if line is None or line.strip():
            yield Row(number, _parse(line, options))


def _parse(line: bytes | None, options: ReadOptions) -> Record | UnreadableError:
    if line is None:
        return too_long(options)
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as error:
        return UnreadableError(f"broken JSON: {error.msg} at character {error.pos + 1}: mend the line")
    except (RecursionError, ValueError):
        return UnreadableError("JSON nested too deeply or with an endless number: mend the line")
    except UnreadableError as error:
        return error
    if not isinstance(record, dict):
        return UnreadableError(f"a JSON object is needed, not {type(record).__name__}: one record a line")
    return record


def too_long(options: ReadOptions) -> UnreadableError:
    """A line that is longer than an article may be."""
    return UnreadableError(f"the line is longer than {options.max_bytes} bytes: split the record or raise the limit")
