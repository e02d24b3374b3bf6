"""What a page shows of a thing: its names, its properties, and its facts in sections, each with its evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from zhiguan.serve.engine.backend import Reader, Row, Term, ask_rows, ask_table
from zhiguan.serve.http.addresses import PREFIXES

SECTION_ROWS = 200
"""Facts that one section of a page shows."""
PROPERTY_ROWS = 200
"""Values on one page."""
INVERSE_ROWS = 50
"""Inverse links on one page."""
EVIDENCE_ROWS = 12
"""Passages that one fact shows."""

_NAMES = {
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["foaf"] + "name",
    PREFIXES["dcterms"] + "title",
    PREFIXES["rdfs"] + "label",
}
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "person": ("person-tenures", "person-meetings", "person-plans"),
    "body": ("body-posts", "body-plans", "body-parts"),
    "post": ("post-holders",),
    "meeting": ("meeting-participants", "meeting-plans"),
    "plan": ("plan-events", "plan-parts"),
    "division": ("division-bodies", "division-articles", "division-parts"),
}
ARTICLE_SECTIONS = (
    "article-meetings",
    "article-tenures",
    "article-participation",
    "article-plans",
    "article-people",
    "article-bodies",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage; `begin` and `end` count code points of the text as read."""

    begin: int
    end: int
    exact: str

    @property
    def anchor(self) -> str:
        """Its name in the article's page."""
        return f"q{self.begin}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One attestation: which article says the fact, in which passages, found by which rule."""

    article: str
    title: str
    observed: str = ""
    status: str = ""
    mention: str = ""
    rule: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(slots=True)
class Fact:
    """A row of a section: for each column the terms with their names, and the evidence."""

    iri: str | None
    cells: dict[str, dict[Term, str]]
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one kind; `more` when not all are shown."""

    name: str
    columns: tuple[str, ...]
    facts: Sequence[Fact]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values and their names."""

    iri: str
    values: Mapping[Term, str] = field(default_factory=dict)

    def repeats(self, name: str) -> bool:
        """Whether it says no more than the page's head does: the type, or the name once more."""
        if self.iri == PREFIXES["rdf"] + "type":
            return True
        return self.iri in _NAMES and all(value.value == name for value in self.values)


def best_label(rows: Iterable[Row], language: str, column: str = "label") -> str | None:
    """The name in that language, else in Chinese, else any."""
    labels = [row[column] for row in rows if column in row]
    for wanted in (language, "zh", ""):
        found = next((each.value for each in labels if each.language.startswith(wanted)), None)
        if found is not None:
            return found
    return None


def label_of(store: Reader, iri: str, language: str) -> str | None:
    """Name of a thing; for a node that ties things together, theirs."""
    bind = {"x": NamedNode(iri)}
    found = best_label(ask_rows(store, "label", bind, 20), language)
    if found is not None:
        return found
    parts = dict.fromkeys(row["label"].value for row in ask_rows(store, "compound-label", bind, 8))
    return " · ".join(parts) or None


def _columns(names: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The variables to show: those with a value somewhere that are not the frame or another one's name."""
    shown = (name for name in names if name not in {"x", "fact"} and not name.endswith("Label"))
    return tuple(name for name in shown if any(name in row for row in rows))


def _merge(rows: Sequence[Row], columns: Sequence[str]) -> list[Fact]:
    """One fact for all rows of the same fact: several capacities become several values of a cell."""
    facts: dict[object, Fact] = {}
    for number, row in enumerate(rows):
        known = row.get("fact")
        key = known.value if known else tuple(row.get(name) for name in columns[:1]) or number
        fact = facts.setdefault(key, Fact(known.value if known else None, {name: {} for name in columns}))
        for name in columns:
            if name in row:
                label = row.get(name + "Label")
                fact.cells[name].setdefault(row[name], label.value if label else "")
    return list(facts.values())


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _passage(row: Row) -> Passage | None:
    if not {"begin", "end", "exact"} <= row.keys():
        return None
    return Passage(int(row["begin"].value), int(row["end"].value), row["exact"].value)


def gather_evidence(rows: Iterable[Row]) -> list[Evidence]:
    """One value for each attestation, its passages together."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(_value(row, "attestation"), []).append(row)
    return [_evidence(group) for group in grouped.values()]


def _evidence(rows: Sequence[Row]) -> Evidence:
    first = rows[0]
    passages = dict.fromkeys(filter(None, map(_passage, rows)))
    return Evidence(
        article=_value(first, "article"),
        title=_value(first, "articleLabel"),
        observed=_value(first, "observed"),
        status=_value(first, "status"),
        mention=_value(first, "mention"),
        rule=_value(first, "rule"),
        passages=tuple(passages),
    )


def evidence_of(store: Reader, fact: str) -> list[Evidence]:
    """The attestations of a fact, the latest first."""
    return gather_evidence(ask_rows(store, "evidence", {"fact": NamedNode(fact)}, EVIDENCE_ROWS))


def read_section(store: Reader, name: str, iri: str) -> Section:
    """Facts of one kind about a thing, without evidence."""
    names, rows = ask_table(store, name, {"x": NamedNode(iri)}, SECTION_ROWS + 1)
    columns = _columns(names, rows)
    return Section(name, columns, _merge(rows[:SECTION_ROWS], columns), len(rows) > SECTION_ROWS)


def read_sections(store: Reader, kind: str, iri: str) -> list[Section]:
    """The sections that have facts, with their evidence."""
    found = [read_section(store, name, iri) for name in SECTIONS.get(kind, ())]
    for section in found:
        for fact in section.facts:
            fact.evidence = evidence_of(store, fact.iri) if fact.iri else ()
    return [section for section in found if section.facts]


def read_properties(store: Reader, iri: str, language: str) -> list[Property]:
    """All that is said of a thing."""
    rows = ask_rows(store, "properties", {"x": NamedNode(iri)}, PROPERTY_ROWS)
    return _by_property(store, rows, "value", language)


def read_inverse(store: Reader, iri: str, page: int, language: str) -> tuple[list[Property], bool]:
    """A page (from 1) of what points to a thing, and whether there are more."""
    offset = (page - 1) * INVERSE_ROWS
    rows = ask_rows(store, "inverse", {"x": NamedNode(iri)}, INVERSE_ROWS + 1, offset)
    return _by_property(store, rows[:INVERSE_ROWS], "subject", language), len(rows) > INVERSE_ROWS


def _by_property(store: Reader, rows: Iterable[Row], column: str, language: str) -> list[Property]:
    found: dict[str, dict[Term, str]] = {}
    for row in rows:
        values = found.setdefault(row["property"].value, {})
        term = row[column]
        values[term] = (label_of(store, term.value, language) or "") if term.kind == "uri" else ""
    return [Property(iri, values) for iri, values in found.items()]
