"""YASGUI as people run it on a site of their own: another origin, our endpoint."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, expect

from ..serve.served import Server
from .conftest import AXE, need

BUILD = AXE.parents[1] / "@zazuko" / "yasgui" / "build"
QUERY = (
    "SELECT DISTINCT ?name WHERE { ?x a <https://w3id.org/zhiguan/ontology#Division> ; "
    "<https://w3id.org/zhiguan/ontology#fullName> ?name } ORDER BY ?name"
)
SITE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/yasgui.min.css"><div id="room"></div>
<script src="/yasgui.min.js"></script>
<script>window.gui = new Yasgui(document.getElementById("room"), {
  requestConfig: { endpoint: "ENDPOINT" }, copyEndpointOnNewTab: false, persistenceId: null });</script>"""


@contextmanager
def _site(folder: Path, endpoint: str) -> Iterator[str]:
    """The address of a site with YASGUI: another port is another origin."""
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copy(BUILD / name, folder)
    (folder / "index.html").write_text(SITE.replace("ENDPOINT", endpoint), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_yasgui_of_another_site(browser: Browser, server: Server, tmp_path: Path) -> None:
    need(BUILD / "yasgui.min.js", "npm ci --prefix tests/clients")
    context = browser.new_context()
    page = context.new_page()
    with _site(tmp_path, f"{server.url}/sparql") as address:
        page.goto(address)
        page.evaluate("query => { gui.getTab().setQuery(query) }", QUERY)
        page.evaluate("() => { gui.getTab().query() }")
        expect(page.locator(".yasr table")).to_contain_text("上海市宝山区", timeout=15_000)
    context.close()
