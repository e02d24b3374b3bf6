"""Answers of queries and the forms they are written in: rows, yes or no, triples."""

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from zhiguan.errors import QueryError
from zhiguan.rdf import terms

PREFIXES = {
    "zg": terms.ZG,
    "zgv": terms.ZGV,
    "cv": terms.CV,
    "dc": terms.DC,
    "dcterms": terms.DCTERMS,
    "foaf": terms.FOAF,
    "oa": terms.OA,
    "org": terms.ORG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": terms.PROV,
    "rdf": terms.RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": terms.SCHEMA,
    "skos": terms.SKOS,
    "xsd": terms.XSD,
}
"""Prefixes that a query may use without declaring them, and that Turtle, TriG and JSON-LD output declares."""

AnyTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Term = ox.NamedNode | ox.Literal
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

ROW_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
"""Formats of rows (SELECT) and of yes or no (ASK), by the name users give them."""

GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Formats of triples (CONSTRUCT, DESCRIBE, dump), by the name users give them."""


def graph_format(name: str) -> ox.RdfFormat:
    """The RDF format of this name; QueryError naming all when there is none."""
    try:
        return GRAPH_FORMATS[name]
    except KeyError:
        raise QueryError(f"no graph format {name}; known: {', '.join(GRAPH_FORMATS)}") from None


def write_result(result: Result, form: str, output: IO[bytes]) -> None:
    """Write an answer as it is read from the store; QueryError where the format does not fit the kind of answer."""
    if isinstance(result, ox.QueryTriples):
        _write_triples(result, form, output)
    elif form in ROW_FORMATS:
        result.serialize(output, ROW_FORMATS[form])
    else:
        raise QueryError(f"{form} cannot hold rows; use table, {', '.join(ROW_FORMATS)}, or ask with CONSTRUCT")


def _write_triples(triples: ox.QueryTriples, form: str, output: IO[bytes]) -> None:
    if form in ("csv", "tsv"):
        raise QueryError(f"{form} cannot hold triples; use turtle or jsonld, or ask with SELECT")
    kind = graph_format({"json": "jsonld", "xml": "rdfxml", "table": "turtle"}.get(form, form))
    ox.serialize(triples, output, kind, prefixes=PREFIXES)


def plain(term: object) -> str:
    """A cell as a person reads it: a literal's characters, an IRI as it is, '' for an empty cell."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode | ox.BlankNode) else str(term)


def plain_rows(result: Result) -> Iterator[tuple[str, ...]]:
    """Rows as plain strings; QueryError where the answer is no rows."""
    if not isinstance(result, ox.QuerySolutions):
        raise QueryError("this query answers with a graph or a yes or no, not with rows; use a SELECT query")
    for solution in result:
        yield tuple(plain(term) for term in solution)
