"""What an article says of itself, its text, and the run that read it."""

from zhiguan import __version__
from zhiguan.model import Metadata, Source
from zhiguan.rdf import terms
from zhiguan.rdf.describe import write_date
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.provenance import Attestor
from zhiguan.rdf.writer import QuadWriter

_METADATA_PROPERTIES = {
    "title": terms.TITLE,
    "published": terms.PUBLISHED,
    "publisher": terms.SOURCE_NAME,
    "authors": terms.CREATOR,
}


def describe_text(write: QuadWriter, iris: Iris, source: Source) -> str:
    """Write the text as read; its IRI."""
    node = iris.text(source.text)
    write.node(node, terms.TYPE, terms.SOURCE_TEXT)
    write.text(node, terms.FORMAT, source.media)
    write.typed(node, terms.LENGTH, str(len(source.text)), terms.XSD_INTEGER)
    return node


def describe_metadata(write: QuadWriter, attestor: Attestor, node: str, metadata: Metadata) -> None:
    """Write the article's title, day, source and authors, each with the passage that gives it."""
    if metadata.title:
        write.label(node, terms.TITLE, metadata.title)
    if metadata.published:
        earliest, latest = terms.PUBLISHED_EARLIEST, terms.PUBLISHED_LATEST
        write_date(write, node, terms.PUBLISHED, metadata.published, earliest, latest)
    if metadata.publisher:
        write.text(node, terms.SOURCE_NAME, metadata.publisher)
    for author in metadata.authors:
        write.text(node, terms.CREATOR, author)
    for name, predicate in _METADATA_PROPERTIES.items():
        if name in metadata.evidence:
            attestor.attest_property(node, predicate, name, (metadata.evidence[name],))


def describe_run(write: QuadWriter, iris: Iris, source: Source) -> None:
    """The graph is what one run of the software made of the article's text; all its attestations are that run's."""
    graph, text, software = iris.graph(source.id), iris.text(source.text), iris.software(__version__)
    run = iris.run(text, __version__)
    write.node(graph, terms.PRIMARY_TOPIC, iris.article(source.id))
    write.node(graph, terms.WAS_GENERATED_BY, run)
    write.node(run, terms.TYPE, terms.RUN)
    write.node(run, terms.USED, text)
    write.node(run, terms.WAS_ASSOCIATED_WITH, software)
    write.node(software, terms.TYPE, terms.SOFTWARE_AGENT)
