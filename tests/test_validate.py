"""The gate: what reads as RDF, what a report says, and that shapes are compiled once."""

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, SH

from zhiguan.errors import ZhiguanError
from zhiguan.validate import Validator

ZG = "https://w3id.org/zhiguan/ontology#"
TYPE = f"<{RDF.type}>"
TEXT = "<https://w3id.org/zhiguan/text/sha256-" + "0" * 64 + ">"
ARTICLE = "<https://w3id.org/zhiguan/article/{}>"


def article(name: str, graph: str = "", *more: str) -> str:
    """The least that an article needs, as N-Triples, or as N-Quads in a graph."""
    node = ARTICLE.format(name)
    lines = [
        f"{node} {TYPE} <{ZG}Article>",
        f'{node} <http://purl.org/dc/terms/identifier> "{name}"',
        f"{node} <{ZG}text> {TEXT}",
        *(f"{node} {line}" for line in more),
    ]
    return "".join(f"{line} {graph} .\n" for line in lines)


BAD_DATE = f'<{ZG}published> "5月"^^<http://id.loc.gov/datatypes/edtf/EDTF>'


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


@pytest.mark.parametrize("graph", ["", "<https://w3id.org/zhiguan/graph/a>"])
def test_triples_and_quads_are_read(validator: Validator, graph: str) -> None:
    assert validator.validate(article("a", graph)).conforms
    assert not validator.validate(article("a", graph, BAD_DATE)).conforms


def test_nothing_conforms(validator: Validator) -> None:
    report = validator.validate("")
    assert report.conforms
    assert report.text == ""


def test_other_text_is_refused(validator: Validator) -> None:
    with pytest.raises(ZhiguanError, match="neither N-Quads nor N-Triples"):
        validator.validate("<article> a zg:Article .")


def test_a_report_tells_shape_focus_value_and_words(validator: Validator) -> None:
    report = validator.validate(article("a", "", BAD_DATE))
    (result,) = report.violations
    assert result.shape == "article-published"
    assert result.focus == ARTICLE.format("a")
    assert result.path == f"<{ZG}published>"
    assert "5月" in result.value
    assert len(result.message) == 2
    assert result.message[0].startswith("发布日期")
    assert report.text == str(result)


def test_warnings_do_not_keep_an_article_out(validator: Validator) -> None:
    report = validator.validate(article("a"))
    assert report.conforms
    assert {result.shape for result in report.warnings} == {
        "article-title-known",
        "article-published-known",
        "article-spatial-known",
    }


def test_the_turtle_report_is_a_shacl_report(validator: Validator) -> None:
    report = validator.validate(article("a", "", BAD_DATE))
    graph = Graph().parse(data=report.turtle, format="turtle")
    assert list(graph.subjects(RDF.type, SH.ValidationReport))
    assert SH.Violation in set(graph.objects(None, SH.resultSeverity))


def test_messages_of_sparql_constraints_keep_their_languages(validator: Validator) -> None:
    oa = "http://www.w3.org/ns/oa#"
    quads = article("a") + (
        f"<x:a> <http://www.w3.org/ns/prov#wasDerivedFrom> {ARTICLE.format('a')} .\n"
        f"<x:a> <{ZG}quotation> <x:q> .\n<x:q> <{oa}hasSelector> <x:s> .\n"
        f'<x:s> <{oa}start> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        f'<x:s> <{oa}end> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        f'<x:s> <{oa}exact> "青溪区" .\n'
    )
    report = validator.validate(quads)
    (result,) = report.violations
    assert result.value == "<x:s>"
    messages = [message for message in report.graph.objects(None, SH.resultMessage) if "quote" in str(message)]
    assert [message.language for message in messages if isinstance(message, Literal)] == ["en"]
    assert "引文" in result.message[0]


def test_each_graph_is_judged_by_itself(validator: Validator) -> None:
    """Two articles may give one node different values; only one graph that does so is wrong."""
    first, second = "<https://w3id.org/zhiguan/graph/a>", "<https://w3id.org/zhiguan/graph/b>"
    title = '<http://purl.org/dc/terms/title> "{}"@zh-Hans'
    apart = article("a", first, title.format("甲")) + article("a", second, title.format("乙"))
    assert validator.validate(apart).conforms
    assert not validator.validate(apart.replace(second, first)).conforms


def test_a_validator_forgets_what_it_saw(validator: Validator) -> None:
    good, bad = article("a"), article("a", "", BAD_DATE)
    verdicts = [validator.validate(text).conforms for text in (good, bad, good, bad, good)]
    assert verdicts == [True, False, True, False, True]
