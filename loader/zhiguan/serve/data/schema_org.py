"""A thing in the words of schema.org, for search engines and for clients that know no other vocabulary.

The mapping is SPARQL: one CONSTRUCT for each kind of thing (`queries/schema-*.rq`). https://schema.org/
"""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from zhiguan.serve.data.jsonld import Names, write_jsonld
from zhiguan.serve.engine.backend import Reader, ask_triples

NAMESPACE = "https://schema.org/"
KINDS = ("article", "person", "body", "meeting", "plan", "division")
"""Kinds of things that schema.org has words for."""
CONTEXT = {"@vocab": NAMESPACE}
"""Says what the short names mean without asking schema.org."""
ROWS = 600
"""Statements at most."""


class _Names(Names):
    """Names of a document whose context is schema.org: its own terms stand without a prefix."""

    def of(self, iri: str) -> str:
        return iri.removeprefix(NAMESPACE)


def schema_triples(store: Reader, iri: str, kind: str) -> Sequence[Triple]:
    """What schema.org can say of a thing of that kind (first step of its path); nothing for other kinds."""
    if kind not in KINDS:
        return ()
    return ask_triples(store, f"schema-{kind}", {"x": NamedNode(iri)}, ROWS)


def schema_jsonld(triples: Sequence[Triple], iri: str, context: object) -> bytes:
    """The triples as JSON-LD in schema.org's short names; `context` must give them their meaning."""
    return write_jsonld(triples, context, iri, _Names({}, {}, "@id", "@type"))


def _plain(triple: Triple) -> Triple:
    """The statement without the language of its words: search engines expect plain strings."""
    value = triple.object
    if isinstance(value, Literal) and value.language:
        return Triple(triple.subject, triple.predicate, Literal(value.value))
    return triple


def embedded_jsonld(store: Reader, iri: str, kind: str) -> str:
    """JSON-LD to stand in a page between `<script type="application/ld+json">` and its end; '' where there is none.

    No text of an article can end the script or begin a comment: `<`, `>` and `&` are written as JSON escapes.
    """
    triples = schema_triples(store, iri, kind)
    if not triples:
        return ""
    text = schema_jsonld([_plain(each) for each in triples], iri, NAMESPACE).decode()
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
