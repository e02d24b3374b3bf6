"""`zhiguan load`: what is new, the same, changed or somebody else's."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from zhiguan.store import Store

Run = Callable[..., Result]
Texts = Any  # the fixture of conftest.py

LOADER = Path(__file__).resolve().parents[2] / "loader"


def graph_of(store: Path) -> set[bytes]:
    with Store.open(store, read_only=True) as opened:
        return set(opened.serialise("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "ntriples").splitlines())


def test_summary_counts_articles_facts_and_quads(run: Run, articles: Path) -> None:
    result = run("load", articles)
    assert result.exit_code == 0, result.output
    assert "2 loaded, 0 replaced, 0 unchanged" in result.stdout
    assert "people" in result.stdout
    assert "set aside  0" in result.stdout
    assert result.stderr == ""


def test_loading_again_changes_nothing(run: Run, articles: Path, store: Path) -> None:
    run("load", articles)
    before = graph_of(store)
    result = run("load", articles)
    assert "0 loaded, 0 replaced, 2 unchanged" in result.stdout
    assert "quads      0 written" in result.stdout
    assert graph_of(store) == before


def test_a_changed_file_replaces_its_article(run: Run, articles: Path, store: Path, texts: Texts) -> None:
    run("load", articles)
    (articles / "one.txt").write_text(texts.article.replace("赵文澜", "赵文言"), encoding="utf-8")
    result = run("load", articles)
    assert result.exit_code == 0
    assert "0 loaded, 1 replaced, 1 unchanged" in result.stdout
    everything = b"".join(graph_of(store)).decode()
    assert "赵文言" in everything
    assert "赵文澜" not in everything


def test_another_source_with_the_same_id_is_set_aside(
    run: Run, articles: Path, store: Path, tmp_path: Path, texts: Texts
) -> None:
    run("load", articles)
    before = graph_of(store)
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text(texts.second, encoding="utf-8")
    result = run("load", other)
    assert result.exit_code == 1
    for word in ("one.txt", "--id path", "--replace"):
        assert word in result.stderr
    assert graph_of(store) == before
    assert run("load", other, "--id", "path").exit_code == 0
    assert "1 replaced" in run("load", other, "--replace").stdout


def test_the_same_content_elsewhere_is_the_same_article(run: Run, articles: Path, tmp_path: Path, texts: Texts) -> None:
    run("load", articles)
    (tmp_path / "one.txt").write_text(texts.article, encoding="utf-8")
    result = run("load", tmp_path / "one.txt")
    assert result.exit_code == 0
    assert "1 unchanged" in result.stdout


def test_two_records_of_one_file_with_the_same_id(run: Run, tmp_path: Path, texts: Texts) -> None:
    records = tmp_path / "news.jsonl"
    lines = [{"id": "a", "text": texts.article}, {"id": "a", "text": texts.second}, {"id": "a", "text": texts.article}]
    records.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = run("load", records)
    assert result.exit_code == 1
    assert "1 loaded, 0 replaced, 1 unchanged" in result.stdout
    assert "news.jsonl:2" in result.stderr


def test_records_with_other_field_names_from_standard_input(run: Run, texts: Texts) -> None:
    line = json.dumps({"nr": "x7", "content": texts.article, "headline": "会议"}) + "\n"
    fields = ("--field", "text=content", "--field", "title=headline")
    result = run("load", "-", "--format", "jsonl", "--id", "nr", *fields, stdin=line)
    assert result.exit_code == 0, result.output
    assert "x7" in run("query", "articles", "--format", "csv").stdout


def test_standard_input_never_replaces_silently(run: Run, texts: Texts) -> None:
    assert run("load", "-", stdin=texts.article).exit_code == 0
    assert "1 unchanged" in run("load", "-", stdin=texts.article).stdout
    result = run("load", "-", stdin=texts.second)
    assert result.exit_code == 1
    assert "--replace" in result.stderr


def test_an_article_without_facts_is_an_article(run: Run, articles: Path, texts: Texts) -> None:
    (articles / "flowers.txt").write_text(texts.no_facts, encoding="utf-8")
    result = run("load", articles)
    assert result.exit_code == 0, result.output
    assert "3 loaded" in result.stdout
    assert "(1 without any fact)" in result.stdout


def test_the_base_is_fixed_when_the_store_is_made(run: Run, articles: Path, store: Path) -> None:
    assert run("load", articles, "--base", "https://example.org/reg/").exit_code == 0
    assert any(b"<https://example.org/reg/article/one>" in line for line in graph_of(store))
    result = run("load", articles, "--base", "https://example.org/other/")
    assert result.exit_code == 1
    assert "https://example.org/reg/" in result.stderr


def test_load_says_how_far_it_is_when_interrupted(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zhiguan.loading.run.Preparer.prepare", interrupt)
    result = run("load", articles)
    assert result.exit_code == 130
    assert "0 articles worked on, 0 of them in the store" in result.stderr
    assert "goes on where it was" in result.stderr
    monkeypatch.undo()
    assert "2 loaded" in run("load", articles).stdout


@pytest.mark.parametrize("flags", [[], ["--changed"]])
def test_reload_loads_what_has_changed(flags: list[str], run: Run, articles: Path, texts: Texts) -> None:
    run("load", articles, "--id", "path")
    assert "2 unchanged" in run("reload", *flags).stdout
    (articles / "one.txt").write_text(texts.article.replace("赵文澜", "赵文言"), encoding="utf-8")
    (articles / "three.txt").write_text(texts.no_facts, encoding="utf-8")
    result = run("reload", *flags)
    assert result.exit_code == 0, result.output
    assert "1 loaded, 1 replaced, 1 unchanged" in result.stdout


def test_reload_runs_where_the_load_was_run_and_says_so(
    run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    run("load", "articles", "--id", "path")
    run("load", "articles", "--id", "path")
    monkeypatch.chdir(tmp_path.parent)
    result = run("reload", "--all")
    assert result.stderr.count("zhiguan load articles --id path") == 1
    assert "0 loaded, 0 replaced, 2 unchanged" in result.stdout
    assert run("reload").stderr.count("zhiguan load") == 1  # a reload is no load of its own


def test_reload_does_not_repeat_a_mistyped_path(run: Run, articles: Path, tmp_path: Path) -> None:
    run("load", articles)
    assert run("load", tmp_path / "mistyped.txt").exit_code == 1
    result = run("reload")
    assert result.exit_code == 0, result.output
    assert "mistyped" not in result.stderr


def test_reload_tries_again_what_was_set_aside(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("zhiguan.loading.prepare.to_nquads", lambda *_given, **_named: "no quads")
        assert run("load", articles).exit_code == 1
    result = run("reload")
    assert result.exit_code == 1
    assert "set aside  2" in result.stdout
    assert "2 loaded" in run("reload", "--set-aside").stdout
    assert "2 unchanged" in run("reload", "--set-aside").stdout


def test_reload_goes_on_where_a_source_is_gone(run: Run, articles: Path, tmp_path: Path, texts: Texts) -> None:
    gone = tmp_path / "gone.txt"
    gone.write_text(texts.no_facts, encoding="utf-8")
    run("load", gone)
    run("load", articles)
    gone.unlink()
    result = run("reload")
    assert result.exit_code == 1
    assert "gone.txt" in result.stderr
    assert "2 unchanged" in result.stdout


def test_reload_of_a_store_without_loads_says_so(run: Run, store: Path) -> None:
    result = run("reload")
    assert result.exit_code == 1
    assert str(store) in result.stderr


def test_a_closed_pipe_is_no_traceback(run: Run, articles: Path, store: Path) -> None:
    run("load", articles)
    code = f"from zhiguan.cli import main; main(['dump', '--store', {str(store)!r}])"
    process = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "$0" | head -n 1', code], cwd=LOADER, capture_output=True, check=True
    )
    assert process.stderr == b""
    assert process.stdout.count(b"\n") == 1
