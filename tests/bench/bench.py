"""Speed over a corpus: text to facts and its stages, RDF, validation; memory; other tools beside. Storage is `loading`'s.

    python -m tests.bench.bench CORPUS [--items N] [--runs N] [--validate-every N] [--peers PYTHON] [--json FILE]

One core. Text to facts is timed as it runs; its stages in a run of their own, in which each stage's function is wrapped;
both after a first article that reads the word lists. The times are those of the processor, so that other programs on
the machine count little. Figures are for comparing runs on one machine, not for gates; the exit code is 1 where an
article failed.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.machine import machine, resident_megabytes

from zhiguan import recognise as stages
from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.pipeline import KINDS
from zhiguan.rdf import to_nquads
from zhiguan.read import read_paths
from zhiguan.resolve.divisions import division_by_code
from zhiguan.validate import Validator

STAGES = {
    "find_metadata": "metadata",
    "find_home": "jurisdiction",
    "find_people": "people, posts",
    "find_bodies": "bodies",
    "resolve_body": "resolution",
    "find_meetings": "meetings",
    "find_plans": "plans",
    "deeds_by_meeting": "participation",
    "find_actions": "decisions",
    "find_terms": "terms",
    "find_relations": "relations",
    "find_plan_statuses": "status of plans",
}
"""Function that `recognise` calls -> stage."""
MARKS = (1000, 5000)
"""Numbers of articles after which the memory is looked at."""


@dataclass
class Bench:
    """What was measured so far: seconds, counts, failures."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    memory: dict[int, float] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    first: float = 0.0
    _inner: list[float] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add the time of a block to a name, without that of the timed blocks inside."""
        self._inner.append(0.0)
        begin = time.process_time()
        try:
            yield
        finally:
            spent = time.process_time() - begin
            self.seconds[name] += spent - self._inner.pop()
            self.counts[name] += 1
            if self._inner:
                self._inner[-1] += spent

    @contextmanager
    def guarded(self, source: Source) -> Iterator[None]:
        """A crash is written down with its place, and the next article goes on."""
        try:
            yield
        except Exception:  # noqa: BLE001 - finding what crashes is the purpose
            self.failures.append(f"{source.id}: crash\n{traceback.format_exc(limit=-3)}")

    def run_facts(self, sources: Iterator[Source]) -> None:
        """Text to facts, nothing else; memory at the marks."""
        spent, number, characters = 0.0, 0, 0
        for number, source in enumerate(sources, 1):
            characters += len(source.text)
            begin = time.process_time()
            with self.guarded(source):
                stages.recognise(clean(source))
            spent += time.process_time() - begin
            if number in MARKS:
                self.memory.setdefault(number, resident_megabytes())
        self.rates.append(number / spent)
        self.counts["articles"], self.counts["characters"] = number, characters

    def run_stages(self, sources: Iterator[Source]) -> None:
        """The same with each stage timed."""
        with self.wrapped():
            for source in sources:
                with self.guarded(source), self.timed("facts"):
                    with self.timed("clean"):
                        document = clean(source)
                    with self.timed("the rest"):
                        facts = stages.recognise(document)
                    self.facts.update({kind: len(getattr(facts, kind)) for kind in KINDS})

    @contextmanager
    def wrapped(self) -> Iterator[None]:
        """The stages' functions, wrapped to be timed; an iterator is used up within its stage."""
        plain = {name: getattr(stages, name) for name in STAGES}
        try:
            for name, function in plain.items():
                setattr(stages, name, self._wrap(STAGES[name], function))
            yield
        finally:
            for name, function in plain.items():
                setattr(stages, name, function)

    def _wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **named: Any) -> Any:
            with self.timed(stage):
                found = function(*args, **named)
                return iter(list(found)) if isinstance(found, Iterator) else found

        return wrapper

    def run_graphs(self, sources: Iterator[Source]) -> None:
        """RDF and validation of the facts."""
        validator = Validator()
        for source in sources:
            with self.guarded(source):
                facts = stages.recognise(clean(source))
                with self.timed("RDF"):
                    nquads = to_nquads(facts, divisions=division_by_code)
                self.counts["quads"] += nquads.count("\n")
                with self.timed("validation"):
                    report = validator.validate(nquads)
                if not report.conforms:
                    self.failures.append(f"{source.id}: violates the shapes\n{report.text}")


