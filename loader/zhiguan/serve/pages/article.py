"""The page of an article: its facts, and its text as read with the quotes in their places."""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from zhiguan.serve.engine.backend import Reader, Row, ask_rows
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.facts import (
    ARTICLE_SECTIONS,
    Evidence,
    Fact,
    Passage,
    Property,
    Section,
    gather_evidence,
    read_properties,
    read_section,
)
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.reading import cut, in_place

_ZG = PREFIXES["zg"]
_KINDS = {
    "article-meetings": "meeting",
    "article-tenures": "tenure",
    "article-participation": "participation",
    "article-plans": "plan",
    "article-people": "person",
    "article-bodies": "body",
}
Notes = dict[Passage, list[tuple[str, str]]]


def _by_fact(rows: Iterable[Row]) -> dict[str, list[Evidence]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["fact"].value, []).append(row)
    return {fact: gather_evidence(group) for fact, group in grouped.items()}


def _words(fact: Fact, pages: Pages, language: str) -> str:
    """A fact in one line: its cells, joined."""
    return " · ".join(name or pages.show(term, language) for cell in fact.cells.values() for term, name in cell.items())


def _notes(sections: Sequence[Section], pages: Pages, language: str) -> Notes:
    """For each passage the facts that it says: kind and words."""
    notes: Notes = {}
    for section in sections:
        for fact in section.facts:
            line = (_KINDS[section.name], _words(fact, pages, language))
            for each in fact.evidence:
                for passage in each.passages:
                    notes.setdefault(passage, []).append(line)
    return notes


def _text_digest(properties: Iterable[Property]) -> str | None:
    for each in properties:
        if each.iri == _ZG + "text":
            return next(iter(each.values)).value.rpartition("sha256-")[2]
    return None


def article_values(store: Reader, pages: Pages, iri: str, language: str, chosen: str | None) -> dict[str, object]:
    """What the template needs; `chosen` is the anchor of the quote that the reader came for."""
    evidence = _by_fact(ask_rows(store, "article-evidence", {"article": NamedNode(iri)}, 5000))
    sections = [read_section(store, name, iri) for name in ARTICLE_SECTIONS]
    for section in sections:
        for fact in section.facts:
            fact.evidence = evidence.get(fact.iri or "", ())
    properties = read_properties(store, iri, language)
    digest = _text_digest(properties)
    text = store.get_text(digest) if digest else None
    passages = {p for group in evidence.values() for each in group for p in each.passages}
    notes = _notes(sections, pages, language)
    placed = in_place(text, passages) if text is not None else []
    return {
        "sections": [each for each in sections if each.facts],
        "properties": properties,
        "own_evidence": evidence.get(iri, ()),
        "pieces": cut(text, placed, notes, chosen) if text is not None else None,
        "lost": len(passages) - len(placed) if text is not None else 0,
        "quotes": len(passages),
    }
