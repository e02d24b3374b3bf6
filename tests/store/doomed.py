"""A loader that is to be killed: says what was acknowledged, a line each, and `done` at the end.

python -m tests.store.doomed JOB STORE
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from pkgutil import resolve_name
from unittest.mock import patch

from tests.store.made import batches, small_ontology

from zhiguan import resources
from zhiguan.store import Loaded, Outcome, Store

COUNT, SIZE = 240, 40


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


@contextmanager
def dying(name: str, number: int) -> Iterator[None]:
    """Within, the process dies where the function of this full name is called the `number`th time."""
    place, _, attribute = name.rpartition(".")
    owner = resolve_name(place)
    real, calls = getattr(owner, attribute), count(1)

    def deadly(*arguments: object, **named: object) -> object:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    with patch.object(owner, attribute, deadly):
        yield


JOBS = {"fill": fill, "load": load, "replace": replace, "compact": compact, "remove": remove}

if __name__ == "__main__":
    job, place, *fate = sys.argv[1:]
    with ExitStack() as stack:
        stack.enter_context(patch.object(resources, "read_ontology", small_ontology))
        if fate:
            stack.enter_context(dying(fate[0], int(fate[1])))
        opened = stack.enter_context(Store.open(Path(place)))
        say("ready")
        JOBS[job](opened)
    say("done")
