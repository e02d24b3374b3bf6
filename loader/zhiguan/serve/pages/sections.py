"""The lists of a thing's page: which facts and things belong to it, a page of them at a time, each with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.pages.lookup import NEVER, Evidence, Seen, read_evidence, read_seen
from zhiguan.serve.pages.recent import Recent
from zhiguan.serve.pages.sentences import Line
from zhiguan.serve.pages.things import Things

ROWS = 20
"""Rows of a section on a page."""
LIST_ROWS = 36
"""Rows of a section that only names things."""
PASSAGES = 3
"""Attestations shown beside one fact; its own page has all."""

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "person": ("person-tenures", "person-actions", "person-meetings", "person-plans"),
    "body": ("body-tenures", "body-decisions", "body-terms", "body-plans", "body-parts", "body-related", "body-posts"),
    "post": ("post-holders", "post-actions"),
    "tenure": ("tenure-actions", "tenure-meetings"),
    "term": ("term-sessions",),
    "meeting": ("meeting-participants", "meeting-actions", "meeting-plans"),
    "plan": ("plan-events", "plan-statuses", "plan-parts"),
    "plan-part": ("part-parts",),
    "division": ("division-articles", "division-bodies", "division-parts"),
    "attestation": ("attested",),
    "concept": ("concept-narrower",),
    "scheme": ("scheme-concepts",),
}
"""The lists of each kind of page, each a query that answers ?thing in order."""
PLAIN = frozenset(
    {"body-parts", "body-posts", "body-related", "body-terms", "term-sessions", "concept-narrower", "scheme-concepts"}
    | {"division-articles", "division-bodies", "division-parts"}
)
"""Lists of things that have their evidence on their own pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact or a thing in a list: its sentence, a line about it, when it was seen, and who says so."""

    iri: str
    line: Line
    about: Line = ()
    seen: Seen = NEVER
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page of a list: `total` counts all, `first` is the number of the first row shown."""

    name: str
    rows: Sequence[Row]
    total: int
    page: int = 1
    size: int = ROWS

    @property
    def first(self) -> int:
        """Number of the first row, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return -(-self.total // self.size)

    @property
    def plain(self) -> bool:
        """Whether the list only names things."""
        return self.name in PLAIN


def list_things(store: Reader, name: str, iri: str) -> Sequence[str]:
    """All of a section's things, in order; long lists are kept while the store stays as it is."""

    def find() -> Sequence[str]:
        rows = ask_rows(store, name, {"x": NamedNode(iri)})
        return tuple(dict.fromkeys(row["thing"].value for row in rows if row["thing"].kind == "uri"))

    recent: Recent[Sequence[str]] = store.remember("page lists", Recent)
    return recent.get(f"{name} {iri}", find)


def _rows(things: Things, name: str, iris: Sequence[str]) -> list[Row]:
    things.prepare(iris)
    if name in PLAIN:
        return [Row(iri=iri, line=things.sentence(iri), about=things.intro(iri)) for iri in iris]
    seen = read_seen(things.store, iris)
    wanted = [each for iri in iris for each in seen.get(iri, NEVER).attestations[:PASSAGES]]
    known = read_evidence(things.store, wanted)
    return [_row(things, iri, seen.get(iri, NEVER), known) for iri in iris]


def _row(things: Things, iri: str, seen: Seen, known: Mapping[str, Evidence]) -> Row:
    evidence = [known[each] for each in seen.attestations[:PASSAGES] if each in known]
    line = things.sentence(iri, qualifiers=evidence[0].qualifiers if evidence else ())
    return Row(iri=iri, line=line, about=things.intro(iri), seen=seen, evidence=evidence)


def read_section(things: Things, name: str, iri: str, page: int = 1) -> Section:
    """One page (from 1) of a list about a thing."""
    every = list_things(things.store, name, iri)
    size = LIST_ROWS if name in PLAIN else ROWS
    shown = every[(page - 1) * size : page * size]
    return Section(name=name, rows=_rows(things, name, shown), total=len(every), page=page, size=size)


def read_sections(things: Things, kind: str, iri: str) -> list[Section]:
    """The first pages of the lists that have anything."""
    found = [read_section(things, name, iri) for name in SECTIONS.get(kind, ())]
    return [section for section in found if section.total]
