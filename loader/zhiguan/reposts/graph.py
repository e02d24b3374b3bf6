"""The derived graph of re-posts as N-Quads: rebuilt as a whole, so it never says more than the index."""

from collections.abc import Iterable

from zhiguan.rdf import terms
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.writer import QuadWriter


def to_nquads(repeats: Iterable[tuple[str, str]], iris: Iris) -> str:
    """N-Quads, sorted, of (article, the article that it repeats), identifiers both."""
    writer = QuadWriter(iris.reposts())
    for article, first in repeats:
        writer.node(iris.article(article), terms.REPEATS, iris.article(first))
    return writer.dump()
