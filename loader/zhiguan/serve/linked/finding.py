"""Which thing a path names, and in which format its suffix asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from zhiguan.serve.engine.backend import Reader, ask_rows
from zhiguan.serve.http.addresses import ONTOLOGY_BASE, Addresses
from zhiguan.serve.http.negotiate import GRAPHS, HTML, TEXT, Format, by_name
from zhiguan.serve.pages.problems import Problem

ONTOLOGY = ONTOLOGY_BASE + "ontology"
VOCABULARY = ONTOLOGY_BASE + "vocabulary"
WHOLE = frozenset({ONTOLOGY, VOCABULARY})
"""Named graphs that are described by all that they say."""
_SUFFIXES = (*GRAPHS, HTML, TEXT)


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a path names: `path` is its own, without a suffix; `form` is what the suffix asks for."""

    iri: str
    path: str
    kind: str
    types: Sequence[str]
    form: Format | None = None

    @property
    def is_graph(self) -> bool:
        """Whether it is a named graph, described by all that it says."""
        return self.kind == "graph" or self.iri in WHOLE


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things in a store by their paths on this server."""

    store: Reader
    addresses: Addresses

    def find(self, path: str) -> Found:
        """The thing whose own path this is, or that of another format of it; 404 where there is none, 410 where there
        was an article."""
        found = self._lookup(path)
        if found is None:
            stem, dot, suffix = path.rpartition(".")
            form = by_name(suffix, _SUFFIXES) if dot and "/" not in suffix else None
            found = self._lookup(stem, form) if form else None
        if found is None or (found.form is TEXT and found.kind != "text"):
            raise self._missing(path)
        return found

    def _missing(self, path: str) -> Problem:
        for each in dict.fromkeys((path, path.rpartition(".")[0])):
            kind, _, article = each.removeprefix("/").partition("/")
            when = self.store.when_removed(article) if kind in {"article", "graph"} and article else None
            if when is not None:
                return Problem(410, f"The article {article} was removed on {when}.", "It will not come back by itself.")
        return Problem(404, f"Nothing is known of {path}.", "Check the address, or look from the start page.")

    def _lookup(self, path: str, form: Format | None = None) -> Found | None:
        for iri in self.addresses.candidates(path):
            node = _node(iri)
            types = None if node is None else self._types(node, path)
            if types is not None:
                return Found(iri, path, self.addresses.kind(iri), types, form)
        return None

    def _types(self, node: NamedNode, path: str) -> list[str] | None:
        """The thing's types, in which it may have none; None where nothing is said of it."""
        if path.startswith("/graph/") or node.value == VOCABULARY:
            return [] if self.store.query("ASK { GRAPH ?x { ?s ?p ?o } }", {"x": node}, trusted=True) else None
        rows = ask_rows(self.store, "exists", {"x": node}, 20)
        if not rows and path.startswith("/text/"):
            rows = ask_rows(self.store, "text-article", {"x": node}, 1)
        if not rows:
            return None
        return list(dict.fromkeys(row["type"].value for row in rows if "type" in row))
