"""Word lists: TSV files with the columns form, class, note and source, read once."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from zhiguan.errors import LexiconError
from zhiguan.resources import lexicon_file

HEADER = ("form", "class", "note", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a word list: a form as it stands in text, its class, a note for the rules, and where it comes from."""

    form: str
    cls: str
    note: str
    source: str


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """All rows of the list `name` (file name without .tsv) as tuples of cells, comment lines (#) left out.

    Raises LexiconError where there is no such file or it is not in NFC.
    """
    text = lexicon_file(f"{name}.tsv")
    if not unicodedata.is_normalized("NFC", text):
        raise LexiconError(f"word list {name}.tsv is not in NFC: normalise it")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#"))


@cache
def load_table(name: str) -> tuple[Entry, ...]:
    """The list `name` as entries, in file order, its header row left out.

    Raises LexiconError for a row without four cells or an empty form.
    """
    entries = []
    for cells in load_rows(name):
        if cells == HEADER:
            continue
        if len(cells) != 4 or not cells[0]:
            raise LexiconError(f"word list {name}.tsv: expected form, class, note, source in {cells!r}")
        entries.append(Entry(*cells))
    return tuple(entries)


@cache
def load_forms(name: str, cls: str | None = None) -> frozenset[str]:
    """The forms of the list `name`, all of them or those of one class."""
    return frozenset(entry.form for entry in load_table(name) if cls is None or entry.cls == cls)
