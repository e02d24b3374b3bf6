"""Checks of the ontology, by the field's catalogues. Most are queries in `checks/`; what SPARQL cannot see is here.

Each check has a fault: an update that it must find. Families: FOOPS! (the file-only tests of its pre-publication
benchmark), OOPS! (the pitfalls that a machine can see), ROBOT (after its report), SKOS (after qSKOS), shapes, house.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph, Literal, URIRef
from tests.ontology.corpus import CONCEPTS, HERE, PREFIXES, SHAPES, TERMS, Ontology

_HEADER = re.compile(r"^# (title|severity|fault): (.+)$", re.MULTILINE)
Finding = tuple[str, str]
"""What is at fault (an IRI or a file), and what is wrong with it."""


@dataclass(frozen=True)
class Check:
    """One test of the ontology; `fault` is a SPARQL update after which it must find something."""

    name: str
    title: str
    severity: str
    fault: str
    find: Callable[[Ontology], Iterable[Finding]]

    @property
    def family(self) -> str:
        """First part of the name."""
        return self.name.partition("-")[0]


def _from_query(name: str, text: str) -> Check:
    header = dict(_HEADER.findall(text))

    def find(files: Ontology) -> list[Finding]:
        return sorted((row[0], row[1]) for row in files.rows(text))

    return Check(name, header["title"], header["severity"], header["fault"], find)


def _graph(files: Ontology, *names: ox.NamedNode) -> Graph:
    """Graphs of the dataset as one rdflib graph."""
    quads = (quad for name in names for quad in files.store.quads_for_pattern(None, None, None, name))
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return Graph().parse(data=text, format="nt")


_SAID = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""How owlrl says a contradiction."""


def contradictions(graph: Graph) -> list[str]:
    """What OWL 2 RL's rules (W3C OWL 2 Profiles, section 4.3) find contradictory in a graph, which they complete."""
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return sorted({str(message).strip() for message in graph.objects(None, _SAID)})


def _inconsistencies(files: Ontology) -> list[Finding]:
    return [("zhiguan.ttl", message) for message in contradictions(terms_graph(files))]


def terms_graph(files: Ontology) -> Graph:
    """Classes and properties as an rdflib graph."""
    return _graph(files, TERMS)


_OUTSIDE_RL = """
SELECT DISTINCT ?node ?property WHERE { GRAPH g:terms { ?node ?property ?value }
  VALUES ?property { owl:disjointUnionOf owl:hasSelf owl:minCardinality owl:cardinality owl:minQualifiedCardinality
    owl:qualifiedCardinality owl:oneOf owl:complementOf owl:onDatatype owl:withRestrictions } }
"""
_SUPER_RESTRICTIONS = """
SELECT DISTINCT ?class ?property WHERE { GRAPH g:terms { ?class rdfs:subClassOf|rdfs:range ?super . ?super ?property ?value }
  VALUES ?property { owl:someValuesFrom owl:unionOf } }
"""


def _outside_profile(files: Ontology) -> list[Finding]:
    rows = files.rows(_OUTSIDE_RL) + files.rows(_SUPER_RESTRICTIONS)
    return [(node, f"{property_} is outside of OWL 2 RL in this place") for node, property_ in sorted(rows)]


def _ill_typed(files: Ontology) -> list[Finding]:
    found = []
    for name in (TERMS, CONCEPTS, SHAPES):
        for subject, _, value in _graph(files, name):
            if isinstance(value, Literal) and value.ill_typed:
                found.append((str(subject), f"“{value}” is no {value.datatype}"))
    return sorted(found)


