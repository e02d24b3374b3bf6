"""Helpers for tests on sentences: a document of one or more lines, and what the rules say of it in short form."""

from zhiguan.clean import clean
from zhiguan.model import Document, Source
from zhiguan.recognise import recognise
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


def table(rows: str) -> list[tuple[str, str]]:
    """(text, expected) of each line "text -> expected"; ⏎ stands for a line's end in the text."""
    pairs = (row.split(" -> ") for row in rows.strip().splitlines())
    return [(text.replace("⏎", "\n"), expected) for text, expected in pairs]


def brief(text: str) -> str:
    """The people of `text` with their titles: 甲=body's words/post, !status where it is not current, 甲 alone without."""
    found = []
    for _, holders in find_people(document(text)):
        for holder in holders:
            found += [] if holder.titles else [holder.name]
            for title in holder.titles:
                status = "" if title.status.value == "current" else f"!{title.status.value}"
                found.append(f"{holder.name}={title.surface}/{title.title}{status}")
    return " ".join(found)


def deeds(text: str) -> str:
    """Who has which role at the meetings of `text`, sorted."""
    facts = recognise(document(text)).participation
    return ", ".join(sorted({f"{fact.person} {fact.role.value}" for fact in facts}))
