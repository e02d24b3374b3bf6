"""Asking a store: SPARQL over the union of its graphs, articles, counts, dumps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from zhiguan.errors import QueryError, StoreError
from zhiguan.guard import names_its_graphs, refuse_service
from zhiguan.results import PREFIXES, AnyTerm, Result, Term, graph_format, plain_rows, write_result
from zhiguan.store.entries import State
from zhiguan.store.folder import explain, in_words, is_trouble
from zhiguan.store.manifest import Manifest

_ARTICLES = """
SELECT ?id ?graph ?digest ?name WHERE {
  GRAPH ?graph { ?article a zg:Article ; dcterms:identifier ?id .
    OPTIONAL { ?article zg:originDigest ?digest } OPTIONAL { ?article zg:originName ?name } }
} ORDER BY ?id
"""
_IDENTIFIER = ox.NamedNode("http://purl.org/dc/terms/identifier")
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?node) AS ?n) WHERE { GRAPH ?g { ?node a ?class } } GROUP BY ?class
"""
_BODIES = "SELECT (COUNT(DISTINCT ?body) AS ?n) WHERE { GRAPH ?g { ?body org:classification ?kind } }"
_COUNTED = {
    "articles": "Article",
    "persons": "Person",
    "posts": "Post",
    "tenures": "Tenure",
    "meetings": "OfficialActivity",
    "participations": "Participation",
    "plans": "Plan",
    "attestations": "Attestation",
}


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the store; `origin_digest` is the SHA-256 of the absolute path it was read from."""

    id: str
    graph: str
    origin_digest: str
    origin_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a store holds; nodes are counted once however many articles speak of them."""

    articles: int
    persons: int
    bodies: int
    posts: int
    tenures: int
    meetings: int
    participations: int
    plans: int
    attestations: int
    quads: int
    quarantine: int


class Reader:
    """The half of a store that asks."""

    def __init__(self, path: Path, base: str, graph: ox.Store, manifest: Manifest) -> None:
        self.path = path
        self.base = base
        self.manifest = manifest
        self._graph: ox.Store | None = graph

    @property
    def graphs(self) -> ox.Store:
        """The graphs themselves, for the store's own modules; StoreError where the store is closed."""
        if self._graph is None:
            raise StoreError(f"the store {self.path} is closed")
        return self._graph

    def get_text(self, digest: str) -> str | None:
        """The text with this SHA-256, or None."""
        with in_words(self.path):
            return self.manifest.get_text(digest)

    def query(
        self,
        text: str,
        values: Mapping[str, Term] | None = None,
        *,
        trusted: bool = False,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """Answer a SPARQL query, its variables bound to `values` (these must stand in its SELECT).

        The default graph is the union of all graphs, unless the query says FROM or the caller names graphs, which
        goes before both. QueryError: the text does not parse, is an update, binds a variable that it does not select,
        or says SERVICE (`guard`); `trusted` texts, our own files, are not asked for that.
        """
        if not trusted:
            refuse_service(text)
        bound = {ox.Variable(name): value for name, value in (values or {}).items()}
        chosen = default_graphs is not None or named_graphs is not None
        with in_words(self.path):
            try:
                return self.graphs.query(
                    text,
                    base_iri=self.base,  # <person/…> is a thing of this store; the protocol needs some base
                    prefixes=PREFIXES,
                    use_default_graph_as_union=not chosen and not names_its_graphs(text),
                    default_graph=[ox.NamedNode(graph) for graph in default_graphs or ()] if chosen else None,
                    named_graphs=[ox.NamedNode(graph) for graph in named_graphs or ()] if chosen else None,
                    substitutions=cast(dict[ox.Variable, AnyTerm], bound),
                )
            except SyntaxError as error:
                raise QueryError(f"not a SPARQL query (updates are not accepted): {error}") from error
            except RuntimeError as error:
                raise explain(error, self.path) if is_trouble(error) else QueryError(str(error)) from error

    def rows(self, text: str, values: Mapping[str, Term] | None = None) -> list[tuple[str, ...]]:
        """Answer a SELECT query of our own as plain strings, '' where a cell is empty."""
        return [tuple(cells) for cells in plain_rows(self.query(text, values, trusted=True))]

    def serialise(
        self, text: str, form: str, values: Mapping[str, Term] | None = None, *, trusted: bool = False
    ) -> bytes:
        """Answer a query in one of `results.ROW_FORMATS` or `results.GRAPH_FORMATS`, as fits its kind."""
        output = BytesIO()
        with in_words(self.path):
            write_result(self.query(text, values, trusted=trusted), form, output)
        return output.getvalue()

    def dump(self, form: str, output: IO[bytes]) -> None:
        """Write the whole store: all graphs (nquads, trig, jsonld) or their union (turtle, ntriples, rdfxml)."""
        kind = graph_format(form)
        with in_words(self.path):
            if kind.supports_datasets:
                self.graphs.dump(output, kind, prefixes=PREFIXES)
            else:
                write_result(self.query(_EVERYTHING, trusted=True), form, output)

    def articles(self) -> Iterator[StoredArticle]:
        """The articles in the store, by identifier."""
        return (StoredArticle(*cells) for cells in self.rows(_ARTICLES))

    def article(self, article: str) -> StoredArticle | None:
        """The article with this identifier, or None."""
        # the index first: a query with its ?id bound reads all articles, and loading asks this of each one
        found = self.graphs.quads_for_pattern(None, _IDENTIFIER, ox.Literal(article), None)
        graphs = [quad.graph_name for quad in found if isinstance(quad.graph_name, ox.NamedNode)]
        rows = [cells for graph in graphs for cells in self.rows(_ARTICLES, {"graph": graph})]
        return next((StoredArticle(*cells) for cells in rows if cells[0] == article), None)

    def counts(self) -> Counts:
        """Count what the store holds (a scan: about a second for a million statements)."""
        nodes = dict(pair for pair in self.rows(_COUNTS) if len(pair) == 2)
        ((bodies,),) = self.rows(_BODIES)
        return Counts(
            **{name: int(nodes.get(PREFIXES["zg"] + kind, 0)) for name, kind in _COUNTED.items()},
            bodies=int(bodies),
            quads=len(self.graphs),
            quarantine=self.manifest.count(State.SET_ASIDE),
        )
