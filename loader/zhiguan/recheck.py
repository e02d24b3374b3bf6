"""What was stored, checked again: graphs against the shapes and one another, quotes against the texts as read."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from zhiguan import resources
from zhiguan.errors import QueryError
from zhiguan.model import QUOTE_LIMIT
from zhiguan.query import NamedQuery, parse_query
from zhiguan.store import Store, StoredArticle
from zhiguan.validate import (
    DisagreementError,
    Finding,
    Report,
    Validator,
    rdflib_term,
    report_findings,
    split_graphs,
)

CHECKS = "https://w3id.org/zhiguan/checks#"
"""Namespace of the checks of a whole store, which stand in reports in the place of shapes."""

_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"
_QUOTES = """
SELECT ?graph ?text ?begin ?end ?exact WHERE { GRAPH ?graph {
  ?attestation prov:wasDerivedFrom/zg:text ?text ; oa:start ?begin ; oa:end ?end ; oa:exact ?exact } }
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and in words what is wrong with it; '' where it is right."""

    name: str
    fault: str = ""


def check_graphs(store: Store, validator: Validator) -> Iterator[tuple[str, Report]]:
    """Each article's graph against the shapes, by the article's id."""
    for article in store.articles():
        triples = store.serialise(_GRAPH, "ntriples", {"graph": ox.NamedNode(article.graph)}, trusted=True).decode()
        yield article.id, _check(article.graph, triples, validator)


def check_rdf(text: str, validator: Validator) -> Iterator[tuple[str, Report]]:
    """Each graph of N-Quads or N-Triples against the shapes, by its IRI; ZhiguanError when the text is neither."""
    for name, triples in split_graphs(text):
        yield name, _check(name, triples, validator)


def _check(name: str, triples: str, validator: Validator) -> Report:
    try:
        return validator.check(name, triples)
    except DisagreementError as error:
        words = {"zh": "两个校验引擎结论不一。", "en": str(error)}
        return report_findings(
            [Finding(rule=f"{CHECKS}validators-agree", words=words, severity=SH.Violation, focus=URIRef(name))]
        )


def check_store(store: Store) -> Iterator[Report]:
    """What holds across articles, each check by itself. Contradictions between articles are for people to look into;
    no article is kept out for them, so all are warnings."""
    for file in resources.check_files():
        query = parse_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"), own=True)
        yield report_findings(_findings(store, query))


def _findings(store: Store, query: NamedQuery) -> Iterator[Finding]:
    words = {"zh": query.title_zh, "en": query.title_en}
    answer = store.query(query.text, trusted=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError(f"the check {query.name} is no SELECT query")
    for solution in answer:
        focus, value = (_node(solution, column) for column in ("focus", "value"))
        yield Finding(rule=CHECKS + query.name, words=words, focus=focus, value=value)


def _node(solution: ox.QuerySolution, column: str) -> Node | None:
    term = solution[column]
    return None if term is None else rdflib_term(term)


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
