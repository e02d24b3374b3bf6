"""Content negotiation (RFC 9110, 12.5): which of our formats the client prefers, and in which language.

Quality comes first, then the specificity of the range that gave it, then our own order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One representation: `name` is its word in `?format=` and its suffix, `media` its types, the first is sent."""

    name: str
    media: tuple[str, ...]
    engine: RdfFormat | QueryResultsFormat | None = None
    iri: str = ""

    @property
    def content_type(self) -> str:
        """Value of the Content-Type header; text types say their charset."""
        return f"{self.media[0]}; charset=utf-8" if self.media[0].startswith("text/") else self.media[0]


_W3C = "http://www.w3.org/ns/formats/"
HTML = Format("html", ("text/html", "application/xhtml+xml"))
TEXT = Format("txt", ("text/plain",))
RESULTS = (
    Format(
        "json",
        ("application/sparql-results+json", "application/json"),
        QueryResultsFormat.JSON,
        _W3C + "SPARQL_Results_JSON",
    ),
    Format(
        "xml",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        QueryResultsFormat.XML,
        _W3C + "SPARQL_Results_XML",
    ),
    Format("csv", ("text/csv",), QueryResultsFormat.CSV, _W3C + "SPARQL_Results_CSV"),
    Format("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV, _W3C + "SPARQL_Results_TSV"),
)
TURTLE = Format("ttl", ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE, _W3C + "Turtle")
TRIPLES = (
    TURTLE,
    Format("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD, _W3C + "JSON-LD"),
    Format("nt", ("application/n-triples",), RdfFormat.N_TRIPLES, _W3C + "N-Triples"),
    Format("rdf", ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML, _W3C + "RDF_XML"),
)
QUADS = (
    Format("trig", ("application/trig",), RdfFormat.TRIG, _W3C + "TriG"),
    Format("nq", ("application/n-quads",), RdfFormat.N_QUADS, _W3C + "N-Quads"),
)
GRAPHS = TRIPLES + QUADS
ALIASES = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "json-ld": "jsonld", "nquads": "nq", "srj": "json"}
"""Longer words that `?format=` takes besides the names."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)$", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE | re.ASCII)
_LANGUAGE = re.compile(r"\s*(\*|[a-z]{1,8})(?:-[\w-]+)?\s*((?:;.*)?)$", re.IGNORECASE | re.ASCII)


def _quality(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0


def _ranges(accept: str) -> list[tuple[str, float]]:
    """The well-formed media ranges with their quality; others are passed over."""
    found = (_RANGE.match(part) for part in accept.split(","))
    return [(f"{m[1]}/{m[2]}".lower(), _quality(m[3])) for m in found if m]


def _specificity(media: str, pattern: str) -> int:
    """2 for the same type, 1 for `type/*`, 0 for `*/*`, -1 where the range does not cover the type."""
    if pattern == media:
        return 2
    if pattern == media.partition("/")[0] + "/*":
        return 1
    return 0 if pattern == "*/*" else -1


def _rank(media: str, ranges: Iterable[tuple[str, float]]) -> tuple[float, int]:
    """Quality and specificity of the most specific range that covers the type."""
    specificity, quality = max(((_specificity(media, r), q) for r, q in ranges), default=(-1, 0.0))
    return (quality, specificity) if specificity >= 0 else (0.0, -1)


def choose(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """The offered format that `accept` likes best; None where it takes none of them. No header takes the first."""
    ranges = _ranges(accept or "*/*") or [("*/*", 1.0)]
    ranked = [max(_rank(media, ranges) for media in each.media) for each in offered]
    best = max(ranked)
    return offered[ranked.index(best)] if best[0] > 0 else None


def by_name(name: str, offered: Sequence[Format]) -> Format | None:
    """The offered format of that name or media type (`?format=csv`, `.ttl`)."""
    word = ALIASES.get(name.lower(), name.lower())
    return next((each for each in offered if each.name == word or word in each.media), None)


def choose_language(accept: str | None, wanted: str | None = None) -> str:
    """`zh` or `en`: the one asked for by name, else the better liked one of Accept-Language, else Chinese."""
    if wanted in {"zh", "en"}:
        return wanted
    found = (_LANGUAGE.match(part) for part in (accept or "").split(","))
    liked = {m[1].lower(): _quality(m[2]) for m in reversed([m for m in found if m])}
    either = liked.get("*", 0.0)
    return "en" if liked.get("en", either) > liked.get("zh", either) else "zh"
