"""The wheel, installed into an empty environment, brings all that it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.full

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = """镇海区教育工作推进会召开

2023年8月29日 来源：镇海日报

8月28日下午，镇海区教育工作推进会召开。区委副书记、区长赵文澜主持会议，副区长钱立言汇报了有关工作。
"""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Standard output of a command that must succeed, away from our own import paths."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def zhiguan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `zhiguan` of an empty environment into which only the wheel and its dependencies went."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv")
    run(folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", wheel)
    return folder / "venv" / "bin" / "zhiguan"


def test_the_wheel_works_alone(zhiguan: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(zhiguan, "--version", cwd=tmp_path).startswith("zhiguan ")
    assert len(run(zhiguan, "queries", cwd=tmp_path).splitlines()) >= 22
    assert "1 loaded" in run(zhiguan, "load", "article.txt", cwd=tmp_path)
    assert "赵文澜,区长," in run(zhiguan, "query", "posts", "--format", "csv", cwd=tmp_path)
    assert "赵文澜" in run(zhiguan, "register", cwd=tmp_path)
    assert "0 wrong" in run(zhiguan, "validate", cwd=tmp_path)
    assert "0 wrong" in run(zhiguan, "validate", "--quotes", cwd=tmp_path)
    assert "赵文澜" in run(zhiguan, "explain", "article.txt", cwd=tmp_path)


def test_the_wheel_holds_code_and_data_only(zhiguan: Path) -> None:
    listing = run(zhiguan.with_name("python"), "-m", "pip", "show", "--files", "zhiguan")
    assert "zhiguan/ontology/shapes.ttl" in listing
    assert "zhiguan/queries/posts.rq" in listing
    assert "tests/" not in listing
