"""What the service and its dataset say of themselves: SPARQL 1.1 Service Description and VoID.

https://www.w3.org/TR/sparql11-service-description/  https://www.w3.org/TR/void/
"""

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from zhiguan.serve.http.addresses import ONTOLOGY_BASE, PREFIXES
from zhiguan.serve.http.negotiate import GRAPHS, RESULTS, Format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = PREFIXES["void"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_PREFIXES = {**PREFIXES, "sd": _SD, "formats": "http://www.w3.org/ns/formats/"}


def write_triples(triples: Iterable[Triple], form: Format) -> bytes:
    """The triples in that format, sorted so that the same facts give the same bytes."""
    if not isinstance(form.engine, RdfFormat):
        raise TypeError(f"{form.name} is no graph format")
    ordered = sorted(set(triples), key=lambda each: (str(each.subject), str(each.predicate), str(each.object)))
    return serialize(ordered, format=form.engine, prefixes=_PREFIXES) or b""


def service_description(root: str, form: Format) -> bytes:
    """The service at `root` + sparql: read-only, union default graph, and the formats it gives."""
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
    formats = [each.iri for each in (*RESULTS, *GRAPHS)]
    triples += [Triple(service, NamedNode(_SD + "resultFormat"), NamedNode(iri)) for iri in formats]
    return write_triples(triples, form)


def dataset_description(root: str, base: str, counts: Mapping[str, int], form: Format) -> bytes:
    """The dataset in VoID: where to ask, which IRIs it has, and how many things of each class (class IRI: number)."""
    dataset = NamedNode(root + ".well-known/void#dataset")

    def say(name: str, value: NamedNode | Literal) -> Triple:
        return Triple(dataset, NamedNode(_VOID + name), value)

    triples = [
        Triple(dataset, _TYPE, NamedNode(_VOID + "Dataset")),
        Triple(dataset, NamedNode(PREFIXES["dcterms"] + "title"), Literal("职官", language="zh-Hans")),
        Triple(dataset, NamedNode(PREFIXES["dcterms"] + "title"), Literal("zhiguan", language="en")),
        say("sparqlEndpoint", NamedNode(root + "sparql")),
        say("uriSpace", Literal(base)),
        say("vocabulary", NamedNode(ONTOLOGY_BASE + "ontology#")),
    ]
    triples += [say("vocabulary", NamedNode(PREFIXES[name])) for name in ("org", "prov", "foaf", "skos", "oa")]
    triples += [say("feature", NamedNode(each.iri)) for each in GRAPHS]
    for iri, number in counts.items():
        part = BlankNode("c" + iri.rpartition("#")[2])
        triples.append(Triple(dataset, NamedNode(_VOID + "classPartition"), part))
        triples.append(Triple(part, NamedNode(_VOID + "class"), NamedNode(iri)))
        triples.append(Triple(part, NamedNode(_VOID + "entities"), Literal(str(number), datatype=_INTEGER)))
    return write_triples(triples, form)
