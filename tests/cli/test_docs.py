"""`zhiguan docs` writes the site."""

from pathlib import Path

from click.testing import CliRunner

from zhiguan.cli import main


def test_docs_writes_the_pages_and_points_them_at_the_endpoint(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["docs", str(tmp_path / "site"), "--endpoint", "https://example.org/ask"])
    assert result.exit_code == 0, result.output
    assert "files in" in result.output
    assert "https://example.org/ask?query=" in (tmp_path / "site" / "term" / "Body.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "zhiguan.ttl").is_file()


def test_docs_refuses_a_file_as_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert CliRunner().invoke(main, ["docs", str(tmp_path / "file")]).exit_code == 2
