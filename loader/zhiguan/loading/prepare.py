"""One article through the stages, up to the store: what is to be committed, or why nothing is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from zhiguan.loading.recipe import Recipe, content_digest
from zhiguan.model import Facts, Source
from zhiguan.pipeline import KINDS, Failure, facts_of, safely
from zhiguan.rdf import to_nquads
from zhiguan.rdf.edtf import bounds
from zhiguan.read import Rejected, origin_path
from zhiguan.read.places import STDIN
from zhiguan.reposts import signature
from zhiguan.resolve.divisions import division_by_code
from zhiguan.store import Entry, Loaded, Manifest, State, graph_digest
from zhiguan.validate import Report, Validator, make_validator


class Step(StrEnum):
    """How far an article came."""

    READY = "ready"  # to be committed: its graph, or why it is set aside
    CURRENT = "current"  # the store has all that would come of it
    STILL_ASIDE = "still aside"  # it was set aside before, and nothing has changed since
    UNREAD = "unread"  # it could not be read; the store knows nothing of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One article on its way to the store. `origin` is the place it was read from, in words; `facts` counts by kind."""

    step: Step
    article: str
    origin: str
    digest: str = ""
    origin_digest: str = ""
    reason: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article came from: a digest of the absolute path, and the file's name for people."""

    digest: str
    name: str


def origin_of(source: Source) -> Origin:
    """Origin of a source: its absolute path, or its text where it came through the standard input."""
    path = origin_path(source.origin)
    key = source.text if path == STDIN else str(Path(path).resolve())
    return Origin(hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest(), Path(path).name)


class Preparer:
    """Takes articles through the stages. `manifest` is that of the store they go to, None where it holds nothing."""

    def __init__(self, recipe: Recipe, manifest: Manifest | None) -> None:
        self._recipe = recipe
        self._manifest = manifest

    def prepare(self, item: Source | Rejected) -> Prepared:
        """One article, to the end of its way; never raises for what is wrong with one article."""
        if isinstance(item, Rejected):
            return Prepared(
                step=Step.UNREAD, article=item.id, origin=item.origin, reason=f"{item.origin}: {item.reason}"
            )
        digest, origin = content_digest(item), origin_of(item)
        entry = self._manifest.get(item.id) if self._manifest else None
        if entry and entry.content_digest == digest:
            # the same article under another path stays where it came from, so that nothing changes
            origin = Origin(entry.origin_digest, entry.origin_name)
            if done := self._done(entry):
                return Prepared(
                    step=done,
                    article=item.id,
                    origin=item.origin,
                    digest=digest,
                    origin_digest=origin.digest,
                    reason=entry.reason,
                )
        return self._run(item, digest, origin)

    def set_aside(self, item: Source | Rejected, words: str) -> Prepared:
        """An article that is not to be touched again, and why."""
        if isinstance(item, Rejected):
            return self.prepare(item)
        return self._outcome(item, content_digest(item), origin_of(item), Failure(f"{item.origin}: {words}"))

    def _done(self, entry: Entry) -> Step | None:
        settings = self._recipe.settings
        if settings.again or (entry.loader, entry.ontology) != (self._recipe.loader, self._recipe.ontology):
            return None
        if entry.state == State.STORED:
            return Step.CURRENT
        return None if settings.retry else Step.STILL_ASIDE

    def _run(self, source: Source, digest: str, origin: Origin) -> Prepared:
        settings = self._recipe.settings
        facts = safely(source, lambda: settings.judgements.apply(facts_of(source)))
        if isinstance(facts, Failure):
            return self._outcome(source, digest, origin, facts)
        nquads = safely(source, lambda: self._map(facts, origin))
        if isinstance(nquads, Failure):
            return self._outcome(source, digest, origin, nquads)
        report = safely(source, lambda: _validator(settings.validator).validate(nquads))
        if isinstance(report, Failure):
            if report.panic:  # what is left of the engine is not to be trusted
                _validator.cache_clear()
            return self._outcome(source, digest, origin, report)
        if not report.conforms:
            return self._outcome(source, digest, origin, _violation(source, report))
        counts = {kind: len(getattr(facts, kind)) for kind in KINDS}
        done = self._outcome(source, digest, origin, nquads, counts)
        return replace(done, loaded=self._signed(done.loaded, facts)) if settings.near_duplicates else done

    def _signed(self, loaded: Loaded | None, facts: Facts) -> Loaded | None:
        """With what re-posts are found by."""
        if loaded is None:
            return None
        day = bounds(facts.metadata.published) if facts.metadata.published else None
        return replace(
            loaded,
            signature=signature(facts.document.text).hex(),
            published=day.earliest.isoformat() if day else "",
        )

    def _map(self, facts: Facts, origin: Origin) -> str:
        return to_nquads(
            facts,
            base=self._recipe.base,
            origin_digest=origin.digest,
            origin_name=origin.name,
            divisions=division_by_code,
        )

    def _outcome(
        self, source: Source, digest: str, origin: Origin, found: str | Failure, facts: Mapping[str, int] | None = None
    ) -> Prepared:
        failure = found if isinstance(found, Failure) else None
        nquads = None if failure else str(found)
        trace = f"\n{failure.trace}" if failure and failure.trace else ""
        loaded = Loaded(
            article=source.id,
            content_digest=digest,
            loader=self._recipe.loader,
            ontology=self._recipe.ontology,
            origin_digest=origin.digest,
            origin_name=origin.name,
            origin=source.origin,
            text=source.text,
            nquads=nquads,
            graph_digest=graph_digest(nquads) if nquads is not None else "",
            reason=failure.reason + trace if failure else None,
            report=failure.report if failure else None,
        )
        return Prepared(
            step=Step.READY,
            article=source.id,
            origin=source.origin,
            digest=digest,
            origin_digest=origin.digest,
            reason=failure.reason if failure else "",
            facts=facts or {},
            loaded=loaded,
        )


@cache
def _validator(name: str) -> Validator:
    """One for each process: its shapes are compiled once."""
    return make_validator(name)


def _violation(source: Source, report: Report) -> Failure:
    return Failure(f"{source.origin}: its graph violates the shapes: {report.text}", report=report.turtle)
