"""`zhiguan export`."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result


def test_tables_of_a_store(run: Callable[..., Result], articles: Path, tmp_path: Path) -> None:
    assert run("load", articles).exit_code == 0
    result = run("export", tmp_path / "tables", "--bom")
    assert result.exit_code == 0
    assert "articles          2 rows\n" in result.stdout
    assert (tmp_path / "tables" / "codebook.md").is_file()


def test_no_store_no_tables(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("export", tmp_path / "tables")
    assert result.exit_code == 1
    assert not (tmp_path / "tables").exists()
