"""The gate: what reads as RDF, what a report says, and who watches whom."""

from dataclasses import dataclass, field

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from zhiguan.config import VALIDATORS
from zhiguan.errors import ZhiguanError
from zhiguan.validate import (
    GATES,
    DisagreementError,
    Finding,
    PyshaclGate,
    Report,
    Tally,
    Validator,
    make_validator,
    merge_reports,
    report_findings,
    split_graphs,
)
from zhiguan.validate.gate import is_sampled

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


@pytest.fixture(scope="module", params=VALIDATORS)
def validator(request: pytest.FixtureRequest) -> Validator:
    return make_validator(request.param)


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
        f'<x:a> <{oa}start> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        f'<x:a> <{oa}end> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        f'<x:a> <{oa}exact> "青溪区" .\n'
    )
    report = validator.validate(quads)
    (result,) = report.violations
    assert result.value == "<x:a>"
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


# graphs


def test_quads_are_taken_apart_by_graph() -> None:
    quads = '<x:a> <x:p> "1 <x:g> ." <x:g> .\n<x:b> <x:p> "2" <x:h> .\n<x:c> <x:p> "3" .\n'
    found = dict(split_graphs(quads))
    assert found == {
        "": '<x:c> <x:p> "3" .\n',
        "x:g": '<x:a> <x:p> "1 <x:g> ." .\n',
        "x:h": '<x:b> <x:p> "2" .\n',
    }


@pytest.mark.parametrize(
    "quads",
    [
        '<x:a> <x:p> "1\\n <x:g> ." <x:g> .\n<x:b> <x:p> <x:g> <x:g> .\n',
        '<x:a> <x:p> "1\\n <x:g> ." <x:g>.\n<x:b> <x:p> <x:g>   <x:g> .',
    ],
    ids=["as the mapping writes", "otherwise"],
)
def test_one_graph_is_read_alike_however_it_is_written(quads: str) -> None:
    ((name, triples),) = split_graphs(quads)
    assert name == "x:g"
    assert triples == '<x:a> <x:p> "1\\n <x:g> ." .\n<x:b> <x:p> <x:g> .\n'


def test_an_empty_text_is_an_empty_graph() -> None:
    assert list(split_graphs("")) == [("", "")]


# who watches whom


@dataclass
class Fake:
    """An engine that says what it is told to, and writes down what it was asked."""

    name: str
    conforms: bool
    asked: list[str] = field(default_factory=list)

    def validate(self, triples: str) -> Report:
        self.asked.append(triples)
        severity = SH.Warning if self.conforms else SH.Violation
        found = report_findings([Finding(rule="x:y#rule", words={"en": f"{self.name} says so"}, severity=severity)])
        return Report(self.conforms, lambda: found.graph)


def quad(name: str) -> str:
    return f"<x:a> <x:b> <x:c> <{name}> .\n"


SAMPLED = next(f"x:{number}" for number in range(1000) if is_sampled(f"x:{number}"))
UNSAMPLED = next(f"x:{number}" for number in range(1000) if not is_sampled(f"x:{number}"))


@pytest.mark.parametrize(
    ("gate", "name", "asked"),
    [(True, UNSAMPLED, 0), (True, SAMPLED, 1), (False, UNSAMPLED, 1), (False, SAMPLED, 1)],
)
def test_the_reference_looks_at_what_is_refused_and_at_a_sample(gate: bool, name: str, asked: int) -> None:
    reference = Fake("slow", gate)
    assert Validator(Fake("fast", gate), reference).validate(quad(name)).conforms == gate
    assert len(reference.asked) == asked


def test_the_report_that_counts_is_the_references() -> None:
    report = Validator(Fake("fast", False), Fake("slow", False)).validate(quad(UNSAMPLED))
    assert "slow says so" in report.text


@pytest.mark.parametrize(("gate", "name"), [(False, UNSAMPLED), (True, SAMPLED)])
def test_two_verdicts_are_an_error_that_names_both(gate: bool, name: str) -> None:
    validator = Validator(Fake("fast", gate), Fake("slow", not gate))
    with pytest.raises(DisagreementError, match=r"fast says that it .*, slow that it .*please report"):
        validator.validate(quad(name))


def test_a_reference_that_is_the_gate_is_asked_once() -> None:
    gate = Fake("slow", False)
    Validator(gate, gate).validate(quad(SAMPLED))
    assert len(gate.asked) == 1


def test_one_in_a_hundred_is_sampled() -> None:
    number = sum(is_sampled(f"https://w3id.org/zhiguan/graph/{name}") for name in range(20000))
    assert 150 <= number <= 250


def test_the_engines_that_settings_name_are_those_there_are() -> None:
    assert tuple(GATES) == VALIDATORS
    assert {GATES[name]().name for name in VALIDATORS} == set(VALIDATORS)


def test_the_reference_refuses_what_it_cannot_compare() -> None:
    date = "<http://www.w3.org/2001/XMLSchema#date>"
    node = ARTICLE.format("a")
    early = f'{node} <{ZG}publishedEarliest> "2024-05-08"^^{date} .\n{node} <{ZG}publishedLatest> _:b .\n'
    with pytest.raises(ZhiguanError, match="pySHACL cannot check"):
        PyshaclGate().validate(article("a") + early)


# reports


def finding(rule: str, severity: URIRef = SH.Warning) -> Report:
    words = {"en": f"{rule} in words", "zh": "中文"}
    return report_findings([Finding(rule=f"x:y#{rule}", words=words, severity=severity, focus=URIRef("x:focus"))])


@pytest.mark.parametrize(("severity", "conforms"), [(SH.Violation, False), (SH.Warning, True), (SH.Info, True)])
def test_findings_make_a_report(severity: URIRef, conforms: bool) -> None:
    report = finding("rule", severity)
    (result,) = report.results
    assert report.conforms == conforms
    assert (result.shape, result.focus, result.message) == ("rule", "<x:focus>", ("中文", "rule in words"))


def test_reports_merge_into_one() -> None:
    whole = merge_reports([finding("one").graph, finding("two").graph])
    (report,) = whole.subjects(RDF.type, SH.ValidationReport)
    assert len(list(whole.objects(report, SH.result))) == 2
    assert whole.value(report, SH.conforms) == Literal(False)
    assert list(merge_reports([]).objects(None, SH.conforms)) == [Literal(True)]


def test_a_tally_counts_by_shape() -> None:
    tally = Tally(kept=1)
    for name, report in [("a", finding("often")), ("b", finding("often")), ("c", finding("bad", SH.Violation))]:
        tally.add(name, report)
    tally.add_store(finding("across"))
    assert (tally.checked, tally.wrong) == (3, 1)
    assert [(shape.severity, shape.shape, shape.count) for shape in tally.shapes] == [
        ("Violation", "bad", 1),
        ("Warning", "often", 2),
        ("Warning", "across", 1),
    ]
    assert tally.text().splitlines() == [
        "Violation bad (1): 中文 / bad in words",
        "  c <x:focus>",
        "Warning often (2): 中文 / often in words",
        "  a <x:focus>",
        "Warning across (1): 中文 / across in words",
        "  store <x:focus>",
        "3 checked, 1 wrong",
    ]
