"""Loading a corpus from JSON lines to a store that answers: rates, processor time and memory; each part's own limit; peers.

    python -m tests.bench.loading CORPUS [--articles N ...] [--jobs N] [--sample N] [--peer-articles N] [--json FILE]

For each number of articles, in processes as users start them: a first fill with N articles, N others into the filled store,
and all of them once more, unchanged. The corpus is repeated with new ids. The parts' limit is what one process uses for
the parts one after the other, times the articles, through the number of processes. The machine is shared, so look at processor
time first, and at the share that others used. Exit code 1 where an article failed.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.machine import machine
from tests.bench.parts import Parts, measure_parts
from tests.bench.peers_rdf import peer_milliseconds
from tests.bench.processes import Used, run

from zhiguan.read.packing import open_unpacked
from zhiguan.store import Store

ROUNDS = ("first fill", "into filled", "unchanged")


@dataclass(frozen=True)
class Round:
    """One load of `articles`; `size` is the store's in bytes afterwards, `quads` what is in it."""

    name: str
    articles: int
    used: Used
    size: int
    quads: int
    stored: int

    @property
    def failed(self) -> int:
        """Articles that are not in the store."""
        return int(self.used.output.partition("set aside")[2].split()[0])

    @property
    def rate(self) -> float:
        """Articles a second by the clock."""
        return self.articles / self.used.wall

    @property
    def milliseconds(self) -> float:
        """Processor time for an article."""
        return 1000 * self.used.cpu / self.articles


def records(corpus: Path) -> Iterator[dict[str, Any]]:
    """The records of the corpus, again and again, each with an id of its own."""
    turn = 0
    while True:
        with open_unpacked(corpus) as lines:
            for line in lines:
                record = json.loads(line)
                yield record | {"id": f"{record['id']}-{turn}"}
        turn += 1


def write(path: Path, some: Iterator[dict[str, Any]]) -> None:
    """Records as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in some)


def rounds(options: argparse.Namespace, articles: int, folder: Path) -> Iterator[Round]:
    """The loads of one size."""
    source, store = records(options.corpus), folder / "store"
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    write(first, islice(source, articles))
    write(second, islice(source, articles))
    for name, paths, number in zip(ROUNDS, ([first], [second], [first, second]), (1, 1, 2), strict=True):
        used = run(
            [Path(sys.executable).parent / "zhiguan", "load", *paths, "--store", store, "--jobs", str(options.jobs)]
        )
        with Store.open(store, read_only=True) as opened:
            counts = opened.counts()
        yield Round(name, number * articles, used, _size(store), counts.quads, counts.articles)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def show_round(one: Round, limit: float) -> str:
    """One load in words; `limit` is that of the parts, in articles a second, 0 where they are others."""
    used = one.used
    share = f"  {one.rate / limit:4.0%} of the limit {limit:.0f}/s" if limit else ""
    return (
        f"{one.name:<12}{one.articles:>7} articles {used.wall:8.1f} s {one.rate:7.1f}/s  {one.milliseconds:6.2f} ms CPU each"
        f"  {used.peak:6.0f} MB  others {used.foreign:4.0%}"
        f"  {one.size / one.stored:7.0f} B/article {one.size / max(one.quads, 1):5.0f} B/quad{share}"
    )


def show_parts(parts: Parts) -> Iterator[str]:
    """Each part's time and share."""
    yield f"parts, one process, {parts.articles} articles, {parts.quads / parts.articles:.0f} quads each"
    for name, spent in parts.milliseconds.items():
        if name != parts.other:
            yield f"  {name:<22}{spent:7.2f} ms {spent / parts.fill:6.1%} of a first fill"
    yield f"  {'first fill':<22}{parts.fill:7.2f} ms"
    yield f"  {'into a filled store':<22}{parts.commit:7.2f} ms, of which the store {parts.milliseconds[parts.other]:.2f}"


def figures(parts: Parts, loads: Sequence[Round], peers: dict[str, float]) -> dict[str, Any]:
    """All figures, for a JSON file."""
    return {
        "machine": machine(),
        "parts_ms": parts.milliseconds,
        "rounds": [asdict(one) | {"rate": one.rate, "cpu_ms": one.milliseconds} for one in loads],
        "peers_ms": peers,
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 5000], metavar="N", help="sizes of input")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=1000, metavar="N", help="articles for the parts")
    parser.add_argument("--peer-articles", type=int, default=100, metavar="N", help="articles for rdflib and pySHACL")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    _say(machine())
    loads: list[Round] = []
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.jsonl"
        write(sample, islice(records(options.corpus), options.sample))
        parts = measure_parts(sample, Path(folder))
        _say(*show_parts(parts))
        peers = peer_milliseconds(sample, options.peer_articles)
        _say(*(f"peer {name:<35}{spent:7.2f} ms an article" for name, spent in peers.items()))
    limits = dict(zip(ROUNDS, (options.jobs * 1000 / parts.fill, options.jobs * 1000 / parts.commit, 0), strict=True))
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as folder:
            for one in rounds(options, articles, Path(folder)):
                loads.append(one)
                _say(show_round(one, limits[one.name]))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures(parts, loads, peers), indent=1) + "\n", encoding="utf-8")
    _say(*parts.failures, *(f"{one.name}: {one.failed} set aside" for one in loads if one.failed))
    return 1 if parts.failures or any(one.failed for one in loads) else 0


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
