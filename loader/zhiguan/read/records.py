"""Record files: one JSON object a line, read as a stream; a bad line spoils nothing but itself."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from zhiguan.model import Source
from zhiguan.read.decode import decode
from zhiguan.read.values import ReadOptions, UnreadableError

_SEPARATOR = re.compile(r"\s*[;；,，、|]\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHUNK = 1 << 20


def lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """(line number from 1, bytes) of each line that is not blank; None instead of a line longer than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(stream)
            yield number, None
        elif line.strip():
            yield number, line


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
        pass


def parse(line: bytes | None, options: ReadOptions) -> dict[str, object]:
    """The record of a line, under our field names; UnreadableError where it is no JSON object with text or HTML."""
    if line is None:
        raise UnreadableError(f"the line is longer than {options.max_bytes} bytes: split the record or raise the limit")
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as error:
        raise UnreadableError(f"broken JSON: {error.msg} at character {error.pos + 1}: mend the line") from None
    except RecursionError:
        raise UnreadableError("JSON nested too deeply: mend the line") from None
    if not isinstance(record, dict):
        raise UnreadableError(f"a JSON object is needed, not {type(record).__name__}: one record a line")
    return record


def source_of(record: Mapping[str, object], identifier: str, origin: str, fields: Mapping[str, str]) -> Source:
    """The article of a record; UnreadableError where it has neither text nor HTML."""

    def value(name: str) -> object:
        return record.get(fields.get(name, name))

    text, media = value("text"), "text/plain"
    if not (isinstance(text, str) and text.strip()):
        text, media = value("html"), "text/html"
    if not (isinstance(text, str) and text.strip()):
        wanted = fields.get("text", "text")
        raise UnreadableError(f"no text in field {wanted!r}: name the field that has it (--field text=NAME)")
    if _SURROGATE.search(text):
        raise UnreadableError("half of a surrogate pair in the text: write the record again as UTF-8")
    return Source(
        id=identifier,
        text=text.removeprefix("\ufeff"),
        media=media,
        origin=origin,
        title=_string(value("title")),
        published=_string(value("published")),
        publisher=_string(value("source")),
        authors=_authors(value("authors") or value("author")),
        url=_string(value("url")),
    )


def _string(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _SURROGATE.sub("", str(value)).strip() or None


def _authors(value: object) -> tuple[str, ...]:
    parts = _SEPARATOR.split(value) if isinstance(value, str) else value
    if not isinstance(parts, list):
        return ()
    return tuple(name for part in parts if (name := _string(part)))


def record_id(record: Mapping[str, object], options: ReadOptions, fallback: str) -> str:
    """The record's own id (or the field that `id_from` names), else `fallback`."""
    name = options.fields.get("id", "id") if options.id_from in {"name", "path"} else options.id_from
    return _string(record.get(name)) or fallback
