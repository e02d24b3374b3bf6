"""The page of an article: its facts as sentences, and its text as read with the quotes in their places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from zhiguan.serve.data.schema_org import embedded_jsonld
from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.engine.backend import Row as Bound
from zhiguan.serve.pages.entity import read_properties
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.lookup import Evidence, Node, Passage, gather_evidence
from zhiguan.serve.pages.reading import cut, in_place
from zhiguan.serve.pages.sections import Row
from zhiguan.serve.pages.sentences import plain
from zhiguan.serve.pages.things import Things

ROWS = 5000
"""Passages of one article that a page shows."""
KINDS = (
    *("meeting", "participation", "personnel-action", "tenure"),
    *("plan", "document-event", "status-report", "plan-part", "person", "post", "body", "term"),
)
"""Kinds of facts in the order of the page; kinds not named here come after them."""


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one kind."""

    kind: str
    rows: Sequence[Row]


def _by_fact(rows: Iterable[Bound]) -> dict[str, list[Evidence]]:
    facts = {row["attestation"].value: row["fact"].value for row in rows}
    grouped: dict[str, list[Evidence]] = {}
    for iri, evidence in gather_evidence(rows).items():
        grouped.setdefault(facts[iri], []).append(evidence)
    return grouped


def _row(things: Things, iri: str, evidence: Sequence[Evidence]) -> Row:
    line = things.sentence(iri, qualifiers=[concept for each in evidence for concept in each.qualifiers])
    return Row(iri=iri, line=line, about=things.intro(iri), evidence=evidence)


def _groups(things: Things, evidence: Mapping[str, Sequence[Evidence]], article: str) -> list[Group]:
    """The facts by kind, each in the order of the text."""
    grouped: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for iri, found in evidence.items():
        if iri != article:
            grouped.setdefault(things.pages.addresses.kind(iri), []).append(_row(things, iri, found))
    return [Group(kind, rows) for kind, rows in grouped.items() if rows]


def _notes(groups: Sequence[Group]) -> dict[Passage, list[tuple[str, str]]]:
    """For each passage the facts that it says: kind and words."""
    notes: dict[Passage, list[tuple[str, str]]] = {}
    for group in groups:
        for row in group.rows:
            for passage in (passage for each in row.evidence for passage in each.passages):
                notes.setdefault(passage, []).append((group.kind, plain(row.line)))
    return notes


def _text_of(store: Reader, node: Node) -> str | None:
    digest = next((value.value.rpartition("sha256-")[2] for value in node.values("zg:text")), None)
    return store.get_text(digest) if digest else None


def article_values(store: Reader, pages: Pages, iri: str, language: str, chosen: str | None) -> dict[str, object]:
    """What the template needs; `chosen` is the anchor of the quote that the reader came for."""
    evidence = _by_fact(ask_rows(store, "article-evidence", {"article": NamedNode(iri)}, ROWS))
    things = Things(store, pages, language)
    things.prepare([iri, *evidence])
    groups = _groups(things, evidence, iri)
    text = _text_of(store, things.nodes[iri])
    passages = {passage for found in evidence.values() for each in found for passage in each.passages}
    placed = in_place(text, passages) if text is not None else []
    title = things.title(iri)
    return {
        "heading": title,
        "name": plain(title),
        "intro": things.intro(iri),
        "groups": groups,
        "properties": read_properties(things, things.nodes[iri]),
        "own_evidence": evidence.get(iri, ()),
        "pieces": cut(text, placed, _notes(groups), chosen) if text is not None else None,
        "jsonld": embedded_jsonld(store, iri, "article"),
        "quotes": sorted(passages, key=lambda each: (each.begin, each.end)) if text is None else [],
        "chosen": chosen,
        "lost": len(passages) - len(placed) if text is not None else 0,
    }
