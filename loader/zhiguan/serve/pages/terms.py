"""The ontology's and the vocabulary's terms as a page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from zhiguan.serve.engine.backend import Reader, Row, ask_rows
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.lookup import best_label

_GROUPS = {
    PREFIXES["owl"] + "Class": "classes",
    PREFIXES["rdfs"] + "Class": "classes",
    PREFIXES["owl"] + "ObjectProperty": "object-properties",
    PREFIXES["owl"] + "DatatypeProperty": "datatype-properties",
    PREFIXES["owl"] + "AnnotationProperty": "datatype-properties",
    PREFIXES["rdfs"] + "Datatype": "datatypes",
    PREFIXES["skos"] + "ConceptScheme": "schemes",
    PREFIXES["skos"] + "Concept": "concepts",
}


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term with what is said of it; the tuples hold IRIs."""

    iri: str
    group: str
    names: tuple[str, ...]
    definition: str
    supers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()


def _unique(rows: Sequence[Row], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column].value for row in rows if column in row))


def _names(rows: Sequence[Row], language: str) -> tuple[str, ...]:
    """All names, those in the page's language first."""
    labels = dict.fromkeys(row["label"] for row in rows if "label" in row)
    ordered = sorted(labels, key=lambda each: not each.language.startswith(language))
    return tuple(each.value for each in ordered)


def _entry(iri: str, rows: Sequence[Row], language: str) -> TermEntry:
    group = next((_GROUPS[each] for each in _unique(rows, "type") if each in _GROUPS), "concepts")
    definition = best_label([row["definition"] for row in rows if "definition" in row], language)
    return TermEntry(
        iri,
        group,
        _names(rows, language),
        definition.value if definition else "",
        _unique(rows, "super"),
        _unique(rows, "domain"),
        _unique(rows, "range"),
    )


def read_terms(store: Reader, graph: str, language: str) -> dict[str, list[TermEntry]]:
    """The terms that a graph defines, by group, each group in the order of the IRIs."""
    grouped: dict[str, list[Row]] = {}
    for row in ask_rows(store, "terms", {"x": NamedNode(graph)}):
        grouped.setdefault(row["term"].value, []).append(row)
    entries = [_entry(iri, rows, language) for iri, rows in grouped.items()]
    groups = dict.fromkeys(_GROUPS.values())
    return {name: found for name in groups if (found := [each for each in entries if each.group == name])}
