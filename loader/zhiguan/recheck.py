"""What was stored, checked again: graphs against the shapes, quotes against the texts as read."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from zhiguan.model import QUOTE_LIMIT
from zhiguan.store import Store, StoredArticle
from zhiguan.validate import Validator

_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"
_QUOTES = """
SELECT ?graph ?text ?begin ?end ?exact WHERE { GRAPH ?graph {
  ?quote oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:start ?begin ; oa:end ?end ; oa:exact ?exact } }
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and in words what is wrong with it; '' where it is right."""

    name: str
    fault: str = ""


def check_graphs(store: Store) -> Iterator[Check]:
    """Each article's graph against the shapes."""
    validator = Validator()
    for article in store.articles():
        graph = store.serialise(_GRAPH, "ntriples", {"graph": ox.NamedNode(article.graph)}, trusted=True)
        yield check_rdf(article.id, graph.decode(), validator)


def check_rdf(name: str, text: str, validator: Validator) -> Check:
    """One graph as N-Quads or N-Triples against the shapes."""
    report = validator.validate(text)
    return Check(name, "" if report.conforms else report.text)


def check_quotes(store: Store) -> Iterator[Check]:
    """Each quote in the store: it must stand in the text as read where it is said to stand."""
    return (check for article in store.articles() for check in _quotes_of(article, store))


def _quotes_of(article: StoredArticle, store: Store) -> Iterator[Check]:
    texts: dict[str, str | None] = {}
    for _, text, begin, end, exact in store.rows(_QUOTES, {"graph": ox.NamedNode(article.graph)}):
        if text not in texts:
            texts[text] = store.get_text(text.rpartition("sha256-")[2])
        yield Check(f"{article.id} {begin}-{end}", _fault(texts[text], int(begin), int(end), exact))


def _fault(text: str | None, begin: int, end: int, exact: str) -> str:
    if text is None:
        return "its text is not in the store; load the article again"
    if not 2 <= end - begin <= QUOTE_LIMIT:
        return f"the quote is {end - begin} characters long"
    if text[begin:end] != exact:
        return f"the text says {text[begin:end]!r}, the quote {exact!r}; load the article again"
    return ""
