"""What the service says of itself: SPARQL 1.1 Service Description. And triples as bytes.

https://www.w3.org/TR/sparql11-service-description/
"""

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.http.negotiate import GRAPHS, RESULTS, Format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_PREFIXES = {
    **PREFIXES,
    "sd": _SD,
    "formats": "http://www.w3.org/ns/formats/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "prof": "http://www.w3.org/ns/dx/prof/",
    "altr": "http://www.w3.org/ns/dx/connegp/altr#",
}


def write_triples(triples: Iterable[Triple], form: Format) -> bytes:
    """The triples in that format, sorted so that the same facts give the same bytes."""
    if not isinstance(form.engine, RdfFormat):
        raise TypeError(f"{form.name} is no graph format")
    ordered = sorted(set(triples), key=lambda each: (str(each.subject), str(each.predicate), str(each.object)))
    return serialize(ordered, format=form.engine, prefixes=_PREFIXES) or b""


def service_description(root: str, form: Format, *, writable: bool = False) -> bytes:
    """The service at `root` + sparql: what it takes, its union default graph, and the formats it gives."""
    service, endpoint = NamedNode(root + "sparql#service"), NamedNode(root + "sparql")
    dataset, default = BlankNode("dataset"), BlankNode("default")
    triples = [
        Triple(service, _TYPE, NamedNode(_SD + "Service")),
        Triple(service, NamedNode(_SD + "endpoint"), endpoint),
        Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query")),
        Triple(service, NamedNode(_SD + "feature"), NamedNode(_SD + "UnionDefaultGraph")),
        Triple(service, NamedNode(_SD + "defaultDataset"), dataset),
        Triple(dataset, _TYPE, NamedNode(_SD + "Dataset")),
        Triple(dataset, NamedNode(_SD + "defaultGraph"), default),
        Triple(default, _TYPE, NamedNode(_SD + "Graph")),
    ]
    if writable:
        triples.append(Triple(service, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Update")))
    formats = [each.iri for each in (*RESULTS, *GRAPHS)]
    triples += [Triple(service, NamedNode(_SD + "resultFormat"), NamedNode(iri)) for iri in formats]
    return write_triples(triples, form)
