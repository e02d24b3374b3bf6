"""`zhiguan validate`: its formats, its exit codes; and `zhiguan load` when the engines differ."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import Graph
from rdflib.namespace import RDF, SH

from zhiguan.store import State, Store
from zhiguan.validate import PyshaclGate, Report, merge_reports

Run = Callable[..., Result]


@pytest.fixture
def loaded(run: Run, articles: Path) -> Run:
    """The command line over a store with two articles, the day of one unknown, which is a warning."""
    text = (articles / "two.txt").read_text(encoding="utf-8")
    (articles / "two.txt").write_text(text.replace("2023年9月5日 ", ""), encoding="utf-8")
    assert run("load", articles).exit_code == 0
    return run


@pytest.fixture
def broken(loaded: Run, tmp_path: Path) -> Path:
    """A dump of the store in which the articles have no identifiers."""
    path = tmp_path / "broken.nq"
    lines = loaded("dump").stdout.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "terms/identifier" not in line and "/graph/" in line))
    return path


def test_warnings_leave_the_exit_code_alone(loaded: Run) -> None:
    result = loaded("validate")
    assert result.exit_code == 0
    assert "Warning article-published-known (1): 文章缺发布日期。 / The article has no day" in result.stdout
    assert result.stdout.endswith("2 checked, 0 wrong\n")


def test_violations_make_it_fail(loaded: Run, broken: Path) -> None:
    result = loaded("validate", broken)
    assert result.exit_code == 1
    first, example = result.stdout.splitlines()[:2]
    assert first.startswith("Violation article-identifier (2): ")
    assert "broken.nq" in example
    assert result.stdout.endswith("2 checked, 2 wrong\n")


def test_json_counts_by_shape(loaded: Run, broken: Path) -> None:
    result = loaded("validate", broken, "--format", "json", "--examples", "1")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    shape = found["shapes"][0]
    assert (found["checked"], found["wrong"]) == (2, 2)
    assert (shape["severity"], shape["shape"], shape["count"]) == ("Violation", "article-identifier", 2)
    assert len(shape["message"]) == 2
    (example,) = shape["examples"]
    assert example["focus"].startswith("<https://w3id.org/zhiguan/article/")
    assert example["path"] == "<http://purl.org/dc/terms/identifier>"


@pytest.mark.parametrize("engine", ["shifty", "pyshacl"])
def test_turtle_is_one_report_of_the_standard(loaded: Run, broken: Path, engine: str) -> None:
    result = loaded("validate", broken, "--format", "turtle", "--validator", engine)
    assert result.exit_code == 1
    graph = Graph().parse(data=result.stdout, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(report, SH.result))) == 3
    assert not graph.value(report, SH.conforms).toPython()  # type: ignore[union-attr]


def test_nothing_found_is_a_report_too(loaded: Run) -> None:
    result = loaded("validate", "-", "--format", "turtle", stdin="")
    assert result.exit_code == 0
    graph = Graph().parse(data=result.stdout, format="turtle")
    assert [str(value) for value in graph.objects(None, SH.conforms)] == ["true"]


def test_quotes_have_no_other_format(loaded: Run, broken: Path) -> None:
    assert loaded("validate", "--quotes", "--format", "json").exit_code == 2
    assert loaded("validate", "--quotes", broken).exit_code == 2


@pytest.mark.parametrize(("content", "words"), [(b"\xff", "UTF-8"), (b"<a> <b> .", "neither N-Quads nor N-Triples")])
def test_other_files_are_refused_in_words(run: Run, content: bytes, words: str) -> None:
    result = run("validate", "-", stdin=content)
    assert result.exit_code == 1
    assert words in result.stderr


def test_load_takes_the_reference_for_all(run: Run, articles: Path) -> None:
    result = run("load", articles, "--validator", "pyshacl")
    assert result.exit_code == 0
    assert "2 loaded" in result.stdout


def test_load_sets_aside_what_the_engines_differ_on(
    run: Run, articles: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conforms(gate: PyshaclGate, triples: str) -> Report:
        return Report(conforms=True, make=lambda: merge_reports([]))

    monkeypatch.setattr("zhiguan.loading.prepare.to_nquads", without_identifier)
    monkeypatch.setattr(PyshaclGate, "validate", conforms)
    result = run("load", articles)
    assert result.exit_code == 1
    assert "shifty says that it violates the shapes (Violation article-identifier" in result.stderr
    assert "pyshacl that it conforms" in result.stderr
    with Store.open(store) as opened:
        assert list(opened.articles()) == []
        assert opened.manifest.count(State.SET_ASIDE) == 2


def without_identifier(*arguments: object, **named: object) -> str:
    """The mapping's quads, spoilt."""
    from zhiguan.rdf import to_nquads

    lines = to_nquads(*arguments, **named).splitlines(keepends=True)  # type: ignore[arg-type]
    return "".join(line for line in lines if "terms/identifier" not in line)
