"""A server over the examples and a headless Chromium before it.

Without Chromium or axe-core these tests are skipped with the reason; on the build machine (CI=true) they fail.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ..serve.served import LOADER, Server, served

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "out" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def need(path: Path, cure: str) -> None:
    """Skip where a tool is missing; on the build machine it must be there."""
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path.name} is not here: {cure}")


def load_examples(store: Path) -> Path:
    """A store with the examples in it."""
    command = [sys.executable, "-c", "from zhiguan.cli import main; main()", "load", str(ROOT / "examples")]
    environment = {**os.environ, "PYTHONPATH": str(LOADER)}
    subprocess.run([*command, "--store", str(store)], check=True, env=environment, capture_output=True)
    return store


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(load_examples(tmp_path_factory.mktemp("browser") / "store")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need(CHROMIUM, "apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@dataclass
class Visit:
    """A page with all that it said and asked for."""

    page: Page
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self) -> "Visit":
        self.page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        return self


def visit(context: BrowserContext) -> Visit:
    """A new page that is listened to."""
    return Visit(context.new_page()).watch()
