"""Files, folders, patterns and the standard input as articles, one at a time."""

import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from zhiguan.errors import ReadError
from zhiguan.model import Source
from zhiguan.read.decode import decode
from zhiguan.read.delimited import Table
from zhiguan.read.lines import json_rows
from zhiguan.read.packing import DAMAGED, open_unpacked, unpacked
from zhiguan.read.parquet import parquet_rows
from zhiguan.read.pieces import cut_paths
from zhiguan.read.places import ENDINGS, RECORDS, STDIN, Place, check_file
from zhiguan.read.profile import FIELDS
from zhiguan.read.records import Row, record_id, source_of, wanted
from zhiguan.read.sites import page_of
from zhiguan.read.values import MEGABYTE, Piece, ReadOptions, Rejected, UnreadableError

_HTML = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_NUMBER = re.compile(r":\d+$")
_WHOLE = 1 << 62
"""Bytes that no file has, so that nothing is cut."""
_OWN = {name: name for name in FIELDS}


def read_paths(paths: Sequence[str | Path], options: ReadOptions | None = None) -> Iterator[Source | Rejected]:
    """The articles behind `paths`: files, folders (recursive, in the order of names), shell patterns, `-`.

    An article that cannot be read comes as a `Rejected`; the rest goes on. Memory holds one article at a time.
    Raises ReadError at once where a path names nothing.
    """
    options = options or ReadOptions()
    return _read_all(cut_paths(paths, options, _WHOLE), options)


def _read_all(pieces: Iterator[Piece | Rejected], options: ReadOptions) -> Iterator[Source | Rejected]:
    for piece in pieces:
        if isinstance(piece, Rejected):
            yield piece
        else:
            yield from read_piece(piece, options)


def read_piece(
    piece: Piece, options: ReadOptions, opened: Callable[[BinaryIO], None] | None = None
) -> Iterator[Source | Rejected]:
    """The articles of one piece, with the ids and origins that reading the whole would give them. `opened` is told the
    stream of a record file, as it is read from, so that it can be seen how far the reading is."""
    if piece.path == STDIN:
        return _read_stdin(options)
    reader = _Reader(Place.of(Path(piece.path)), piece, options)
    reader.opened = opened
    return reader.articles()


def origin_path(origin: str) -> str:
    """The file part of `Source.origin`: without the number of a record."""
    return _NUMBER.sub("", origin)


