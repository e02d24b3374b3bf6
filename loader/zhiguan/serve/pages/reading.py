"""An article's text as read, cut where quotes begin and end, so that each passage can be shown in its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhiguan.serve.pages.lookup import Passage

SHOWN_WHOLE = 60_000
"""Texts up to this many code points are shown whole; of longer ones, the surroundings of the quotes."""
SURROUNDINGS = 300
"""Code points kept on each side of a quote in a long text."""


Notes = Mapping[Passage, Sequence[tuple[str, str]]]
"""For each passage the facts that it says: kind and words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same quotes. `anchors` name the quotes that begin here, `notes` says which facts."""

    text: str
    quoted: bool = False
    anchors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kind: str = ""
    chosen: bool = False
    skipped: int = 0


def _shorten(text: str, at_start: bool, at_end: bool) -> list[Piece]:
    """An unquoted run with its middle left out."""
    head = "" if at_start else text[:SURROUNDINGS]
    tail = "" if at_end else text[-SURROUNDINGS:]
    skipped = len(text) - len(head) - len(tail)
    if skipped <= 0:
        return [Piece(text)]
    return [Piece(head), Piece("", skipped=skipped), Piece(tail)]


def _cuts(passages: Iterable[Passage], length: int) -> list[int]:
    places = {place for each in passages for place in (each.begin, each.end)}
    return sorted({0, length} | {place for place in places if 0 <= place <= length})


def in_place(text: str, passages: Iterable[Passage]) -> list[Passage]:
    """The passages that the text has where they say."""
    return sorted(
        {each for each in passages if text[each.begin : each.end] == each.exact}, key=lambda p: (p.begin, -p.end)
    )


def cut(
    text: str,
    passages: Sequence[Passage],
    notes: Notes,
    chosen: str | None = None,
) -> list[Piece]:
    """The text in pieces, in order; `notes` gives each passage its facts (kind, words), `chosen` is an anchor."""
    cuts = _cuts(passages, len(text))
    pieces: list[Piece] = []
    open_: list[Passage] = []
    waiting = list(passages)
    for begin, end in pairwise(cuts):
        open_ = [each for each in open_ if each.end > begin]
        starting = []
        while waiting and waiting[0].begin <= begin:
            starting.append(waiting.pop(0))
        open_ += starting
        run = text[begin:end]
        if open_:
            pieces.append(_quoted(run, open_, starting, notes, chosen))
        elif len(text) > SHOWN_WHOLE:
            pieces += _shorten(run, begin == 0, end == len(text))
        else:
            pieces.append(Piece(run))
    return pieces


def _quoted(
    run: str,
    over: Sequence[Passage],
    starting: Sequence[Passage],
    notes: Notes,
    chosen: str | None,
) -> Piece:
    said = [note for each in over for note in notes.get(each, ())]
    innermost = min(over, key=lambda each: each.end - each.begin)
    kinds = [kind for kind, _ in notes.get(innermost, ())]
    words = tuple(dict.fromkeys(text for _, text in said))
    anchors = tuple(dict.fromkeys(each.anchor for each in starting))
    return Piece(run, True, anchors, words, kinds[0] if kinds else "", any(each.anchor == chosen for each in over))
