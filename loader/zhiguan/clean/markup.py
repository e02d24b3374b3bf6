"""HTML: the visible text with its place in the page, and of that the lines that belong to the article."""

import html
import re
from array import array
from collections.abc import Iterator
from functools import cache

from zhiguan.clean.mapped import Mapped
from zhiguan.errors import ReadError
from zhiguan.lexicon.loading import load_forms

MAX_CHARACTERS = 5_000_000
MAX_TAGS = 200_000
MAX_DEPTH = 2_000
"""Pages beyond these are no articles; they are refused rather than read for minutes."""

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_NOT_PLAIN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?|[\t\r\n\f]\s*| \s+")
_LONGEST_TAG = 4096
_SHORTEST_MATCH = 6
_HEADLINES = [
    re.compile(rf"<{name}\b[^<>]{{0,1000}}>.{{1,1000}}?</{name}\s*>", re.IGNORECASE | re.DOTALL)
    for name in ("h1", "title")
]
_NEAR = 3
_FAR = 12
"""Lines above the article that are kept without a headline, and at most down from one."""

Spans = list[tuple[int, int]]


def main_text(page: str) -> Mapped:
    """The lines of an HTML page that make its article, mapped to the page; all visible lines where none stands out.

    Raises ReadError for a page too large, with too many tags or nested too deeply to be an article.
    """
    if len(page) > MAX_CHARACTERS:
        raise ReadError(f"HTML of {len(page)} characters, more than {MAX_CHARACTERS}: save only the article")
    visible = visible_text(page)
    spans = _lines(visible.text)
    chosen = _choose(visible, spans, _extract(page), _headline(page, visible, spans))
    return visible.pick(chosen if _holds_text(visible.text, chosen, spans) else spans)


def _holds_text(text: str, chosen: Spans, spans: Spans) -> bool:
    """Whether the chosen lines have at least a third of the page's sentences; else the extractor missed the article."""
    all_stops = sum(text.count("。", begin, end) for begin, end in spans)
    return bool(chosen) and 3 * sum(text.count("。", begin, end) for begin, end in chosen) >= all_stops


def visible_text(page: str) -> Mapped:
    """What a reader sees, entities decoded, a newline where a block element begins or ends, mapped to the page."""
    visible = _Visible(page)
    for begin, end, is_tag in _pieces(page):
        if is_tag:
            visible.add("\n", begin, end)
        else:
            visible.add_text(begin, end)
    return Mapped("".join(visible.parts), visible.begins, visible.ends)


class _Visible:
    """Visible text under construction."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.parts: list[str] = []
        self.begins = array("I")
        self.ends = array("I")

    def add(self, text: str, begin: int, end: int) -> None:
        """Text that stands for a range of the page as a whole."""
        self.parts.append(text)
        self.begins.extend([begin] * len(text))
        self.ends.extend([end] * len(text))

    def add_text(self, begin: int, end: int) -> None:
        """A piece of the page: an entity is a character, a run of blanks and newlines one blank."""
        for found in _NOT_PLAIN.finditer(self.page, begin, end):
            self._copy(begin, found.start())
            text = html.unescape(found[0]) if found[0][0] == "&" else " "
            self.add(text, *found.span())
            begin = found.end()
        self._copy(begin, end)

    def _copy(self, begin: int, end: int) -> None:
        self.parts.append(self.page[begin:end])
        self.begins.extend(range(begin, end))
        self.ends.extend(range(begin + 1, end + 1))


@cache
def _elements(cls: str) -> frozenset[str]:
    return load_forms("html_elements", cls) | load_forms("html_elements", f"void-{cls}")


@cache
def _voids() -> frozenset[str]:
    return load_forms("html_elements", "void") | load_forms("html_elements", "void-breaking")


def _pieces(page: str) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, False) of each piece of visible text and (begin, end, True) of each tag that breaks the line."""
    place, depth, tags = 0, 0, 0
    text = 0
    while (begin := page.find("<", place)) >= 0:
        tags += 1
        name = _tag_name(page, begin)
        if name is None:  # a lone < is text
            _check(tags, depth)
            place = begin + 1
            continue
        if begin > text:
            yield text, begin, False
        end = _tag_end(page, begin)
        depth = max(0, depth + _nesting(page[begin:end], name))
        _check(tags, depth)
        if name in _elements("hidden") and page[begin + 1] != "/":
            end = _after(page, end, name)
        elif name in _elements("breaking"):
            yield begin, end, True
        place = text = end
    if text < len(page):
        yield text, len(page), False