class _Reader:
    """Reads one piece of one file (of the standard input where `path` is None)."""

    def __init__(self, place: Place, piece: Piece, options: ReadOptions, kind: str | None = None) -> None:
        self._place, self._piece, self._options = place, piece, options
        self._path = None if piece.path == STDIN else place.path
        self._origin = STDIN if self._path is None else str(place.path.absolute())
        self._id = "stdin" if self._path is None else place.file_id(options)
        self._kind = kind or place.kind(options)
        self._number = 0
        self.opened: Callable[[BinaryIO], None] | None = None

    def articles(self) -> Iterator[Source | Rejected]:
        """The articles of the file, or why there are none, or no more."""
        try:
            size = check_file(self._place.path).st_size
            if self._kind in RECORDS:
                yield from self._read_records()
            else:
                yield self._read_article(size)
        except DAMAGED:
            yield self._broken("the compressed file is cut off or damaged, or no gzip or zstd file: fetch it again")
        except OSError as error:
            yield self._broken(f"{error.strerror or error}: check the file and its rights")
        except ReadError as error:
            yield self._broken(str(error))

    def _broken(self, reason: str) -> Rejected:
        """The file, or what of it lies behind the last record that could be read."""
        if not self._number:
            return Rejected(id=self._id, origin=self._origin, reason=reason, path=self._path)
        words = f"behind record {self._number}: {reason}"
        place = self._number + 1
        return Rejected(id=f"{self._id}-{place}", origin=f"{self._origin}:{place}", reason=words, path=self._path)

    def _read_article(self, size: int) -> Source:
        if not self._kind:
            raise UnreadableError(f"unknown ending: known are {' '.join(ENDINGS)}; rename it, or give --format")
        if size > self._options.max_bytes:
            raise _too_large(size, self._options)
        with open_unpacked(self._place.path) as stream:
            text = _whole(stream, self._options)
        found = Source(id=self._id, text=text, media=_media(self._kind, text), origin=self._origin)
        return self._with_page(found) if found.media == "text/html" else found

    def _with_page(self, source: Source) -> Source:
        page = page_of(self._place.path)
        if page is None:
            return source
        record = {"url": page.url, "published": page.changed, "title": page.title, "html": source.text}
        identifier = source.id if self._options.id_from in {"name", "path"} else page.url
        return replace(
            source_of(record, identifier, source.origin, replace(self._options, fields=_OWN)), media=source.media
        )

    def _read_records(self) -> Iterator[Source | Rejected]:
        if self._kind == "parquet":
            yield from self.records(parquet_rows(self._place.path, self._piece))
            return
        with self._open() as stream:
            if self.opened:
                self.opened(stream)
            yield from self.records(self.rows(stream))

    def _open(self) -> BinaryIO:
        """The bytes of a record file; WARC in gzip as it lies, each record being a gzip member that is read alone."""
        path = self._place.path
        return path.open("rb") if self._kind == "warc" and path.suffix.lower() == ".gz" else open_unpacked(path)

    def rows(self, stream: BinaryIO) -> Iterator[Row]:
        """The rows of a record file from its stream."""
        piece = self._piece
        if self._kind in {"csv", "tsv"}:
            table = Table(cast(io.BufferedReader, stream), self._kind, self._options)
            begin = max(piece.begin, table.header_bytes)
            if begin > table.header_bytes:
                stream.seek(begin)
            yield from table.rows(replace(piece, begin=begin, first=max(piece.first, 2)))
        elif self._kind == "warc":
            from zhiguan.read.warc import warc_rows  # noqa: PLC0415 - few loads need its library

            yield from warc_rows(stream, self._options, self._path)
        else:
            if piece.begin:
                stream.seek(piece.begin)
            yield from json_rows(stream, piece, self._options)

    def records(self, rows: Iterator[Row]) -> Iterator[Source | Rejected]:
        """The articles of rows; UnreadableError where a whole file has none."""
        empty = True
        for row in rows:
            empty = False
            self._number = row.number
            if isinstance(row.record, UnreadableError) or wanted(row.record, self._options):
                yield self._article(row)
        if empty and self._piece.begin == 0 and self._piece.end is None:
            raise UnreadableError("it is empty: save the records again")

    def _article(self, row: Row) -> Source | Rejected:
        identifier, origin = f"{self._id}-{row.number}", f"{self._origin}:{row.number}"
        try:
            if isinstance(row.record, UnreadableError):
                raise row.record
            if self._options.id_from == "path":
                identifier = f"{self._id}~{record_id(row.record, self._options, str(row.number))}"
            else:
                identifier = record_id(row.record, self._options, identifier)
            return source_of(row.record, identifier, origin, self._options)
        except UnreadableError as error:
            return Rejected(id=identifier, origin=origin, reason=str(error), path=self._path)


def _whole(stream: BinaryIO, options: ReadOptions) -> str:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise _too_large(len(data), options)
    return decode(data)


def _too_large(size: int, options: ReadOptions) -> UnreadableError:
    had, limit = size / MEGABYTE, options.max_bytes / MEGABYTE
    return UnreadableError(f"{had:.0f} MB, more than {limit:.0f} MB: split it into articles, or make it .jsonl")


def _media(kind: str, text: str) -> str:
    """People save pages under .txt too, so the text itself may say that it is HTML."""
    return "text/html" if kind == "html" or _HTML.match(text) else "text/plain"


def _read_stdin(options: ReadOptions) -> Iterator[Source | Rejected]:
    outer = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    try:
        stream = unpacked(outer)
        kind = _stdin_kind(stream, options)
        if kind in RECORDS:
            reader = _Reader(Place.of(Path(STDIN)), Piece(path=STDIN), options, kind)
            yield from reader.records(reader.rows(stream))
            return
        text = _whole(stream, options)
        yield Source(id="stdin", text=text, media=_media(kind, text), origin=STDIN)
    except DAMAGED:
        yield Rejected(id="stdin", origin=STDIN, reason="the compressed stream is cut off or damaged: send it again")
    except UnreadableError as error:
        yield Rejected(id="stdin", origin=STDIN, reason=str(error))
    finally:
        outer.detach()


def _stdin_kind(stream: "io.BufferedReader[io.RawIOBase]", options: ReadOptions) -> str:
    said = options.format if options.format != "auto" else options.profile.format
    if said == "parquet":
        raise UnreadableError("Parquet is read from its end, which a pipe does not show: save it as a file")
    return said or ("jsonl" if stream.peek(1).lstrip().startswith(b"{") else "text")
