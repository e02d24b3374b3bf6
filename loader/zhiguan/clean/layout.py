"""Layout undone: hard-wrapped lines joined, blanks inside names and words taken out, columns kept."""

import re
from itertools import pairwise

from zhiguan.clean.characters import HAN
from zhiguan.clean.lines import is_name
from zhiguan.clean.mapped import Edit, Mapped
from zhiguan.lexicon.loading import load_forms

_WRAPPED = re.compile(
    r"(?<!\s)[^\S\n]*+\n\s*+(?=[,，、。；：！？）)】”’》])"  # a mark that belongs to the line above
    r"|(?<=\n[,，、])[^\S\n]*+\n\s*+(?=\S)"  # below a comma on a line of its own
    r"|(?<=[,，、（《“‘])[^\S\n]*+\n[^\S\n]*+(?=\S)"
)
_MARK_BELOW = re.compile(r"\n\s*[,，、。；：！？）)】”’》]")
_MARK_ABOVE = re.compile(r"[,，、（《“‘][^\S\n]*\n")
"""Where neither is, _WRAPPED is not; they are found much faster, since they begin with what they look for."""
_ONE_LINE = 200
_COLUMNS = re.compile(r" {2,}| (?=(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})")
_NARROWEST, _WIDEST = 24, 100
_SLACK = 4
_WRAPS = 3
"""Fixed-width text has lines of so many code points, within so many columns, and at least so many cut in mid-sentence."""
_LOOSE = re.compile(r" (?:(?<=\S ) *(?=[，。、；：！？）》”’])|(?<=[，、] ) *(?=\S))")
_GAP = re.compile(rf" (?<=[{HAN}] ) *(?=[{HAN}])")  # begins with a blank, so that the search can skip to one
_PADDED = re.compile(rf"(?<![{HAN}])(?<![{HAN}] )[{HAN}]( +)[{HAN}](?![{HAN}]| +[{HAN}](?![{HAN}]))")
_SURNAME = re.compile(rf"(?<![{HAN}])([{HAN}])( {{2,}})(?=[{HAN}])")
_SEGMENT = re.compile(r"[^，。；：、！？（）“”《》【】()|\n]+")
_RUNNING = 40
"""Shortest line in code points that is running text where it has, but does not end with, a full stop, or two commas."""
_LONGEST_NAME = 4


def join_lines(text: Mapped) -> Mapped:
    """Hard-wrapped lines joined: where punctuation at a line's end or beginning shows the wrap, or a fixed width.

    An article that is one long line is cut at its wide gaps and before its date instead.
    """
    if len(text.text) > _ONE_LINE and "\n" not in text.text.strip():
        return text.sub(_COLUMNS, "\n")
    if wraps := _fixed_width(text.text):
        text = text.edit(wraps)
    wrapped = _MARK_BELOW.search(text.text) or _MARK_ABOVE.search(text.text)
    return text.sub(_WRAPPED, "") if wrapped else text


def _fixed_width(text: str) -> list[Edit]:
    """Edits that take out the newlines of text set to a fixed width: several lines equally long, cut in mid-sentence.

    A line that is indented or follows a blank one begins a paragraph.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    if not _NARROWEST <= max(map(len, lines)) <= _WIDEST:
        return []
    full = max(map(_width, lines)) - _SLACK
    cut = [
        _width(line) >= full and bool(after) and after[0] != " " and line[-1] not in "。！？"
        for line, after in pairwise(lines)
    ]
    if sum(cut) < _WRAPS:
        return []
    edits, place = [], 0
    for line, wrapped in zip(text.split("\n"), cut, strict=False):
        if wrapped:
            edits.append((place + len(line.rstrip()), place + len(line) + 1, ""))
        place += len(line) + 1
    return edits


def _width(line: str) -> int:
    """Columns of a line in a fixed-width font, where a Han character takes two."""
    return len(line) + sum(char > "\u2000" for char in line)


def close_gaps(text: Mapped) -> Mapped:
    """Stray blanks between Han taken out; those that part names, columns or clauses of a headline stay."""
    if _LOOSE.search(text.text):
        text = text.sub(_LOOSE, "")
    if not _GAP.search(text.text):
        return text
    text = text.edit([(*match.span(1), "") for match in _PADDED.finditer(text.text)])
    text = text.edit([(*match.span(2), "") for match in _SURNAME.finditer(text.text) if is_name(match[1])])
    return text.edit(_stray_blanks(text.text))


def _stray_blanks(text: str) -> list[Edit]:
    edits: list[Edit] = []
    begin = 0
    for line in text.split("\n"):
        if _is_running(line) and _GAP.search(line):
            edits += _stray_in_line(line, begin)
        begin += len(line) + 1
    return edits


def _is_running(line: str) -> bool:
    return line[-1:] == "。" or (len(line) >= _RUNNING and ("。" in line or line.count("，") > 1))


def _stray_in_line(line: str, offset: int) -> list[Edit]:
    """Blanks inside clauses of running text; those of a list of short pieces (names) or around a byline stay."""
    edits: list[Edit] = []
    for clause in _SEGMENT.finditer(line):
        if " " not in clause[0] or line[clause.start() - 1 : clause.start()] == "（" or _has_parts(clause[0]):
            continue
        begin = offset + clause.start()
        edits += [(begin + gap.start(), begin + gap.end(), "") for gap in _GAP.finditer(clause[0])]
    return edits


def _has_parts(clause: str) -> bool:
    """Whether the blanks of a clause part names or slogans, rather than tear a word."""
    lengths = [len(piece) for piece in clause.split()]
    short = any(min(pair) > 1 and max(pair) <= _LONGEST_NAME for pair in pairwise(lengths))
    return short or _is_byline(clause)


def _is_byline(clause: str) -> bool:
    """Whether a clause names reporters or ends a dateline (…讯, …电), whose blanks part names."""
    pieces = clause.split()
    marks = load_forms("noise", "dateline")
    return any(piece.endswith(tuple(marks)) for piece in pieces) or any(
        word in clause for word in load_forms("noise", "reporter")
    )