def _tag_name(page: str, begin: int) -> str | None:
    """The element's name in lower case, empty for a comment or declaration, None where `<` begins no tag."""
    if found := _NAME.match(page, begin + 1):
        return found[1].lower()
    return "" if page[begin + 1 : begin + 2] in {"!", "?", "/"} else None


def _check(tags: int, depth: int) -> None:
    if tags > MAX_TAGS:
        raise ReadError(f"HTML with more than {MAX_TAGS} tags: save only the article")
    if depth > MAX_DEPTH:
        raise ReadError(f"HTML nested more than {MAX_DEPTH} deep: save only the article")


def _nesting(tag: str, name: str) -> int:
    if not name or name in _voids() or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _tag_end(page: str, begin: int) -> int:
    """Behind the tag or comment at `begin`; an unclosed comment hides the rest, as in a browser."""
    if page.startswith("<!--", begin):
        end = page.find("-->", begin + 4)
        return len(page) if end < 0 else end + 3
    end = page.find(">", begin)
    while 0 <= end < begin + _LONGEST_TAG and page.count('"', begin, end) % 2:  # a > inside an attribute
        following = page.find(">", end + 1)
        if following < 0 or following > begin + _LONGEST_TAG:
            break
        end = following
    return len(page) if end < 0 else end + 1


def _after(page: str, begin: int, name: str) -> int:
    closing = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(page, begin)
    return closing.end() if closing else len(page)


def _lines(text: str) -> Spans:
    """Ranges of the lines that are not blank, without the blanks around them."""
    spans: Spans = []
    begin = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = begin + line.index(bare[0])
            spans.append((start, start + len(bare)))
        begin += len(line) + 1
    return spans


def _extract(page: str) -> str:
    """What trafilatura takes for the article, as plain text; empty where it finds none."""
    from trafilatura import extract  # noqa: PLC0415 - 0.2 s to load, and needed for HTML only

    found = extract(page, output_format="txt", include_comments=False, include_tables=True, with_metadata=False)
    return found or ""


def _choose(visible: Mapped, spans: Spans, article: str, headline: int | None) -> Spans:
    """The article's lines and those above from the headline on, or the nearest few; strangers between left out."""
    wanted = {_squeeze(line) for line in article.split("\n")}
    whole = _squeeze(article)
    squeezed = [_squeeze(visible.text[begin:end]) for begin, end in spans]
    inside = [bool(line) and (line in wanted or (len(line) >= _SHORTEST_MATCH and line in whole)) for line in squeezed]
    if True not in inside:
        return []
    first = inside.index(True)
    top = first - _NEAR if headline is None or first - headline > _FAR else headline
    return [span for index, span in enumerate(spans) if inside[index] or top <= index < first]


def _headline(page: str, visible: Mapped, spans: Spans) -> int | None:
    """Index of the line that is the page's first <h1> with text, else its <title>; None where it has neither."""
    for pattern in _HEADLINES:
        for found in pattern.finditer(page):
            for index, (begin, _) in enumerate(spans):
                if found.start() <= visible.begins[begin] < found.end():
                    return index
    return None


def _squeeze(text: str) -> str:
    """Without blanks, and without the bars and backslashes that trafilatura draws tables with."""
    return "".join(text.split()).replace("|", "").replace("\\", "")
