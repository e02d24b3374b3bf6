"""A gold folder from texts to figures: what is found in each article, scored, with bootstrap intervals."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhiguan.errors import ReadError
from zhiguan.evaluate.gold import Gold, read_gold
from zhiguan.evaluate.matching import Counts
from zhiguan.evaluate.rows import Rows, make_rows
from zhiguan.evaluate.scoring import TABLES, ArticleScore, Quotes, score
from zhiguan.model import Facts
from zhiguan.pipeline import extract
from zhiguan.read import ReadOptions

RESAMPLES = 1000
SEED = 20261122
_TAIL = 0.025
"""Share of the resamples on either side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of a figure over resampled sets of articles."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One article: its gold, the rows found, and what became of them."""

    gold: Gold
    rows: Rows
    score: ArticleScore


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All articles of a gold folder."""

    articles: tuple[Evaluated, ...]

    def counts(self, table: str) -> Counts:
        """Counts of a table over all articles."""
        return sum((item.score.tables[table].counts for item in self.articles), Counts())

    @property
    def quotes(self) -> Quotes:
        """Quotes of all articles."""
        return sum((item.score.quotes for item in self.articles), Quotes())


def evaluate(folder: Path) -> Evaluation:
    """Score what is found in the texts of a gold folder. ReadError where the gold or a text cannot be read."""
    return Evaluation(tuple(_evaluate(gold) for gold in read_gold(folder)))


def _evaluate(gold: Gold) -> Evaluated:
    facts = next(extract([str(gold.path)], ReadOptions()))
    if not isinstance(facts, Facts):
        raise ReadError(facts.reason)
    rows = make_rows(facts)
    return Evaluated(gold, rows, score(gold, rows, facts.document.source.text))


def intervals(evaluation: Evaluation, resamples: int = RESAMPLES, seed: int = SEED) -> dict[str, Interval]:
    """95 % percentile bootstrap interval of each table's F1, whole articles drawn with replacement (Efron 1979)."""
    draw = random.Random(seed)  # noqa: S311 - resampling, not a secret; the seed makes it repeatable
    size = len(evaluation.articles)
    samples = [draw.choices(range(size), k=size) for _ in range(resamples)]
    return {table: _interval(_of_table(evaluation, table), samples) for table in TABLES}


def _of_table(evaluation: Evaluation, table: str) -> list[tuple[int, int, int]]:
    counts = (item.score.tables[table].counts for item in evaluation.articles)
    return [(one.hits, one.misses, one.false) for one in counts]


def _interval(counts: Sequence[tuple[int, int, int]], samples: Sequence[Sequence[int]]) -> Interval:
    values = sorted(_f1(counts, sample) for sample in samples)
    last = len(values) - 1
    return Interval(values[round(_TAIL * last)], values[round((1 - _TAIL) * last)])


def _f1(counts: Sequence[tuple[int, int, int]], sample: Sequence[int]) -> float:
    hits, misses, false = (sum(column) for column in zip(*(counts[i] for i in sample), strict=True))
    return Counts(hits, misses, false).f1
