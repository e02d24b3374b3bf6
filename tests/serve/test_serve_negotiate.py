"""Accept, its q-values and specificity; Accept-Language."""

import pytest

from zhiguan.serve.http.negotiate import GRAPHS, HTML, RESULTS, by_name, choose, choose_language

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("text/*", "xml"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.8", "tsv"),
        ("*/*, text/csv", "csv"),  # as good as the rest, but named
        ("text/csv;q=0, */*", "json"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*;q=0.1", "xml"),
        ("text/csv;q=nonsense", "csv"),
        ("nonsense, text/csv", "csv"),
        (BROWSER, "html"),
        ("text/csv; header=present; q=0.3, text/html;q=0.2", "csv"),
    ],
)
def test_results_are_chosen(accept: str | None, name: str) -> None:
    found = choose(accept, (*RESULTS, HTML))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "application/sparql-results+json;q=0.0", "audio/*"])
def test_nothing_fits(accept: str) -> None:
    assert choose(accept, (*RESULTS, HTML)) is None


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("*/*", "ttl"),
    ],
)
def test_graphs_are_chosen(accept: str, name: str) -> None:
    found = choose(accept, GRAPHS)
    assert found is not None
    assert found.name == name


def test_formats_have_names() -> None:
    assert by_name("Turtle", GRAPHS) is by_name("ttl", GRAPHS) is by_name("text/turtle", GRAPHS)
    assert by_name("csv", GRAPHS) is None


@pytest.mark.parametrize(
    ("accept", "wanted", "language"),
    [
        (None, None, "zh"),
        ("en-GB,en;q=0.9", None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", None, "zh"),
        ("fr", None, "zh"),
        ("en;q=0.1, zh;q=0", None, "en"),
        ("de, en;q=0.5", None, "en"),
        ("en", "zh", "zh"),
        ("zh", "en", "en"),
        ("*", None, "zh"),
    ],
)
def test_language(accept: str | None, wanted: str | None, language: str) -> None:
    assert choose_language(accept, wanted) == language
