"""`zhiguan serve` as a process, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

LOADER = Path(__file__).resolve().parents[2] / "loader"
TOKEN = "a-token-for-tests-alone"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}
_STARTS = 60.0


@dataclass(frozen=True)
class Server:
    """A server that answers at `url` (without a slash at the end)."""

    url: str
    process: subprocess.Popen[bytes]
    words: IO[bytes]

    def said(self) -> str:
        """What the server has written to standard error."""
        self.words.seek(0)
        return self.words.read().decode()

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(self.url + path, timeout=60, **options)  # type: ignore[arg-type]

    def ask(self, query: str, **options: object) -> httpx.Response:
        """The answer to a query, by POST."""
        headers = {"Content-Type": "application/sparql-query"}
        return httpx.post(f"{self.url}/sparql", content=query.encode(), headers=headers, timeout=60, **options)  # type: ignore[arg-type]

    def children(self) -> list[int]:
        """Process ids of the server's own processes, its workers' too."""
        found: list[int] = []
        waiting = [self.process.pid]
        while waiting:
            process = waiting.pop()
            below = Path(f"/proc/{process}/task/{process}/children")
            fresh = [int(each) for each in below.read_text().split()] if below.exists() else []
            found += fresh
            waiting += fresh
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(store: Path, *options: str, port: int | None = None) -> Iterator[Server]:
    """A server over the store, once it answers; killed in the end."""
    chosen = port or free_port()
    arguments = ["serve", "--store", str(store), "--port", str(chosen), *options]
    environment = {**os.environ, "PYTHONPATH": str(LOADER)}
    command = [sys.executable, "-c", "from zhiguan.cli import main; main()", *arguments]
    with (
        TemporaryFile() as words,  # no pipe: nobody would empty it
        subprocess.Popen(command, env=environment, stderr=words) as process,
    ):
        server = Server(f"http://127.0.0.1:{chosen}", process, words)
        try:
            _wait_for(server)
            yield server
        finally:
            process.send_signal(signal.SIGKILL)


@contextmanager
def writable(store: Path, folder: Path, *options: str) -> Iterator[Server]:
    """A server that takes changes from those who have TOKEN."""
    token = folder / "token"
    token.write_text(TOKEN)
    with served(store, "--writable", "--token-file", str(token), *options) as server:
        yield server


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + _STARTS
    while True:
        if server.process.poll() is not None:
            raise RuntimeError(server.said())
        try:
            if httpx.get(f"{server.url}/sparql?query=ASK%7B%7D", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
