"""Strangers' queries cannot hang the server, eat its memory, flood a client unseen, or reach the network."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from zhiguan.serve.engine.answers import Inline
from zhiguan.serve.engine.live import Still
from zhiguan.serve.engine.wire import Asked
from zhiguan.store import Store

from .sample import fill
from .served import AUTHORISED, LOADER, Server, served, writable

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?g && ?c != ?f) }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
BROAD = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
POINT = "SELECT ?n { <person/shi> foaf:name ?n }"
MIB = 1 << 20


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("isolation") / "store"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture(scope="module")
def server(filled: Path) -> Iterator[Server]:
    limits = ["--timeout", "1.5", "--query-memory", "128", "--max-answer", "4", "--query-workers", "2"]
    with served(filled, *limits, "--query-queue", "1", "--cache", "0") as running:
        yield running


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true in good time."""
    deadline = time.monotonic() + 30
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def figure(server: Server, name: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(f"zhiguan_{name} "))


@pytest.mark.parametrize(
    ("query", "status", "words", "counted"),
    [
        (LONG, 504, "longer than this server gives it", "queries_late"),
        (GREEDY, 422, "more memory than this server gives", "queries_over_memory"),
    ],
)
def test_a_query_over_a_limit_ends_in_an_honest_error(
    server: Server, query: str, status: int, words: str, counted: str
) -> None:
    before = figure(server, counted)
    answer = server.ask(query)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert figure(server, counted) == before + 1
    assert "石大川" in server.ask(POINT).text
    assert eventually(lambda: figure(server, "workers_idle") == 2)


def test_an_answer_over_its_limit_is_seen_to_be_cut_off(server: Server) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        server.ask(BROAD)


def test_the_head_of_a_long_answer_is_quick_to_have(server: Server) -> None:
    answer = httpx.head(f"{server.url}/sparql", params={"query": BROAD}, timeout=60)
    assert (answer.status_code, answer.content) == (200, b"")
    assert eventually(lambda: figure(server, "workers_idle") == 2)


def test_a_page_shows_the_first_rows_of_a_long_answer(server: Server) -> None:
    """Longer than what is held back of other answers, and the worker goes on to the next."""
    query = "SELECT * { ?s ?p ?o BIND(CONCAT(STR(?s), STR(?p), STR(?s), STR(?p), STR(?s), STR(?p)) AS ?x) }"
    page = server.get("/sparql", params={"query": query}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.text.count("<tr>") == 1001


def test_http_1_0_gets_all_or_nothing(server: Server) -> None:
    """There an answer ends with its connection: half of one would look whole."""
    for query, expected in ((BROAD, (b"422", b"504")), (POINT, (b"200",))):
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=60) as client:
            head = (
                f"POST /sparql HTTP/1.0\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n"
            )
            client.sendall(f"{head}\r\n{query}".encode())
            got = b"".join(iter(lambda client=client: client.recv(65536), b""))  # type: ignore[misc]
        assert got[9:12] in expected


