"""The ontology explained: every term, vocabulary, shape and question, as values and as a site of plain pages."""

from zhiguan.reference.reading import Reference, read_reference
from zhiguan.reference.site import build_site

__all__ = ["Reference", "build_site", "read_reference"]
