"""A loader beside the server, and a server that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from zhiguan.serve.engine.live import Live
from zhiguan.store import Loaded, Store

from .sample import fill
from .served import AUTHORISED, LOADER, free_port, served, writable

SIZE = 40
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:x:says> ?o } } GROUP BY ?g"


def article(number: int, word: str = "a") -> Loaded:
    """An article of SIZE statements."""
    graph = f"<https://w3id.org/zhiguan/graph/n{number}>"
    lines = [f'<urn:x:{number}-{each}> <urn:x:says> "{word}" {graph} .\n' for each in range(SIZE)]
    return Loaded(article=f"n{number}", content_digest=word, loader="t", ontology="t", text=word, nquads="".join(lines))


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true in good time."""
    deadline = time.monotonic() + 30
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def counts(url: str) -> list[int]:
    """Statements of each article's graph."""
    answer = httpx.get(f"{url}/sparql", params={"query": COUNTS}, timeout=60)
    answer.raise_for_status()
    return [int(row["n"]["value"]) for row in answer.json()["results"]["bindings"]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as filling:
        fill(filling)
        filling.commit([article(0)])
    return tmp_path / "store"


def test_what_is_loaded_is_seen_whole_and_without_a_restart(store: Path) -> None:
    seen: list[list[int]] = []
    ended = threading.Event()
    with served(store) as server:
        tag = server.get("/person/shi.ttl").headers["etag"]

        def look() -> None:
            while not ended.is_set():
                seen.append(counts(server.url))

        looking = threading.Thread(target=look)
        looking.start()
        with Store.open(store) as writing:
            for number in range(1, 31):
                writing.commit([article(number), article(0, f"b{number}")])
                time.sleep(0.1)
        assert eventually(lambda: len(counts(server.url)) == 31)
        ended.set()
        looking.join()
        assert server.get("/person/shi.ttl").headers["etag"] != tag
        assert len(list(store.glob(".serve-*/graph-*"))) <= 2  # what nobody uses any more is gone
    assert {size for each in seen for size in each} == {SIZE}
    assert len({len(each) for each in seen}) > 2, "no state between the first and the last was ever seen"


def test_a_request_sees_one_version(store: Path, tmp_path: Path) -> None:
    live = Live(store, tmp_path)
    with live.pinned() as before:
        version = live.version
        with Store.open(store) as writing:
            writing.commit([article(1)])
        assert live.refresh()
        assert not live.refresh()
        assert live.version == version
        assert not bool(live.query("ASK { GRAPH <graph/n1> { ?s ?p ?o } }", trusted=True))
        folder = live.place().folder
        assert Path(folder).exists()
    assert live.version != version
    assert bool(live.query("ASK { GRAPH <graph/n1> { ?s ?p ?o } }", trusted=True))
    assert not Path(folder).exists()
    assert before is not live.current
    live.close()


def test_values_are_worked_out_once_a_version(store: Path, tmp_path: Path) -> None:
    live = Live(store, tmp_path)
    made: list[int] = []
    for _ in range(2):
        threads = [threading.Thread(target=lambda: live.remember("x", lambda: made.append(1))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with Store.open(store) as writing:
            writing.commit([article(len(made))])
        live.refresh()
    assert len(made) == 2
    live.close()


def test_a_killed_server_comes_back_with_the_same_answers(store: Path) -> None:
    with served(store) as server:
        before = counts(server.url)
        ended = threading.Event()

        def ask() -> None:
            while not ended.is_set():
                try:
                    httpx.get(f"{server.url}/person/shi", timeout=5)
                    counts(server.url)
                except httpx.HTTPError:
                    return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        children = server.children()
        server.process.send_signal(signal.SIGKILL)
        ended.set()
        for thread in threads:
            thread.join()
    assert len(children) == 5  # the nursery and four workers
    assert eventually(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    with served(store) as server:
        assert counts(server.url) == before
        assert len(list(store.glob(".serve-*"))) == 1  # the dead server's checkpoints are swept away


def test_a_killed_writer_loses_nothing_that_it_acknowledged(store: Path, tmp_path: Path) -> None:
    """Updates in a row, the server killed among them: after its return the acknowledged ones are there."""
    done: list[int] = []
    with writable(store, tmp_path) as server:
        killer = threading.Timer(2, lambda: server.process.send_signal(signal.SIGKILL))
        killer.start()
        with pytest.raises(httpx.HTTPError):
            for number in range(10_000):
                data = {"update": f"INSERT DATA {{ GRAPH <urn:x:g> {{ <urn:x:s> <urn:x:is> {number} }} }}"}
                httpx.post(f"{server.url}/sparql", data=data, headers=AUTHORISED, timeout=60).raise_for_status()
                done.append(number)
        killer.join()
    assert done
    with served(store) as server:
        rows = server.ask("SELECT ?n { GRAPH <urn:x:g> { ?s <urn:x:is> ?n } }").json()["results"]["bindings"]
    assert {int(row["n"]["value"]) for row in rows} >= set(done)


def test_a_writable_server_and_a_loader_keep_each_other_out(store: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("sixteen-characters-or-more")
    code = "from zhiguan.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--store", str(store), "--port", "1", "--writable"]
    environment = {**os.environ, "PYTHONPATH": str(LOADER)}
    with Store.open(store):
        command[-2:-1] = [str(free_port())]
        done = subprocess.run(
            [*command, "--token-file", str(tmp_path / "token")], env=environment, capture_output=True, check=False
        )
    assert done.returncode == 1
    assert "in use by another" in done.stderr.decode()


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [
        ({}, 'Bearer realm="zhiguan"'),
        ({"Authorization": "Basic eDp5"}, 'Bearer realm="zhiguan"'),
        ({"Authorization": "Bearer not-the-token-at-all"}, 'Bearer realm="zhiguan", error="invalid_token"'),
    ],
)
def test_nobody_writes_without_the_token(shared: str, headers: dict[str, str], challenge: str) -> None:
    requests = [
        httpx.post(f"{shared}/sparql", data={"update": "DROP ALL"}, headers=headers, timeout=60),
        httpx.put(f"{shared}/store?graph=urn:x:g", content=b"", headers=headers, timeout=60),
        httpx.delete(f"{shared}/store?default", headers=headers, timeout=60),
    ]
    assert [each.status_code for each in requests] == [401, 401, 401]
    assert {each.headers["www-authenticate"] for each in requests} == {challenge}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("writable")
    with Store.open(folder / "store") as filling:
        fill(filling)
    with writable(folder / "store", folder) as server:
        yield server.url


@pytest.mark.parametrize(
    ("method", "path", "media", "body", "status"),
    [
        ("PUT", "/store", "text/turtle", b"<a:a> <a:b> 1 .", 400),
        ("PUT", "/store?graph=relative", "text/turtle", b"<a:a> <a:b> 1 .", 400),
        ("PUT", "/store?graph=urn:x:g&default", "text/turtle", b"<a:a> <a:b> 1 .", 400),
        ("PUT", "/store?graph=urn:x:g", "text/csv", b"a", 415),
        ("PUT", "/store?graph=urn:x:g", "text/turtle", b"<a:a> <a:b", 400),
        ("PUT", "/store?graph=urn:x:g", "text/turtle", b"<a:a> <a:b> 1 .", 201),
        ("PUT", "/store?graph=urn:x:g", "application/n-triples", b"<a:a> <a:b> <a:c> .", 204),
        ("POST", "/store?graph=urn:x:g", "application/ld+json", b'{"@id": "a:a", "a:d": 1}', 204),
        ("PATCH", "/store?graph=urn:x:g", "application/sparql-update", b"CLEAR DEFAULT", 405),
        ("GET", "/store?graph=urn:x:g", None, None, 200),
        ("GET", "/store?graph=urn:x:none", None, None, 404),
        ("DELETE", "/store?graph=urn:x:g", None, None, 204),
        ("DELETE", "/store?graph=urn:x:g", None, None, 404),
        ("POST", "/sparql", "application/sparql-update", b"INSERT DATA { <a:a> <a:b> }", 400),
        ("POST", "/sparql", "application/sparql-update", b"DELETE WHERE { <a:a> ?p ?o }", 204),
        ("POST", "/sparql?query=ASK%7B%7D", "application/sparql-update", b"CLEAR DEFAULT", 400),
        ("POST", "/sparql?using-graph-uri=urn:x:g", "application/sparql-update", b"DELETE WHERE { ?s ?p ?o }", 204),
        (
            "POST",
            "/sparql?using-graph-uri=urn:x:g",
            "application/sparql-update",
            b"WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            400,
        ),
    ],
)
def test_writing(shared: str, method: str, path: str, media: str | None, body: bytes | None, status: int) -> None:
    headers = {**AUTHORISED, **({"Content-Type": media} if media else {})}
    answer = httpx.request(method, shared + path, content=body, headers=headers, timeout=60)
    assert (answer.status_code, answer.text if answer.status_code != status else "") == (status, "")


def test_reading_graphs_needs_no_token(shared: str) -> None:
    graph = "https://w3id.org/zhiguan/graph/qs-001"
    answer = httpx.get(
        f"{shared}/store", params={"graph": graph}, headers={"Accept": "application/n-triples"}, timeout=60
    )
    assert answer.text.count("\n") > 50
    assert httpx.head(f"{shared}/store", params={"graph": graph}, timeout=60).status_code == 200
    assert httpx.get(f"{shared}/store?default", timeout=60).text.count("\n") < 50


def test_a_graph_store_without_token_is_read_only(store: Path) -> None:
    with served(store) as server:
        answer = httpx.put(f"{server.url}/store?graph=urn:x:g", content=b"", timeout=60)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert httpx.options(f"{server.url}/store", timeout=60).headers["allow"] == "GET, HEAD, OPTIONS"
