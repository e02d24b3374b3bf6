"""A gold folder of one article of our own, and the command run on it, for the tests of scoring and confidence."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhiguan.cli import main

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EXAMPLES = str(ROOT / "examples")

needs_gold = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="the gold is not beside this checkout"
)

ARTICLE = """镇海区教育工作推进会召开

2023年8月29日 来源：镇海日报

8月28日下午，镇海区教育工作推进会召开。区委副书记、区长赵文澜主持会议，副区长钱立言汇报了有关工作。
"""
GOVERNMENT = "浙江省宁波市镇海区人民政府"
PARTY = "中共浙江省宁波市镇海区委员会"
GOLD = {
    "id": "a",
    "jurisdiction": "浙江省宁波市镇海区",
    "title": "镇海区教育工作推进会召开",
    "published": "2023-08-29",
    "source": "镇海日报",
    "authors": [],
    "people": ["赵文澜", "钱立言"],
    "posts": [
        {"person": "赵文澜", "post": "副书记", "body": PARTY, "mention": "区委副书记", "status": "current"},
        {"person": "赵文澜", "post": "区长", "body": GOVERNMENT, "mention": "区长", "status": "acting"},
        {"person": "钱立言", "post": "副区长", "body": None, "mention": "副区长", "status": "current"},
    ],
    "bodies": [{"name": "浙江省宁波市镇海区教育局", "mentions": ["区教育局"]}],
    "meetings": [
        {
            "id": "m1",
            "name": "镇海区教育工作推进会",
            "type": "推进会",
            "date": "2023-08-28",
            "time": None,
            "place": None,
        }
    ],
    "participation": [
        {"meeting": "m1", "person": "赵文澜", "role": "chair"},
        {"meeting": "m1", "person": "钱立言", "role": "presenter"},
    ],
    "plans": [],
}


def write_gold(folder: Path, gold: object = GOLD, text: str = ARTICLE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder of one article that we wrote ourselves; its gold is wrong about a status and a body."""
    return write_gold(tmp_path / "mine")


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """Runs `zhiguan evaluate` on that folder."""

    def call(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["evaluate", str(folder), *map(str, arguments)])

    return call


# likeness
