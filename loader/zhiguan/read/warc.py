"""WARC files (ISO 28500, a Common Crawl slice) as records: the HTML pages that a server answered with 200.

A record has the fields `id` and `url` (the page's address), `html` (its bytes as text) and `crawled`; its number is its byte
offset in the file.
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from zhiguan.read.decode import decode
from zhiguan.read.records import Row
from zhiguan.read.values import ReadOptions, UnreadableError

_PAGES = ("text/html", "application/xhtml+xml")
_BROKEN = (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError, zlib.error)
"""What the library raises over damaged records."""
_GZIP_MEMBER = b"\x1f\x8b\x08"
_PLAIN_RECORD = b"WARC/1."
_CHUNK = 1 << 20


class _Records(ArchiveIterator):  # type: ignore[misc]
    """The records of a stream; of a damaged one its reading tells, and no warning besides."""

    INC_RECORD = ""


def warc_rows(stream: BinaryIO, options: ReadOptions, path: Path | None) -> Iterator[Row]:
    """The pages of a WARC stream. A damaged record is reported, and where the stream is a file that is not packed as a whole
    the reading goes on at the next record."""
    while True:
        begin = stream.tell() if path else 0
        records = _Records(stream)
        try:
            yield from _pages(records, options)
        except _BROKEN as error:
            offset = max(records.member_info[0] if records.member_info else 0, begin)
            words = f"damaged WARC record at or behind byte {offset} ({_line(error)}): fetch this part again"
            yield Row(offset, UnreadableError(words))
        else:
            return
        if path is None or not _seek_next(stream, offset + 1):
            return


def _line(error: Exception) -> str:
    return str(error).partition(",")[0].strip()


def _seek_next(stream: BinaryIO, offset: int) -> bool:
    """Put a file where the next record may begin; whether there is one."""
    stream.seek(offset)
    overlap = len(_PLAIN_RECORD)
    while chunk := stream.read(_CHUNK):
        found = [place for mark in (_GZIP_MEMBER, _PLAIN_RECORD) if (place := chunk.find(mark)) >= 0]
        if found:
            stream.seek(offset + min(found))
            return True
        if len(chunk) < _CHUNK:
            return False
        offset += len(chunk) - overlap
        stream.seek(offset)
    return False


def _pages(records: ArchiveIterator, options: ReadOptions) -> Iterator[Row]:
    for record in records:
        if _is_page(record):
            page = _page(record, options)  # first: asking for the offset reads the record to its end
            yield Row(records.get_record_offset(), page)


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.partition(";")[0].strip().lower() in _PAGES


def _page(record: ArcWarcRecord, options: ReadOptions) -> dict[str, object] | UnreadableError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        return UnreadableError(f"the page {url} is larger than {options.max_bytes} bytes: leave it out")
    if missing := getattr(record.raw_stream, "limit", 1):  # warcio ends without a word where the file does
        return UnreadableError(f"the record of {url} is cut off, by {missing} bytes at least: fetch it again")
    with suppress(UnreadableError):
        return {"id": url, "url": url, "html": decode(data), "crawled": record.rec_headers.get_header("WARC-Date")}
    return UnreadableError(f"the page {url} is empty or of an unknown encoding: leave it out")
