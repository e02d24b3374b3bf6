"""People and (person, post) pairs of this project beside those of other tools, on gold.

    python -m tests.bench.peers GOLD_DIR... [--json FILE]

Other tools find names only; a heuristic reads the posts from the words before them (`taggers.posts`). All get the text
that our own cleaning leaves, without by-lines. 习近平, whom articles quote as doctrine, is left out on all sides.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.taggers import Tagger, installed, posts

from zhiguan.clean import clean
from zhiguan.evaluate.gold import Gold, read_gold
from zhiguan.evaluate.likeness import fold
from zhiguan.evaluate.matching import Counts
from zhiguan.model import Document, LineKind, Source
from zhiguan.read import read_paths
from zhiguan.recognise import recognise

Pair = tuple[str, str]
DOCTRINE = "习近平"
RESAMPLES, SEED = 1000, 20261122
OURS = "zhiguan"


@dataclass
class Score:
    """Counts of one tool, an article each."""

    people: list[Counts] = field(default_factory=list)
    pairs: list[Counts] = field(default_factory=list)

    def add(self, gold: Gold, people: set[str], pairs: set[Pair]) -> None:
        """Compare what was found in one article."""
        wanted = {fold(row["person"]) for row in gold.people} - {DOCTRINE}
        self.people.append(_counts(wanted, people))
        self.pairs.append(_counts({(fold(r["person"]), fold(r["post"])) for r in gold.posts}, pairs))


def _counts(gold: set[str] | set[Pair], found: set[str] | set[Pair]) -> Counts:
    both = len(gold & found)
    return Counts(both, len(gold) - both, len(found) - both)


def read(path: Path) -> Document:
    """The cleaned article of a file."""
    source = next(iter(read_paths([path])))
    if not isinstance(source, Source):
        raise SystemExit(source.reason)
    return clean(source)


def running_text(document: Document) -> str:
    """The lines of an article that are not about the article."""
    text = document.text
    return "\n".join(text[line.span.begin : line.span.end] for line in document.lines if line.kind != LineKind.META)


def ours(document: Document) -> tuple[set[str], set[Pair]]:
    """What this project finds."""
    facts = recognise(document)
    people = {fold(fact.name) for fact in facts.people}
    return people - {DOCTRINE}, {(fold(fact.person), fold(fact.post)) for fact in facts.posts}


def theirs(document: Document, tagger: Tagger) -> tuple[set[str], set[Pair]]:
    """What a tagger finds; names of one character are no names."""
    text = running_text(document)
    names = [(begin, end) for begin, end in tagger(text) if end - begin > 1]
    people = {fold(text[begin:end]) for begin, end in names}
    return people - {DOCTRINE}, {(fold(name), fold(post)) for name, post in posts(text, names)}


def score(golds: list[Gold]) -> dict[str, Score]:
    """The scores of this project and of each peer that is installed."""
    taggers = installed()
    scores = {name: Score() for name in (OURS, *taggers)}
    for gold in golds:
        document = read(gold.path)
        scores[OURS].add(gold, *ours(document))
        for name, tagger in taggers.items():
            scores[name].add(gold, *theirs(document, tagger))
    return scores


def _f1(counts: list[Counts], sample: list[int]) -> float:
    return sum((counts[i] for i in sample), Counts()).f1


def _spread(values: list[float]) -> str:
    low, high = (sorted(values)[round(share * (len(values) - 1))] for share in (0.025, 0.975))
    return f"{low:+.3f}..{high:+.3f}"


def lines(scores: dict[str, Score]) -> Iterator[str]:
    """The table; the last column is the 95 % bootstrap interval of our F1 less theirs, over the same articles."""
    size = len(scores[OURS].people)
    draw = random.Random(SEED)
    samples = [draw.choices(range(size), k=size) for _ in range(RESAMPLES)]
    for title, table in (("people", "people"), ("person-post", "pairs")):
        yield f"{title:<14} {'P':>6} {'R':>6} {'F1':>6} {'right':>9}  ours less theirs, 95 %"
        own = getattr(scores[OURS], table)
        for name, found in scores.items():
            counts = getattr(found, table)
            whole = sum(counts, Counts())
            right = sum(not (one.misses or one.false) for one in counts)
            less = "" if name == OURS else _spread([_f1(own, s) - _f1(counts, s) for s in samples])
            figures = f"{whole.precision:6.3f} {whole.recall:6.3f} {whole.f1:6.3f} {right:>4} of {size}"
            yield f"{name:<14} {figures}  {less}"


def figures(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    """F1 of each tool, for a JSON file."""
    return {
        name: {"people": sum(one.people, Counts()).f1, "person-post": sum(one.pairs, Counts()).f1}
        for name, one in scores.items()
    }


def main() -> int:
    """Score all tools; the exit code is 1 where a peer is ahead of us."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--json", type=Path, help="write the F1 of each tool to this file")
    options = parser.parse_args()
    scores = score([gold for folder in options.gold for gold in read_gold(folder)])
    sys.stdout.writelines(f"{line}\n" for line in lines(scores))
    found = figures(scores)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    behind = [n for n, f in found.items() for table, value in f.items() if value > found[OURS][table]]
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
