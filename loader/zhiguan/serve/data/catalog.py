"""The dataset described for machines: VoID and DCAT 3, as one graph.

https://www.w3.org/TR/void/  https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from zhiguan.serve.data.context import PATH as CONTEXT
from zhiguan.serve.data.dumps import Dump
from zhiguan.serve.data.feed import PATH as FEED
from zhiguan.serve.data.statistics import Statistics
from zhiguan.serve.http.addresses import ONTOLOGY_BASE, PREFIXES
from zhiguan.serve.http.negotiate import GRAPHS, QUADS

_DCAT, _SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
_VOID, _DCT, _XSD = PREFIXES["void"], PREFIXES["dcterms"], PREFIXES["xsd"]
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TYPE = PREFIXES["rdf"] + "type"
_VOCABULARIES = ("zg", "org", "prov", "foaf", "skos", "oa", "cv", "dcterms")
Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of the dataset. `root` is the server's address, `base` what data IRIs begin with; what is not worked
    out yet is None or empty; `dumps` are the names of files that are offered, `made` those of this version; `whole`
    where nothing is left to be worked out."""

    root: str
    base: str
    version: str
    title: str
    license_iri: str | None = None
    statistics: Statistics | None = None
    dumps: Sequence[str] = ()
    made: Sequence[Dump] = ()
    whole: bool = True

    @property
    def dataset(self) -> NamedNode:
        return NamedNode(self.root + "dataset")


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(_XSD + "integer"))


def _say(node: Node, *pairs: tuple[str, Value]) -> Iterator[Triple]:
    return (Triple(node, NamedNode(predicate), value) for predicate, value in pairs)


def _dataset(about: About) -> Iterator[Triple]:
    root = about.root
    yield from _say(
        about.dataset,
        (_TYPE, NamedNode(_VOID + "Dataset")),
        (_TYPE, NamedNode(_DCAT + "Dataset")),
        (_DCT + "title", Literal("职官：政务新闻中的机构、职务、人员与活动", language="zh-Hans")),
        (_DCT + "title", Literal("Bodies, posts, people and activities in Chinese government news", language="en")),
        (_DCT + "language", NamedNode("http://id.loc.gov/vocabulary/iso639-1/zh")),
        (_DCT + "conformsTo", NamedNode(ONTOLOGY_BASE + "ontology")),
        (_DCT + "conformsTo", NamedNode(ONTOLOGY_BASE + "shapes")),
        (_DCAT + "version", Literal(about.version)),
        (_DCAT + "landingPage", NamedNode(root)),
        (PREFIXES["foaf"] + "homepage", NamedNode(root)),
        (_VOID + "sparqlEndpoint", NamedNode(root + "sparql")),
        (_VOID + "uriSpace", Literal(about.base)),
        (PREFIXES["rdfs"] + "seeAlso", NamedNode(root.rstrip("/") + FEED)),
        (PREFIXES["rdfs"] + "seeAlso", NamedNode(root.rstrip("/") + CONTEXT)),
    )
    yield from _say(about.dataset, *((_VOID + "vocabulary", NamedNode(PREFIXES[name])) for name in _VOCABULARIES))
    yield from _say(about.dataset, *((_VOID + "feature", NamedNode(each.iri)) for each in GRAPHS))
    if about.license_iri:
        yield from _say(about.dataset, (_DCT + "license", NamedNode(about.license_iri)))


def _partitions(about: About, statistics: Statistics) -> Iterator[Triple]:
    zg = PREFIXES["zg"]
    yield from _say(
        about.dataset,
        (_VOID + "triples", _integer(statistics.triples)),
        (_VOID + "classes", _integer(len(statistics.classes))),
        (_VOID + "properties", _integer(len(statistics.properties))),
        (_VOID + "documents", _integer(statistics.classes.get(zg + "Article", 0))),
    )
    for number, (iri, count) in enumerate(sorted(statistics.classes.items())):
        part = BlankNode(f"c{number}")
        yield from _say(about.dataset, (_VOID + "classPartition", part))
        yield from _say(part, (_VOID + "class", NamedNode(iri)), (_VOID + "entities", _integer(count)))
    for number, (iri, count) in enumerate(sorted(statistics.properties.items())):
        part = BlankNode(f"p{number}")
        yield from _say(about.dataset, (_VOID + "propertyPartition", part))
        yield from _say(part, (_VOID + "property", NamedNode(iri)), (_VOID + "triples", _integer(count)))


def _distribution(about: About, name: str) -> Iterator[Triple]:
    address = f"{about.root}dumps/{name}"
    node = NamedNode(address + "#distribution")
    form = next(each for each in QUADS if f".{each.name}." in name)
    yield from _say(about.dataset, (_DCAT + "distribution", node), (_VOID + "dataDump", NamedNode(address)))
    yield from _say(
        node,
        (_TYPE, NamedNode(_DCAT + "Distribution")),
        (_DCAT + "downloadURL", NamedNode(address)),
        (_DCAT + "accessURL", NamedNode(address)),
        (_DCAT + "mediaType", NamedNode(_MEDIA + form.media[0])),
        (_DCAT + "compressFormat", NamedNode(_MEDIA + "application/gzip")),
    )
    if about.license_iri:
        yield from _say(node, (_DCT + "license", NamedNode(about.license_iri)))
    for dump in about.made:
        if dump.name == name:
            yield from _measures(node, dump)


def _measures(node: NamedNode, dump: Dump) -> Iterator[Triple]:
    checksum = BlankNode("k" + dump.form.name)
    size = Literal(str(dump.size), datatype=NamedNode(_XSD + "nonNegativeInteger"))
    yield from _say(node, (_DCAT + "byteSize", size), (_SPDX + "checksum", checksum))
    yield from _say(
        checksum,
        (_TYPE, NamedNode(_SPDX + "Checksum")),
        (_SPDX + "algorithm", NamedNode(_SPDX + "checksumAlgorithm_sha256")),
        (_SPDX + "checksumValue", Literal(dump.sha256, datatype=NamedNode(_XSD + "hexBinary"))),
    )


def _catalog(about: About) -> Iterator[Triple]:
    catalog, service = NamedNode(about.base), NamedNode(about.root + "sparql#service")
    yield from _say(
        catalog,
        (_TYPE, NamedNode(_DCAT + "Catalog")),
        (_DCT + "title", Literal(about.title)),
        (_DCAT + "dataset", about.dataset),
        (_DCAT + "service", service),
    )
    yield from _say(
        service,
        (_TYPE, NamedNode(_DCAT + "DataService")),
        (_DCT + "title", Literal("SPARQL")),
        (_DCT + "conformsTo", NamedNode("https://www.w3.org/TR/sparql11-protocol/")),
        (_DCAT + "endpointURL", NamedNode(about.root + "sparql")),
        (_DCAT + "endpointDescription", NamedNode(about.root + "openapi.json")),
        (_DCAT + "servesDataset", about.dataset),
    )


def catalog_triples(about: About) -> list[Triple]:
    """All of it."""
    found = [*_dataset(about), *_catalog(about)]
    if about.statistics is not None:
        found += _partitions(about, about.statistics)
    for name in about.dumps:
        found += _distribution(about, name)
    return found
