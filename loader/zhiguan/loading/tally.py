"""What became of articles, counted; and who wants to hear of it while a load runs."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What became of some articles. `facts` counts those of articles loaded or replaced by kind, `quads` what was written
    for them, `without_facts` those that say none."""

    outcomes: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    quads: int = 0
    without_facts: int = 0

    def add(self, other: "Tally") -> None:
        """Count what another one counts."""
        self.outcomes.update(other.outcomes)
        self.facts.update(other.facts)
        self.quads += other.quads
        self.without_facts += other.without_facts

    @property
    def articles(self) -> int:
        """How many articles there were."""
        return self.outcomes.total()


class Watcher:
    """Hears of a load as it goes on. Does nothing; those who want to know override what they want to know."""

    def prepared(self, articles: int, size: int) -> None:
        """So many more articles are through the stages; `size` bytes of the input, 0 where that is not known."""

    def problem(self, words: str) -> None:
        """An article is set aside."""

    def stored(self, tally: Tally) -> None:
        """What became of some more articles; it would survive a power cut."""
