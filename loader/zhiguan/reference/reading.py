"""What the ontology's files say, arranged for readers: terms, vocabularies, shapes, and the questions that need them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhiguan import resources
from zhiguan.query import NamedQuery, named_queries
from zhiguan.rdf import terms
from zhiguan.reference.triples import Triples, Words
from zhiguan.results import PREFIXES

ONTOLOGY = "https://w3id.org/zhiguan/ontology"
SHAPES = "https://w3id.org/zhiguan/shapes#"
GROUPS = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "datatype property",
    "AnnotationProperty": "annotation property",
}
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SH = "http://www.w3.org/ns/shacl#"
_VANN = "http://purl.org/vocab/vann/"
_LABEL, _DEFINITION, _EXAMPLE = _RDFS + "label", terms.SKOS + "definition", terms.SKOS + "example"
_COMMENTS = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A SHACL shape: what `targets` (classes) demand of the property `path`, whose values are of `classes` (IRIs).

    `severity` is Violation, Warning or Info.
    """

    iri: str
    name: str
    message: Words
    severity: str
    path: str
    targets: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or a property of our own; tuples hold IRIs, `queries` are names of the questions that use it."""

    iri: str
    name: str
    group: str
    label: Words
    definition: Words
    note: Words
    supers: tuple[str, ...]
    subs: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    inverse: tuple[str, ...]
    properties: tuple[str, ...]
    users: tuple[str, ...]
    examples: tuple[str, ...]
    queries: tuple[str, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of a vocabulary; `depth` is 0 at the top of its scheme."""

    iri: str
    name: str
    label: Words
    definition: Words
    others: tuple[str, ...]
    notations: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A vocabulary with its concepts in the order of their hierarchy."""

    iri: str
    name: str
    label: Words
    definition: Words
    sources: tuple[str, ...]
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """All of the ontology. `header` maps the name of a metadata property to its values."""

    title: Words
    description: Words
    version: str
    header: dict[str, tuple[str, ...]]
    terms: dict[str, Term]
    schemes: dict[str, Scheme]
    shapes: tuple[Shape, ...]
    queries: tuple[NamedQuery, ...]


def local(iri: str) -> str:
    """Last step of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def shorten(iri: str) -> str:
    """`prefix:name` where a prefix of ours fits, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _shape(data: Triples, iri: str, owners: Iterable[str]) -> Shape:
    path = data.nodes(iri, _SH + "path")
    inverse = data.iris(path[0], _SH + "inversePath") if path else ()
    holders = tuple(dict.fromkeys(target for owner in owners for target in data.iris(owner, _SH + "targetClass")))
    return Shape(
        iri=iri,
        name=local(iri),
        message=data.words(iri, _SH + "message", _SH + "name", _LABEL),
        severity=local(next(iter(data.iris(iri, _SH + "severity")), "Violation")),
        path=next(iter(inverse or path), ""),
        targets=holders,
        classes=data.iris(iri, _SH + "class"),
    )


def _read_shapes(data: Triples) -> tuple[Shape, ...]:
    """Property shapes and SPARQL constraints, each with the classes whose node shape demands it."""
    kinds = ("PropertyShape", "SPARQLConstraint")
    found = [iri for kind in kinds for iri in data.subjects(terms.TYPE, _SH + kind) if iri.startswith(SHAPES)]
    links = (_SH + "property", _SH + "sparql")
    return tuple(_shape(data, iri, [each for link in links for each in data.subjects(link, iri)]) for iri in found)


@cache
def _words_of_queries() -> dict[str, frozenset[str]]:
    """For each named query the terms of ours that its text uses."""
    found = {}
    for query in named_queries().values():
        text = _COMMENTS.sub("", query.text)
        found[query.name] = frozenset(re.findall(r"(?<![\w-])zg:([A-Za-z]\w*)", text))
    return found


def _term(data: Triples, iri: str, group: str, shapes: Iterable[Shape]) -> Term:
    name = local(iri)
    below = _RDFS + ("subClassOf" if group == "Class" else "subPropertyOf")
    return Term(
        iri=iri,
        name=name,
        group=group,
        label=data.words(iri, _LABEL),
        definition=data.words(iri, _DEFINITION),
        note=data.words(iri, terms.SKOS + "scopeNote", terms.SKOS + "note"),
        supers=data.iris(iri, below),
        subs=tuple(each for each in data.subjects(below, iri) if not each.startswith("_:")),
        domains=data.iris(iri, _RDFS + "domain"),
        ranges=data.iris(iri, _RDFS + "range"),
        inverse=(*data.iris(iri, _OWL + "inverseOf"), *data.subjects(_OWL + "inverseOf", iri)),
        properties=data.subjects(_RDFS + "domain", iri),
        users=data.subjects(_RDFS + "range", iri),
        examples=data.texts(iri, _EXAMPLE, _VANN + "example"),
        queries=tuple(sorted(query for query, used in _words_of_queries().items() if name in used)),
        shapes=tuple(shape for shape in shapes if shape.path == iri or iri in shape.targets),
    )


def _read_terms(data: Triples, shapes: tuple[Shape, ...]) -> dict[str, Term]:
    found = {}
    for group in GROUPS:
        for iri in sorted(data.subjects(terms.TYPE, _OWL + group)):
            if iri.startswith(terms.ZG):
                found[iri] = _term(data, iri, group, shapes)
    return found


def _concepts(data: Triples, iris: Iterable[str], depth: int) -> Iterable[Concept]:
    for iri in iris:
        yield Concept(
            iri=iri,
            name=local(iri),
            label=data.words(iri, terms.LABEL),
            definition=data.words(iri, _DEFINITION, terms.SKOS + "scopeNote"),
            others=data.texts(iri, terms.SKOS + "altLabel"),
            notations=data.texts(iri, terms.NOTATION),
            depth=depth,
        )
        yield from _concepts(data, data.subjects(terms.SKOS + "broader", iri), depth + 1)


def _scheme(data: Triples, iri: str) -> Scheme:
    source = terms.DCTERMS + "source"
    return Scheme(
        iri=iri,
        name=local(iri),
        label=data.words(iri, terms.LABEL, terms.TITLE),
        definition=data.words(iri, _DEFINITION, terms.DCTERMS + "description"),
        sources=data.texts(iri, source) + data.iris(iri, source),
        concepts=tuple(_concepts(data, data.subjects(terms.SKOS + "topConceptOf", iri), 0)),
    )


def _header(data: Triples) -> dict[str, tuple[str, ...]]:
    names = {
        terms.DCTERMS: ("license", "creator", "publisher", "created", "issued", "modified", "source"),
        _OWL: ("versionIRI", "priorVersion", "versionInfo"),
        _VANN: ("preferredNamespacePrefix", "preferredNamespaceUri"),
    }
    found = {}
    for namespace, local_names in names.items():
        for name in local_names:
            values = data.iris(ONTOLOGY, namespace + name) + data.texts(ONTOLOGY, namespace + name)
            if values:
                found[name] = values
    return found


@cache
def read_reference() -> Reference:
    """The ontology of this installation; reads its files once (about 0.1 s)."""
    entries = (*resources.ontology_files(), *resources.vocabulary_files())
    data = Triples(entry.read_text(encoding="utf-8") for entry in entries)
    shapes = _read_shapes(data)
    schemes = (_scheme(data, iri) for iri in data.subjects(terms.TYPE, terms.SKOS + "ConceptScheme"))
    header = _header(data)
    return Reference(
        title=data.words(ONTOLOGY, terms.TITLE),
        description=data.words(ONTOLOGY, terms.DCTERMS + "description"),
        version=next(iter(header.get("versionInfo", ())), ""),
        header=header,
        terms=_read_terms(data, shapes),
        schemes={scheme.name: scheme for scheme in schemes},
        shapes=shapes,
        queries=tuple(named_queries().values()),
    )