def _prefixes(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\s*(?:@prefix|PREFIX|prefix)\s+([\w-]*):\s*<([^>]*)>", text, re.MULTILINE))


def _prefix_faults(files: Ontology) -> list[Finding]:
    """Prefixes declared otherwise than everywhere else, twice, or for nothing; faults hide well in a namespace."""
    found = []
    for name, text in (files.files | files.queries).items():
        for prefix, namespace in _prefixes(text).items():
            expected = PREFIXES.get(prefix)
            if expected is not None and expected != namespace:
                found.append((name, f"{prefix}: is <{namespace}>, not <{expected}>"))
            elif not re.search(rf"(?<![\w-]){re.escape(prefix)}:", _without_prefixes(text)) and name.endswith(".rq"):
                found.append((name, f"{prefix}: is declared and not used"))
    return found


def _without_prefixes(text: str) -> str:
    return re.sub(r"^\s*(?:@prefix|PREFIX|prefix|#).*$", "", text, flags=re.MULTILINE)


def _terms_used(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])zg:([A-Za-z]\w*)", _without_prefixes(text)))


def _unasked_terms(files: Ontology) -> list[Finding]:
    """Terms that no named query uses: each must be needed by a competency question."""
    asked: set[str] = set().union(*map(_terms_used, files.queries.values()))
    own = files.rows("""SELECT DISTINCT ?term WHERE { GRAPH g:terms { ?term a ?kind }
      VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty } FILTER(STRSTARTS(STR(?term), STR(zg:))) }""")
    names = sorted(iri.removeprefix(PREFIXES["zg"]) for (iri,) in own)
    return [(PREFIXES["zg"] + name, "no competency question uses it") for name in names if name not in asked]


def _broken_examples(files: Ontology) -> list[Finding]:
    """Examples that are not Turtle, or do not speak of their term."""
    declared = "".join(
        f"@prefix {name}: <{iri}> .\n" for name, iri in (PREFIXES | {"": "https://example.org/"}).items()
    )
    found = []
    for term, example in files.rows("SELECT ?term ?example WHERE { GRAPH g:terms { ?term skos:example ?example } }"):
        try:
            nodes = {node for triple in ox.parse(declared + example, ox.RdfFormat.TURTLE) for node in _nodes(triple)}
        except SyntaxError as error:
            found.append((term, f"the example is not Turtle: {error}"))
            continue
        if term not in nodes:
            found.append((term, "the example does not use the term"))
    return found


def _nodes(quad: ox.Quad) -> tuple[str, ...]:
    return tuple(node.value for node in quad.triple if isinstance(node, ox.NamedNode))


_CODE = (
    Check(
        "owl-consistent",
        "no contradiction under OWL 2 RL",
        "error",
        "INSERT DATA { GRAPH g:terms { zg:x a zg:Person, zg:Plan } }",
        _inconsistencies,
    ),
    Check(
        "owl-profile",
        "all axioms stay within OWL 2 RL",
        "error",
        "INSERT DATA { GRAPH g:terms { zg:Body rdfs:subClassOf [ a owl:Restriction ; owl:onProperty zg:text ; owl:someValuesFrom owl:Thing ] } }",
        _outside_profile,
    ),
    Check(
        "house-ill-typed",
        "every literal is one of its datatype",
        "error",
        'INSERT DATA { GRAPH g:terms { zg:Body dcterms:created "29/08/2017"^^xsd:date } }',
        _ill_typed,
    ),
    Check("house-prefixes", "prefixes mean the same everywhere, and are used", "error", "", _prefix_faults),
    Check(
        "house-competency",
        "every term is used by a competency question",
        "error",
        "INSERT DATA { GRAPH g:terms { zg:unasked a owl:DatatypeProperty } }",
        _unasked_terms,
    ),
    Check(
        "house-example-turtle",
        "every example is Turtle and uses its term",
        "error",
        'INSERT DATA { GRAPH g:terms { zg:Body skos:example ":a a zg:Person ." } }',
        _broken_examples,
    ),
)


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, by family and name."""
    queries = sorted((HERE / "checks").glob("*.rq"))
    found = (*(_from_query(path.stem, path.read_text(encoding="utf-8")) for path in queries), *_CODE)
    order = ("foops", "oops", "robot", "owl", "skos", "shapes", "house")
    return tuple(sorted(found, key=lambda check: (order.index(check.family), check.name)))
