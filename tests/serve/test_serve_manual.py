"""The documentation of the ontology, as the server hands it out."""

import re

from .conftest import Ask


def test_every_link_of_a_page_leads_somewhere_on_the_server(ask: Ask) -> None:
    for path in ("/reference/", "/reference/term/Body.html", "/reference/questions.html"):
        page = ask(path)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        links = set(re.findall(r'href="(/[^"#?]*)"', page.text)) - {"/sparql"}
        assert links
        assert {link for link in links if ask(link).status_code != 200} == set()


def test_the_ontology_stands_beside_its_pages(ask: Ask) -> None:
    assert ask("/reference/zhiguan.ttl").headers["content-type"] == "text/turtle; charset=utf-8"


def test_no_such_page(ask: Ask) -> None:
    assert ask("/reference/term/Nothing.html").status_code == 404
    assert ask("/reference/../../etc/passwd").status_code in {400, 404}


def test_the_list_of_terms_leads_to_each_page(ask: Ask) -> None:
    page = ask("/ontology", headers={"Accept": "text/html"}).text
    links = set(re.findall(r'href="(/reference/term/[^"]*)"', page))
    assert "/reference/term/Tenure.html" in links
    assert {link for link in links if ask(link).status_code != 200} == set()
