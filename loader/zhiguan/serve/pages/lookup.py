"""What pages ask the store, many things at a time: nodes, names, attestations.

One query a kind of question, whatever the number of things; so a page costs a handful of queries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from pyoxigraph import NamedNode, QuerySolutions

from zhiguan.serve.engine.backend import Reader, Row, Term, fixed_query, rows_of
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.recent import Recent

_MARK = "{ }"
_NAMES = ("skos:prefLabel", "foaf:name", "dcterms:title", "rdfs:label")
NODES = 50_000
"""Values of nodes kept at most between pages (some 500 bytes each)."""
Properties = dict[str, dict[Term, None]]
T = TypeVar("T", bound=Sized)


@cache
def _expand(name: str) -> str:
    """The IRI of a short name that a template uses."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and what is said of it: IRI of a property to its values."""

    iri: str
    properties: Properties = field(default_factory=dict)

    def values(self, name: str) -> tuple[Term, ...]:
        """Values of a property by its short name (`org:member`)."""
        return tuple(self.properties.get(_expand(name), ()))

    @property
    def names(self) -> tuple[Term, ...]:
        """What it is called, as `read_labels` would find it."""
        return tuple(term for name in _NAMES for term in self.values(name))

    def __len__(self) -> int:
        return sum(map(len, self.properties.values()))

    def __bool__(self) -> bool:
        return True


def ask_about(store: Reader, name: str, iris: Iterable[str]) -> list[Row]:
    """Rows of a fixed SELECT about several things; their IRIs take the place of its empty VALUES.

    NamedNode refuses whatever could end the IRI early, so no IRI can change what the query does.
    """
    values = " ".join(str(NamedNode(iri)) for iri in dict.fromkeys(iris))
    if not values:
        return []
    result = store.query(fixed_query(name).replace(_MARK, f"{{ {values} }}", 1), {}, trusted=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError(f"{name} is no SELECT")
    return rows_of(result)[1]


def _remembered(
    recent: Recent[T], iris: Iterable[str], read: Callable[[Sequence[str]], Mapping[str, T]]
) -> dict[str, T]:
    """What `read` finds for each IRI; it is asked for what is not kept from other pages of this state of the store."""
    known = {iri: recent.find(iri) for iri in dict.fromkeys(iris)}
    fresh = read([iri for iri, found in known.items() if found is None])
    made = {iri: recent.keep(iri, found) for iri, found in fresh.items()}
    return {iri: found for iri, found in known.items() if found is not None} | made


def read_nodes(store: Reader, iris: Iterable[str]) -> dict[str, Node]:
    """The nodes of which something is said, by IRI; values in the order of their words. Bodies, posts and people stand
    on many pages: their nodes are kept while the store stays as it is, so nobody may change one."""
    recent: Recent[Node] = store.remember("nodes", lambda: Recent(NODES))
    return _remembered(recent, iris, lambda unknown: _ask_nodes(store, unknown))


def _ask_nodes(store: Reader, iris: Sequence[str]) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    rows = ask_about(store, "nodes", iris)
    for row in sorted(rows, key=lambda each: (each["property"].value, each["value"].value)):
        node = nodes.setdefault(row["x"].value, Node(row["x"].value))
        node.properties.setdefault(row["property"].value, {})[row["value"]] = None
    return nodes


def best_label(labels: Sequence[Term], language: str) -> Term | None:
    """The name in that language, else in Chinese, else any."""
    for wanted in (language, "zh", ""):
        found = next((each for each in labels if each.language.startswith(wanted)), None)
        if found is not None:
            return found
    return None


def read_labels(store: Reader, iris: Iterable[str], language: str) -> dict[str, Term]:
    """Names of the things that have one, by IRI; kept as nodes are."""
    recent: Recent[tuple[Term, ...]] = store.remember("names", lambda: Recent(NODES))
    known = _remembered(recent, iris, lambda unknown: _ask_labels(store, unknown))
    found = {iri: best_label(labels, language) for iri, labels in known.items()}
    return {iri: label for iri, label in found.items() if label is not None}


def _ask_labels(store: Reader, iris: Sequence[str]) -> dict[str, tuple[Term, ...]]:
    grouped: dict[str, list[Term]] = {}
    for row in ask_about(store, "labels", iris):
        grouped.setdefault(row["x"].value, []).append(row["label"])
    return {iri: tuple(labels) for iri, labels in grouped.items()}


def name_of(store: Reader, iri: str, language: str) -> str | None:
    """Name of one thing."""
    label = read_labels(store, [iri], language).get(iri)
    return label.value if label else None


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

    iri: str
    article: str
    title: str = ""
    observed: str = ""
    status: str = ""
    capacity: str = ""
    mention: str = ""
    rule: str = ""
    confidence: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """The concepts that say how a post was held: in which capacity, with which status."""
        return tuple(filter(None, (self.capacity, self.status)))


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a fact was attested, and in which attestations, the latest first; days as EDTF, '' where unknown."""

    attestations: tuple[str, ...] = ()
    first: str = ""
    last: str = ""

    @property
    def times(self) -> int:
        """Number of attestations; an article has one of a fact."""
        return len(self.attestations)

    def __len__(self) -> int:
        return self.times


NEVER = Seen()


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def read_seen(store: Reader, facts: Iterable[str]) -> dict[str, Seen]:
    """For each fact its attestations; those of hubs are kept while the store stays as it is."""
    recent: Recent[Seen] = store.remember("attestations of facts", Recent)
    return _remembered(recent, facts, lambda unknown: _ask_seen(store, unknown))


def _ask_seen(store: Reader, facts: Sequence[str]) -> dict[str, Seen]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in ask_about(store, "observations", facts):
        grouped.setdefault(row["fact"].value, []).append((_value(row, "observed"), row["attestation"].value))
    return {fact: _seen(rows) for fact, rows in grouped.items()}


def _seen(found: Iterable[tuple[str, str]]) -> Seen:
    ordered = sorted(set(found), reverse=True)
    days = [day for day, _ in ordered if day]
    return Seen(tuple(iri for _, iri in ordered), days[-1] if days else "", days[0] if days else "")


def _passage(row: Row) -> Passage | None:
    if not {"begin", "end", "exact"} <= row.keys():
        return None
    return Passage(int(row["begin"].value), int(row["end"].value), row["exact"].value)


def gather_evidence(rows: Iterable[Row]) -> dict[str, Evidence]:
    """One value for each attestation, its passages together."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["attestation"].value, []).append(row)
    return {iri: _evidence(iri, group) for iri, group in grouped.items()}


def _evidence(iri: str, rows: Sequence[Row]) -> Evidence:
    first = rows[0]
    return Evidence(
        iri=iri,
        article=_value(first, "article"),
        title=_value(first, "articleLabel"),
        observed=_value(first, "observed"),
        status=_value(first, "status"),
        capacity=_value(first, "capacity"),
        mention=_value(first, "mention"),
        rule=_value(first, "rule"),
        confidence=_value(first, "confidence"),
        passages=tuple(dict.fromkeys(filter(None, map(_passage, rows)))),
    )


def read_evidence(store: Reader, attestations: Iterable[str]) -> Mapping[str, Evidence]:
    """The attestations with their passages, by IRI."""
    return gather_evidence(ask_about(store, "evidence", attestations))
