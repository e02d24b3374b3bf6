"""Files, folders, patterns and the standard input as articles, one at a time."""

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from zhiguan.model import Source
from zhiguan.read.decode import decode
from zhiguan.read.places import ENDINGS, STDIN, Place, check_file, check_given, places
from zhiguan.read.records import lines, parse, record_id, source_of
from zhiguan.read.values import MEGABYTE, ReadOptions, Rejected, UnreadableError

_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.\-]+")
_LINE = re.compile(r":\d+$")


def read_paths(paths: Sequence[str | Path], options: ReadOptions | None = None) -> Iterator[Source | Rejected]:
    """The articles behind `paths`: files, folders (recursive, in the order of names), shell patterns, `-`.

    An article that cannot be read comes as a `Rejected`; the rest goes on. Memory holds one article at a time.
    Raises ReadError at once where a path names nothing.
    """
    return _read(check_given(paths), options or ReadOptions())


def origin_path(origin: str) -> str:
    """The file part of `Source.origin`: without the line number of a record."""
    return _LINE.sub("", origin)


def _read(given: Sequence[str], options: ReadOptions) -> Iterator[Source | Rejected]:
    for path in given:
        if path == STDIN:
            yield from _read_stdin(options)
            continue
        try:
            for place in places(path):
                yield from _read_place(place, options)
        except UnreadableError as error:
            yield Rejected(id=Path(path).name, origin=str(Path(path).absolute()), reason=str(error), path=Path(path))


def _read_place(place: Place, options: ReadOptions) -> Iterator[Source | Rejected]:
    origin = str(place.path.absolute())
    try:
        size = check_file(place.path).st_size
        if options.format == "jsonl" or place.ending == ".jsonl":
            yield from _read_records(place, origin, options)
        else:
            yield _read_article(place, origin, size, options)
    except OSError as error:  # gzip.BadGzipFile is one
        reason = f"{error.strerror or error}: check the file and its rights"
        yield Rejected(id=_file_id(place, options), origin=origin, reason=reason, path=place.path)
    except (EOFError, zlib.error):
        reason = "the compressed file is cut off or damaged: fetch it again"
        yield Rejected(id=_file_id(place, options), origin=origin, reason=reason, path=place.path)
    except UnreadableError as error:
        yield Rejected(id=_file_id(place, options), origin=origin, reason=str(error), path=place.path)


def _file_id(place: Place, options: ReadOptions) -> str:
    if options.id_from != "path":
        return place.name
    parts = (*place.below.parent.parts, place.name)
    return "~".join(_UNSAFE.sub("-", part) for part in parts if part not in {"..", "."})


def _open(place: Place) -> BinaryIO:
    return cast(BinaryIO, gzip.open(place.path)) if place.packed else place.path.open("rb")


def _read_article(place: Place, origin: str, size: int, options: ReadOptions) -> Source:
    if not place.known:
        raise UnreadableError(f"unknown ending: known are {' '.join(ENDINGS)}; rename it, or give --format jsonl")
    if size > options.max_bytes:
        raise _too_large(size, options)
    with _open(place) as stream:
        data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise _too_large(len(data), options)
    text = decode(data)
    return Source(id=_file_id(place, options), text=text, media=_media(place.ending, text), origin=origin)


def _too_large(size: int, options: ReadOptions) -> UnreadableError:
    had, limit = size / MEGABYTE, options.max_bytes / MEGABYTE
    return UnreadableError(f"{had:.0f} MB, more than {limit:.0f} MB: split it into articles, or make it .jsonl")


def _media(ending: str, text: str) -> str:
    """People save pages under .txt too, so the text itself may say that it is HTML."""
    return "text/html" if ending in {".html", ".htm"} or _HTML.match(text) else "text/plain"


def _read_records(place: Place, origin: str, options: ReadOptions) -> Iterator[Source | Rejected]:
    with _open(place) as stream:
        yield from _records(stream, origin, _file_id(place, options), options, place.path)


def _records(
    stream: BinaryIO, origin: str, name: str, options: ReadOptions, path: Path | None
) -> Iterator[Source | Rejected]:
    empty = True
    for number, line in lines(stream, options.max_bytes):
        empty = False
        identifier, where = f"{name}-{number}", f"{origin}:{number}"
        try:
            record = parse(line, options)
            own = record_id(record, options, str(number))
            identifier = f"{name}~{own}" if options.id_from == "path" else record_id(record, options, identifier)
            yield source_of(record, identifier, where, options.fields)
        except UnreadableError as error:
            yield Rejected(id=identifier, origin=where, reason=str(error), path=path)
    if empty:
        raise UnreadableError("it is empty: save the records again")


def _read_stdin(options: ReadOptions) -> Iterator[Source | Rejected]:
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    try:
        if options.format == "jsonl" or stream.peek(1).lstrip().startswith(b"{"):
            yield from _records(stream, STDIN, "stdin", options, None)
            return
        data = stream.read(options.max_bytes + 1)
        if len(data) > options.max_bytes:
            raise _too_large(len(data), options)
        text = decode(data)
        yield Source(id="stdin", text=text, media=_media("", text), origin=STDIN)
    except UnreadableError as error:
        yield Rejected(id="stdin", origin=STDIN, reason=str(error))
    finally:
        stream.detach()
