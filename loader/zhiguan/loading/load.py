"""A load: splits are worked on by many processes, and brought into the store by this one, in the order of the input.

Commits run while the workers go on. An article is wholly in the store or not at all; what is in it is not done again.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path

from zhiguan.config import LoadSettings
from zhiguan.loading.driver import Driver
from zhiguan.loading.executors import Here, start_pool
from zhiguan.loading.ledger import Ledger, Seen
from zhiguan.loading.parts import read_part
from zhiguan.loading.prepare import Prepared, Step
from zhiguan.loading.recipe import recipe_for
from zhiguan.loading.run import SplitResult, part_path, run_split
from zhiguan.loading.splits import plan_splits
from zhiguan.loading.tally import Tally, Watcher
from zhiguan.store import Loaded, Outcome, Store
from zhiguan.store.folder import in_words

FOLDER = "loading"
SMALL = 1
"""An input of so many splits is loaded by one process: starting others would take as long."""
BATCH = 200
"""Articles that are committed together, so that putting them on the disk costs little for each."""
AHEAD = 3
"""Splits for each worker that are on their way or wait to be committed."""


@dataclass(slots=True)
class Batch:
    """Articles to be committed together, the splits that end with them (with how many articles of each are set aside), and
    what became of those that need no commit."""

    splits: dict[str, int] = field(default_factory=dict)
    articles: list[Prepared] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @property
    def loaded(self) -> list[Loaded]:
        return [article.loaded for article in self.articles if article.loaded is not None]


def load(paths: Sequence[str | Path], store: Store, settings: LoadSettings, watcher: Watcher | None = None) -> Tally:
    """Load what lies at `paths`; what became of the articles, but for the reasons, which `watcher` hears.

    Articles go in each wholly or not at all. Whoever runs the same load again after it was cut short, by whatever, goes on
    where it was. ReadError where a path names nothing; StoreError where the store cannot be written, DyingWorkersError
    where workers cannot live: what was committed before is in the store.
    """
    recipe = recipe_for(store, settings)
    splits = plan_splits(paths, settings.reading, recipe.key)
    head = list(islice(splits, SMALL + 1))
    small = len(head) <= SMALL
    with in_words(store.path), Ledger(store.path / FOLDER, store.version) as ledger:
        jobs = 1 if small else settings.jobs
        run = partial(run_split, out=ledger.folder, recipe=recipe)
        start = partial(start_pool, jobs) if jobs > 1 or ledger.died else Here
        driver = Driver(run, start, AHEAD * jobs if jobs > 1 else 1, ledger)
        committer = Committer(store, settings, ledger, watcher or Watcher())
        results = driver.results(chain(head, splits))
        try:
            if small or settings.replace or store.manifest.count():
                return committer.commit(results)
            return committer.fill(results)
        finally:
            results.close()


class Committer:
    """Brings parts into the store."""

    def __init__(self, store: Store, settings: LoadSettings, ledger: Ledger, watcher: Watcher) -> None:
        self._store = store
        self._settings = settings
        self._ledger = ledger
        self._watcher = watcher
        self._total = Tally()
        self._filling = False

    def commit(self, results: Iterator[SplitResult]) -> Tally:
        """Commit the articles batch by batch."""
        try:
            for batch in self._batches(results):
                outcomes = self._store.commit(batch.loaded) if batch.articles else []
                self._ledger.committed(batch.splits, self._store.version)
                self._done(batch, outcomes)
        except KeyboardInterrupt:
            self._store.link_reposts()  # what the next load would do first, and find the store another one
            self._ledger.committed({}, self._store.version)
            raise
        self._store.link_reposts()
        return self._total

    def fill(self, results: Iterator[SplitResult]) -> Tally:
        """Fill an empty store: the articles are in it when the last one is."""
        self._filling = True
        self._ledger.forget_seen()
        waiting: deque[Batch] = deque()
        for outcomes in self._store.fill(self._kept(results, waiting)):
            self._done(waiting.popleft(), outcomes)
        self._store.link_reposts()
        return self._total

    def _kept(self, results: Iterator[SplitResult], waiting: deque[Batch]) -> Iterator[list[Loaded]]:
        """Batches for the store; what is told of them when they are in is kept meanwhile, without their texts."""
        self._ledger.committed({}, self._store.version)  # that it is being filled has made the store another one
        for batch in self._batches(results):
            loaded = batch.loaded
            batch.tally = _counted(batch, [_expected(article) for article in batch.articles])
            batch.articles = []
            waiting.append(batch)
            yield loaded

    def _done(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        tally = _counted(batch, outcomes) if batch.articles else batch.tally
        self._total.add(tally)
        self._watcher.stored(tally)

    def _batches(self, results: Iterator[SplitResult]) -> Iterator[Batch]:
        batch = Batch()
        for result in results:
            self._watcher.prepared(result.articles, result.size)
            if result.committed:
                batch.tally.outcomes[Outcome.UNCHANGED] += result.articles - result.aside
                batch.tally.outcomes[Outcome.SET_ASIDE] += result.aside
                continue
            self._ledger.prepared(result)
            aside = 0
            for prepared in read_part(part_path(self._ledger.folder, result.id)):
                aside += self._sort(prepared, batch)
                if len(batch.articles) >= BATCH:
                    yield batch
                    batch = Batch()
            batch.splits[result.id] = aside
        yield batch

    def _sort(self, prepared: Prepared, batch: Batch) -> bool:
        """Put an article where it belongs: to those to be committed, or to those of which there is nothing to do; whether it
        is, or will be, set aside."""
        seen = self._seen(prepared)
        words = self._taken(prepared, seen)
        if words or prepared.step in {Step.UNREAD, Step.STILL_ASIDE}:
            batch.tally.outcomes[Outcome.SET_ASIDE] += 1
        elif prepared.step == Step.CURRENT or self._is_repeated(prepared, seen):
            batch.tally.outcomes[Outcome.UNCHANGED] += 1
        else:
            batch.articles.append(prepared)
        if words or prepared.reason:
            self._watcher.problem(words or prepared.reason)
        return bool(words or prepared.reason)

    def _seen(self, prepared: Prepared) -> Seen | None:
        if prepared.step == Step.UNREAD:
            return None
        return self._ledger.first(prepared.article, Seen(prepared.origin, prepared.digest))

    def _is_repeated(self, prepared: Prepared, seen: Seen | None) -> bool:
        """Whether this load has brought the article from another place already, which it then stays with: else it would
        depend on the speed of the workers whether the later place is known to be a repetition."""
        if seen is None or self._settings.replace:
            return False
        return self._filling or (seen.digest == prepared.digest and seen.origin != prepared.origin)

    def _taken(self, prepared: Prepared, seen: Seen | None) -> str:
        """Why the id belongs to another source, of this load or in the store; '' where it does not."""
        if self._settings.replace or prepared.step == Step.UNREAD:
            return ""
        if seen and seen.origin != prepared.origin and seen.digest != prepared.digest:
            return _taken_words(prepared, seen.origin)
        entry = self._store.manifest.get(prepared.article)
        if entry is None or not entry.has_graph or prepared.digest == entry.content_digest:
            return ""
        return _taken_words(prepared, entry.origin_name) if entry.origin_digest != prepared.origin_digest else ""


def _expected(article: Prepared) -> Outcome:
    """What becomes of an article in a store that is empty."""
    return Outcome.SET_ASIDE if article.reason else Outcome.LOADED


def _counted(batch: Batch, outcomes: Sequence[Outcome]) -> Tally:
    """What became of a batch."""
    tally = batch.tally
    for article, outcome in zip(batch.articles, outcomes, strict=True):
        tally.outcomes[outcome] += 1
        if outcome == Outcome.SET_ASIDE:
            continue
        if outcome != Outcome.UNCHANGED and article.loaded and article.loaded.nquads:
            tally.facts.update(article.facts)
            tally.quads += article.loaded.nquads.count("\n")
        tally.without_facts += not any(article.facts.values())
    return tally


def _taken_words(prepared: Prepared, owner: str) -> str:
    return (
        f"{prepared.origin}: the id {prepared.article} belongs to another source ({owner}); "
        f"load with --id path or --id FIELD to tell them apart, or with --replace to put this one in its place"
    )
