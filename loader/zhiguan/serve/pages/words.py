"""The words of the pages in both languages, read from `templates/words.tsv` (key, zh, en)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    text = (files("zhiguan.serve.pages") / "templates" / "words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {key: (zh, en) for key, zh, en in rows}


def word(key: str, language: str) -> str:
    """The word or sentence of that key; KeyError where there is none."""
    return _table()[key][["zh", "en"].index(language)]


def find_word(key: str, language: str) -> str | None:
    """As `word`, None where there is none."""
    return word(key, language) if key in _table() else None


def fill_word(key: str, language: str, **values: object) -> str:
    """The sentence of that key with its places (`{page}`) filled."""
    return word(key, language).format(**values)
