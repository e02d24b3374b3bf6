"""A server over the examples, and a second endpoint beside it: Oxigraph's own, from its wheel."""

import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ..browser.conftest import load_examples
from ..serve.served import Server, free_port, served

OXIGRAPH = Path(sysconfig.get_path("scripts")) / "oxigraph"
BESIDE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://e.example/1> skos:notation "310113" ; rdfs:comment "what somebody else knows of a district" .
<https://e.example/2> skos:notation "999999" ; rdfs:comment "nowhere" .
"""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(load_examples(tmp_path_factory.mktemp("clients") / "store")) as running:
        yield running


@pytest.fixture(scope="session")
def beside() -> Iterator[str]:
    """Address of the second endpoint; it has two notations with comments."""
    port = free_port()
    command = [str(OXIGRAPH if OXIGRAPH.exists() else "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}"
    try:
        _fill(root)
        yield root + "/query"
    finally:
        process.terminate()
        process.wait(10)


def _fill(root: str) -> None:
    """Put the facts in as soon as the endpoint answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            httpx.post(root + "/store?default", content=BESIDE, headers={"Content-Type": "text/turtle"})
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def run(command: list[str], **variables: str) -> str:
    """What a command prints; its words on the error stream where it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **variables}, timeout=120, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        pytest.fail(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
