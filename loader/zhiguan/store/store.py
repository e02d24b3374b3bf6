"""The graph store: one folder, one door to it. No other module opens an Oxigraph store.

    DIR/zhiguan.json                  layout version, base IRI, digests of the vocabulary graphs
    DIR/graph/                        Oxigraph (RocksDB): one named graph an article, and the vocabulary
    DIR/texts/ab/<sha256>.txt.gz      articles' texts as read
    DIR/quarantine/<article>.{json,ttl}  articles set aside and their validation reports

Queries see the union of all named graphs as the default graph. Nothing can be changed through `query`.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

import pyoxigraph as ox

from zhiguan import resources
from zhiguan.errors import QueryError, StoreError
from zhiguan.guard import names_its_graphs, refuse_service
from zhiguan.rdf.iris import DEFAULT_BASE, Iris
from zhiguan.results import PREFIXES, AnyTerm, Result, Term, graph_format, plain_rows, write_result
from zhiguan.shelf import (
    Quarantine,
    SetAside,
    Texts,
    explain,
    in_words,
    prepare_folder,
    read_note,
    write_file,
    write_note,
)
from zhiguan.store.entries import Entry, Loaded, Outcome, State, text_digest
from zhiguan.store.graphs import digest_of, statements
from zhiguan.store.manifest import MANIFEST, Manifest

VOCABULARY_GRAPHS = {
    "https://w3id.org/zhiguan/ontology": "zhiguan.ttl",
    "https://w3id.org/zhiguan/vocabulary": "vocabulary.ttl",
}
"""Named graphs that every store holds, and the ontology file that each is read from."""

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


_READ_ATTEMPTS = 5
_READ_PAUSE = 0.1


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


def _open_to_read(graph: Path) -> ox.Store:
    """The graph's files as they stand. A writer that opens beside us may replace files between our listing and our reading
    of them: then once more."""
    for _ in range(_READ_ATTEMPTS - 1):
        try:
            return ox.Store.read_only(str(graph))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
            time.sleep(_READ_PAUSE)
    return ox.Store.read_only(str(graph))


def _ntriples(quads: set[ox.Quad]) -> str:
    """N-Triples: a part of SPARQL's INSERT DATA that escapes whatever a literal could break out with."""
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return cast(bytes, text).decode()


def _vocabulary_nquads(turtle: str, graph: str) -> str:
    """Turtle as N-Quads of a graph; canonical (RDFC-1.0), so that blank nodes have the same names in every store."""
    name = ox.NamedNode(graph)
    triples = ox.parse(turtle, ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return cast(bytes, ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)).decode()


def read_version(path: Path | str) -> str:
    """Version of the content of the store at `path`, from a small file: cheap to ask for again and again. '' where
    there is no store."""
    try:
        return (Path(path) / "version").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


