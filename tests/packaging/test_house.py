"""The house's measures: small modules, small functions, no net under everything."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

LOADER = Path(__file__).resolve().parents[2] / "loader" / "zhiguan"
MODULES = sorted(LOADER.rglob("*.py"))
NETS = {"pipeline.py": 1}
"""Where `except Exception` may stand, and how often: one fault of ours must not stop the other articles."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Lines from the signature to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    text = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LOADER)))
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert [function.name for function in functions(path) if length(function) > 60] == []


def test_half_of_all_functions_are_a_few_lines() -> None:
    assert median(length(function) for path in MODULES for function in functions(path)) <= 8


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LOADER)))
def test_only_the_pipeline_has_a_net(path: Path) -> None:
    handlers = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ExceptHandler)
    ]
    broad = [
        node
        for node in handlers
        if node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
    ]
    assert len(broad) == NETS.get(path.name, 0)
