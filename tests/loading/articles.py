"""Articles that we made up, as many as are wanted, and what a store says of them."""

import json
from collections.abc import Iterable
from pathlib import Path

from zhiguan.loading import Watcher
from zhiguan.loading.tally import Tally
from zhiguan.store import Store

TEXT = """镇海区第{number}次教育工作推进会召开

2023年8月{day}日 来源：镇海日报

8月{day}日下午，镇海区第{number}次教育工作推进会召开。区委副书记、区长赵文澜主持会议，副区长钱立言汇报了有关工作。
"""


def text(number: int) -> str:
    """An article; no two are the same."""
    return TEXT.format(number=number, day=number % 28 + 1)


def write_records(path: Path, numbers: Iterable[int]) -> Path:
    """Articles as JSON lines; the id of each is its number."""
    lines = (json.dumps({"id": f"n{number}", "text": text(number)}, ensure_ascii=False) for number in numbers)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def stored(store: Store) -> dict[str, str]:
    """The articles of a store by id, with the digest of their graphs."""
    return {entry.id: entry.graph_digest for entry in store.manifest.entries() if entry.has_graph}


class Heard(Watcher):
    """Keeps all that it hears."""

    def __init__(self) -> None:
        self.articles = 0
        self.problems: list[str] = []
        self.tallies: list[Tally] = []

    def prepared(self, articles: int, size: int) -> None:
        self.articles += articles

    def problem(self, words: str) -> None:
        self.problems.append(words)

    def stored(self, tally: Tally) -> None:
        self.tallies.append(tally)
