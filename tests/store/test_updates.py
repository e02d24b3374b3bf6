"""The dataset of an update goes into its text where the grammar has it; what would fetch is refused."""

import pytest

from zhiguan.errors import QueryError
from zhiguan.guard import refuse_fetching
from zhiguan.store.updates import use_graphs


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (
            "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p 1 } USING <u:g> USING NAMED <u:n> WHERE { ?s ?p ?o }",
        ),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <u:g> USING NAMED <u:n> WHERE { ?s ?p ?o }"),
        (
            "DELETE{?s ?p ?o}INSERT{?s ?p 'WHERE'}where{?s ?p ?o}",
            "DELETE{?s ?p ?o}INSERT{?s ?p 'WHERE'}USING <u:g> USING NAMED <u:n> where{?s ?p ?o}",
        ),
        ("CLEAR DEFAULT ; INSERT DATA { <u:where> <u:b> 1 }", "CLEAR DEFAULT ; INSERT DATA { <u:where> <u:b> 1 }"),
        (
            "# WHERE {\nDELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
            "# WHERE {\nDELETE { GRAPH ?g { ?s ?p ?o } } USING <u:g> USING NAMED <u:n> WHERE { GRAPH ?g { ?s ?p ?o } }",
        ),
    ],
)
def test_graphs_become_clauses(update: str, expected: str) -> None:
    assert use_graphs(update, ["u:g"], ["u:n"]) == expected
    assert use_graphs(update, [], []) == update


@pytest.mark.parametrize(
    "update",
    [
        "WITH <u:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <u:x> WHERE { ?s ?p ?o }",
        "DELETE WHERE",
    ],
)
def test_two_datasets_are_one_too_many(update: str) -> None:
    with pytest.raises(QueryError):
        use_graphs(update, ["u:g"], [])


@pytest.mark.parametrize("update", ["LOAD <u:x>", "LoadSILENT<u:x>", "DELETE WHERE { SERVICE <u:x> { ?s ?p ?o } }"])
def test_what_would_fetch_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="does not fetch"):
        refuse_fetching(update)


def test_an_update_that_stays_here_is_let_through() -> None:
    refuse_fetching(r"INSERT DATA { <u:a> <u:b> 'lo\u0061d' }")
