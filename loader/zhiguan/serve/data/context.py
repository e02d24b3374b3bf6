"""The JSON-LD context of the data: short names for what the ontology defines and the shapes describe.

Made from ontology and shapes when first asked for, so it is never behind them. https://www.w3.org/TR/json-ld11/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from zhiguan import resources
from zhiguan.rdf import terms
from zhiguan.serve.http.addresses import PREFIXES

PATH = "/context.jsonld"
"""Where the server gives the context."""
_RDF, _OWL = PREFIXES["rdf"], PREFIXES["owl"]
_SH = PREFIXES["sh"]
_LANGUAGE = _RDF + "langString"
_IDS = {_SH + "IRI", _SH + "BlankNodeOrIRI"}
_FIXED = {"@version": 1.1, "id": "@id", "type": "@type"}


@dataclass(frozen=True, slots=True)
class Term:
    """A short name: its IRI, and how its values are written: `@id`, a datatype's IRI, `@language` or as they come."""

    iri: str
    coercion: str = ""

    @property
    def definition(self) -> object:
        """What the context says of it."""
        if not self.coercion:
            return self.iri
        if self.coercion == "@language":
            return {"@id": self.iri, "@container": "@language"}
        return {"@id": self.iri, "@type": self.coercion}


def _triples() -> Iterator[Triple]:
    for name in ("zhiguan.ttl", "shapes.ttl"):
        for quad in parse(resources.read_ontology(name), RdfFormat.TURTLE):
            yield quad.triple


def _objects(triples: list[Triple], predicate: str) -> dict[object, str]:
    return {
        each.subject: each.object.value
        for each in triples
        if each.predicate.value == predicate and isinstance(each.object, NamedNode)
    }


def _coercions(triples: list[Triple]) -> dict[str, set[str]]:
    """For each property that a shape describes, and each that the ontology has, what its values are."""
    found: dict[str, set[str]] = {}
    paths = _objects(triples, _SH + "path")
    kinds = _objects(triples, _SH + "nodeKind")
    datatypes = _objects(triples, _SH + "datatype")
    classes = _objects(triples, _SH + "class")
    languages = {each.subject for each in triples if each.predicate.value == _SH + "languageIn"}
    types = _objects(triples, _RDF + "type")
    ranges = _objects(triples, PREFIXES["rdfs"] + "range")
    for shape, path in paths.items():
        known = found.setdefault(path, set())
        if kinds.get(shape) in _IDS or shape in classes:
            known.add("@id")
        if shape in datatypes:
            known.add("@language" if datatypes[shape] == _LANGUAGE else datatypes[shape])
        if shape in languages:
            known.add("@language")
    for node, kind in types.items():
        if isinstance(node, NamedNode) and kind == _OWL + "ObjectProperty":
            found.setdefault(node.value, set()).add("@id")
        elif isinstance(node, NamedNode) and kind == _OWL + "DatatypeProperty":
            known = found.setdefault(node.value, set())
            if not known and node in ranges:
                known.add("@language" if ranges[node] == _LANGUAGE else ranges[node])
    return found


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _classes(triples: list[Triple]) -> list[str]:
    types = ((each.subject, each.object) for each in triples if each.predicate.value == _RDF + "type")
    return sorted(
        node.value
        for node, kind in types
        if isinstance(node, NamedNode) and kind == NamedNode(_OWL + "Class") and node.value.startswith(terms.ZG)
    )


@cache
def context_terms() -> Mapping[str, Term]:
    """The short names. Of two properties of the same last name ours has it, the other keeps its prefix."""
    triples = list(_triples())
    found = {_local(iri): Term(iri) for iri in _classes(triples)}
    coercions = _coercions(triples)
    for iri in sorted(coercions, key=lambda each: (not each.startswith(terms.ZG), each)):
        known = coercions[iri]
        name = _local(iri)
        if name and name not in found and name not in _FIXED and iri != _RDF + "type":
            found[name] = Term(iri, next(iter(known)) if len(known) == 1 else "")
    return found


@cache
def context_document() -> Mapping[str, object]:
    """The document at PATH."""
    definitions = {name: term.definition for name, term in sorted(context_terms().items())}
    prefixes = {name: iri for name, iri in PREFIXES.items() if name not in definitions}
    return {"@context": {**_FIXED, **prefixes, **definitions}}
