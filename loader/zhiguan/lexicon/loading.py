"""Word lists: TSV files with the columns form, class, note and source, read once.

What has meaning to users of the graph is SKOS in `ontology/vocabularies`; `scripts/build_lexicon.py` derives lists from
it (`lexicon/compiled/`). What serves reading alone is kept by hand (`lexicon/data/`). A list can have both parts.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from zhiguan.errors import LexiconError
from zhiguan.resources import lexicon_parts

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

    A form that is kept by hand replaces that of the vocabulary: reading may take a word otherwise than it is meant.
    Raises LexiconError where there is no such list or it is not in NFC.
    """
    own, derived = (_rows(name, text) for text in lexicon_parts(f"{name}.tsv"))
    taken = {cells[0] for cells in own}
    return tuple(sorted([*own, *(cells for cells in derived if cells[0] not in taken)]) if derived else own)


def _rows(name: str, text: str) -> list[tuple[str, ...]]:
    if not unicodedata.is_normalized("NFC", text):
        raise LexiconError(f"word list {name}.tsv is not in NFC: normalise it")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    return [cells for line in lines if (cells := tuple(line.split("\t"))) != HEADER]


@cache
def load_table(name: str) -> tuple[Entry, ...]:
    """The list `name` as entries, in order of their forms where the list has a derived part.

    Raises LexiconError for a row without four cells or an empty form.
    """
    entries = []
    for cells in load_rows(name):
        if len(cells) != 4 or not cells[0]:
            raise LexiconError(f"word list {name}.tsv: expected form, class, note, source in {cells!r}")
        entries.append(Entry(*cells))
    return tuple(entries)


@cache
def load_forms(name: str, cls: str | None = None) -> frozenset[str]:
    """The forms of the list `name`, all of them or those of one class."""
    return frozenset(entry.form for entry in load_table(name) if cls is None or entry.cls == cls)
