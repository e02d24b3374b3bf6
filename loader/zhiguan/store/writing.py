"""How articles come into a store, and what a crash on the way leaves.

First the manifest says what is about to change (`pending`, and the texts), then the graphs change, each in one transaction,
and are put on the disk, then the manifest says that they have changed. Who finds something pending looks at the graphs,
which are the truth: a graph is what it was, or what it was to become.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyoxigraph as ox

from zhiguan.rdf.iris import Iris
from zhiguan.store.entries import Entry, Loaded, Outcome, State, storable, text_digest
from zhiguan.store.graphs import digest_of, put_graph, statements, stored
from zhiguan.store.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a commit does with one article. `quads` is its new graph, None where the graph stays as it is."""

    entry: Entry
    old: Entry | None
    outcome: Outcome
    quads: set[ox.Quad] | None = None
    text: str = ""
    report: str | None = None
    signature: bytes = b""
    published: str = ""

    @property
    def is_none(self) -> bool:
        """Whether all is as it was."""
        return self.old is not None and self.entry == replace(self.old, loaded=self.entry.loaded)


def now() -> str:
    """Time of a commit."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def without_repeats(batch: Sequence[Loaded]) -> Iterator[list[Loaded]]:
    """The batch in runs in which no article comes twice."""
    run: dict[str, Loaded] = {}
    for loaded in batch:
        if loaded.article in run:
            yield list(run.values())
            run = {}
        run[loaded.article] = loaded
    if run:
        yield list(run.values())


def entry_of(loaded: Loaded, graph_digest: str, quads: int, digest: str) -> Entry:
    """The row of an article whose graph and text are, or stay, those given."""
    return Entry(
        id=loaded.article,
        content_digest=loaded.content_digest,
        loader=loaded.loader,
        ontology=loaded.ontology,
        origin_digest=loaded.origin_digest,
        origin_name=storable(loaded.origin_name),
        origin=storable(loaded.origin),
        state=State.SET_ASIDE if loaded.nquads is None else State.STORED,
        reason=storable(loaded.reason or ""),
        loaded=now(),
        graph_digest=graph_digest,
        quads=quads,
        text_digest=digest,
    )


def plan(loaded: Loaded, old: Entry | None, base: str) -> Change:
    """What is to be done with an article; StoreError where its graph is malformed or another article's."""
    if loaded.nquads is None:
        kept = (old.graph_digest, old.quads, old.text_digest) if old else ("", 0, "")
        return Change(entry=entry_of(loaded, *kept), old=old, outcome=Outcome.SET_ASIDE, report=loaded.report)
    quads = statements(loaded.nquads, Iris(base).graph(loaded.article))
    entry = entry_of(loaded, digest_of(quads), len(quads), loaded.text_digest or text_digest(loaded.text))
    if old is None or not old.has_graph:
        outcome = Outcome.LOADED
    elif old.graph_digest == entry.graph_digest and old.text_digest == entry.text_digest:
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.REPLACED
    return Change(
        entry=entry,
        old=old,
        outcome=outcome,
        quads=None if outcome == Outcome.UNCHANGED else quads,
        text=loaded.text,
        signature=bytes.fromhex(loaded.signature),
        published=loaded.published,
    )


def carry_out(changes: Sequence[Change], manifest: Manifest, graph: ox.Store, base: str) -> None:
    """Make the changes; they survive a power cut when it returns."""
    writing = [change for change in changes if change.quads is not None]
    if writing:
        with manifest.transaction():
            for change in writing:
                manifest.put_text(change.text, change.entry.text_digest)
                manifest.reposts.put(change.entry.id, change.published, change.signature)
            manifest.begin(change.entry for change in writing)
        for change in writing:
            put_graph(graph, Iris(base).graph(change.entry.id), change.quads or set())
        graph.flush()
    with manifest.transaction():
        for change in changes:
            manifest.put(change.entry, change.report)
            if change.outcome == Outcome.UNCHANGED and change.signature:  # made by another version, perhaps
                manifest.reposts.put(change.entry.id, change.published, change.signature)
        manifest.drop_unused_texts(change.old.text_digest for change in writing if change.old)
        manifest.count_written(sum(change.entry.quads for change in writing))
        manifest.end()
        manifest.count_change()


def take_out(entry: Entry, manifest: Manifest, graph: ox.Store, base: str) -> None:
    """Remove an article; it stays away after a power cut when this returns."""
    with manifest.transaction():
        manifest.begin([replace(entry, graph_digest="", quads=0, text_digest="")])
    put_graph(graph, Iris(base).graph(entry.id), set())
    graph.flush()
    with manifest.transaction():
        manifest.drop(entry.id)
        manifest.drop_unused_texts([entry.text_digest])
        manifest.end()
        manifest.count_change()


def mend(manifest: Manifest, graph: ox.Store, base: str) -> int:
    """Bring manifest and graphs together where a process died in a commit; how many articles were pending."""
    pending = manifest.pending()
    if not pending:
        return 0
    found = {entry.id: _found(entry, manifest.get(entry.id), graph, base) for entry in pending}
    graph.flush()
    with manifest.transaction():
        for article, entry in found.items():
            if entry is None:
                manifest.drop(article)
            else:
                manifest.put(entry, manifest.report(article) if entry.state == State.SET_ASIDE else None)
                if entry not in pending:  # the signature is of what did not come
                    manifest.reposts.drop(article)
        manifest.drop_unused_texts()
        manifest.end()
        manifest.count_change()
    return len(pending)


def _found(new: Entry, old: Entry | None, graph: ox.Store, base: str) -> Entry | None:
    """Which of the two the graph is; None, and no graph, where it is to be none, or is neither, which is to be loaded again."""
    name = Iris(base).graph(new.id)
    digest = digest_of(stored(graph, name))
    if digest == new.graph_digest:
        return new if digest else None
    if digest == (old.graph_digest if old else ""):
        return old
    put_graph(graph, name, set())
    return None
