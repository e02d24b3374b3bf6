"""Speed of each stage over a corpus, and proof that no article of it crashes a stage or violates the shapes.

    bench.py CORPUS [--limit N] [--validate-every N] [--json FILE]

Stages run one after the other on each article, on one core; a table of articles a second goes to the standard output.
Figures are for comparing runs on one machine, not for gates; the exit code is 1 where an article failed.
"""

import argparse
import json
import platform
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from zhiguan.clean import clean
from zhiguan.model import Source
from zhiguan.pipeline import KINDS
from zhiguan.rdf import Iris, to_nquads
from zhiguan.read import read_paths
from zhiguan.recognise import recognise
from zhiguan.resolve.divisions import division_by_code
from zhiguan.store import Store
from zhiguan.validate import Validator

Value = TypeVar("Value")
STAGES = ("read", "clean", "recognise", "rdf", "validate", "store")


class Bench:
    """Seconds, articles, facts and failures so far."""

    def __init__(self, store: Store, validate_every: int) -> None:
        self.store = store
        self.validate_every = validate_every
        self.validator = Validator()
        self.iris = Iris(store.base)
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.articles: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.characters = self.quads = 0

    def timed(self, stage: str, step: Callable[[], Value]) -> Value:
        """What the step yields, its time added to the stage."""
        begin = time.perf_counter()
        try:
            return step()
        finally:
            self.seconds[stage] += time.perf_counter() - begin
            self.articles[stage] += 1

    def run(self, source: Source) -> None:
        """One article through all stages; a crash is written down with its place, and the next one goes on."""
        try:
            self._stages(source)
        except Exception:  # noqa: BLE001 - finding what crashes is the purpose
            self.failures.append(f"{source.id}: crash\n{traceback.format_exc(limit=-3)}")

    def _stages(self, source: Source) -> None:
        self.characters += len(source.text)
        document = self.timed("clean", lambda: clean(source))
        facts = self.timed("recognise", lambda: recognise(document))
        self.facts.update({kind: len(getattr(facts, kind)) for kind in KINDS})
        nquads = self.timed("rdf", lambda: to_nquads(facts, base=self.store.base, divisions=division_by_code))
        self.quads += nquads.count("\n")
        if self.articles["rdf"] % self.validate_every == 0:
            report = self.timed("validate", lambda: self.validator.validate(nquads))
            if not report.conforms:
                self.failures.append(f"{source.id}: violates the shapes\n{report.text}")
        self.timed("store", lambda: self.store.replace_graph(self.iris.graph(source.id), nquads))

    def figures(self) -> dict[str, object]:
        """All figures, for a JSON file."""
        rates = {name: round(self.articles[name] / self.seconds[name], 1) for name in STAGES if self.seconds[name]}
        return {
            "python": platform.python_version(),
            "articles": self.articles["clean"],
            "characters": self.characters,
            "quads": self.quads,
            "facts": dict(self.facts),
            "seconds": {name: round(self.seconds[name], 3) for name in STAGES},
            "articles_per_second": rates,
            "failures": len(self.failures),
        }


def read_all(path: Path, limit: int | None, bench: Bench) -> list[Source]:
    """The corpus in memory, the time of reading it counted for the read stage."""
    begin = time.perf_counter()
    sources = []
    for item in read_paths([path]):
        if isinstance(item, Source):
            sources.append(item)
        else:
            bench.failures.append(f"{item.origin}: {item.reason}")
        if len(sources) == limit:
            break
    bench.seconds["read"] = time.perf_counter() - begin
    bench.articles["read"] = len(sources)
    return sources


def show(bench: Bench) -> None:
    """Print the table, then each failure."""
    out = sys.stdout.write
    out(f"{'stage':<12}{'articles':>10}{'seconds':>10}{'ms each':>10}{'a second':>10}\n")
    for name in STAGES:
        number, seconds = bench.articles[name], bench.seconds[name]
        if number:
            out(f"{name:<12}{number:>10}{seconds:>10.2f}{1000 * seconds / number:>10.2f}{number / seconds:>10.0f}\n")
    out(f"facts: {', '.join(f'{number} {kind}' for kind, number in bench.facts.items())}; {bench.quads} quads\n")
    out(f"failed: {len(bench.failures)}\n")
    for failure in bench.failures:
        sys.stderr.write(f"{failure}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    parser.add_argument("--validate-every", type=int, default=1, metavar="N", help="check every N-th graph only")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        bench = Bench(store, options.validate_every)
        for source in read_all(options.corpus, options.limit, bench):
            bench.run(source)
        show(bench)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(bench.figures(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