def read(path: Path, items: int | None) -> Iterator[Source]:
    """The corpus, an article at a time."""
    return islice((item for item in read_paths([path]) if isinstance(item, Source)), items)


def measure(options: argparse.Namespace) -> Bench:
    """All runs."""
    bench, items = Bench(), options.items
    begin = time.process_time()
    stages.recognise(clean(next(read(options.corpus, 1))))
    bench.first = time.process_time() - begin
    for _ in range(options.runs):
        bench.run_facts(read(options.corpus, items))
    bench.run_stages(read(options.corpus, items))
    bench.run_graphs(islice(read(options.corpus, items), 0, None, options.validate_every))
    return bench


def peers(options: argparse.Namespace) -> dict[str, float]:
    """Characters a second of the other tools, run by the Python of the environment that has them."""
    if not (options.peers and options.peers.exists()):
        return {}
    command = [options.peers, "-m", "tests.bench.peers_speed", options.corpus, "--items", str(options.peer_items)]
    found = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return {name: float(rate) for name, rate in json.loads(found.stdout).items()}


def figures(bench: Bench, others: dict[str, float]) -> dict[str, Any]:
    """All figures, for a JSON file."""
    return {
        "machine": machine(),
        "articles": bench.counts["articles"],
        "characters": bench.counts["characters"],
        "first_article_seconds": round(bench.first, 3),
        "articles_per_second": [round(rate, 1) for rate in bench.rates],
        "characters_per_second": round(_characters(bench)),
        "stages": {name: round(share, 4) for name, share in shares(bench).items()},
        "graph_ms": {name: round(ms, 3) for name, ms in graph_times(bench).items()},
        "resident_megabytes": bench.memory,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "facts": dict(bench.facts),
        "quads": bench.counts["quads"],
        "peers_characters_per_second": others,
        "failures": len(bench.failures),
    }


def _characters(bench: Bench) -> float:
    return statistics.median(bench.rates) * bench.counts["characters"] / bench.counts["articles"]


def shares(bench: Bench) -> dict[str, float]:
    """Share of each stage in the time from text to facts."""
    names = ("clean", *STAGES.values(), "the rest")
    whole = sum(bench.seconds[name] for name in names)
    return {name: bench.seconds[name] / whole for name in names}


def graph_times(bench: Bench) -> dict[str, float]:
    """Milliseconds an article of what follows the facts."""
    return {name: 1000 * bench.seconds[name] / bench.counts[name] for name in ("RDF", "validation")}


def show(bench: Bench, others: dict[str, float]) -> Iterator[str]:
    """The figures in words."""
    counts, rate = bench.counts, statistics.median(bench.rates)
    yield machine()
    yield f"{counts['articles']} articles, {counts['characters']} characters"
    runs = ", ".join(f"{one:.0f}" for one in bench.rates)
    yield f"text to facts   {rate:.0f} articles a second (median of {runs}), {1000 / rate:.2f} ms each"
    yield f"first article   {bench.first:.2f} s, with the reading of the word lists"
    yield from (f"  {name:<14}{share:6.1%}" for name, share in shares(bench).items())
    yield from (f"{name:<14}{ms:8.2f} ms an article" for name, ms in graph_times(bench).items())
    yield from (f"memory          {size:.0f} MB after {number} articles" for number, size in bench.memory.items())
    yield f"facts           {', '.join(f'{number} {kind}' for kind, number in bench.facts.items())}"
    yield f"characters/s    zhiguan, all facts {_characters(bench):.0f}"
    yield from (f"                {name} {found:.0f}" for name, found in others.items())
    yield f"failed          {len(bench.failures)}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--items", type=int, help="only the first N articles")
    parser.add_argument("--runs", type=int, default=1, help="runs of text to facts; the median counts")
    parser.add_argument("--validate-every", type=int, default=1, metavar="N", help="graphs of every N-th article only")
    parser.add_argument("--peers", type=Path, metavar="PYTHON", help="Python of the environment that has other tools")
    parser.add_argument("--peer-items", type=int, default=100, metavar="N", help="articles for the other tools")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    bench, others = measure(options), peers(options)
    sys.stdout.writelines(f"{line}\n" for line in show(bench, others))
    sys.stderr.writelines(f"{failure}\n" for failure in bench.failures)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(figures(bench, others), indent=1, ensure_ascii=False)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
