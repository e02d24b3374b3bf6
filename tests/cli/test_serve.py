"""`zhiguan serve` as a process: it answers until Ctrl-C."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import Result

Run = Callable[..., Result]
LOADER = Path(__file__).resolve().parents[2] / "loader"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer_of(address: str) -> httpx.Response:
    """The first answer of a server that is starting."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.get(
                address, params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": "application/sparql-results+json"}
            )
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_serves_until_interrupted(run: Run, articles: Path, store: Path) -> None:
    run("load", articles)
    port = free_port()
    code = f"from zhiguan.cli import main; main(['serve', '--store', {str(store)!r}, '--port', '{port}'])"
    with subprocess.Popen([sys.executable, "-c", code], cwd=LOADER, stderr=subprocess.PIPE) as process:
        try:
            answer = answer_of(f"http://127.0.0.1:{port}/sparql")
        finally:
            process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)
    assert answer.json()["boolean"] is True
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in words.decode()
    assert "Traceback" not in words.decode()


def test_a_port_in_use_is_said_to_be(run: Run, articles: Path) -> None:
    run("load", articles)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "--port" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--public-url", "data.example"], "not an address of the web"),
        (["--public-url", 'https://x/"><script>'], "not an address of the web"),
        (["--license", "CC BY"], "not an address of the web"),
        (["--access-log", "nowhere/at/all.log"], "--access-log"),
    ],
)
def test_what_would_stand_in_every_answer_is_checked_first(
    run: Run, articles: Path, options: list[str], words: str
) -> None:
    run("load", articles)
    result = run("serve", *options)
    assert result.exit_code in {1, 2}
    assert words in result.stderr


def test_writing_needs_both_its_options(run: Run, articles: Path, tmp_path: Path) -> None:
    run("load", articles)
    assert run("serve", "--writable").exit_code == 2
    (tmp_path / "token").write_text("short")
    assert run("serve", "--token-file", tmp_path / "token").exit_code == 2
    result = run("serve", "--writable", "--token-file", tmp_path / "token", "--port", free_port())
    assert result.exit_code == 1
    assert "16 characters" in result.stderr
