"""An evaluation in words: the table of figures, the errors one a line, the figures as JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from zhiguan.evaluate.evaluation import Evaluation, Interval
from zhiguan.evaluate.matching import Row
from zhiguan.evaluate.scoring import TABLES

_HEAD = f"{'table':<15} {'P':>6} {'R':>6} {'F1':>6} {'95 % of F1':>13} {'hits':>6} {'misses':>6} {'false':>6}"


def table_lines(evaluation: Evaluation, spread: Mapping[str, Interval]) -> Iterator[str]:
    """The figures, a line a table, and what holds of the quotes."""
    yield f"{len(evaluation.articles)} articles"
    yield _HEAD
    for table in TABLES:
        counts, interval = evaluation.counts(table), spread[table]
        yield (
            f"{table:<15} {counts.precision:6.3f} {counts.recall:6.3f} {counts.f1:6.3f} "
            f"{interval.low:6.3f}-{interval.high:.3f} {counts.hits:7d} {counts.misses:6d} {counts.false:6d}"
        )
    quotes = evaluation.quotes
    yield f"quotes in place: {quotes.checked - quotes.bad} of {quotes.checked}"
    yield f"quotes of right posts at the mention in the gold: {quotes.aimed - quotes.off_target} of {quotes.aimed}"


def error_lines(evaluation: Evaluation) -> Iterator[str]:
    """Each miss and each false find: table, article, which of the two, the row as JSON."""
    for table in TABLES:
        for item in evaluation.articles:
            outcome = item.score.tables[table]
            for kind, rows in (("missed", outcome.misses), ("false", outcome.false)):
                for row in rows:
                    yield f"{table}\t{item.gold.article}\t{kind}\t{_json(row)}"


def _json(row: Row) -> str:
    return json.dumps({name: value for name, value in row.items() if value}, ensure_ascii=False)


def figures(evaluation: Evaluation, spread: Mapping[str, Interval]) -> dict[str, Any]:
    """All figures as plain values: a table's own, and those of the quotes."""
    quotes = evaluation.quotes
    found = {table: _figures(evaluation, table, spread[table]) for table in TABLES}
    return {
        "articles": len(evaluation.articles),
        "tables": found,
        "quotes": {name: getattr(quotes, name) for name in ("checked", "bad", "aimed", "off_target")},
    }


def _figures(evaluation: Evaluation, table: str, interval: Interval) -> dict[str, float]:
    counts = evaluation.counts(table)
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "low": interval.low,
        "high": interval.high,
        "hits": counts.hits,
        "misses": counts.misses,
        "false": counts.false,
    }
