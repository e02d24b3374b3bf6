"""RDF as JSON-LD that reads as a tree: from one thing outwards, in the short names of our context.

The library that knows all of JSON-LD 1.1 takes 8 to 30 times as long; ours writes the one shape that we give and is held
to the library by tests. https://www.w3.org/TR/json-ld11/
"""

import json
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from zhiguan.serve.data.context import Term, context_terms
from zhiguan.serve.http.addresses import PREFIXES, shorten

_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
Node = NamedNode | BlankNode
Json = dict[str, object]
Edge = tuple[Node, str, Node]


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


@dataclass(frozen=True, slots=True)
class Names:
    """Short names of a context: IRI of a class or a property to its name, and how a name's values are written."""

    short: Mapping[str, str]
    terms: Mapping[str, Term]
    id: str = "id"
    type: str = "type"

    def of(self, iri: str) -> str:
        """The name; a prefixed one where there is no own, the IRI where there is neither."""
        return self.short.get(iri) or shorten(iri)

    def coercion(self, iri: str) -> str:
        """How the values of a property are written."""
        term = self.terms.get(self.short.get(iri, ""))
        return term.coercion if term else ""


def our_names() -> Names:
    """The names of our context."""
    terms = context_terms()
    return Names({term.iri: name for name, term in terms.items()}, terms)


def _literal(value: Literal, coercion: str) -> object:
    datatype = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype == coercion:
        return value.value
    if coercion.startswith("http"):  # a number or a plain string would be taken for one of that datatype
        return {"@value": value.value, "@type": datatype}
    if datatype == _XSD + "integer" and value.value.lstrip("-").isdigit() and str(int(value.value)) == value.value:
        return int(value.value)
    if datatype == _XSD + "boolean" and value.value in {"true", "false"}:
        return value.value == "true"
    if datatype == _XSD + "string":
        return {"@value": value.value} if coercion else value.value
    return {"@value": value.value, "@type": datatype}


def _one_or_list(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else list(values)


@dataclass(slots=True)
class _Graph:
    """The triples of one document, by their ends, in the order of their words."""

    names: Names
    outgoing: dict[Node, list[tuple[str, Node | Literal]]] = field(default_factory=dict)
    incoming: dict[Node, list[tuple[str, Node]]] = field(default_factory=dict)
    forward: dict[Edge, None] = field(default_factory=dict)  # edges that embed their object
    backward: dict[Edge, None] = field(default_factory=dict)  # edges that embed their subject

    def add(self, triple: Triple) -> None:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(value, NamedNode | BlankNode | Literal):
            raise TypeError(f"no RDF 1.1 triple: {triple}")
        self.outgoing.setdefault(subject, []).append((triple.predicate.value, value))
        if isinstance(value, NamedNode | BlankNode) and triple.predicate.value != _TYPE:
            self.incoming.setdefault(value, []).append((triple.predicate.value, subject))

    def spread(self, root: Node, seen: set[Node]) -> None:
        """Give each thing its place in the tree: at the nearest thing that it is tied to."""
        seen.add(root)
        waiting = deque([root])
        while waiting:
            node = waiting.popleft()
            for predicate, value in self.outgoing.get(node, ()):
                if (
                    not isinstance(value, Literal)
                    and predicate != _TYPE
                    and value in self.outgoing
                    and value not in seen
                ):
                    seen.add(value)
                    self.forward[node, predicate, value] = None
                    waiting.append(value)
            for predicate, subject in self.incoming.get(node, ()):
                if subject not in seen:
                    seen.add(subject)
                    self.backward[subject, predicate, node] = None
                    waiting.append(subject)

    def tree(self, node: Node) -> Json:
        """A thing with all that hangs on it."""
        found: Json = {self.names.id: _name(node)} if self._is_named(node) else {}
        types = [
            _name(value) for p, value in self.outgoing.get(node, ()) if p == _TYPE and not isinstance(value, Literal)
        ]
        if types:
            found[self.names.type] = _one_or_list([self.names.of(iri) for iri in types])
        for predicate, values in self._grouped(node).items():
            found[self.names.of(predicate)] = self._values(predicate, values)
        reverse: dict[str, list[object]] = {}
        for predicate, subject in self.incoming.get(node, ()):
            if (subject, predicate, node) in self.backward:
                reverse.setdefault(self.names.of(predicate), []).append(self.tree(subject))
        return found | ({"@reverse": reverse} if reverse else {})

    def _is_named(self, node: Node) -> bool:
        """Whether the document must call the thing by a name: a blank node only where something refers to it."""
        edges = ((subject, predicate, node) for predicate, subject in self.incoming.get(node, ()))
        return isinstance(node, NamedNode) or any(e not in self.forward and e not in self.backward for e in edges)

    def _grouped(self, node: Node) -> dict[str, list[object]]:
        grouped: dict[str, list[object]] = {}
        for predicate, value in self.outgoing.get(node, ()):
            if predicate == _TYPE or (not isinstance(value, Literal) and (node, predicate, value) in self.backward):
                continue
            grouped.setdefault(predicate, []).append(self._value(node, predicate, value))
        return grouped

    def _value(self, node: Node, predicate: str, value: Node | Literal) -> object:
        coercion = self.names.coercion(predicate)
        if isinstance(value, Literal):
            return _literal(value, coercion)
        if (node, predicate, value) in self.forward:
            return self.tree(value)
        return _name(value) if coercion == "@id" else {self.names.id: _name(value)}

    def _values(self, predicate: str, values: list[object]) -> object:
        """The values of a property; of one that has a name in each language, by language."""
        if self.names.coercion(predicate) != "@language":
            return _one_or_list(values)
        tagged: dict[str, list[object]] = {}
        for value in values:
            if not isinstance(value, dict) or "@value" not in value or "@type" in value:
                return _one_or_list(values)
            tagged.setdefault(str(value.get("@language", "@none")), []).append(value["@value"])
        return {language: _one_or_list(found) for language, found in tagged.items()}


def write_jsonld(triples: Iterable[Triple], context: object, root: str = "", names: Names | None = None) -> bytes:
    """The triples as one document; `context` is its address or itself, `root` the IRI that the tree begins with."""
    graph = _Graph(names or our_names())
    for triple in sorted(set(triples), key=lambda each: (each.subject != NamedNode(root or "a:"), str(each))):
        graph.add(triple)
    seen: set[Node] = set()
    tops: list[Node] = []
    for node in graph.outgoing:
        if node not in seen:
            graph.spread(node, seen)
            tops.append(node)
    trees = [graph.tree(node) for node in tops]
    document: Json = {"@context": context}
    document |= trees[0] if len(trees) == 1 else {"@graph": trees}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
