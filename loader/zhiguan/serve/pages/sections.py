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


def _rows(things: Things, lists: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
    """The rows of several lists; what they need is asked for at once."""
    things.prepare(iri for iris in lists.values() for iri in iris)
    facts = [iri for name, iris in lists.items() if name not in PLAIN for iri in iris]
    seen = read_seen(things.store, facts)
    known = read_evidence(
        things.store, [each for iri in facts for each in seen.get(iri, NEVER).attestations[:PASSAGES]]
    )
    return {
        name: [_row(things, iri, NEVER if name in PLAIN else seen.get(iri, NEVER), known) for iri in iris]
        for name, iris in lists.items()
    }


def _row(things: Things, iri: str, seen: Seen, known: Mapping[str, Evidence]) -> Row:
    evidence = [known[each] for each in seen.attestations[:PASSAGES] if each in known]
    line = things.sentence(iri, qualifiers=evidence[0].qualifiers if evidence else ())
    return Row(iri=iri, line=line, about=things.intro(iri), seen=seen, evidence=evidence)


def _size(name: str) -> int:
    return LIST_ROWS if name in PLAIN else ROWS


def _read(things: Things, names: Sequence[str], iri: str, page: int) -> list[Section]:
    """That page of each of the lists."""
    every = {name: list_things(things.store, name, iri) for name in names}
    rows = _rows(things, {name: found[(page - 1) * _size(name) : page * _size(name)] for name, found in every.items()})
    return [Section(name=name, rows=rows[name], total=len(every[name]), page=page, size=_size(name)) for name in names]


def read_section(things: Things, name: str, iri: str, page: int = 1) -> Section:
    """One page (from 1) of a list about a thing."""
    return _read(things, [name], iri, page)[0]


def read_sections(things: Things, kind: str, iri: str) -> list[Section]:
    """The first pages of the lists that have anything."""
    return [section for section in _read(things, SECTIONS.get(kind, ()), iri, 1) if section.total]
