"""A store of a million statements for measuring the server: the examples of this project, many times over.

Each copy of an article has an id of its own and people, tenures, meetings and plans that it shares with some other
copies; bodies, posts and divisions are the same in all. So there are hubs and things that few articles speak of.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.graphs import example_graphs

from zhiguan.store import Loaded, Store

_SHARED_BY = {
    "person": 20,
    "tenure": 20,
    "meeting": 1,
    "participation": 1,
    "plan": 5,
    "plan-part": 5,
    "document-event": 1,
}
"""How many copies of an article speak of the same thing of a kind."""
_THING = re.compile(rf"(/(?:{'|'.join(_SHARED_BY)})/)([a-z2-7]{{16}})>")
_BATCH = 200


def _copy(article: str, nquads: str, number: int) -> Loaded:
    """The article's graph with other identifiers."""

    def renamed(match: re.Match[str]) -> str:
        kind = match[1].strip("/")
        key = f"{match[2]} {number // _SHARED_BY[kind]}"
        digest = hashlib.sha256(key.encode()).hexdigest().translate(_TO_BASE32)
        return f"{match[1]}{digest[:16]}>"

    fresh = f"{article}-{number}"
    text = _THING.sub(renamed, nquads).replace(f"/{article}>", f"/{fresh}>").replace(f"/{article}/", f"/{fresh}/")
    return Loaded(
        article=fresh,
        content_digest=hashlib.sha256(text.encode()).hexdigest(),
        loader="bench",
        ontology="bench",
        text=fresh,
        nquads=text.replace(f'identifier> "{article}"', f'identifier> "{fresh}"'),
    )


_TO_BASE32 = str.maketrans("0189", "ghij")


def copies(quads: int) -> Iterator[list[Loaded]]:
    """Batches of articles until there are so many statements."""
    graphs = example_graphs()
    batch: list[Loaded] = []
    for number in count():
        for article, nquads in graphs.items():
            if quads <= 0:
                yield batch
                return
            batch.append(_copy(article, nquads, number))
            quads -= nquads.count("\n")
            if len(batch) == _BATCH:
                yield batch
                batch = []


def make_store(path: Path, quads: int) -> None:
    """Fill a store at `path`, unless it is there already."""
    if path.exists():
        return
    draft = path.with_suffix(".draft")
    with Store.open(draft) as store:
        for _ in store.fill(copies(quads)):
            pass
    draft.rename(path)
