"""Articles that we wrote ourselves, and a command line to load them with."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from zhiguan.cli import main

ARTICLE = """镇海区教育工作推进会召开

2023年8月29日 来源：镇海日报

8月28日下午，镇海区教育工作推进会召开。区委副书记、区长赵文澜主持会议，副区长钱立言汇报了有关工作。
"""
SECOND = """镇海区政府召开安全生产会议

2023年9月5日 来源：镇海日报

9月4日，镇海区安全生产工作会议召开。副区长钱立言出席会议并讲话。
"""
NO_FACTS = "今天天气很好，湖边的花都开了，许多游人前来观赏。\n"


class Texts(NamedTuple):
    """Articles by what matters about them."""

    article: str = ARTICLE
    second: str = SECOND
    no_facts: str = NO_FACTS


@pytest.fixture
def texts() -> Texts:
    """Articles that we wrote ourselves, with invented people."""
    return Texts()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Path of a store that does not exist yet."""
    return tmp_path / "store"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two good articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "two.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def run(store: Path) -> Callable[..., Result]:
    """Runs zhiguan with arguments, ZHIGUAN_STORE set to `store`; stdout and stderr apart."""

    def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        environment = {"ZHIGUAN_STORE": str(store), "COLUMNS": "100"}
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, env=environment)

    return call
