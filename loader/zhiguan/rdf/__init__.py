"""Facts to RDF: terms, IRIs, bounds of dates, and the N-Quads of one article."""

from zhiguan.rdf.iris import DEFAULT_BASE, Iris
from zhiguan.rdf.mapping import DivisionLookup, to_nquads

__all__ = ["DEFAULT_BASE", "DivisionLookup", "Iris", "to_nquads"]
