"""The page of a thing: what it is, its facts in lists, its properties, who speaks of it, what points to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from zhiguan.serve.data.schema_org import embedded_jsonld
from zhiguan.serve.engine.backend import Reader, Term, ask_rows
from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.pages.frame import Pages
from zhiguan.serve.pages.lookup import NEVER, Evidence, Node, Seen, read_evidence, read_seen
from zhiguan.serve.pages.sections import SECTIONS, Section, read_section, read_sections
from zhiguan.serve.pages.sentences import Line, plain
from zhiguan.serve.pages.things import Things

INVERSE_ROWS = 50
"""Inverse links on one page."""
MENTIONS = 20
"""Attestations of the thing itself on one page."""
INVERSE, MENTIONED = "inverse", "mentions"
"""Lists that every thing has; they are asked for by name (`?section=`)."""
_NAMES = {
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["foaf"] + "name",
    PREFIXES["dcterms"] + "title",
    PREFIXES["rdfs"] + "label",
}
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values, each as it is called."""

    iri: str
    values: Sequence[tuple[Term, Line]]

    def repeats(self, name: str) -> bool:
        """Whether it says no more than the page's head does: the type, or the name once more."""
        if self.iri == PREFIXES["rdf"] + "type":
            return True
        return self.iri in _NAMES and all(value.value == name for value, _ in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """A page of the attestations of a thing."""

    seen: Seen
    evidence: Sequence[Evidence]
    page: int
    size: int = MENTIONS

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.seen.times // self.size)


def read_properties(things: Things, node: Node) -> list[Property]:
    """All that is said of a thing; `node` has been prepared."""
    linked = [term.value for values in node.properties.values() for term in values if term.kind == "uri"]
    things.name(linked)
    return [Property(iri, [(term, things.call(term)) for term in values]) for iri, values in node.properties.items()]


def read_mentions(things: Things, iri: str, page: int = 1) -> Mentions:
    """A page of who attests the thing, the latest first."""
    seen = read_seen(things.store, [iri]).get(iri, NEVER)
    shown = seen.attestations[(page - 1) * MENTIONS : page * MENTIONS]
    known = read_evidence(things.store, shown)
    return Mentions(seen=seen, evidence=[known[each] for each in shown if each in known], page=page)


def read_inverse(things: Things, iri: str, page: int) -> tuple[list[Property], bool]:
    """A page of what points to a thing, and whether there are more. The order is the index's own: a hub need not be
    sorted before its first page is shown."""
    offset = (page - 1) * INVERSE_ROWS
    rows = ask_rows(things.store, "inverse", {"x": NamedNode(iri)}, INVERSE_ROWS + 1, offset)
    found: dict[str, dict[Term, None]] = {}
    for row in rows[:INVERSE_ROWS]:
        found.setdefault(row["property"].value, {})[row["subject"]] = None
    things.prepare([term.value for values in found.values() for term in values if term.kind == "uri"])
    properties = [Property(name, [(term, things.call(term)) for term in values]) for name, values in found.items()]
    return properties, len(rows) > INVERSE_ROWS


def entity_values(store: Reader, pages: Pages, language: str, iri: str, kind: str, section: str, page: int) -> Values:
    """What the template needs: the whole page, or one list of it where `section` names one."""
    things = Things(store, pages, language)
    things.prepare([iri])
    title = things.title(iri)
    values: Values = {"heading": title, "name": plain(title), "intro": things.intro(iri), "only": section, "page": page}
    return values | _parts(things, iri, kind, section, page)


def _parts(things: Things, iri: str, kind: str, section: str, page: int) -> Values:
    empty: Values = {
        "sections": [],
        "properties": [],
        "mentions": None,
        "inverse": None,
        "more": False,
        "jsonld": "",
        "own": [],
    }
    if section == INVERSE:
        inverse, more = read_inverse(things, iri, page)
        return empty | {"inverse": inverse, "more": more}
    if section == MENTIONED:
        return empty | {"mentions": read_mentions(things, iri, page)}
    if section:
        return empty | {"sections": [read_section(things, section, iri, page)]}
    sections: list[Section] = read_sections(things, kind, iri)
    return empty | {
        "sections": sections,
        "properties": read_properties(things, things.nodes[iri]),
        "mentions": read_mentions(things, iri),
        "jsonld": embedded_jsonld(things.store, iri, kind),
        "own": list(read_evidence(things.store, [iri]).values()) if kind == "attestation" else [],
    }


_TERMS = {
    PREFIXES["skos"] + "ConceptScheme": "scheme",
    PREFIXES["skos"] + "Concept": "concept",
}


def page_kind(kind: str, types: Sequence[str]) -> str:
    """Which kind of page: for terms of the vocabularies what they are, else the path's first step."""
    return next((_TERMS[each] for each in types if each in _TERMS), kind)


def has_section(kind: str, section: str) -> bool:
    """Whether pages of that kind have a list of that name."""
    return section in {"", INVERSE, MENTIONED, *SECTIONS.get(kind, ())}
