"""Attestations: which passage of which article says a fact (PROV-O, W3C Web Annotation), one per fact and article."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhiguan.errors import MappingError
from zhiguan.lexicon.confidence import RELATION, confidence, post_kind
from zhiguan.model import Document, Evidence, PostFact, Quote
from zhiguan.rdf import terms
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.writer import QuadWriter


@dataclass(slots=True)
class Attestor:
    """Writes the attestations of one article into its graph, numbered from 1 in the order of the facts."""

    document: Document
    iris: Iris
    writer: QuadWriter
    _article: str = field(init=False)
    _done: set[tuple[str, str | None]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._article = self.iris.article(self.document.source.id)

    def attest(self, fact: str, kind: str, evidence: Sequence[Evidence], *, about: str | None = None) -> str | None:
        """Write the attestation of a fact and return its IRI, or None when this article's was written before.

        `kind` is that of `lexicon.confidence`; `about` tells several attestations of one node apart: the property or the status that the passage gives.
        """
        if (fact, about) in self._done:
            return None
        if not evidence:
            raise MappingError(
                f"article {self.document.source.id}: {fact} has no evidence; drop it or cite its passage"
            )
        self._done.add((fact, about))
        return self._write(fact, kind, evidence[0])

    def attest_tenure(self, tenure: str, fact: PostFact) -> None:
        """Write that a tenure was seen in a status under a title, verbatim."""
        node = self.attest(tenure, post_kind(fact.body), fact.evidence, about=fact.status)
        if node is not None:
            self.writer.node(node, terms.OBSERVED_STATUS, f"{terms.ZGV}status-{fact.status}")
            self.writer.text(node, terms.MENTIONED_AS, fact.mention)
            if fact.capacity:
                self.writer.node(node, terms.CAPACITY, f"{terms.ZGV}capacity-{fact.capacity}")

    def attest_property(self, node: str, predicate: str, name: str, evidence: Sequence[Evidence]) -> None:
        """Write that the text itself gives a property of a node; `name` is the field's in the metadata."""
        attestation = self.attest(node, name, evidence, about=predicate)
        if attestation is not None:
            self.writer.node(attestation, terms.ATTESTED_PROPERTY, predicate)

    def attest_relation(self, node: str, predicate: str, value: str, evidence: Sequence[Evidence]) -> None:
        """Write that a passage says a property of a node with this value, which is a node."""
        attestation = self.attest(node, RELATION, evidence, about=f"{predicate} {value}")
        if attestation is not None:
            self.writer.node(attestation, terms.ATTESTED_PROPERTY, predicate)
            self.writer.node(attestation, terms.ATTESTED_VALUE, value)

    def _write(self, fact: str, kind: str, evidence: Evidence) -> str:
        node = self.iris.attestation(self.document.source.id, len(self._done))
        write = self.writer
        write.node(node, terms.TYPE, terms.ATTESTATION)
        write.node(node, terms.ATTESTS, fact)
        write.node(node, terms.WAS_DERIVED_FROM, self._article)
        write.text(node, terms.RULE, evidence.rule)
        write.typed(node, terms.CONFIDENCE, confidence(kind, evidence.rule), terms.XSD_DECIMAL)
        quote = self._quote(evidence)
        write.typed(node, terms.START, str(quote.begin), terms.XSD_INTEGER)
        write.typed(node, terms.END, str(quote.end), terms.XSD_INTEGER)
        write.text(node, terms.EXACT, quote.exact)
        return node

    def _quote(self, evidence: Evidence) -> Quote:
        span = evidence.span
        if not 0 <= span.begin < span.end <= len(self.document.text):
            raise MappingError(
                f"article {self.document.source.id}: rule {evidence.rule} cites {span.begin}-{span.end}, "
                f"outside of the text of {len(self.document.text)} characters"
            )
        return self.document.quote(span)
