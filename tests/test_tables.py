"""Tables: wide characters line up, nothing is read as markup, pipes get whole lines."""

import io
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from zhiguan.query import parse_query, run_query
from zhiguan.store import Store
from zhiguan.tables import print_result, print_table


def printed(*rows: tuple[str, ...], terminal: bool, width: int = 40) -> list[str]:
    output = io.StringIO()
    print_table(Console(file=output, width=width, force_terminal=terminal, color_system=None), ["人", "n"], rows)
    return [line.rstrip() for line in output.getvalue().splitlines() if line.strip()]


def test_columns_line_up() -> None:
    lines = printed(("林秋实", "3"), ("Li [bold]", "12"), terminal=True)
    assert "Li [bold]" in lines[-1]
    assert {cell_len(line) for line in lines[-2:]} == {cell_len(lines[-1])}, "numbers end in one column"


def test_long_cells_fold_on_a_terminal_and_stay_whole_on_a_pipe() -> None:
    assert len(printed(("长" * 60, "1"), terminal=True)) > 4
    assert "长" * 60 in printed(("长" * 60, "1"), terminal=False)[-1]


def test_kinds_of_answers(tmp_path: Path) -> None:
    output = io.StringIO()
    console = Console(file=output, width=80)
    with Store.open(tmp_path / "s") as store:
        for text in ("SELECT (1 AS ?n) {}", "ASK {}", "CONSTRUCT { <http://a> <http://b> '[x]' } WHERE {}"):
            print_result(console, run_query(store, parse_query("q", text), {}), "题")
    words = output.getvalue()
    assert "题" in words
    assert "1 row\n" in words
    assert "yes" in words
    assert '<http://a> <http://b> "[x]" .' in words


def test_days_stay_whole_where_a_terminal_is_narrow() -> None:
    output = io.StringIO()
    console = Console(width=60, force_terminal=True, color_system=None, file=output)
    rows = [("2023-08-28", "青溪县人民政府办公室", "钮知远在全县工作会议上强调要抓好落实并讲话" * 3)]
    print_table(console, ["day", "body", "quote"], rows)
    assert "2023-08-28" in output.getvalue()
