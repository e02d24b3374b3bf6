"""The ontology's files as a dataset that checks can ask, and that a fault can be put into.

Graphs: g:terms (classes and properties), g:concepts (SKOS), g:shapes (SHACL), g:reused (vendored vocabularies).
"""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from zhiguan import resources

HERE = Path(__file__).resolve().parent
GRAPHS = "urn:zhiguan:checks:"
TERMS, CONCEPTS, SHAPES, REUSED = (ox.NamedNode(GRAPHS + name) for name in ("terms", "concepts", "shapes", "reused"))
NAMESPACES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespace of each vocabulary in `reused/` (reused/README.md tells where the copies come from)."""
PREFIXES = NAMESPACES | {
    "g": GRAPHS,
    "zg": "https://w3id.org/zhiguan/ontology#",
    "zgv": "https://w3id.org/zhiguan/vocabulary/",
    "zgs": "https://w3id.org/zhiguan/shapes#",
}
ABSENT = {
    "http://data.europa.eu/m8g/hasParticipant": "SEMIC's vocabulary file leaves it out; its application profile 1.1.1 defines it",
    "http://data.europa.eu/m8g/hasParticipation": "as hasParticipant",
}
"""Reused terms that no vendored file declares, and why they are right all the same."""


@dataclass(frozen=True)
class Ontology:
    """The dataset, and the text of each file and query by name."""

    store: ox.Store
    files: dict[str, str]
    queries: dict[str, str]

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """Answer a SELECT query; the default graph is the union."""
        found = self.store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return [tuple("" if cell is None else getattr(cell, "value", str(cell)) for cell in row) for row in found]

    def with_fault(self, update: str) -> "Ontology":
        """A copy that a SPARQL update has been put into."""
        copy = ox.Store()
        copy.bulk_extend(self.store)
        copy.update(update, prefixes=PREFIXES)
        return Ontology(copy, self.files, self.queries)


def graph_of(name: str) -> ox.NamedNode:
    """The graph that a file of the ontology belongs to."""
    stem = name.rpartition("/")[2]
    return {"zhiguan.ttl": TERMS, "shapes.ttl": SHAPES}.get(stem, CONCEPTS)


@cache
def reused_terms() -> list[ox.Quad]:
    """Every statement of the vendored vocabularies. schema.org's copy says http, its users https: one vocabulary."""
    quads = []
    for prefix, namespace in NAMESPACES.items():
        text = gzip.decompress((HERE / "reused" / f"{prefix}.nt.gz").read_bytes()).decode()
        if prefix == "schema":
            text = text.replace("<http://schema.org/", f"<{namespace}")
        triples = ox.parse(text, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)
        quads += [ox.Quad(each.subject, each.predicate, each.object, REUSED) for each in triples]
        quads.append(_mark(namespace, "isNamespace"))
    return quads + [_mark(iri, "isKnown") for iri in ABSENT]


def _mark(iri: str, property_: str) -> ox.Quad:
    true = ox.Literal("true", datatype=ox.NamedNode(NAMESPACES["xsd"] + "boolean"))
    return ox.Quad(ox.NamedNode(iri), ox.NamedNode(GRAPHS + property_), true, REUSED)


@cache
def ontology() -> Ontology:
    """The files of this checkout."""
    store = ox.Store()
    store.bulk_extend(reused_terms())
    files = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in (*resources.ontology_files(), *resources.vocabulary_files())
    }
    for name, text in files.items():
        store.bulk_load(text.encode(), ox.RdfFormat.TURTLE, to_graph=graph_of(name))
    queries = {entry.name: entry.read_text(encoding="utf-8") for entry in resources.query_files()}
    return Ontology(store, files, queries)
