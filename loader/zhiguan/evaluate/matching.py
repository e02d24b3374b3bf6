"""Rows of a table against the rows that the gold has, one to one, and the figures that follow from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from zhiguan.evaluate.likeness import fold

Row = dict[str, str]
Likeness = Callable[[Row, Row], float]
"""How much alike a row of the gold and one that was found are; 0 where they are not the same fact."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, misses and false finds of a table."""

    hits: int = 0
    misses: int = 0
    false: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.misses + other.misses, self.false + other.false)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Outcome:
    """What became of the rows of one table in one article."""

    hits: list[tuple[Row, Row]] = field(default_factory=list)
    misses: list[Row] = field(default_factory=list)
    false: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The numbers of the three."""
        return Counts(len(self.hits), len(self.misses), len(self.false))

    def extend(self, other: "Outcome") -> None:
        """Take the rows of another outcome in."""
        self.hits += other.hits
        self.misses += other.misses
        self.false += other.false


def compare(gold: Sequence[Row], found: Sequence[Row], alike: Likeness) -> Outcome:
    """Pair the rows one to one, the likest pairs first, earlier rows before later ones."""
    ranked = ((alike(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
    return Outcome(
        hits=[(gold[i], found[paired[i]]) for i in sorted(paired)],
        misses=[row for i, row in enumerate(gold) if i not in paired],
        false=[row for j, row in enumerate(found) if j not in taken],
    )


def distinct(rows: Iterable[Row], *columns: str) -> list[Row]:
    """The first row of each value of the columns."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(fold(row.get(column, "")) for column in columns), row)
    return list(first.values())
