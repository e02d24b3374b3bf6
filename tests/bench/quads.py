"""Quads an article, by class of their subject and by predicate: what every stage after the mapping pays for.

python -m tests.bench.quads PATH... [--limit N]
"""

import argparse
from collections import Counter
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from tests.graphs import graphs_of

from zhiguan.rdf import terms

_TYPE = ox.NamedNode(terms.TYPE)
Rows = Counter[tuple[str, str]]


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def count_quads(nquads: str, rows: Rows) -> None:
    """Add one article's quads to `rows`, each under the last class of its subject in alphabetical order."""
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    kinds: dict[object, str] = {}
    for quad in sorted(quads, key=lambda quad: str(quad.object)):
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            kinds[quad.subject] = _short(quad.object.value)
    rows.update((kinds.get(quad.subject, "-"), _short(quad.predicate.value)) for quad in quads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=5000)
    arguments = parser.parse_args()
    rows: Rows = Counter()
    articles = size = 0
    for _, nquads in islice(graphs_of(*arguments.paths), arguments.limit):
        count_quads(nquads, rows)
        articles += 1
        size += len(nquads.encode())
    total = rows.total()
    print(f"{articles} articles, {total / articles:.1f} quads and {size / articles:.0f} bytes of N-Quads each")  # noqa: T201
    for kind in sorted({kind for kind, _ in rows}, key=lambda kind: -sum(n for (k, _), n in rows.items() if k == kind)):
        of_kind = {predicate: number for (k, predicate), number in rows.items() if k == kind}
        print(f"\n{kind}: {sum(of_kind.values()) / articles:.1f}")  # noqa: T201
        for predicate, number in sorted(of_kind.items(), key=lambda row: -row[1]):
            print(f"  {predicate:24}{number / articles:8.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
