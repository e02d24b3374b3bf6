"""Articles without news in them, as the stages would hand them to the store."""

import random
from collections.abc import Iterator

from zhiguan.rdf.iris import Iris
from zhiguan.results import PREFIXES
from zhiguan.store import Loaded, text_digest

IRIS = Iris()
BASE = IRIS.base
TYPE = f"<{PREFIXES['rdf']}type>"


def small_ontology(name: str) -> str:
    """In the place of `resources.read_ontology`, so that making a store takes no time."""
    return f'<http://ontology> <http://name> "{name}" .'


def graph_of(name: str, text: str, facts: int = 3, base: str = BASE) -> str:
    """N-Quads of an article that names its text and says `facts` things drawn from it."""
    node, graph = f"<{base}article/{name}>", f"<{Iris(base).graph(name)}>"
    zg, dcterms = PREFIXES["zg"], PREFIXES["dcterms"]
    lines = [
        f"{node} {TYPE} <{zg}Article> {graph} .\n",
        f'{node} <{dcterms}identifier> "{name}" {graph} .\n',
        f'{node} <{zg}originDigest> "ab12" {graph} .\n',
        f'{node} <{zg}originName> "{name}.txt" {graph} .\n',
        f"{node} <{zg}text> <{base}text/sha256-{text_digest(text)}> {graph} .\n",
    ]
    lines += [
        f'<{base}fact/{text_digest(text)[:16]}-{number}> <{dcterms}title> "第{number}条"@zh-hans {graph} .\n'
        for number in range(facts)
    ]
    return "".join(sorted(lines))


def article(name: str, text: str = "甲", *, facts: int = 3, loader: str = "1", base: str = BASE) -> Loaded:
    """An article that passed all stages."""
    return Loaded(
        article=name,
        content_digest=text_digest(f"{name} {text}"),
        loader=loader,
        ontology="o",
        origin_digest="ab12",
        origin_name=f"{name}.txt",
        origin=f"in/{name}.txt",
        text=text,
        nquads=graph_of(name, text, facts, base),
    )


def set_aside(name: str, reason: str = "没有标题", report: str | None = None) -> Loaded:
    """An article that did not."""
    return Loaded(
        article=name,
        content_digest=text_digest(reason),
        loader="1",
        ontology="o",
        origin=f"in/{name}.txt",
        reason=reason,
        report=report,
    )


def batches(count: int, size: int, edition: str = "一", seed: int = 1) -> Iterator[list[Loaded]]:
    """`count` articles in batches; each edition has other texts, and every fortieth article is set aside."""
    random_ = random.Random(f"{seed} {edition}")
    made = [
        set_aside(f"n{number}", f"第{edition}版", "[] a <http://x> .")
        if number % 40 == 39
        else article(f"n{number}", f"第{edition}版第{number}篇", facts=random_.randrange(5, 60))
        for number in range(count)
    ]
    for begin in range(0, count, size):
        yield made[begin : begin + size]
