"""The server beside `oxigraph serve` (the limit) and rdflib-endpoint (the peer), by wrk, in one run on one machine.

python -m tests.bench.serving FOLDER [--quads N] [--seconds S] [--peers PYTHON] [--json FILE]

Rates are requests a second; CPU is that of all of a server's processes for one request, which is what to compare on a
machine that others use too. The peer holds a tenth of the data in memory.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import cast
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import uvloop
from pyoxigraph import QueryResultsFormat, QuerySolutions
from tests.bench.machine import machine
from tests.bench.serving_data import make_store
from tests.serve.served import free_port

from zhiguan.results import PREFIXES
from zhiguan.serve.engine.live import Live
from zhiguan.serve.engine.pool import Limits, Pool
from zhiguan.serve.engine.wire import Asked
from zhiguan.store import Store

CONNECTIONS = (1, 16)
_JSON = "application/sparql-results+json"
_VARIED = Path(__file__).with_name("varied.lua")
_TICKS = os.sysconf("SC_CLK_TCK")
_DECLARED = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
_SAMPLE = 300
_BATCHES, _BATCH = 15, 200
_STARTS = 600.0


@dataclass(frozen=True)
class Cell:
    """One query at one server with so many connections: requests a second, latencies in ms, CPU ms a request, and the
    rows of its answer, which show that servers were asked the same."""

    server: str
    query: str
    connections: int
    rate: float
    p50: float
    p99: float
    cpu: float
    failed: int
    rows: int = 0


@dataclass(frozen=True)
class Running:
    """A server that answers SPARQL at `url`."""

    name: str
    url: str
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Processor time of the server and of all processes below it."""
        return sum(_cpu_of(process) for process in _family(self.process.pid))


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            for child in task.read_text().split():
                yield from _family(int(child))


def _cpu_of(process: int) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0  # it has ended


def _get(url: str, accept: str = _JSON) -> bytes:
    with urlopen(Request(url, headers={"Accept": accept}), timeout=60) as answer:
        body: bytes = answer.read()
        return body


@contextmanager
def running(name: str, command: Sequence[str], url: str) -> Iterator[Running]:
    """A server from its start until it is not needed."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, url)
            yield Running(name, url, process)
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _STARTS
    while True:
        try:
            _get(f"{url}?query=ASK%7B%7D")
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def load(server: Running, name: str, url: str, connections: int, seconds: int, *, varied: bool) -> Cell:
    """Ask as fast as one thread of wrk can; `varied`: each time by another text, so that nobody's cache of queries helps."""
    script = ["-s", str(_VARIED)] if varied else []
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *script, "-H", f"Accept: {_JSON}", url]
    before = server.cpu_seconds()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = server.cpu_seconds() - before
    number = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Cell(
        server=server.name,
        query=name,
        connections=connections,
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),  # type: ignore[index]
        p50=_latency(said, 50),
        p99=_latency(said, 99),
        cpu=max(1000 * used / max(number, 1), 0.0),  # workers that died over the last requests take theirs with them
        failed=int(failed[1]) if failed else 0,
    )


def _latency(said: str, percent: int) -> float:
    """Milliseconds from wrk's table."""
    value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s|m)\b", said).groups()  # type: ignore[union-attr]
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def queries(store: Store) -> dict[str, str]:
    """The three queries, about things that the store has."""
    ((article,),) = store.rows("SELECT ?id { ?a dcterms:identifier ?id ; a zg:Article } ORDER BY ?id LIMIT 1")
    ((body,),) = store.rows(
        "SELECT ?b { { SELECT ?b (COUNT(*) AS ?n) { ?t org:organization ?b } GROUP BY ?b ORDER BY DESC(?n) LIMIT 1 } }"
    )
    join = f"?t org:organization <{body}> ; org:member ?x ; zg:post ?p . ?x foaf:name ?name . ?p skos:prefLabel ?post"
    return {
        "point": f'SELECT ?a ?title {{ ?a dcterms:identifier "{article}" ; dcterms:title ?title }}',
        "join": f"SELECT ?x ?name ?post {{ {join} }} LIMIT 100",
        "aggregation": "SELECT ?r (COUNT(*) AS ?n) { ?p cv:role ?r } GROUP BY ?r ORDER BY DESC(?n)",
    }


def measure(server: Running, asked: dict[str, str], seconds: int, *, varied: bool = True) -> Iterator[Cell]:
    """Each query with each number of connections."""
    for name, query in asked.items():
        url = f"{server.url}?{urlencode({'query': _DECLARED + query}, quote_via=quote)}"
        rows = len(json.loads(_get(url))["results"]["bindings"])
        for connections in CONNECTIONS:
            yield replace(load(server, name, url, connections, seconds, varied=varied), rows=rows)


