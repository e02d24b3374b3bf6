"""Layout undone: hard-wrapped lines joined, blanks inside names and words taken out, columns kept."""

import re

from zhiguan.clean.characters import HAN
from zhiguan.clean.mapped import Edit, Mapped
from zhiguan.lexicon.loading import load_forms

_WRAPPED = re.compile(r"[ ]*\n[ ]*(?=[，、。；：！？）】”’》])|(?<=[，、（《“‘])[ ]*\n[ ]*(?=[^\s])")
_ONE_LINE = 200
_COLUMNS = re.compile(r" {2,}")
_GAP = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
_PADDED = re.compile(rf"(?<![{HAN}])(?<![{HAN}] )[{HAN}]( +)[{HAN}](?![{HAN}]| +[{HAN}](?![{HAN}]))")
_SEGMENT = re.compile(r"[^，。；：、！？（）“”《》【】()|\n]+")
_RUNNING = 40
"""Shortest line in code points that is taken for running text when it has a full stop or two commas."""
_LONGEST_NAME = 4


def lay_out(text: Mapped) -> Mapped:
    """Hard-wrapped lines joined where punctuation shows the wrap, and stray blanks between Han taken out."""
    if "\n" in text.text:
        text = text.sub(_WRAPPED, "") if _WRAPPED.search(text.text) else text
    if len(text.text) > _ONE_LINE and "\n" not in text.text.strip():
        text = text.sub(_COLUMNS, "\n")
    if not _GAP.search(text.text):
        return text
    text = text.edit([(*match.span(1), "") for match in _PADDED.finditer(text.text)])
    return text.edit(_stray_blanks(text.text))


def _stray_blanks(text: str) -> list[Edit]:
    edits: list[Edit] = []
    begin = 0
    for line in text.split("\n"):
        if len(line) >= _RUNNING and ("。" in line or line.count("，") > 1) and _GAP.search(line):
            edits += _stray_in_line(line, begin)
        begin += len(line) + 1
    return edits


def _stray_in_line(line: str, offset: int) -> list[Edit]:
    """Blanks inside a clause of running text; those between short pieces (names) or around a byline stay."""
    edits = []
    for segment in _SEGMENT.finditer(line):
        gaps = list(_GAP.finditer(segment[0]))
        if not gaps or _is_byline(segment[0]) or line[segment.start() - 1 : segment.start()] == "（":
            continue
        edges = [0, *(place for gap in gaps for place in gap.span()), len(segment[0])]
        for index, gap in enumerate(gaps):
            left = edges[2 * index + 1] - edges[2 * index]
            right = edges[2 * index + 3] - edges[2 * index + 2]
            if max(left, right) > _LONGEST_NAME:
                edits.append((offset + segment.start() + gap.start(), offset + segment.start() + gap.end(), ""))
    return edits


def _is_byline(clause: str) -> bool:
    """Whether a clause names reporters or ends a dateline (…讯, …电), whose blanks part names."""
    pieces = clause.split()
    marks = load_forms("noise", "dateline")
    return any(piece.endswith(tuple(marks)) for piece in pieces) or any(
        word in clause for word in load_forms("noise", "reporter")
    )
