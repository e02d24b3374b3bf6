"""From gold to confidence: how many of the facts that each rule found are right, and whether the confidence that this
gives keeps its word on articles that it was not counted on.

A fact is right where the gold has it as the graph states it: a post with its body and status, participation with its
meeting, a plan with what happened to it, a meeting by a title alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from zhiguan.evaluate.evaluation import Evaluated, Evaluation
from zhiguan.evaluate.likeness import fold
from zhiguan.evaluate.matching import Outcome, Row
from zhiguan.lexicon.confidence import Tallies, Tally, estimate, laplace
from zhiguan.lexicon.loading import HEADER

EDGES = (0.0, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Bounds of the classes of confidence in the table of confidence against precision."""

_JUDGED = ("people", "bodies", "meetings", "participation")
"""Tables whose hits are right and whose false finds are wrong, without more ado."""
_FIELDS = {"title": "title", "published": "published", "publisher": "source"}


class Case(NamedTuple):
    """A fact that was found: its kind, its rule, and whether it is right."""

    kind: str
    rule: str
    right: bool


def cases(item: Evaluated) -> Iterator[Case]:
    """The facts found in one article, judged."""
    tables = item.score.tables
    for table in _JUDGED:
        yield from _cases(tables[table], ())
    yield from _cases(tables["posts"], tables["status"].misses)
    yield from _cases(tables["plans"], tables["plan.event"].misses)
    yield from _metadata(item)


def _cases(outcome: Outcome, wrong: Iterable[Row]) -> Iterator[Case]:
    """Hits and false finds; of the hits, those whose gold row is in `wrong` are not right all the same."""
    misread = [id(row) for row in wrong]
    for gold, found in outcome.hits:
        yield Case(found["kind"], found["rule"], id(gold) not in misread)
    for found in outcome.false:
        yield Case(found["kind"], found["rule"], right=False)


def _metadata(item: Evaluated) -> Iterator[Case]:
    gold = item.gold
    for row in item.rows["metadata"]:
        if row["field"] == "authors":
            right = set(map(fold, row["value"].split(";"))) == set(map(fold, gold.authors))
        else:
            right = fold(gold.metadata[_FIELDS[row["field"]]]) == fold(row["value"])
        yield Case(row["kind"], row["rule"], right)


def tally(found: Iterable[Case]) -> Tallies:
    """Right facts and all facts of each kind and rule."""
    counts: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for case in found:
        counts[case.kind, case.rule] += Tally(int(case.right), 1)
    return dict(counts)


def confidence_table(evaluation: Evaluation, name: str) -> str:
    """The word list of rules with their counts, as `lexicon.confidence` reads it; `name` is that of the gold."""
    source = f"{name} gold, {len(evaluation.articles)} articles, {date.today().isoformat()}"
    counts = tally(case for item in evaluation.articles for case in cases(item))
    rows = sorted((rule, kind, f"{right}/{found}", source) for (kind, rule), (right, found) in counts.items())
    return "".join("\t".join(cells) + "\n" for cells in (HEADER, *rows))


def calibration_lines(evaluation: Evaluation) -> Iterator[str]:
    """Precision and confidence of each rule, then confidence against precision, as tables."""
    judged = [list(cases(item)) for item in evaluation.articles]
    counts = tally(case for article in judged for case in article)
    yield f"{'kind':<32} {'rule':<24} {'right':>6} {'found':>6} {'precision':>9} {'confidence':>10}"
    for (kind, rule), (right, found) in sorted(counts.items()):
        yield f"{kind:<32} {rule:<24} {right:>6} {found:>6} {right / found:9.3f} {estimate(counts, kind, rule):10.3f}"
    yield "confidence against precision, each article by the counts of the others"
    yield f"{'confidence':<14} {'facts':>6} {'mean':>9} {'precision':>9}"
    yield from _reliability(_held_out(judged))


def _held_out(judged: list[list[Case]]) -> list[tuple[float, bool]]:
    """Each fact's confidence from the articles other than its own, and whether it is right."""
    found = []
    for own in range(len(judged)):
        counts = tally(case for i, article in enumerate(judged) if i != own for case in article)
        found += [(estimate(counts, case.kind, case.rule), case.right) for case in judged[own]]
    return found


def _reliability(found: list[tuple[float, bool]]) -> Iterator[str]:
    for low, high in pairwise(EDGES):
        inside = [(given, right) for given, right in found if low <= given < high]
        if inside:
            mean = sum(given for given, _ in inside) / len(inside)
            precision = sum(right for _, right in inside) / len(inside)
            yield f"{low:.2f} - {high:.2f}    {len(inside):>6} {mean:9.3f} {precision:9.3f}"
    error = sum((given - right) ** 2 for given, right in found) / max(len(found), 1)
    yield f"mean squared error (Brier) {error:.4f}; of one confidence for all {_plain_error(found):.4f}"


def _plain_error(found: list[tuple[float, bool]]) -> float:
    share = laplace(Tally(sum(right for _, right in found), len(found)))
    return sum((share - right) ** 2 for _, right in found) / max(len(found), 1)
