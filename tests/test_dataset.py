"""FROM is found wherever SPARQL allows it, and nowhere else."""

import pytest

from zhiguan.dataset import has_dataset_clause


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "select*from<http://e/g>{?s ?p ?o}",
        "ASK FROM NAMED <http://e/g> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX e: <http://e/> CONSTRUCT { ?s ?p ?o } FROM e:g WHERE { ?s ?p ?o }",
        "PREFIX : <http://e/> DESCRIBE :x FROM :g",
        "SELECT * # a comment\nFROM <http://e/g>\n{ ?s ?p 'x' }",
    ],
)
def test_a_dataset_clause_is_seen(query: str) -> None:
    assert has_dataset_clause(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?from { ?from <http://e/from> <http://e/g> }",
        "PREFIX from: <http://e/> SELECT * { ?s from:x <http://e/g> ; from:y from:z }",
        "PREFIX e: <http://e/> SELECT * { ?s e:from <http://e/g> }",
        "SELECT * { ?s ?p 'FROM <http://e/g>' }",
        'SELECT * { ?s ?p """FROM\n<http://e/g>""" }',
        "SELECT * # FROM <http://e/g>\n{ ?s ?p ?o }",
        "SELECT * { <http://e/?a=from%20> ?p ?o }",
    ],
)
def test_other_uses_of_the_word_are_no_dataset_clause(query: str) -> None:
    assert not has_dataset_clause(query)
