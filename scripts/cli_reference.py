"""Write the reference part of docs/cli.md from the commands' own help; a test fails when the page is behind."""

import sys
from pathlib import Path

import click

from zhiguan.cli import main

MARK = "<!-- Below this line: written by scripts/cli_reference.py from the commands' own help. -->\n"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"


def reference(root: click.Group = main) -> str:
    """The help of each command as Markdown, in alphabetical order."""
    context = click.Context(root, info_name="zhiguan", **root.context_settings)
    return "\n".join(_section(context, name, root.commands[name]) for name in sorted(root.commands))


def _section(parent: click.Context, name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    return f"## `zhiguan {name}`\n\n```text\n{command.get_help(context)}\n```\n"


def page(text: str) -> str:
    """The page with its reference part written anew."""
    return f"{text.partition(MARK)[0]}{MARK}\n{reference()}"


if __name__ == "__main__":
    new = page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(new, encoding="utf-8")
    sys.stderr.write(f"written: {PAGE.name}\n")
