"""Each command says what it does, with an example, and stands in docs/cli.md."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from zhiguan import __version__
from zhiguan.cli import main

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(main.commands.items())


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_each_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    _, found, example = result.output.partition("Example:")
    assert found, f"{name} has no example"
    assert f"zhiguan {name}" in example


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_each_command_and_option_says_what_it_is_for(name: str, command: click.Command) -> None:
    assert not command.get_short_help_str().endswith("..."), f"the first sentence of {name} is too long for the list"
    silent = [
        parameter.name for parameter in command.params if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not silent


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_each_command_and_option_stands_in_the_documentation(name: str, command: click.Command) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## `zhiguan {name}`\n")[2].partition("\n## ")[0]
    options = [word for parameter in command.params for word in parameter.opts if word.startswith("--")]
    assert section, f"docs/cli.md has no section on {name}; run scripts/cli_reference.py"
    assert [word for word in options if word not in section] == []


def test_documentation_is_not_behind_the_help() -> None:
    spec = importlib.util.spec_from_file_location("cli_reference", ROOT / "scripts" / "cli_reference.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = script.PAGE.read_text(encoding="utf-8")
    assert script.page(text) == text, "run scripts/cli_reference.py"


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"zhiguan {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["load"],
        ["load", "--nonsense", "x"],
        ["load", "x", "--field", "nonsense"],
        ["query", "posts", "--format", "png"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


def test_help_does_not_load_heavy_packages() -> None:
    """What makes start-up slow is imports; counting them is steadier than a clock on a busy machine."""
    heavy = ("pyshacl", "rdflib", "opencc", "starlette", "trafilatura", "pyoxigraph", "rich", "uvicorn")
    code = f"import sys, zhiguan.cli; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "loader"
    )
    assert result.stdout.strip() == "[]"


def test_help_is_fast() -> None:
    def seconds() -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import zhiguan.cli"], check=True, cwd=ROOT / "loader")
        return time.perf_counter() - begin

    assert min(seconds() for _ in range(5)) < 0.3
