"""CSV and TSV (RFC 4180; a header line names the fields) as records, read as a stream."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import BufferedReader

from zhiguan.read.lines import lines
from zhiguan.read.records import Record, Row
from zhiguan.read.values import Piece, ReadOptions, UnreadableError

_SAMPLE = 1 << 16
_SURROGATE = re.compile("[\ud800-\udfff]")
_BROKEN = "\ud800"
"""Stands for a line that is too long."""


class Table:
    """The rows of a CSV stream that stands at its begin: the header is read at once, UnreadableError where there is none."""

    def __init__(self, stream: BufferedReader, kind: str, options: ReadOptions) -> None:
        self._stream, self._options = stream, options
        self._delimiter = options.profile.delimiter or ("\t" if kind == "tsv" else ",")
        self._encoding = options.profile.encoding or _encoding(stream.peek(_SAMPLE))
        head = stream.readline(options.max_bytes)
        if not head.strip():
            raise UnreadableError("it is empty: the first line must name the fields")
        self.header_bytes = len(head)
        self._check_encoding()
        self.fields = self._header(head)

    def _header(self, head: bytes) -> list[str]:
        try:
            return next(csv.reader([self._decode(head)], delimiter=self._delimiter), [])
        except csv.Error as error:
            raise UnreadableError(f"broken first line: {error}: lines must end in LF or CRLF") from None

    def _check_encoding(self) -> None:
        try:
            codecs.lookup(self._encoding)
        except LookupError:
            raise UnreadableError(
                f"unknown encoding {self._encoding!r} in the profile: name utf-8 or gb18030"
            ) from None

    def _decode(self, line: bytes) -> str:
        return line.decode(self._encoding, "surrogateescape").removeprefix("\ufeff")

    def rows(self, piece: Piece) -> Iterator[Row]:
        """The records of a range that begins behind the header; the number is that of the line on which a record begins."""
        csv.field_size_limit(self._options.max_bytes)  # the csv module knows one limit for all readers
        reader = csv.reader(self._texts(piece), delimiter=self._delimiter)
        while True:
            number = piece.first + reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(number, UnreadableError(f"broken row: {error}: look for a quotation mark that is not closed"))
                continue
            if cells:
                yield Row(number, self._record(cells))

    def ends(self) -> Iterator[tuple[int, int]]:
        """(byte, number of the next line) behind each row of the whole table."""
        place = self.header_bytes

        def texts() -> Iterator[str]:
            nonlocal place
            while line := self._stream.readline(self._options.max_bytes):
                place += len(line)
                yield self._decode(line)

        csv.field_size_limit(self._options.max_bytes)
        reader = csv.reader(texts(), delimiter=self._delimiter)
        while True:
            try:
                next(reader)
            except StopIteration:
                return
            except csv.Error:
                continue
            yield place, reader.line_num + 2

    def _texts(self, piece: Piece) -> Iterator[str]:
        for _, line in lines(self._stream, self._options.max_bytes, piece):
            yield _BROKEN if line is None else self._decode(line)

    def _record(self, cells: list[str]) -> Record | UnreadableError:
        if any(_SURROGATE.search(cell) for cell in cells):
            return UnreadableError(f"the row is not {self._encoding}, or too long: write the table again as UTF-8")
        if len(cells) != len(self.fields):
            return UnreadableError(
                f"the row has {len(cells)} cells, the header {len(self.fields)}: look for a delimiter or a quotation mark"
            )
        return dict(zip(self.fields, cells, strict=True))


def _encoding(sample: bytes) -> str:
    """UTF-8, or GB18030, in which Excel saves tables in China, as most of the first lines are; a broken one decides nothing."""
    lines = [line for line in sample.splitlines()[:-1] or [sample] if not line.isascii()]
    return "utf-8" if sum(map(_is_utf8, lines)) * 2 >= len(lines) else "gb18030"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
