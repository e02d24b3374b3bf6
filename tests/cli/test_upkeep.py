"""The commands that keep a store well: check, compact, backup, restore, quarantine."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Texts = Any  # the fixture of conftest.py


@pytest.fixture
def loaded(run: Run, texts: Texts, tmp_path: Path) -> Run:
    """The command line over a store with two articles."""
    articles = tmp_path / "in"
    articles.mkdir()
    for name, text in (("one", texts.article), ("two", texts.second)):
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("load", articles).exit_code == 0
    return run


def test_check_says_what_is_whole(loaded: Run) -> None:
    result = loaded("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles stored, 0 set aside, ")
    assert result.stdout.endswith(" statements, 0 faults\n")


def test_check_says_what_is_wrong_and_the_cure(loaded: Run, store: Path) -> None:
    with closing(sqlite3.connect(store / "manifest.sqlite")) as manifest, manifest:
        manifest.execute("DELETE FROM texts")
    result = loaded("check")
    assert result.exit_code == 1
    assert "one: its text is not in the store; remove it and load it again\n" in result.stdout
    assert result.stdout.endswith("2 faults\n")


def test_compact_changes_no_answer(loaded: Run) -> None:
    before = loaded("dump").stdout
    assert loaded("compact").exit_code == 0
    assert sorted(loaded("dump").stdout.splitlines()) == sorted(before.splitlines())
    assert loaded("check").exit_code == 0


def test_load_compacts_where_it_pays(
    loaded: Run, store: Path, articles: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhiguan.store.store.WORTH_COMPACTING", 10**6)
    (before,) = store.glob("graph-*")
    (articles / "new.txt").write_text(texts.article.replace("推进会", "交流会"), encoding="utf-8")
    loaded("load", articles)
    assert before.exists()
    monkeypatch.setattr("zhiguan.store.store.WORTH_COMPACTING", 1)
    (articles / "other.txt").write_text(texts.article.replace("推进会", "座谈会"), encoding="utf-8")
    loaded("load", articles)
    assert not before.exists()
    assert loaded("check").exit_code == 0


def test_backup_and_restore(loaded: Run, tmp_path: Path) -> None:
    before = loaded("query", "people", "--format", "csv").stdout
    result = loaded("backup", tmp_path / "copy")
    assert (result.exit_code, "zhiguan restore" in result.stderr) == (0, True)
    assert loaded("remove", "one").exit_code == 0
    assert loaded("restore", tmp_path / "copy").exit_code == 1, "the store is there"
    new = tmp_path / "new"
    assert "2 articles restored" in loaded("restore", tmp_path / "copy", "--store", new).stderr
    assert loaded("query", "people", "--format", "csv", "--store", new).stdout == before


@pytest.mark.parametrize("command", [("check",), ("compact",), ("backup", "copy"), ("quarantine",)])
def test_without_a_store(run: Run, store: Path, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert "there is no store at" in result.stderr
    assert not store.exists()


def test_quarantine_lists_and_shows(loaded: Run, store: Path) -> None:
    nothing = loaded("quarantine")
    assert nothing.stdout == ""
    assert "nothing is set aside" in nothing.stderr
    from zhiguan.store import Loaded, Store

    aside = Loaded(
        article="x", content_digest="", loader="", ontology="", reason="no title\nmore", report="[] a <http://r> ."
    )
    with Store.open(store) as opened:
        opened.commit([aside])
    assert loaded("quarantine").stdout == "x\tno title\n"
    assert loaded("quarantine", "x").stdout == "[] a <http://r> .\n"
    result = loaded("quarantine", "one")
    assert result.exit_code == 1
    assert "one: no report of it" in result.stderr
