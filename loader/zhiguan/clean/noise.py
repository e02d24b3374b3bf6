"""Which lines make the article: its end found, furniture above and strangers below left out, each line's kind."""

import re
from collections.abc import Sequence
from functools import cache

from zhiguan.clean.lines import SENTENCE_END, Row, Verdict, is_name
from zhiguan.lexicon.loading import load_forms
from zhiguan.model import LineKind

_MENU_ROWS = 4
_MENU_LENGTH = 8
_TEASER_ROWS = 2
_BYLINES_BELOW = 4
_ITEM = re.compile(r"\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_MOST_BELOW = 200
_ARTICLE_START = 20_000
"""Lines below the text that are looked at, and the code points of the text that they are compared with."""
_KINSHIP = 0.5
"""Share of a trailing line's pairs of characters that must stand in the article above it."""

_KINDS = {
    Verdict.DATE: LineKind.META,
    Verdict.META: LineKind.META,
    Verdict.LABEL: LineKind.LABEL,
    Verdict.SAID: LineKind.LABEL,
    Verdict.BODY: LineKind.BODY,
}
_NOISE = {Verdict.NOISE, Verdict.IMAGE, Verdict.TAIL}
_KNOWN = {Verdict.META, Verdict.DATE, Verdict.LABEL}


def article_lines(rows: Sequence[Row]) -> list[tuple[Row, LineKind]]:
    """The rows of the article with their kinds; all rows where nothing would be left."""
    bodies = [index for index, row in enumerate(rows) if row.verdict is Verdict.BODY]
    if not bodies:
        kept = [(row, _KINDS.get(row.verdict, LineKind.HEAD)) for row in rows if not _is_noise(row)]
        return kept or [(row, LineKind.BODY) for row in rows]
    first = bodies[0]
    end = _find_end(rows, first)
    last = max(index for index in bodies if index < end)
    return [
        *_head(rows[:first]),
        *_middle(rows[first : last + 1]),
        *_below(rows, last, end),
        *_bylines_behind(rows[end:]),
    ]


def _is_noise(row: Row) -> bool:
    return row.verdict in _NOISE


def _head(rows: Sequence[Row]) -> list[tuple[Row, LineKind]]:
    """Lines above the text; runs of very short ones are menus, and a line said twice (page title, headline) is one."""
    kept: list[tuple[Row, LineKind]] = []
    menu: list[tuple[Row, LineKind]] = []
    seen: set[str] = set()
    for row in rows:
        if _is_noise(row) or row.text in seen:
            continue
        seen.add(row.text)
        if row.verdict is Verdict.SHORT and len(row.text) <= _MENU_LENGTH:
            menu.append((row, LineKind.HEAD))
            continue
        kept += menu if len(menu) < _MENU_ROWS else []
        menu = []
        kept.append((row, _KINDS.get(row.verdict, LineKind.HEAD)))
    return kept + (menu if len(menu) < _MENU_ROWS else [])


def _middle(rows: Sequence[Row]) -> list[tuple[Row, LineKind]]:
    return [(row, _KINDS.get(row.verdict, LineKind.CAPTION)) for row in rows if not _is_noise(row)]


def _find_end(rows: Sequence[Row], first: int) -> int:
    """Index of the first row that is behind the article."""
    ends = [_tail(rows, first), _sidebar(rows, first)]
    return max(first + 1, min(ends))


def _tail(rows: Sequence[Row], first: int) -> int:
    """The first row that announces other articles, unless most of the text stands behind it."""
    above = 0
    for index in range(first, len(rows)):
        row = rows[index]
        if row.verdict is Verdict.BODY:
            above += len(row.text)
        elif row.verdict is Verdict.TAIL and (above * 2 > _body_length(rows[index:]) or _dates(rows[index:]) > 1):
            return index
    return len(rows)


def _body_length(rows: Sequence[Row]) -> int:
    return sum(len(row.text) for row in rows if row.verdict is Verdict.BODY)


def _dates(rows: Sequence[Row]) -> int:
    return sum(row.verdict is Verdict.DATE for row in rows)


def _sidebar(rows: Sequence[Row], first: int) -> int:
    """Where blocks of headline, teaser and bare date begin: from the second bare date on they are no article's."""
    dated = [index for index in range(first, len(rows)) if rows[index].verdict is Verdict.DATE]
    if len(dated) < 2:
        return len(rows)
    begin = dated[0]
    while dated[0] - begin < _TEASER_ROWS and begin > first + 1 and not _closes(rows[begin - 1]):
        begin -= 1
    return begin


def _closes(row: Row) -> bool:
    """Whether the article may end with this row: a full sentence, or who wrote it."""
    return row.verdict is Verdict.META or row.text[-1] in SENTENCE_END + "）"


def _below(rows: Sequence[Row], last: int, end: int) -> list[tuple[Row, LineKind]]:
    """Lines between the last paragraph and the article's end: bylines, tables, and captions akin to the text."""
    below = rows[last + 1 : min(end, last + 1 + _MOST_BELOW)]
    if all(map(_is_noise, below)):
        return []
    article = "\n".join(row.text for row in rows[: last + 1] if row.verdict is Verdict.BODY)[:_ARTICLE_START]
    kept = []
    above = rows[last]
    for before, row in zip([above, *below], below, strict=False):
        captioned = before.verdict is Verdict.IMAGE or row.text.startswith(_captions())
        if not _is_noise(row) and (row.verdict in _KNOWN or captioned or _belongs(row, above, article)):
            kept.append((row, _below_kind(row)))
            above = row
    return kept


@cache
def _captions() -> tuple[str, ...]:
    return tuple(load_forms("noise", "caption"))


def _belongs(row: Row, above: Row, article: str) -> bool:
    """Whether a line without a full stop belongs to the article: a list's item, a signature, words akin to it."""
    if row.text in article:  # a teaser of this article
        return False
    listed = (
        _ITEM.match(row.text) or above.text[-1] in "：:" or (above.verdict is Verdict.SHORT and _listed(above, row))
    )
    return bool(listed) or _is_signature(row, above) or _kinship(row, article) >= _KINSHIP


def _listed(above: Row, row: Row) -> bool:
    """Whether two lines are items of one list: they end alike."""
    return above.text[-2:] == row.text[-2:]


def _is_signature(row: Row, above: Row) -> bool:
    """A lone name right below the text, or who wrote it in brackets."""
    bracketed = row.text[0] in "（(" and row.text[-1] in "）)"
    return bracketed or (above.verdict is Verdict.BODY and 2 <= len(row.text) <= 3 and is_name(row.text))


def _below_kind(row: Row) -> LineKind:
    if row.verdict is Verdict.SHORT:
        return LineKind.META if len(row.text) <= 3 or row.text[0] in "（(" else LineKind.CAPTION
    return _KINDS[row.verdict]


def _kinship(row: Row, article: str) -> float:
    own = [row.text[index : index + 2] for index in range(len(row.text) - 1)]
    return sum(pair in article for pair in own) / len(own) if own else 0.0


def _bylines_behind(rows: Sequence[Row]) -> list[tuple[Row, LineKind]]:
    """Editors are often named right behind the mark of the end."""
    return [(row, LineKind.META) for row in rows[:_BYLINES_BELOW] if row.verdict is Verdict.META]
