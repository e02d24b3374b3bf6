"""The one place where the stages meet: read -> clean -> recognise -> RDF -> validate -> store, an article at a time."""

import hashlib
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from zhiguan.clean import clean
from zhiguan.config import LoadSettings
from zhiguan.errors import ZhiguanError
from zhiguan.model import Facts, Source
from zhiguan.rdf import to_nquads
from zhiguan.rdf.iris import Iris
from zhiguan.read import ReadOptions, Rejected, origin_path, read_paths
from zhiguan.recognise import recognise
from zhiguan.resolve.divisions import division_by_code
from zhiguan.store import Store, StoredArticle
from zhiguan.validate import Report, make_validator

STANDARD_INPUT = "-"
KINDS = ("people", "posts", "bodies", "meetings", "participation", "plans", "plan_parts")
Result = TypeVar("Result")
_TEXT = "SELECT ?graph ?text WHERE { GRAPH ?graph { ?article a zg:Article ; zg:text ?text } }"


class Outcome(StrEnum):
    """What became of an article."""

    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What became of one article; `facts` counts its facts by kind, `quads` those written, `reason` says why it was
    set aside, with the place and the cure."""

    outcome: Outcome
    article: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)
    quads: int = 0
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the article was taken in although it says no fact."""
        return self.outcome != Outcome.SET_ASIDE and not any(self.facts.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article goes no further: in words, with the report (Turtle) where its graph violates the shapes, or the
    traceback of a fault of ours."""

    reason: str
    report: str | None = None
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from: a digest of the absolute path, and the file's name for people."""

    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A source of this run: its origin and the IRI of its text."""

    origin: str
    text: str


def extract(paths: Sequence[str], reading: ReadOptions) -> Iterator[Facts | Failure]:
    """The facts of each article, or why there are none; stores nothing."""
    for item in read_paths(paths, reading):
        if isinstance(item, Rejected):
            yield Failure(_words(item))
        else:
            yield safely(item, partial(_recognise, item))


def load(paths: Sequence[str], store: Store, settings: LoadSettings) -> Iterator[Event]:
    """Load articles one by one, each wholly or not at all; what became of each.

    StoreError (disk full, store damaged) ends the run: the articles before are stored.
    """
    loader = Loader(store, settings)
    for item in read_paths(paths, settings.reading):
        if isinstance(item, Rejected):
            yield Event(outcome=Outcome.SET_ASIDE, reason=_words(item))
        else:
            yield loader.load(item)


class Loader:
    """Loads sources into a store and remembers which ids this run has seen."""

    def __init__(self, store: Store, settings: LoadSettings) -> None:
        self._store = store
        self._settings = settings
        self._iris = Iris(store.base)
        self._validator = make_validator(settings.validator)
        self._seen: dict[str, Seen] = {}

    def load(self, source: Source) -> Event:
        """Load one source, unless another one has its id, or it violates the shapes."""
        stored = self._store.article(source.id)
        text = self._iris.text(source.text)
        known = stored is not None and text == self._text_of(stored)
        if words := self._taken(Seen(source.origin, text), source, stored, known=known):
            return Event(outcome=Outcome.SET_ASIDE, article=source.id, reason=words)
        facts = safely(source, lambda: self._settings.judgements.apply(_recognise(source)))
        if isinstance(facts, Failure):
            return self._set_aside(source, facts)
        # the same text under another path stays where it came from, so that nothing changes
        origin = Origin(stored.origin_digest, stored.origin_name) if stored and known else origin_of(source)
        nquads = safely(source, lambda: self._map(facts, origin))
        if isinstance(nquads, Failure):
            return self._set_aside(source, nquads)
        return self._store_graph(facts, nquads, replaces=stored is not None)

    def _map(self, facts: Facts, origin: Origin) -> str:
        return to_nquads(
            facts,
            base=self._store.base,
            origin_digest=origin.digest,
            origin_name=origin.name,
            divisions=division_by_code,
        )

    def _taken(self, new: Seen, source: Source, stored: StoredArticle | None, *, known: bool) -> str | None:
        """Why the id belongs to another source: one of this run, or one in the store."""
        earlier = self._seen.setdefault(source.id, new)
        if self._settings.replace:
            return None
        if earlier.origin != new.origin and earlier.text != new.text:
            return _taken_words(source, earlier.origin)
        if stored and not known and stored.origin_digest != origin_of(source).digest:
            return _taken_words(source, stored.origin_name)
        return None

    def _text_of(self, stored: StoredArticle) -> str:
        rows = self._store.rows(_TEXT, {"graph": ox.NamedNode(stored.graph)})
        return rows[0][1] if rows else ""

    def _store_graph(self, facts: Facts, nquads: str, *, replaces: bool) -> Event:
        """Put a graph behind the gate and into the store, in one step; an unchanged one has passed before."""
        source = facts.document.source
        graph = self._iris.graph(source.id)
        counts = {kind: len(getattr(facts, kind)) for kind in KINDS}
        if replaces and self._store.unchanged(graph, nquads):
            self._store.clear_quarantine(source.id)
            return Event(outcome=Outcome.UNCHANGED, article=source.id, facts=counts)
        report = safely(source, lambda: self._validator.validate(nquads))
        if isinstance(report, Failure):
            return self._set_aside(source, report)
        if not report.conforms:
            return self._set_aside(source, _violation(source, report))
        self._store.put_text(source.text)
        self._store.replace_graph(graph, nquads)
        self._store.clear_quarantine(source.id)
        outcome = Outcome.REPLACED if replaces else Outcome.LOADED
        return Event(outcome=outcome, article=source.id, facts=counts, quads=nquads.count("\n"))

    def _set_aside(self, source: Source, failure: Failure) -> Event:
        trace = f"\n{failure.trace}" if failure.trace else ""
        place = self._store.quarantine(source.id, source.origin, failure.reason + trace, failure.report)
        return Event(outcome=Outcome.SET_ASIDE, article=source.id, reason=f"{failure.reason} (report: {place})")


def safely(source: Source, step: Callable[[], Result]) -> Result | Failure:
    """What a step yields, or why it fails: neither known errors nor our own faults in one article stop the others."""
    try:
        return step()
    except ZhiguanError as error:
        return Failure(f"{source.origin}: {error}")
    except Exception as error:  # noqa: BLE001 - the one net under the stages; the traceback goes to the quarantine
        words = f"{source.origin}: a rule of zhiguan failed on it ({type(error).__name__}: {error}); please report this"
        return Failure(words, trace=traceback.format_exc())


def _recognise(source: Source) -> Facts:
    return recognise(clean(source))


def origin_of(source: Source) -> Origin:
    """Origin of a source: its absolute path, or its text where it came through the standard input."""
    path = origin_path(source.origin)
    key = source.text if path == STANDARD_INPUT else str(Path(path).resolve())
    return Origin(hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest(), Path(path).name)


def _taken_words(source: Source, owner: str) -> str:
    return (
        f"{source.origin}: the id {source.id} belongs to another source ({owner}); "
        f"load with --id path or --id FIELD to tell them apart, or with --replace to put this one in its place"
    )


def _violation(source: Source, report: Report) -> Failure:
    return Failure(f"{source.origin}: its graph violates the shapes: {report.text}", report=report.turtle)


def _words(rejected: Rejected) -> str:
    return f"{rejected.origin}: {rejected.reason}"
