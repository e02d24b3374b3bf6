"""What the package says about itself agrees with itself."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from zhiguan import __version__

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))["project"]  # type: ignore[no-any-return]


def test_one_version_everywhere() -> None:
    cited = re.search(r"^version: (\S+)$", read("CITATION.cff"), re.MULTILINE)
    logged = re.search(r"^## \[(\d[^\]]*)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert cited is not None
    assert logged is not None
    assert cited[1] == logged[1] == __version__


def test_the_licence_is_the_whole_text() -> None:
    text = read("LICENSE")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert project()["license"] == "Apache-2.0"
    assert "license: Apache-2.0" in read("CITATION.cff")


@pytest.mark.parametrize(("heading", "kind"), [("## At run time", "run"), ("## For development", "dev")])
def test_each_dependency_says_why_it_is_there(heading: str, kind: str) -> None:
    declared = project()["dependencies"] if kind == "run" else project()["optional-dependencies"]["dev"]
    section = read("docs/dependencies.md").partition(heading)[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `([\w.-]+)` \| \S", section, re.MULTILINE)
    assert sorted(explained) == sorted(re.split(r"[<>=~!\[;]", line)[0] for line in declared)


@pytest.mark.parametrize("folder", ["ontology", "queries"])
def test_data_folders_hold_no_code(folder: str) -> None:
    """A Python file there would make the folder an import package of its own in an editable install."""
    assert list((ROOT / folder).rglob("*.py")) == []


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "pyproject.toml"])
def test_no_registry_is_written_down(name: str) -> None:
    """Packages come from wherever pip is configured to look."""
    assert not re.search(r"index-url|find-links|trusted-host|\bpypi\b|pythonhosted", read(name), re.IGNORECASE)


def test_each_query_stands_in_the_wheel_and_each_make_target_says_what_it_does() -> None:
    wheel = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) == {"loader/zhiguan", "ontology", "queries"}
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    explained = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))
    assert set(phony[1].split()) - explained == {"help", "score-seeds", "score-dev"}


def test_the_documentation_lists_the_layers_that_are_checked() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    checked = [name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")]
    block = read("docs/architecture.md").partition("```\n")[2].partition("```")[0]
    listed = [name.rstrip("/") for line in block.splitlines() for name in line[:35].split()]
    assert sorted(listed) == sorted(checked)
    layer_of = {
        name.strip(): number for number, layer in enumerate(contracts[0]["layers"]) for name in layer.split("|")
    }
    levels = [layer_of[name] for name in listed]
    assert levels == sorted(levels, reverse=True)
