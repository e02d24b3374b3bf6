"""A record of whatever file as an article: fields renamed, filtered, dated and freed of markup as the profile says."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhiguan.model import Source
from zhiguan.read.days import day_of
from zhiguan.read.profile import Rule
from zhiguan.read.values import ReadOptions, UnreadableError

_SEPARATOR = re.compile(r"\s*[;；,，、|]\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]*>")

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """A record and its number in its file (line, row, or byte offset of a WARC record), or why it cannot be read."""

    number: int
    record: Record | UnreadableError


def wanted(record: Record, options: ReadOptions) -> bool:
    """Whether the profile's filters let the record in."""
    profile = options.profile
    return all(_holds(rule, record) for rule in profile.keep) and not any(_holds(rule, record) for rule in profile.drop)


def _holds(rule: Rule, record: Record) -> bool:
    value = _look_up(record, rule.field)
    return rule.holds("" if value is None else str(value))


def source_of(record: Record, identifier: str, origin: str, options: ReadOptions) -> Source:
    """The article of a record; UnreadableError where it has neither text nor HTML, or a date that cannot be read."""
    reader = _Reader(record, options)
    text, media = reader.article()
    published = reader.string("published")
    return Source(
        id=identifier,
        text=text.removeprefix("\ufeff"),
        media=media,
        origin=origin,
        title=reader.string("title"),
        published=published and day_of(published, options.profile.dates),
        publisher=reader.string("source"),
        authors=_authors(reader.value("authors") or reader.value("author")),
        url=reader.string("url"),
    )


def record_id(record: Record, options: ReadOptions, fallback: str) -> str:
    """The record's own id (or the field that `id_from` names), else `fallback`."""
    name = "id" if options.id_from in {"name", "path"} else options.id_from
    return _string(_look_up(record, options.names(name))) or fallback


class _Reader:
    """The fields of one record under our names."""

    def __init__(self, record: Record, options: ReadOptions) -> None:
        self._record, self._options = record, options

    def value(self, name: str) -> object:
        """What the record says, else the profile's constant."""
        value = _look_up(self._record, self._options.names(name))
        return self._options.profile.constants.get(name) if value is None or value == "" else value

    def string(self, name: str) -> str | None:
        """A field of one line; of HTML its words alone."""
        found = _string(self.value(name))
        if found and name in self._options.profile.html:
            return html.unescape(_TAG.sub("", found)).strip() or None
        return found

    def article(self) -> tuple[str, str]:
        """The text and its media type."""
        plain = "text/html" if "text" in self._options.profile.html else "text/plain"
        for name, media in (("text", plain), ("html", "text/html")):
            if text := _text(self.value(name)):
                return text, media
        field = self._options.names("text")
        raise UnreadableError(f"no text in field {field!r}: name the field that has it (--field text=NAME)")


def _text(value: object) -> str | None:
    """A text, or paragraphs as one; None where there is none. UnreadableError for one that is no Unicode."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    if not (isinstance(value, str) and value.strip()):
        return None
    if _SURROGATE.search(value):
        raise UnreadableError("half of a surrogate pair in the text: write the record again as UTF-8")
    return value


def _look_up(record: Record, name: str) -> object:
    """The field `name`; where there is none, a dot leads into nested records."""
    if name in record:
        return record[name]
    head, dot, rest = name.partition(".")
    inner = record.get(head) if dot else None
    return _look_up(inner, rest) if isinstance(inner, dict) else None


def _string(value: object) -> str | None:
    if isinstance(value, date):  # a point in time is one too
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _SURROGATE.sub("", str(value)).strip() or None


def _authors(value: object) -> tuple[str, ...]:
    parts = _SEPARATOR.split(value) if isinstance(value, str) else value
    if not isinstance(parts, list):
        return ()
    return tuple(name for part in parts if (name := _string(part)))
