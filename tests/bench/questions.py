"""Processor time of each named query over a filled store, with values that occur in it most often.

    python -m tests.bench.questions STORE [--over SECONDS] [--limit SECONDS] [NAME...]

Prints the queries from the slowest on, with the rows that they answer; the exit code is 1 where one takes longer than
SECONDS, 1 unless told. Each runs in a process of its own, which ends after the limit: the engine cannot be stopped.
"""

import argparse
import math
import sys
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

from zhiguan.query import named_queries, run_query
from zhiguan.results import plain_rows
from zhiguan.store import Store

FREQUENT = {
    "person": "?x cv:hasParticipant/foaf:name ?value",
    "other": "?x cv:hasParticipant/foaf:name ?value",
    "body": "?x org:organization/skos:prefLabel ?value",
    "post": "?x zg:post/skos:prefLabel ?value",
    "issuer": "?x zg:issuer/skos:prefLabel ?value",
    "meeting": "?x zg:activity/skos:prefLabel ?value",
    "plan": "?x zg:document/dcterms:title ?value",
    "division": "?x dcterms:spatial/zg:fullName ?value",
    "article": "?x prov:wasDerivedFrom/dcterms:identifier ?value",
}
"""Parameter -> the pattern whose commonest value is asked for."""


def commonest(store: Store) -> dict[str, str]:
    """A value for each parameter that names something."""
    found = {}
    for name, pattern in FREQUENT.items():
        query = f"SELECT ?value (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?value ORDER BY DESC(?n) LIMIT 1"
        rows = list(plain_rows(store.query(query)))
        if rows:
            found[name] = rows[0][0]
    return found


def ask(place: str, name: str, values: dict[str, str], answer: Connection) -> None:
    """Send the processor time of one run and the number of rows; parameters not in `values` are those of the example."""
    query = named_queries()[name]
    example = dict(pair.split("=", 1) for pair in query.example.split())
    given = {parameter: values.get(parameter, value) for parameter, value in example.items()}
    with Store.open(place, read_only=True) as store:
        begin = time.process_time()
        number = sum(1 for _ in plain_rows(run_query(store, query, given))) if query.columns else 0
        answer.send((time.process_time() - begin, number))


def measured(place: str, name: str, values: dict[str, str], limit: float) -> tuple[float, int, str]:
    """Time and rows of a query; infinite where it takes longer than the limit."""
    here, there = Pipe(duplex=False)
    process = Process(target=ask, args=(place, name, values, there))
    process.start()
    found = here.recv() if here.poll(limit) else (math.inf, 0)
    process.kill()
    process.join()
    return (*found, name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--over", type=float, default=1.0)
    parser.add_argument("--limit", type=float, default=20.0)
    arguments = parser.parse_args()
    with Store.open(arguments.store, read_only=True) as store:
        values = commonest(store)
    names = arguments.names or sorted(named_queries())
    rows = [measured(arguments.store, name, values, arguments.limit) for name in names]
    for spent, number, name in sorted(rows, reverse=True):
        sys.stdout.write(f"{name:28}{spent:8.3f} s{number:10} rows\n")
    return int(any(spent > arguments.over for spent, _, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
