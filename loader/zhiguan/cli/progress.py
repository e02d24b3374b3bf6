"""How a load goes on, shown to who waits for it: a line that moves on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhiguan.cli.common import on_terminal, say
from zhiguan.loading.tally import Tally, Watcher

if TYPE_CHECKING:
    from rich.progress import Progress

EVERY = 30.0
"""Seconds between lines where nobody sees a moving one."""
_ONE = {"people": "person", "bodies": "body", "plan_statuses": "plan_status"}
"""Kinds of facts whose singular is not the plural without its s."""


class Shown(Watcher):
    """Counts what became of the articles, and says at once why one is set aside. `total` is the size of the input in
    bytes, 0 where it is not known."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.tally = Tally()
        self.articles = self.size = self.aside = 0
        self.begin = time.monotonic()

    def prepared(self, articles: int, size: int) -> None:
        self.articles += articles
        self.size += size
        self.show()

    def problem(self, words: str) -> None:
        self.aside += 1
        say(f"set aside {words}")

    def stored(self, tally: Tally) -> None:
        self.tally.add(tally)
        self.show()

    def show(self) -> None:
        """Say how far it is; here nothing."""

    @property
    def state(self) -> str:
        """How far it is, in words."""
        spent = time.monotonic() - self.begin
        words = [f"{self.articles} articles", f"{self.articles / max(spent, 0.001):.0f}/s", f"{self.aside} set aside"]
        if left := self.seconds_left:
            words.append(f"{clock(left)} to go")
        return ", ".join(words)

    @property
    def worked_on(self) -> str:
        """What was done when it was cut short: a first fill brings nothing into the store before its end."""
        stored = self.tally.articles - self.tally.outcomes["set aside"]
        return f"{self.articles} articles worked on, {stored} of them in the store"

    @property
    def seconds_left(self) -> float:
        """An estimate from the bytes done; 0 where it cannot be told."""
        if not self.size or self.size >= self.total:
            return 0
        return (time.monotonic() - self.begin) * (self.total - self.size) / self.size

    def lines(self) -> Iterator[str]:
        """The summary, a line a figure."""
        tally = self.tally
        done = ", ".join(f"{tally.outcomes[name]} {name}" for name in ("loaded", "replaced", "unchanged"))
        empty = f" ({tally.without_facts} without any fact)" if tally.without_facts else ""
        spent = time.monotonic() - self.begin
        yield f"articles   {done}{empty}"
        yield f"facts      {_listed(tally.facts) or 'none'}"
        yield f"quads      {tally.quads} written"
        yield f"set aside  {tally.outcomes['set aside']}"
        yield f"seconds    {spent:.1f}"


class Lines(Shown):
    """Says from time to time how far it is."""

    def __init__(self, total: int = 0) -> None:
        super().__init__(total)
        self._said = self.begin

    def show(self) -> None:
        if time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            say(self.state)


class Bar(Shown):
    """Shows on a terminal how far it is."""

    def __init__(self, bar: "Progress", total: int = 0) -> None:
        super().__init__(total)
        self._bar = bar
        self._task = bar.add_task("reading", total=total or None)

    def show(self) -> None:
        self._bar.update(self._task, completed=self.size or None, description=self.state)


@contextmanager
def shown(total: int) -> Iterator[Shown]:
    """Somebody who shows a load, in the way that fits where the words go."""
    if not on_terminal():
        yield Lines(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar, total)


def clock(seconds: float) -> str:
    """A length of time as people say it: 45 s, 12 min, 3 h 20 min."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _listed(facts: Mapping[str, int]) -> str:
    """The counts above nought in one line: 4 plans, 14 plan parts."""
    return ", ".join(f"{number} {_named(kind, number)}" for kind, number in facts.items() if number)


def _named(kind: str, number: int) -> str:
    name = kind if number > 1 else _ONE.get(kind, kind.removesuffix("s"))
    return name.replace("_", " ")