class Store:
    """A store that is open; use it as a context manager, so that leaving it flushes and frees it.

    One process may write; any number may read what was there when they opened it.
    """

    def __init__(self, path: Path, graph: ox.Store, base: str, *, writable: bool = True) -> None:
        self.path = path
        self.base = base
        self.writable = writable
        self.texts = Texts(path / "texts")
        self.set_aside = Quarantine(path / "quarantine")
        self._graph: ox.Store | None = graph
        self.manifest = Manifest.write(path / MANIFEST) if writable else Manifest.open(path)

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, base: str | None = None) -> Self:
        """Open the store at `path`; one that does not exist is made, unless `read_only`.

        `base` (default DEFAULT_BASE) is fixed when the store is made. StoreError: in use, not a store, no room,
        no permission, another base or layout.
        """
        folder = Path(path)
        with in_words(folder):
            note = read_note(folder) if read_only else prepare_folder(folder, base or DEFAULT_BASE)
            if base is not None and note["base"] != base:
                raise StoreError(f"the store {folder} has the base IRI {note['base']}, not {base}; use another --store")
            graph = folder / "graph"
            opened = _open_to_read(graph) if read_only else ox.Store(str(graph))
            store = cls(folder, opened, note["base"], writable=not read_only)
            if not read_only:
                store._refresh_vocabulary(note)
            return store

    def snapshot(self, folder: Path) -> Self:
        """A read-only store over a checkpoint of the graph that is made at `folder` (hard links on the same disk), so
        that a writer beside a long reader cannot take files away from it."""
        with in_words(self.path):
            self._oxigraph.backup(str(folder))
        return self.of_snapshot(self.path, folder, self.base)

    @classmethod
    def of_snapshot(cls, path: Path, folder: Path, base: str) -> Self:
        """Open the checkpoint at `folder` that `snapshot` made of the store at `path`, from any process."""
        with in_words(path):
            return cls(path, ox.Store.read_only(str(folder)), base, writable=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self.writable:
                self.flush()
        finally:
            self.close()
        if isinstance(error, RuntimeError) and "IO error" in str(
            error
        ):  # met while rows were read, outside our methods
            raise explain(error, self.path) from error

    def close(self) -> None:
        """Let go of the store and its lock; without `flush` the last writes survive a crash, not a power cut."""
        self._graph = None  # Oxigraph closes when the last reference goes
        self.manifest.close()

    @property
    def _oxigraph(self) -> ox.Store:
        if self._graph is None:
            raise StoreError(f"the store {self.path} is closed")
        return self._graph

    # Writing

    def unchanged(self, graph: str, nquads: str) -> bool:
        """Whether the graph already says exactly this (graphs without blank nodes, as articles' graphs are)."""
        return self._says(graph, statements(nquads, graph))

    def _says(self, graph: str, quads: set[ox.Quad]) -> bool:
        with in_words(self.path):
            return set(self._oxigraph.quads_for_pattern(None, None, None, ox.NamedNode(graph))) == quads

    def replace_graph(self, graph: str, nquads: str) -> bool:
        """Make `graph` say exactly `nquads`, in one transaction; False if it already did.

        Readers see the old graph or the new, and so does who opens the store after a crash or a full disk.
        """
        quads = statements(nquads, graph)
        if self._says(graph, quads):
            return False
        name = ox.NamedNode(graph)
        with in_words(self.path):
            if not self._oxigraph.contains_named_graph(name):
                self._oxigraph.extend(quads)  # one transaction as well, at less than half the price
            else:
                self._oxigraph.update(
                    f"DROP SILENT GRAPH {name} ; INSERT DATA {{ GRAPH {name} {{ {_ntriples(quads)} }} }}"
                )
        return True

    def remove_graph(self, graph: str) -> bool:
        """Remove a named graph; whether there was one."""
        name = ox.NamedNode(graph)
        with in_words(self.path):
            known = self._oxigraph.contains_named_graph(name)
            self._oxigraph.remove_graph(name)
        return known

    def remove_article(self, article: str) -> bool:
        """Remove an article's graph, its text where no other article has the same, and its place in quarantine."""
        stored = self.article(article)
        known = self.clear_quarantine(article)
        if stored is None:
            return known
        self.remove_graph(stored.graph)
        self.prune_texts()
        self.flush()
        return True

    def flush(self) -> None:
        """Put all writes on the disk, so that they survive a power cut (about 25 ms)."""
        with in_words(self.path):
            self._oxigraph.flush()

    def compact(self) -> None:
        """Rewrite the graph's files: worth it after a large load (4 million statements: 16 s, 3.0 to 1.2 GB)."""
        with in_words(self.path):
            self._oxigraph.optimize()

    def _refresh_vocabulary(self, note: dict[str, str]) -> None:
        """Load the ontology and the vocabulary where this version's differ from the store's."""
        changed = dict(note)
        for graph, file in VOCABULARY_GRAPHS.items():
            turtle = resources.read_ontology(file)
            digest = hashlib.sha256(turtle.encode()).hexdigest()
            if note.get(file) != digest:
                self.replace_graph(graph, _vocabulary_nquads(turtle, graph))
                changed[file] = digest
        if changed != note:
            self.flush()
            write_note(self.path, changed)

    # Articles

    @property
    def version(self) -> str:
        """Of the store's content: another one after every acknowledged change."""
        return self.manifest.meta("version") or "0"

    def commit(self, batch: Sequence[Loaded]) -> list[Outcome]:
        """Store articles, each wholly or not at all; what became of each, in order, once it would survive a power cut."""
        outcomes = []
        with in_words(self.path), self.manifest.transaction():
            for loaded in batch:
                outcomes.append(self._commit_one(loaded))
            self._oxigraph.flush()
            version = str(int(self.version) + 1)
            self.manifest.set_meta("version", version)
        write_file(self.path / "version", version.encode())
        return outcomes

    def _commit_one(self, loaded: Loaded) -> Outcome:
        old = self.manifest.get(loaded.article)
        graph = Iris(self.base).graph(loaded.article)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        kept = (old.graph_digest, old.quads, old.text_digest) if old else ("", 0, "")
        outcome = Outcome.SET_ASIDE
        if loaded.nquads is not None:
            quads = statements(loaded.nquads, graph)
            new = (digest_of(quads), len(quads), loaded.text_digest or text_digest(loaded.text))
            self.manifest.put_text(loaded.text)
            self.replace_graph(graph, loaded.nquads)
            outcome = Outcome.LOADED if not kept[0] else Outcome.UNCHANGED if new == kept else Outcome.REPLACED
            kept = new
        self.manifest.put(
            Entry(
                id=loaded.article,
                content_digest=loaded.content_digest,
                loader=loaded.loader,
                ontology=loaded.ontology,
                origin_digest=loaded.origin_digest,
                origin_name=loaded.origin_name,
                origin=loaded.origin,
                state=State.STORED if loaded.nquads is not None else State.SET_ASIDE,
                reason=loaded.reason or "",
                loaded=now,
                graph_digest=kept[0],
                quads=kept[1],
                text_digest=kept[2],
            ),
            loaded.report,
        )
        return outcome

    def fill(self, batches: Iterable[Sequence[Loaded]]) -> Iterator[list[Outcome]]:
        """Fill a store without articles; what became of each batch, in order, once it would survive a power cut.
        Readers see the articles when the last batch is in. StoreError where the store has articles."""
        for batch in batches:
            yield self.commit(batch)

    # Texts and quarantine

    def put_text(self, text: str) -> str:
        """Keep an article's text as read; its SHA-256 (hexadecimal, over UTF-8)."""
        with in_words(self.path):
            return self.texts.put(text)

    def get_text(self, digest: str) -> str | None:
        """The text with this SHA-256, or None."""
        with in_words(self.path):
            return self.manifest.get_text(digest) or self.texts.get(digest)

    def prune_texts(self) -> int:
        """Remove the texts that no article's graph speaks of; how many."""
        rows = self.rows("SELECT DISTINCT ?text WHERE { ?article a zg:Article ; zg:text ?text }")
        used = {text.rpartition("sha256-")[2] for (text,) in rows}
        unused = [digest for digest in self.texts.digests() if digest not in used]
        with in_words(self.path):
            for digest in unused:
                self.texts.drop(digest)
        return len(unused)

    def quarantine(self, article: str, origin: str, reason: str, report: str | None = None) -> Path:
        """Set an article aside with its validation report (Turtle); the file that tells why. Its stored graph stays."""
        with in_words(self.path):
            return self.set_aside.put(SetAside(article, origin, reason), report)

    def clear_quarantine(self, article: str) -> bool:
        """Forget that an article was set aside; whether it was."""
        with in_words(self.path):
            return self.set_aside.clear(article)

    # Reading

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
                return self._oxigraph.query(
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
                raise explain(error, self.path) if "IO error" in str(error) else QueryError(str(error)) from error

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
                self._oxigraph.dump(output, kind, prefixes=PREFIXES)
            else:
                write_result(self.query(_EVERYTHING, trusted=True), form, output)

    def articles(self) -> Iterator[StoredArticle]:
        """The articles in the store, by identifier."""
        return (StoredArticle(*cells) for cells in self.rows(_ARTICLES))

    def article(self, article: str) -> StoredArticle | None:
        """The article with this identifier, or None."""
        # the index first: a query with its ?id bound reads all articles, and loading asks this of each one
        found = self._oxigraph.quads_for_pattern(None, _IDENTIFIER, ox.Literal(article), None)
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
            quads=len(self._oxigraph),
            quarantine=sum(1 for _ in self.set_aside.entries()),
        )
