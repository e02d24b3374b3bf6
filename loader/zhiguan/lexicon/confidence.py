"""How far a rule can be trusted: its precision on hand-made gold, smoothed.

The table `confidence.tsv` has for each rule (form) and kind of fact (class) how many of the facts that the rule found in
the gold are right, as `right/found` (note). `zhiguan evaluate --write-confidence` makes it.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from zhiguan.errors import LexiconError
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Body, Facts

TABLE = "confidence"
WEIGHT = 10
"""How many facts of its kind's overall precision a rule is given beforehand: the m of the m-estimate, the best of the
powers of two and ten on the gold with each article left out once."""


PERSON, MEETING, PLAN, PLAN_PART = "person", "meeting", "plan", "plan-part"
ACTION, TERM, RELATION, PLAN_STATUS = "personnel-action", "term", "relation", "plan-status"


def post_kind(body: Body | None) -> str:
    """Kind of a post, by what is known of its body."""
    return "post" if body and body.resolved else "post-of-unresolved-body"


def body_kind(body: Body) -> str:
    """Kind of a body, by what is known of it."""
    return "body" if body.resolved else "unresolved-body"


def participation_kind(facts: Facts) -> str:
    """Kind of a participation: where an article has several meetings, each may be the wrong one."""
    return "participation" if len(facts.meetings) < 2 else "participation-in-one-of-several"


class Tally(NamedTuple):
    """Facts that a rule found, and those of them that are right."""

    right: int = 0
    found: int = 0

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.right + other.right, self.found + other.found)


Tallies = Mapping[tuple[str, str], Tally]
"""(kind of fact, rule) -> what it found."""


def estimate(tallies: Tallies, kind: str, rule: str) -> float:
    """Probability that a fact of `kind` read by `rule` is right, above 0 and below 1.

    The m-estimate (Cestnik 1990): the rule's own precision, drawn towards that of its kind by WEIGHT facts; the kind's
    own by Laplace's rule of succession. A rule that no gold has seen gets the precision of its kind.
    """
    own = tallies.get((kind, rule), Tally())
    prior = laplace(sum((tally for (of, _), tally in tallies.items() if of == kind), Tally()))
    return (own.right + WEIGHT * prior) / (own.found + WEIGHT)


def laplace(tally: Tally) -> float:
    """Laplace's rule of succession."""
    return (tally.right + 1) / (tally.found + 2)


@cache
def calibrated() -> Tallies:
    """The counts of the table. LexiconError where a note is not of the form right/found."""
    found = {}
    for entry in load_table(TABLE):
        right, _, total = entry.note.partition("/")
        if not (right.isdecimal() and total.isdecimal() and int(right) <= int(total)):
            raise LexiconError(f"word list {TABLE}.tsv: expected right/found, not {entry.note!r}, for {entry.form}")
        found[entry.cls, entry.form] = Tally(int(right), int(total))
    return found


@cache
def confidence(kind: str, rule: str) -> str:
    """Confidence in a fact of `kind` read by `rule` as a canonical decimal: rounded down to thousandths, so never 1."""
    return str(math.floor(estimate(calibrated(), kind, rule) * 1000) / 1000)
