"""The ontology's files as an index that asks no store."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from zhiguan.rdf import terms

_LATIN = ("en", "zh-latn", "zh-latn-pinyin")
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; empty where the ontology does not say it."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


class Triples:
    """Statements by subject and by object."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._objects: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
        self._subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for text in texts:
            for quad in ox.parse(text, ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                self._add(quad.triple)

    def _add(self, triple: ox.Triple) -> None:
        subject = key(triple.subject)
        self._objects[subject, triple.predicate.value].append(triple.object)
        if not isinstance(triple.object, ox.Literal):
            self._subjects[triple.predicate.value, key(triple.object)].append(subject)

    def objects(self, subject: str, predicate: str) -> list[Node]:
        """Values of a property, in the order of the files."""
        return self._objects.get((subject, predicate), [])

    def iris(self, subject: str, *predicates: str) -> tuple[str, ...]:
        """IRIs among the values of these properties."""
        return tuple(
            node.value for each in predicates for node in self.objects(subject, each) if isinstance(node, ox.NamedNode)
        )

    def texts(self, subject: str, *predicates: str) -> tuple[str, ...]:
        """Literals among the values of these properties, without their language."""
        return tuple(
            node.value for each in predicates for node in self.objects(subject, each) if isinstance(node, ox.Literal)
        )

    def words(self, subject: str, *predicates: str) -> Words:
        """The first Chinese and the first English (else Latin) text among the values."""
        found: dict[str, str] = {}
        for each in predicates:
            for node in self.objects(subject, each):
                if isinstance(node, ox.Literal):
                    found.setdefault("en" if (node.language or "").lower() in _LATIN else "zh", node.value)
        return Words(found.get("zh", ""), found.get("en", ""))

    def nodes(self, subject: str, predicate: str) -> tuple[str, ...]:
        """IRIs and blank nodes among the values, as keys of this index."""
        return tuple(key(node) for node in self.objects(subject, predicate) if not isinstance(node, ox.Literal))

    def subjects(self, predicate: str, target: str) -> tuple[str, ...]:
        """What has this value, in the order of the files."""
        return tuple(dict.fromkeys(self._subjects.get((predicate, target), ())))

    def members(self, head: str) -> tuple[str, ...]:
        """Members of an RDF list, as keys."""
        found: list[str] = []
        while head and head != f"{terms.RDF}nil":
            found += self.nodes(head, f"{terms.RDF}first")
            head = next(iter(self.nodes(head, f"{terms.RDF}rest")), "")
        return tuple(found)


def key(node: Node) -> str:
    """IRI of a node, or its label where it is blank."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)
