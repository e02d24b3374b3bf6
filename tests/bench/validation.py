"""Processor time of the SHACL gate and of its reference, an article.

    python -m tests.bench.validation NAME=PATH... [--limit N]

Each NAME is a row: the articles below its PATH, at most N of them, each checked by both engines on one core.
"""

import argparse
import time
from itertools import islice
from pathlib import Path

from tests.graphs import graphs_of

from zhiguan.validate import Gate, PyshaclGate, ShiftyGate, split_graphs


def milliseconds(gate: Gate, graphs: list[str]) -> tuple[float, int]:
    """Processor time an article, the text taken apart included, and how many articles conform."""
    begin = time.process_time()
    good = sum(gate.validate(triples).conforms for nquads in graphs for _, triples in split_graphs(nquads))
    return (time.process_time() - begin) / len(graphs) * 1000, good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=PATH")
    parser.add_argument("--limit", type=int, default=1000)
    arguments = parser.parse_args()
    gates: tuple[Gate, ...] = (ShiftyGate(), PyshaclGate())
    for gate in gates:
        gate.validate("")  # the shapes are compiled when they are first needed
    print(f"{'':12}{'articles':>10}{'quads':>8}{'shifty':>10}{'pyshacl':>10}   conform")  # noqa: T201
    for name, _, path in (one.partition("=") for one in arguments.sets):
        files = sorted(Path(path).glob("*.txt")) if Path(path).is_dir() else [Path(path)]
        graphs = [nquads for _, nquads in islice(graphs_of(*files), arguments.limit)]
        quads = sum(nquads.count("\n") for nquads in graphs) / len(graphs)
        (fast, one), (slow, two) = (milliseconds(gate, graphs) for gate in gates)
        print(f"{name:12}{len(graphs):10}{quads:8.0f}{fast:7.2f} ms{slow:7.2f} ms   {one}, {two}")  # noqa: T201


if __name__ == "__main__":
    main()
