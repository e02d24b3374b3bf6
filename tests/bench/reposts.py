"""How well re-posts are told from other reports, and what that costs: `python tests/bench/reposts.py CORPUS.jsonl[.gz]`.

Of a corpus without re-posts some articles are re-posted by program, in six ways; the product's own index looks for them. Prints
for each way the share that is linked to its original, the links between articles of the corpus itself (which are to be read: they
are wrong unless the corpus has re-posts), and processor time. Nothing of the corpus is written but to a temporary folder.
"""

import argparse
import random
import re
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from click import echo
from opencc import OpenCC

from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.read import read_paths
from zhiguan.reposts import RepostIndex, signature

TOP = "当前位置：网站首页 >> 政务公开 >> 工作动态\n发布时间：2024-03-01 浏览次数：108次 字体：大 中 小\n"
BOTTOM = "\n责任编辑：某某\n【打印】【关闭】\n上一篇：关于召开工作会议的通知\n下一篇：我区开展专项检查\n版权所有 甲市人民政府"
TITLE = "我市传达学习有关会议精神 部署下一步重点工作"
_TRADITIONAL = OpenCC("s2t")
MARKS = str.maketrans({"，": ",", "。": ". ", "“": '"', "”": '"', "：": ":", "\n": "\n\n"})


def framed(text: str, _: random.Random) -> str:
    return TOP + text + BOTTOM


def titled(text: str, _: random.Random) -> str:
    return f"{TITLE}\n{text}"


def cut(text: str, chance: random.Random) -> str:
    """Without 10 to 35 % of the sentences, in one place."""
    sentences = [part for part in re.split(r"(?<=[。！])", text) if part]
    if len(sentences) < 3:
        return text
    missing = max(1, int(len(sentences) * chance.uniform(0.1, 0.35)))
    begin = chance.randrange(len(sentences) - missing + 1)
    return "".join(sentences[:begin] + sentences[begin + missing :])


def traditional(text: str, _: random.Random) -> str:
    return str(_TRADITIONAL.convert(text))


def punctuated(text: str, _: random.Random) -> str:
    return text.translate(MARKS)


def everything(text: str, chance: random.Random) -> str:
    for change in (cut, titled, framed, traditional, punctuated):
        text = change(text, chance)
    return text


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "frame": framed,
    "title": titled,
    "cut": cut,
    "traditional": traditional,
    "punctuation": punctuated,
    "all at once": everything,
}


def articles(path: str) -> Iterator[tuple[str, str, str]]:
    """(identifier, day, text) of each article."""
    for item in read_paths([path]):
        if isinstance(item, Source):
            yield item.id, item.published or "", f"{item.title or ''}\n{item.text}"


def cleaned(text: str) -> str:
    return clean(Source(id="x", text=text)).text


class Clock:
    """Processor time of what is called through it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.calls = 0

    def __call__(self, step: Callable[[], object]) -> object:
        begin = time.process_time()
        found = step()
        self.seconds += time.process_time() - begin
        self.calls += 1
        return found

    def __str__(self) -> str:
        return f"{self.seconds / self.calls * 1000:.2f} ms each"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--sample", type=int, default=600, help="articles that are re-posted")
    options = parser.parse_args()
    found = list(articles(options.corpus))
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "index.sqlite")
        database = sqlite3.connect(file, isolation_level=None)
        index = RepostIndex(database)
        index.create()
        sign, put = Clock(), Clock()
        database.execute("BEGIN")
        for name, day, text in found:
            letters = cleaned(text)
            mark = sign(lambda letters=letters: signature(letters))  # type: ignore[misc]
            put(lambda name=name, day=day, mark=mark: index.put(name, day, mark))  # type: ignore[misc]
        database.execute("COMMIT")
        own = list(index.repeats())
        echo(f"{len(found)} articles; signature {sign}; index {put}; {file.stat().st_size / len(found):.0f} bytes each")
        echo(f"linked in the corpus itself: {len(own)} {own}")
        database.execute("BEGIN")
        for name, day, text in chance.sample(found, options.sample):
            for way, change in WAYS.items():
                index.put(f"{name}+{way}", day, signature(cleaned(change(text, chance))))
        database.execute("COMMIT")
        begin = time.process_time()
        links = dict(index.repeats())
        echo(f"{len(links)} links told in {(time.process_time() - begin) * 1000:.0f} ms")
        right = Counter(one.rpartition("+")[2] for one, other in links.items() if one.rpartition("+")[0] == other)
        for way in WAYS:
            echo(f"{way:12} {right[way] / options.sample:.3f}")
        wrong = sum("+" in one and one.partition("+")[0] != other.partition("+")[0] for one, other in links.items())
        echo(f"re-posts linked to another report: {wrong}")
        database.close()


if __name__ == "__main__":
    main()
