"""The server as a process over a socket: slow clients, endless headers and bodies, hostile names, the access log."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from zhiguan.store import Store

from .sample import fill

LOADER = Path(__file__).resolve().parents[2] / "loader"
CODE = """
import sys
from pathlib import Path
import zhiguan.serve.server as server
from zhiguan.serve.http.patience import patient
from zhiguan.serve.http import guard
server.PatientProtocol = patient(header_seconds=1, stall_seconds=1)
server.run(Path(sys.argv[1]), server.Settings(
    port=int(sys.argv[2]), allowed_hosts=("127.0.0.1",), texts=False, access_log=sys.argv[3]))
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server with little patience, which gives no texts."""

    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def raw(self, request: bytes) -> bytes:
        """What comes back for these bytes until the server closes."""
        with self.connect() as client:
            client.sendall(request)
            return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("process")
    with Store.open(folder / "store") as store:
        fill(store)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    found = Server(port, folder / "access.jsonl")
    arguments = [sys.executable, "-c", CODE, str(folder / "store"), str(port), str(found.log)]
    with subprocess.Popen(arguments, cwd=LOADER) as process:
        try:
            _wait(found)
            yield found
        finally:
            process.terminate()


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            httpx.get(server.address + "/healthz").raise_for_status()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A", b"G"])
def test_a_header_that_does_not_end(server: Server, begun: bytes) -> None:
    assert server.raw(begun) == b""


def test_a_second_header_that_does_not_end(server: Server) -> None:
    answered = server.raw(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\r\nHo")
    assert answered.startswith(b"HTTP/1.1 200")
    assert answered.count(b"HTTP/1.1") == 1


def test_an_endless_header(server: Server) -> None:
    with server.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with pytest.raises(OSError):  # closed or reset, as the system has it
            for _ in range(1000):
                client.sendall(b"X-A: " + b"a" * 4096 + b"\r\n")
                time.sleep(0.001)
            client.recv(1)
            raise AssertionError("the server took four megabytes of header")


def test_a_reader_who_reads_nothing(server: Server) -> None:
    """Others are served meanwhile, and the connection is given up: what the client sends then comes back as a reset."""
    with server.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(b"GET /ontology.nt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100)
        assert httpx.get(server.address + "/healthz").status_code == 200
        with pytest.raises(OSError):  # it takes a while
            for _ in range(200):
                time.sleep(0.1)
                client.sendall(b"GET / HTTP/1.1\r\n")


def test_a_body_that_is_too_long(server: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    assert server.raw(head + b"Connection: close\r\nContent-Length: 99999999999\r\n\r\n").startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "request_line", [b"GET /../../etc/passwd HTTP/1.1", b"GET /static/..%2f..%2fapp.py HTTP/1.1", b"GET /%00 HTTP/1.1"]
)
def test_paths_lead_nowhere_else(server: Server, request_line: bytes) -> None:
    answer = server.raw(request_line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"root:" not in answer


@pytest.mark.parametrize("host", [b"evil.example", b'a"><script>', b""])
def test_hosts(server: Server, host: bytes) -> None:
    answer = server.raw(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert not host or host not in answer


def test_nonsense_is_refused(server: Server) -> None:
    for nonsense in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\nx\r\n\r\n"):
        assert b" 200 " not in server.raw(nonsense)[:20]
    assert httpx.get(server.address + "/healthz").status_code == 200


def test_ranges_of_a_dump(server: Server) -> None:
    whole = httpx.get(server.address + "/dumps/zhiguan.nq.gz", headers={"Accept-Encoding": "identity"})
    part = httpx.get(server.address + "/dumps/zhiguan.nq.gz", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def test_without_texts_there_are_quotes_only(server: Server) -> None:
    page = httpx.get(server.address + "/article/qs-001", headers={"Accept": "text/html"}).text
    assert "县委书记石大川" in page
    assert "在县会议中心召开。县委书记" not in page
    turtle = httpx.get(server.address + "/article/qs-001.ttl").text
    assert "在县会议中心召开。县委书记" not in turtle
    address = next(word for word in turtle.replace("<", " ").replace(">", " ").split() if "text/sha256-" in word)
    path = "/text/" + address.rpartition("/")[2]
    assert httpx.get(server.address + path, headers={"Accept": "text/plain"}).status_code == 404


def test_the_access_log_is_lines_of_json(server: Server) -> None:
    httpx.get(server.address + "/person/shi?token=hidden", headers={"User-Agent": "one"})
    lines = [json.loads(line) for line in server.log.read_text(encoding="utf-8").splitlines()]
    (line,) = [line for line in lines if line["agent"] == "one"]
    assert (line["path"], line["status"], line["query"]) == ("/person/shi", 200, "token=…")
    assert line["client"] == "127.0.0.1"
    assert line["ms"] >= 0
