"""The commands that read: extract, explain, query, queries, register, validate, dump, remove, stats."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

from zhiguan.store import Store

Run = Callable[..., Result]
Texts = Any  # the fixture of conftest.py


@pytest.fixture
def loaded(run: Run, articles: Path) -> Run:
    """The command line over a store with the two good articles."""
    assert run("load", articles).exit_code == 0
    return run


def test_extract_writes_a_json_line_an_article(run: Run, articles: Path, texts: Texts, store: Path) -> None:
    result = run("extract", articles)
    assert result.exit_code == 0
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [fact["article"] for fact in facts] == ["one", "two"]
    assert {"赵文澜", "钱立言"} <= {person["name"] for person in facts[0]["people"]}
    for post in facts[0]["posts"]:
        for passage in post["evidence"]:
            assert texts.article[passage["begin"] : passage["end"]] == passage["quote"]
    assert not store.exists()


def test_extract_says_what_it_cannot_read(run: Run, articles: Path) -> None:
    (articles / "three.txt").write_bytes(b"")
    result = run("extract", articles)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith(str(articles / "three.txt"))


def test_explain_shows_text_facts_and_rules(run: Run, articles: Path) -> None:
    result = run("explain", articles / "one.txt")
    assert result.exit_code == 0
    assert "8月28日下午，镇海区教育工作推进会召开。" in result.stdout
    assert "person 赵文澜" in result.stdout
    assert "赵文澜: 区长 @ " in result.stdout
    assert "\x1b[" not in result.stdout  # no colours on a pipe


def test_explain_colours_what_it_found(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;33m赵文澜" in run("explain", articles / "one.txt").stdout


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_query_answers_in_each_form(loaded: Run, form: str) -> None:
    result = loaded("query", "people", "--format", form)
    assert result.exit_code == 0
    assert "赵文澜" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(("form", "mark"), [("turtle", "prefix"), ("jsonld", '"@id"')])
def test_query_answers_with_graphs(loaded: Run, form: str, mark: str) -> None:
    asked = "CONSTRUCT { ?s foaf:name ?o } WHERE { ?s foaf:name ?o }"
    result = loaded("query", "-", "--format", form, stdin=asked)
    assert result.exit_code == 0
    assert "赵文澜" in result.stdout
    assert mark in result.stdout


def test_query_from_a_file(loaded: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("# param name (literal): a name\nSELECT ?name ?s WHERE { ?s foaf:name ?name }", encoding="utf-8")
    assert loaded("query", file, "--param", "name=赵文澜", "--format", "csv").stdout.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["pots"], "posts"),
        (["posts", "--param", "nonsense=1"], "nonsense"),
        (["posts", "--param", "nonsense"], "NAME=VALUE"),
        (["nowhere.rq"], "nowhere.rq"),
    ],
)
def test_a_wrong_question_is_wrong_usage(loaded: Run, arguments: list[str], word: str) -> None:
    result = loaded("query", *arguments)
    assert result.exit_code == 2
    assert word in result.stderr


@pytest.mark.parametrize("asked", ["SELEKT ?s", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://x/> {} }"])
def test_a_query_that_cannot_be_answered(loaded: Run, asked: str) -> None:
    result = loaded("query", "-", stdin=asked)
    assert result.exit_code == 1
    assert "Error: " in result.stderr


def test_a_file_that_cannot_be_written_is_named_without_a_traceback(loaded: Run, tmp_path: Path) -> None:
    result = loaded("dump", "--output", tmp_path / "nowhere" / "all.nq")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert "No such file" in result.stderr
    assert "Traceback" not in result.stderr


def test_queries_lists_all_with_their_questions(run: Run) -> None:
    lines = run("queries").stdout.splitlines()
    names = {line.split()[0] for line in lines}
    contract = {"articles", "people", "posts", "bodies", "meetings", "participation", "plans"}
    assert contract <= names
    assert len(names) >= len(contract) + 15
    assert all(" / " in line for line in lines)


def test_register_prints_three_tables(loaded: Run) -> None:
    result = loaded("register")
    assert result.exit_code == 0, result.output
    assert result.stdout.count(" / ") >= 3
    assert "赵文澜" in result.stdout
    assert "2023-08-28" in result.stdout


def test_validate_checks_graphs_and_quotes(loaded: Run) -> None:
    assert loaded("validate").stdout == "2 checked, 0 wrong\n"
    quotes = loaded("validate", "--quotes")
    assert quotes.exit_code == 0
    assert int(quotes.stdout.split()[0]) > 5


def test_validate_finds_a_lost_text(loaded: Run, store: Path) -> None:
    with closing(sqlite3.connect(store / "manifest.sqlite")) as manifest, manifest:
        manifest.execute("DELETE FROM texts")
    result = loaded("validate", "--quotes")
    assert result.exit_code == 1
    assert "load the article again" in result.stderr


def test_validate_finds_a_graph_that_violates(loaded: Run, store: Path) -> None:
    with Store.open(store) as opened:
        graph = next(opened.articles()).graph
        whole = opened.serialise(
            "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", "ntriples", {"g": ox.NamedNode(graph)}
        )
        kept = (line for line in whole.decode().splitlines() if "/ns/oa#end>" not in line)
        opened.replace_graph(graph, "".join(f"{line.removesuffix('.')} <{graph}> .\n" for line in kept))
    result = loaded("validate")
    assert result.exit_code == 1
    assert "Violation attestation-end (" in result.stdout
    assert "  one <https://w3id.org/zhiguan/attestation/" in result.stdout
    assert result.stdout.endswith("2 checked, 1 wrong\n")


def test_validate_reads_files_and_standard_input(loaded: Run, tmp_path: Path) -> None:
    dump = loaded("dump").stdout
    articles = "".join(line for line in dump.splitlines(keepends=True) if "/zhiguan/graph/" in line)
    assert loaded("validate", "-", stdin=articles).exit_code == 0
    broken = tmp_path / "broken.nq"
    broken.write_text("".join(line for line in articles.splitlines(keepends=True) if "terms/identifier" not in line))
    result = loaded("validate", broken)
    assert result.exit_code == 1
    assert "broken.nq" in result.stdout


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "jsonld"])
def test_dump_is_rdf_that_parses_again(loaded: Run, form: str, tmp_path: Path) -> None:
    kind = {
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "turtle": ox.RdfFormat.TURTLE,
        "jsonld": ox.RdfFormat.JSON_LD,
    }[form]
    result = loaded("dump", "--format", form)
    assert result.exit_code == 0
    file = tmp_path / "dump"
    assert loaded("dump", "--format", form, "--output", file).stdout == ""
    assert len(list(ox.parse(result.stdout, kind))) == len(list(ox.parse(file.read_bytes(), kind))) > 100


def test_remove_takes_the_article_and_its_text(loaded: Run, store: Path) -> None:
    assert loaded("remove", "one").exit_code == 0
    answer = loaded("query", "articles", "--format", "csv").stdout
    assert "two" in answer
    assert "one" not in answer
    with Store.open(store, read_only=True) as opened:
        assert len(list(opened.manifest.texts())) == 1


def test_remove_names_what_is_not_there(loaded: Run) -> None:
    result = loaded("remove", "two", "three")
    assert result.exit_code == 1
    assert "three: no such article" in result.stderr
    assert "two" not in loaded("query", "articles", "--format", "csv").stdout


def test_stats_count(loaded: Run) -> None:
    figures = dict(line.split() for line in loaded("stats").stdout.splitlines())
    assert figures["articles"] == "2"
    assert int(figures["persons"]) >= 2
    assert int(figures["quads"]) > 100