def _peak(processes: list[int]) -> int:
    """Bytes of the largest resident memory that any of them has had."""
    found = [Path(f"/proc/{each}/status") for each in processes]
    lines = [line for each in found if each.exists() for line in each.read_text().splitlines()]
    return max(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def test_a_long_answer_takes_no_memory(filled: Path) -> None:
    with served(filled, "--max-answer", "96", "--timeout", "60") as running:
        running.ask(POINT)
        before = _peak([running.process.pid, *running.children()])
        size = 0
        query = {"query": BROAD}
        with (
            pytest.raises(httpx.RemoteProtocolError),
            httpx.stream("GET", f"{running.url}/sparql", params=query, timeout=60) as answer,
        ):
            for part in answer.iter_bytes():
                size += len(part)
        assert size > 64 * MIB
        assert _peak([running.process.pid, *running.children()]) < before + 32 * MIB


def test_a_client_who_leaves_frees_his_worker(server: Server) -> None:
    before = figure(server, "queries_left")
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as client:
        head = f"POST /sparql HTTP/1.1\r\nHost: here\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(LONG)}"
        client.sendall(f"{head}\r\n\r\n{LONG}".encode())
        assert eventually(lambda: figure(server, "workers_busy") == 1)
    assert eventually(lambda: figure(server, "queries_left") == before + 1)
    assert eventually(lambda: figure(server, "workers_idle") == 2)


def test_who_comes_when_all_are_busy_is_told_to_come_back(server: Server) -> None:
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(server.ask(LONG))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turned_away = [each for each in answers if each.status_code == 503]
    assert len(turned_away) >= 3  # two run, one waits
    assert all(int(each.headers["retry-after"]) > 0 for each in turned_away)
    assert {each.status_code for each in answers} == {503, 504}
    assert eventually(lambda: figure(server, "workers_idle") == 2)


def test_workers_that_are_killed_are_replaced(server: Server) -> None:
    for process in server.children():
        if Path(f"/proc/{process}/stat").exists():
            subprocess.run(["kill", "-9", str(process)], check=False)
    assert eventually(lambda: server.ask(POINT).status_code == 200)
    assert eventually(lambda: figure(server, "workers_idle") == 2)


def test_no_worker_may_call_for_a_socket(filled: Path, tmp_path: Path) -> None:
    """Seccomp: 2 is a filter; those who write have it as well."""
    with writable(filled, tmp_path) as running:
        done = httpx.post(f"{running.url}/sparql", data={"update": "CLEAR DEFAULT"}, headers=AUTHORISED, timeout=60)
        assert done.status_code == 204
        states = [Path(f"/proc/{each}/status").read_text() for each in running.children()]
        assert len(states) >= 6  # two nurseries, four readers, a writer
        assert all("Seccomp:\t2" in state for state in states)


RUN = """
import sys, pyoxigraph as ox
from zhiguan.serve.engine.sandbox import close_network
if sys.argv[1] == "closed":
    assert close_network() == "seccomp"
store = ox.Store()
store.update("INSERT DATA { <a:a> <a:b> true }")
try:
    store.update(sys.argv[3]) if sys.argv[2] == "update" else list(store.query(sys.argv[3]))
except (OSError, RuntimeError, ValueError):
    pass
"""
ESCAPES = [
    ("query", "SELECT * { SERVICE <URL> { ?s ?p ?o } }"),
    ("query", "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }"),
    (
        "query",
        "PREFIX x: <URL> SELECT * { SERVICE:x{ ?s ?p ?o } }".replace("PREFIX x:", "PREFIX :").replace("URL", "URL/"),
    ),
    ("query", "SELECT * { ?a ?b trueSERVICE<URL>{ ?s ?p ?o } }"),
    ("query", "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }"),
    ("query", r"SELECT * { SERVICE <URL/\u0061#b> { ?s ?p ?o } }"),
    ("update", "LOAD <URL>"),
    ("update", "LOADSILENT<URL>"),
    ("update", "PREFIX : <URL/> LOAD:k"),
    ("update", "INSERT { <a:c> <a:d> ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }"),
]


@contextmanager
def _listening() -> Iterator[tuple[str, list[int]]]:
    """An address on this machine, and a list that grows with each connection to it."""
    seen: list[int] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.05)
        ended = threading.Event()

        def accept() -> None:
            while not ended.is_set():
                try:
                    client, address = listener.accept()
                except TimeoutError:
                    continue
                seen.append(address[1])
                client.close()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize(("kind", "text"), ESCAPES)
def test_nothing_goes_out(kind: str, text: str) -> None:
    """The engine connects where it may, by each of these; shut off it does not, though nobody reads the text first."""
    seen: dict[str, int] = {}
    for state in ("open", "closed"):
        with _listening() as (url, connections):
            command = [sys.executable, "-c", RUN, state, kind, text.replace("URL", url)]
            subprocess.run(command, check=True, env={"PYTHONPATH": str(LOADER)}, capture_output=True, timeout=60)
            seen[state] = len(connections)
    assert seen["open"] > 0, "this form proves nothing: the engine does not read it as a call"
    assert seen["closed"] == 0


@pytest.mark.parametrize("text", [text for kind, text in ESCAPES if kind == "query"])
def test_the_text_is_refused_before(server: Server, text: str) -> None:
    with _listening() as (url, connections):
        answer = server.ask(text.replace("URL", url))
    assert answer.status_code == 400
    assert "SERVICE" in answer.text
    assert not connections


def test_updates_are_refused_so_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        fill(store)
    with _listening() as (url, connections), writable(tmp_path / "store", tmp_path) as running:
        for text in (text.replace("URL", url) for kind, text in ESCAPES if kind == "update"):
            answer = httpx.post(f"{running.url}/sparql", data={"update": text}, headers=AUTHORISED, timeout=60)
            assert (answer.status_code, text if connections else "") == (400, "")


def test_a_runner_without_processes_keeps_to_the_size(filled: Path) -> None:
    import anyio

    with Store.open(filled, read_only=True) as store:
        runner = Inline(Still(store), limit=1000)
        asked = Asked(text="SELECT * { ?s ?p ?o }", rows="json", graph="ttl")
        with pytest.raises(Exception, match="size"):
            anyio.run(runner.run, asked)
