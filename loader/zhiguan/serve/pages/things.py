"""Things as a page names them, and facts as it says them.

A thing with a name is called by it; a node that only ties things together is told by its sentence's short form.
Sentences are chosen by the kind of node (`tenure`) and by the concepts that qualify it (`role-chair`), see `words.tsv`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhiguan.serve.engine.backend import Reader, Term
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.lookup import Node, best_label, read_labels, read_nodes
from zhiguan.serve.pages.sentences import Line, Word, places, plain, tell
from zhiguan.serve.pages.words import find_word, word

DEPTH = 3
"""From an attestation to its fact, to the capacity in it, to the capacity's post."""
_OURS = (PREFIXES["zgv"], PREFIXES["zg"])


@dataclass(slots=True)
class Things:
    """What one page knows: nodes and names that were asked for, and how to say them."""

    store: Reader
    pages: Pages
    language: str
    nodes: dict[str, Node] = field(default_factory=dict)
    labels: dict[str, Term] = field(default_factory=dict)
    _concepts: dict[str, str | None] = field(default_factory=dict)
    _forms: dict[tuple[str, str, tuple[str, ...]], str | None] = field(default_factory=dict)

    # Asking

    def prepare(self, iris: Iterable[str], depth: int = DEPTH) -> None:
        """Read nodes and whatever their sentences name."""
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self.nodes]
        nodes = read_nodes(self.store, wanted)
        self.nodes.update({iri: nodes.get(iri, Node(iri)) for iri in wanted})
        named, inner = self._named_by(self.nodes[iri] for iri in wanted)
        self.name([*wanted, *named])
        nameless = [iri for iri in named if iri not in self.labels and self._template("phrase", iri)]
        if depth > 0 and (nameless or inner):
            self.prepare([*nameless, *inner], depth - 1)

    def name(self, iris: Iterable[str]) -> None:
        """Find the names of things that have none yet; nodes that were read say their own."""
        unknown = [iri for iri in dict.fromkeys(iris) if iri not in self.labels and not self._concept(iri)]
        told = {iri: best_label(self.nodes[iri].names, self.language) for iri in unknown if iri in self.nodes}
        self.labels.update({iri: label for iri, label in told.items() if label is not None})
        self.labels.update(read_labels(self.store, (iri for iri in unknown if iri not in told), self.language))

    def _named_by(self, nodes: Iterable[Node]) -> tuple[list[str], list[str]]:
        """What the nodes' sentences call by name, and what they look into (`zg:activity/zg:date`)."""
        named: dict[str, None] = {}
        inner: dict[str, None] = {}
        for node in nodes:
            templates = [self._template(form, node.iri) for form in ("sentence", "phrase", "intro")]
            for place in dict.fromkeys(name for each in templates if each for name in places(each)):
                head, step, _ = place.partition("/")
                found = [value.value for value in node.values(head) if value.kind == "uri"]
                (inner if step else named).update(dict.fromkeys(found))
        return list(named), list(inner)

    # Telling

    def _concept(self, iri: str) -> str | None:
        if iri not in self._concepts:
            self._concepts[iri] = self.pages.concept(iri, self.language)
        return self._concepts[iri]

    def _template(self, form: str, iri: str, qualifiers: Sequence[str] = ()) -> str | None:
        """As `_find_template`, found once for a node that was read."""
        key = (form, iri, tuple(qualifiers))
        if iri not in self.nodes:
            return self._find_template(*key)
        if key not in self._forms:
            self._forms[key] = self._find_template(*key)
        return self._forms[key]

    def _find_template(self, form: str, iri: str, qualifiers: Sequence[str]) -> str | None:
        """The template of that form for a node: that of its kind with a concept or class of it, else that of its kind."""
        kind = self.pages.addresses.kind(iri)
        node = self.nodes.get(iri)
        own = [value.value for values in node.properties.values() for value in values] if node else []
        concepts = [re.split("[#/]", each)[-1] for each in (*qualifiers, *own) if each.startswith(_OURS)]
        keys = [*(f"{form}.{kind}.{concept}" for concept in concepts), f"{form}.{kind}"]
        return next((found for key in keys if (found := find_word(key, self.language))), None)

    def sentence(self, iri: str, *, qualifiers: Sequence[str] = (), form: str = "sentence") -> Line:
        """The fact in words; a thing without a sentence of its own is told by its name.

        `qualifiers` are concepts that an attestation adds (曾任, 代理): they choose among sentences before the node's own.
        """
        template = self._template(form, iri, qualifiers)
        node = self.nodes.get(iri)
        if template is None or node is None:
            return self.call(Term("uri", iri))
        return tell(template, lambda name: self._values(node, name))

    def intro(self, iri: str) -> Line:
        """What a thing is, in a line; empty where there is nothing to say."""
        template, node = self._template("intro", iri), self.nodes.get(iri)
        return tell(template, lambda name: self._values(node, name)) if template and node else ()

    def _values(self, node: Node, place: str) -> Line:
        head, step, rest = place.partition("/")
        words: list[Word] = []
        for value in self._fitting(node.values(head)):
            known = self.nodes.get(value.value) if step else None
            found = (self._values(known, rest) if known else ()) if step else self.call(value)
            words += [Word(word("sep", self.language))] if words and found else []
            words += found
        return tuple(words)

    def _fitting(self, values: Sequence[Term]) -> Sequence[Term]:
        """Of texts in several languages those in the page's, else in Chinese."""
        for wanted in (self.language, "zh"):
            found = [each for each in values if each.language.startswith(wanted)]
            if found:
                return found
        return values

    def call(self, term: Term) -> Line:
        """A term as a word: a literal's value, a concept's label, a thing's name, a fact's short form."""
        if term.kind != "uri":
            return (Word(term.value, None, self._foreign(term)),)
        concept = self._concept(term.value)
        if concept is not None:
            return (Word(concept),)
        label = self.labels.get(term.value)
        if label is not None:
            return (Word(label.value, term.value, self._foreign(label)),)
        short = self.nodes.get(term.value)
        text = plain(self.sentence(term.value, form="phrase")) if short and self._template("phrase", term.value) else ""
        return (Word(text or self.pages.show(term, self.language), term.value, "zh-Hans" if text else ""),)

    def _foreign(self, term: Term) -> str:
        """The language of a word that is not the page's; Chinese wherever a text wrote it."""
        own = term.language.partition("-")[0]
        return "" if not own or own == self.language else {"zh": "zh-Hans"}.get(own, own)

    def title(self, iri: str) -> Line:
        """What the page of a thing is called."""
        concept = self._concept(iri)
        if concept is not None:
            return (Word(concept),)
        label = self.labels.get(iri)
        return (Word(label.value, None, self._foreign(label)),) if label else self.sentence(iri)
