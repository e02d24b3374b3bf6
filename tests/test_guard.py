"""What a query's text says: no way to other servers, and whether it names its graphs."""

import pytest

from zhiguan.errors import QueryError
from zhiguan.guard import names_its_graphs, refuse_service


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x> { ?s ?p ?o } }",
        "SELECT * { service:svc {} }",
        "ASK { FILTER(trueSERVICE<http://x>{} ) }",
        "SELECT * { SERVICESILENT<http://x>{} }",
        "SELECT * { ſervice <http://x> {} }",
        "SELECT * { <http://x/#> SERVICE <http://x> {} }",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_service(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <http://g> { ?s ?p ?o }", True),
        ("select * from named zgv:g where {}", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://g> WHERE { ?s ?p ?o }", True),
        ("ASK FROM<http://g>{}", True),
        ("SELECT ?from { ?s ?p ?from }", False),
        ("# from here\nSELECT * { ?s ?p 'from' }", False),
        ('SELECT ("from" AS ?x) { ?s <http://x/ FROM> ?o }', False),
        ("PREFIX from: <http://x/from> SELECT * { ?s from:x ?o }", False),
        ('SELECT * { ?s ?p """a" } FROM """ }', False),
    ],
)
def test_names_its_graphs(text: str, named: bool) -> None:
    assert names_its_graphs(text) is named
