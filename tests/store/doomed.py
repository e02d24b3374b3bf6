"""A loader that is to be killed: says what was acknowledged, a line each, and `done` at the end.

python -m tests.store.doomed JOB STORE
"""

import sys
from pathlib import Path
from unittest.mock import patch

from tests.store.made import batches, small_ontology

from zhiguan import resources
from zhiguan.store import Loaded, Outcome, Store

COUNT, SIZE = 400, 40


def edition(name: str) -> list[list[Loaded]]:
    """All articles of an edition, in the batches that they are committed in."""
    return list(batches(COUNT, SIZE, name))


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def fill(store: Store) -> None:
    for _, batch in zip(store.fill(edition("一")), edition("一"), strict=True):
        say("一", *(loaded.article for loaded in batch))


def load(store: Store, name: str = "一") -> None:
    for batch in edition(name):
        outcomes = store.commit(batch)
        say(name, *(one.article for one, what in zip(batch, outcomes, strict=True) if what != Outcome.SET_ASIDE))


def replace(store: Store) -> None:
    load(store, "二")


def compact(store: Store) -> None:
    for batch in edition("二"):
        store.compact()
        store.commit(batch)
        say("二", *(loaded.article for loaded in batch))


def remove(store: Store) -> None:
    for batch in edition("一"):
        for loaded in batch[:3]:
            store.remove_article(loaded.article)
            say("-", loaded.article)


JOBS = {"fill": fill, "load": load, "replace": replace, "compact": compact, "remove": remove}

if __name__ == "__main__":
    with patch.object(resources, "read_ontology", small_ontology), Store.open(Path(sys.argv[2])) as opened:
        say("ready")
        JOBS[sys.argv[1]](opened)
    say("done")