def page_latencies(server: Running, store: Store) -> tuple[float, float]:
    """p50 and p95 in ms of HTML pages, each of another thing, one after the other."""
    root = server.url.rpartition("/")[0]
    kinds = ("Article", "Person", "Body", "Post", "Tenure", "OfficialActivity", "Plan")
    pick = random.Random(1)
    things: list[str] = []
    for kind in kinds:
        found = [iri for (iri,) in store.rows(f"SELECT DISTINCT ?x {{ ?x a zg:{kind} }} ORDER BY ?x")]
        things += pick.sample(found, min(len(found), _SAMPLE // len(kinds)))
    taken: list[float] = []
    for iri in things:
        begun = time.perf_counter()
        _get(root + iri.removeprefix(store.base.rstrip("/")), "text/html")
        taken.append(1000 * (time.perf_counter() - begun))
    return median(taken), quantiles(taken, n=20)[-1]


def start_seconds(command: Sequence[str], url: str) -> float:
    """From the start of the process to its first answer; the best of five."""
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        with running("", command, url):
            taken.append(time.perf_counter() - begun)
    return min(taken)


async def _isolation(path: Path, folder: Path, query: str) -> float:
    live = Live(path, folder)
    pool = Pool(Limits(), live)
    pool.start()
    asked = Asked(text=query, rows="json", graph="ttl")
    apart, inside = [], []
    for _ in range(_BATCHES):
        begun = time.perf_counter()
        for _ in range(_BATCH):
            await pool.run(asked)
        turned = time.perf_counter()
        for _ in range(_BATCH):
            cast(QuerySolutions, live.query(query)).serialize(format=QueryResultsFormat.JSON)
        apart.append(turned - begun)
        inside.append(time.perf_counter() - turned)
    await pool.stop()
    live.close()
    return 1000 * (min(apart) - min(inside)) / _BATCH


def isolation_milliseconds(path: Path, query: str) -> float:
    """What a process of its own costs a query, one after the other: the difference of the best of some batches."""
    with TemporaryDirectory(dir=path) as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_isolation(path, Path(folder), query))


def serve_command(path: Path, port: int, *options: str) -> list[str]:
    code = "from zhiguan.cli import main; main()"
    return [sys.executable, "-c", code, "serve", "--store", str(path), "--port", str(port), *options]


def oxigraph_command(graph: Path, port: int) -> list[str]:
    program = str(Path(sys.executable).parent / "oxigraph")
    return [
        program,
        "serve-read-only",
        "--location",
        str(graph),
        "--bind",
        f"127.0.0.1:{port}",
        "--union-default-graph",
    ]


def peer_command(python: str, data: Path, port: int) -> list[str]:
    return [str(Path(python).parent / "rdflib-endpoint"), "serve", str(data), "--port", str(port)]


def show(cells: Sequence[Cell]) -> Iterator[str]:
    """A table: one row a server and query."""
    yield f"{'server':28}{'query':13}{'c=1 /s':>9}{'p50 ms':>8}{'p99':>8}{'c=16 /s':>10}{'p50 ms':>8}{'p99':>8}{'CPU ms':>8}{'rows':>6}"
    for one, many in zip(cells[::2], cells[1::2], strict=True):
        numbers = f"{one.rate:9.0f}{one.p50:8.2f}{one.p99:8.1f}{many.rate:10.0f}{many.p50:8.2f}{many.p99:8.1f}{many.cpu:8.2f}{one.rows:6}"
        failed = f"  {one.failed + many.failed} failed" if one.failed + many.failed else ""
        yield f"{one.server:28}{one.query:13}{numbers}{failed}"


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def _peer_data(folder: Path, quads: int) -> Path:
    """A tenth of the data as N-Quads."""
    path, data = folder / f"store-{quads}", folder / f"store-{quads}.nq"
    make_store(path, quads)
    if not data.exists():
        with Store.open(path, read_only=True) as store, data.open("wb") as output:
            store.dump("nquads", output)
    return data


def bench(folder: Path, quads: int, seconds: int, peers: str | None) -> list[Cell]:
    """All servers, all queries; prints as it goes."""
    path = folder / f"store-{quads}"
    make_store(path, quads)
    port = free_port()
    ours, theirs = f"http://127.0.0.1:{port}/sparql", f"http://127.0.0.1:{port}/query"
    cells: list[Cell] = []
    with Store.open(path, read_only=True) as store:
        asked = queries(store)
        _say(f"{machine()}\n{store.counts().quads} statements")
        _say(f"start to first answer  {start_seconds(serve_command(path, port), ours):.2f} s")
        _say(f"a process for each query  {isolation_milliseconds(path, asked['point']):.2f} ms more")
        with running("zhiguan", serve_command(path, port, "--cache", "0"), ours) as server:
            cells += measure(server, asked, seconds)
            p50, p95 = page_latencies(server, store)
            _say(f"entity pages, one after the other  p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        with running("zhiguan, answers kept", serve_command(path, port), ours) as server:
            cells += measure(server, asked, seconds, varied=False)
    graph = folder / f"graph-{quads}"
    if not graph.exists():
        with Store.open(path, read_only=True) as store:
            store.snapshot(graph).close()
    with running("oxigraph serve-read-only", oxigraph_command(graph, port), theirs) as server:
        cells += measure(server, asked, seconds)
    if peers:
        data = _peer_data(folder, quads // 10)
        with running(
            "rdflib-endpoint, a tenth", peer_command(peers, data, port), f"http://127.0.0.1:{port}/"
        ) as server:
            cells += measure(server, asked, seconds)
    return cells


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--peers", help="a Python that has rdflib-endpoint")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.error("wrk is not installed (Debian: apt-get install wrk)")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    cells = bench(arguments.folder, arguments.quads, arguments.seconds, arguments.peers)
    _say("\n".join(show(cells)))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(cell) for cell in cells], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
