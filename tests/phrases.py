"""Helpers for tests on sentences: a document of one or more lines, and what the rules say of it in short form."""

from zhiguan.clean import clean
from zhiguan.model import Document, Source
from zhiguan.rules.people import find_people


def document(text: str, **fields: str) -> Document:
    """The cleaned document of a text that a test writes itself."""
    return clean(Source(id="test", text=text, **fields))  # type: ignore[arg-type]


def titles(text: str) -> list[tuple[str, str, str, str]]:
    """(person, body's words, post, status) of each title in `text`, in order."""
    return [
        (holder.name, title.surface, title.title, title.status.value)
        for _, holders in find_people(document(text))
        for holder in holders
        for title in holder.titles
    ]


def people(text: str) -> list[str]:
    """The people named in `text`, each once, in order."""
    return list(dict.fromkeys(holder.name for _, holders in find_people(document(text)) for holder in holders))
