"""An article's text on its way: as it was read, cleaned, and the passages in it.

Two coordinate systems exist and never mix. A `Span` counts code points of a cleaned `Document.text`; a `Quote` counts
code points of `Source.text`, the text as it was read. `Document.quote` is the only way from the one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

QUOTE_LIMIT = 200
"""Longest quote in code points: a passage, not a page."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a document's cleaned text."""

    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of the source as read: `source.text[begin:end] == exact` (W3C Web Annotation position and quote)."""

    begin: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article as it was read, before any change; `text` has newlines kept and no byte order mark.

    `media` is `text/plain` or `text/html`. `origin` names the place it came from (path, or path:line) for messages.
    The optional fields hold what a record said about the article itself; None where it said nothing.
    """

    id: str
    text: str
    media: str = "text/plain"
    origin: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


class LineKind(StrEnum):
    """What a kept line of an article is."""

    HEAD = "head"  # short lines above the first paragraph: titles, subtitles, breadcrumbs that may hold a title
    META = "meta"  # date, source, author, editor lines
    BODY = "body"  # running text
    CAPTION = "caption"  # a picture's caption
    LABEL = "label"  # table-like rows: 时间：…, 主持人：…


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text (without its newline) and its kind."""

    span: Span
    kind: LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned article: simplified characters, full-width punctuation between Han, noise lines left out.

    `begins[i]`..`ends[i]` is the range of `source.text` that cleaned character i stands for.
    """

    source: Source
    text: str
    begins: Sequence[int]
    ends: Sequence[int]
    lines: tuple[Line, ...]

    def quote(self, span: Span) -> Quote:
        """The passage of the source behind `span`, cut to QUOTE_LIMIT code points."""
        begin, end = self.begins[span.begin], self.ends[span.end - 1]
        end = min(end, begin + QUOTE_LIMIT)
        if end - begin < 2:  # a one-character fact (a bare surname) takes its neighbour in, so that the quote reads
            end = min(begin + 2, len(self.source.text))
            begin = max(0, end - 2)
        return Quote(begin, end, self.source.text[begin:end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the text says a fact, and the name of the rule that read it there."""

    span: Span
    rule: str
