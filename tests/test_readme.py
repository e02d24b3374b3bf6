"""The READMEs show what the examples answer, and name only files that exist."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.zh.md": "zh"}


@pytest.mark.parametrize("name", READMES)
def test_answers_are_those_of_the_examples(name: str) -> None:
    spec = importlib.util.spec_from_file_location("readme_answers", ROOT / "scripts" / "readme_answers.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (ROOT / name).read_text(encoding="utf-8")
    assert script.updated(text, READMES[name]) == text, "run python scripts/readme_answers.py"


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (ROOT / target).exists(), target
