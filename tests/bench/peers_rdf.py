"""The same graphs through the tools that the field uses: rdflib as the store, pySHACL as the gate."""

import time
from pathlib import Path

import pyshacl
from rdflib import Dataset, Graph

from zhiguan import resources
from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.rdf import to_nquads
from zhiguan.read import read_paths
from zhiguan.recognise import recognise
from zhiguan.resolve.divisions import division_by_code
from zhiguan.validate import split_graphs


def peer_milliseconds(path: Path, articles: int) -> dict[str, float]:
    """Milliseconds of processor time for an article of the first `articles`: parsed into one rdflib Dataset in memory, and
    checked by pySHACL as its documentation says (the shapes parsed once)."""
    sources = [item for item in read_paths([path]) if isinstance(item, Source)][:articles]
    graphs = [to_nquads(recognise(clean(source)), divisions=division_by_code) for source in sources]
    shapes = Graph().parse(data=resources.read_ontology("shapes.ttl"), format="turtle")
    begin = time.process_time()
    dataset = Dataset()
    for nquads in graphs:
        dataset.parse(data=nquads, format="nquads")
    stored = time.process_time()
    for nquads in graphs:
        ((_, triples),) = split_graphs(nquads)
        pyshacl.validate(Graph().parse(data=triples, format="nt"), shacl_graph=shapes)
    checked = time.process_time()
    return {
        "rdflib, store in memory": 1000 * (stored - begin) / len(sources),
        "pySHACL": 1000 * (checked - stored) / len(sources),
    }
