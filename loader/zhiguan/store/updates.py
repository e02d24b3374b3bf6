"""SPARQL updates whose dataset the protocol gives (SPARQL 1.1 Protocol, 2.2.3): the graphs become USING clauses.

The engine has no parameter for them, so they go into the text, where the grammar of Modify has them: before WHERE.
"""

from collections.abc import Iterator, Sequence

from zhiguan.errors import QueryError
from zhiguan.guard import TOKEN


def use_graphs(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with these graphs (valid IRIs) as the dataset of each WHERE; QueryError where it has a USING or WITH of
    its own."""
    if not default and not named:
        return update
    clauses = " ".join([*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)])
    return "".join(_rewritten(update, clauses))


def _rewritten(update: str, clauses: str) -> Iterator[str]:
    depth = done = 0
    last = ""
    for token in TOKEN.finditer(update):
        if token.lastgroup == "skip":
            continue
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth:
            continue
        word = token[0].upper()
        if word in {"USING", "WITH"}:
            raise QueryError(f"the update says {word} and the request names graphs too; give one of them")
        if word == "WHERE":
            start = token.start()
            yield update[done:start]
            if last == "DELETE":  # DELETE WHERE { … } is short for DELETE { … } WHERE { … } and takes no USING
                yield _group(update, token.end()) + " "
            yield clauses + " "
            done = start
        last = word
    yield update[done:]


def _group(update: str, start: int) -> str:
    """The first group in braces from there."""
    depth, begin = 0, None
    for token in TOKEN.finditer(update, start):
        if token.lastgroup == "open" and begin is None:
            begin = token.start()
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if begin is not None and depth == 0:
            return update[begin : token.end()]
    raise QueryError("the update has no group after DELETE WHERE")
