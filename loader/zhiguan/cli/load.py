"""`zhiguan load`: articles into the store."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, on_terminal, reading_options, say, store_option, validator_option
from zhiguan.config import LoadSettings
from zhiguan.read.values import ReadOptions
from zhiguan.resolve.judgements import Judgements, read_judgements

if TYPE_CHECKING:
    from zhiguan.pipeline import Event


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option(
    "--base",
    envvar="ZHIGUAN_BASE",
    show_envvar=True,
    help="IRI under which data IRIs stand; fixed when the store is made.  [default: https://w3id.org/zhiguan/]",
)
@reading_options
@click.option("--replace", is_flag=True, help="Let a source take the place of another one with the same id.")
@click.option(
    "--judgements",
    "judgements_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines that say which namesakes are, or are not, one person; see docs/identity.md.",
)
@validator_option
def load(
    paths: tuple[str, ...],
    store_path: Path,
    base: str | None,
    reading: ReadOptions,
    replace: bool,
    judgements_path: Path | None,
    validator: str,
) -> None:
    """Load articles into the store.

    PATH is a .txt, .html or .jsonl file (also .gz), a folder of them, a glob, or - for the standard input. Each
    article is checked against the ontology's shapes first. One that cannot be read or violates them is set aside with
    a message, its report goes to the store's quarantine folder, the rest goes on, and the exit code is 1. Loading a
    file again replaces its article in one step; loading it unchanged changes nothing.

    \b
    Example:
      zhiguan load articles/ --store ./zhiguan-store
      zhiguan load news.jsonl.gz --field text=content --id path
    """
    from zhiguan.pipeline import load as load_articles
    from zhiguan.store import Store

    judgements = read_judgements(judgements_path) if judgements_path else Judgements()
    settings = LoadSettings(reading=reading, replace=replace, judgements=judgements, validator=validator)
    summary = Summary()
    with Store.open(store_path, base=base) as store, summary.shown():
        for event in progress(load_articles(paths, store, settings)):
            summary.add(event)
    if summary.problems:
        fail()


class Summary:
    """Counts of what became of the articles; says at once why one is set aside."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.quads = self.without_facts = 0
        self.begin = time.monotonic()

    @property
    def problems(self) -> bool:
        """Whether anything was set aside."""
        return self.outcomes["set aside"] > 0

    def add(self, event: "Event") -> None:
        """Count one article."""
        self.outcomes[event.outcome] += 1
        self.facts.update(event.facts)
        self.quads += event.quads
        self.without_facts += event.is_empty
        if event.reason:
            say(f"set aside {event.reason}")

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Print the counts at the end, also when the run is cut short."""
        try:
            yield
        finally:
            click.echo("\n".join(self.lines()))

    def lines(self) -> Iterator[str]:
        """The summary, a line a figure."""
        done = ", ".join(f"{self.outcomes[name]} {name}" for name in ("loaded", "replaced", "unchanged"))
        empty = f" ({self.without_facts} without any fact)" if self.without_facts else ""
        yield f"articles   {done}{empty}"
        yield f"facts      {_listed(self.facts) or 'none'}"
        yield f"quads      {self.quads} written"
        yield f"set aside  {self.outcomes['set aside']}"
        yield f"seconds    {time.monotonic() - self.begin:.1f}"


def _listed(facts: Mapping[str, int]) -> str:
    """The counts in one line: 4 plans, 14 plan parts."""
    return ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in facts.items())


def progress(events: Iterable["Event"]) -> Iterator["Event"]:
    """The events, with a progress bar where words go to a terminal."""
    if not on_terminal():
        yield from events
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} articles"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        for event in events:
            bar.update(task, advance=1, description=event.article)
            yield event
