"""Each kind of page in a real browser: it loads, says nothing on the console, asks no other host, can be read by all.

Screenshots go to out/screenshots, to be looked at.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from ..serve.served import Server
from .conftest import AXE, SCREENSHOTS, Visit, need, visit

BASE = "https://w3id.org/zhiguan/"
ONE_OF_EACH = """SELECT ?kind (MIN(STR(?x)) AS ?first) WHERE {
  GRAPH ?g { ?x a ?type } FILTER(STRSTARTS(STR(?x), "%s"))
  BIND(REPLACE(STR(?x), "^%s([a-z-]+)/.*$", "$1") AS ?kind)
} GROUP BY ?kind"""
FIXED = {
    "start": "/",
    "sparql": "/sparql",
    "result": "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20",
    "named": "/queries/career",
    "error": "/person/nobody",
    "ontology": "/ontology",
    "dataset": "/dataset",
    "profiles": "/vocabulary/role-chair?_profile=alt",
    "list": "/division/310113?section=division-bodies&page=1",
    "scheme": "/vocabulary/participation-roles",
    "concept": "/vocabulary/role-chair",
}
KINDS = {
    *("article", "person", "body", "post", "tenure", "meeting", "participation"),
    *("plan", "plan-part", "document-event", "attestation", "division"),
}
LOOKS = ("desktop", "phone")
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def paths(server: Server) -> dict[str, str]:
    """An address for each kind of page; the kinds of things are those that the store has."""
    answer = server.get("/sparql", params={"query": ONE_OF_EACH % (BASE, BASE), "format": "json"})
    rows = answer.json()["results"]["bindings"]
    found = {row["kind"]["value"]: "/" + row["first"]["value"].removeprefix(BASE) for row in rows}
    things = {kind: path for kind, path in found.items() if re.fullmatch(r"[a-z-]+", kind) and kind not in FIXED}
    return FIXED | {kind: path for kind, path in things.items() if kind not in {"graph", "text"}}


@pytest.fixture(scope="module", params=LOOKS)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    if request.param == "desktop":
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", color_scheme="light")
    else:
        context = browser.new_context(viewport={"width": 375, "height": 760}, locale="en-GB", color_scheme="dark")
    yield request.param, context
    context.close()


def _axe(visited: Visit) -> list[str]:
    """Serious findings: rule, help, first place."""
    visited.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visited.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        json.dumps(
            [each["id"], each["help"], each["nodes"][0]["html"][:200], each["nodes"][0]["any"][:1]], ensure_ascii=False
        )
        for each in found
        if each["impact"] in SERIOUS
    ]


def test_the_store_has_every_kind(paths: dict[str, str]) -> None:
    assert paths.keys() >= KINDS


def test_pages(look: tuple[str, BrowserContext], server: Server, paths: dict[str, str]) -> None:
    need(AXE, "npm ci --prefix tests/clients")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name, context = look
    faults: dict[str, object] = {}
    for kind, path in paths.items():
        visited = visit(context)
        answer = visited.page.goto(server.url + path)
        visited.page.screenshot(path=SCREENSHOTS / f"{kind}-{name}.png", full_page=True)
        wide = visited.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        expected = 404 if kind == "error" else 200
        told = [line for line in visited.told if not (kind == "error" and "404" in line)]
        elsewhere = [url for url in visited.asked if not url.startswith((server.url, "data:"))]
        found = {"told": told, "elsewhere": elsewhere, "axe": _axe(visited), "wide": wide or None}
        found["status"] = None if answer and answer.status == expected else answer and answer.status
        faults |= {kind: {key: value for key, value in found.items() if value}} if any(found.values()) else {}
        visited.page.close()
    assert faults == {}


def test_languages_are_marked(browser: Browser, server: Server, paths: dict[str, str]) -> None:
    """The page says its language, and so does each part in another one; the switch works and is kept."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(server.url + paths["person"])
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("h1 [lang]", "lang") == "zh-Hans"
    page.click("header nav a[rel=alternate]")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    page.click("main a[href^='/']")
    assert page.get_attribute("html", "lang") == "zh-Hans"
    context.close()


def test_a_quote_is_shown_in_its_place(browser: Browser, server: Server, paths: dict[str, str]) -> None:
    """From a fact over its quote into the article: the words are marked and in view."""
    page = browser.new_context(viewport={"width": 1280, "height": 700}).new_page()
    page.goto(server.url + paths["tenure"])
    quoted = page.inner_text(".quote q")
    page.click(".quote")
    marked = "".join(page.locator("mark.chosen").all_inner_texts())
    assert quoted.strip("“”") in re.sub(r"\s", "", marked) or marked in quoted
    box = page.locator("mark.chosen").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 700
    page.context.close()


def test_the_keyboard_reaches_everything(browser: Browser, server: Server, paths: dict[str, str]) -> None:
    """The first tab offers to skip to the content; every stop shows its focus."""
    page = browser.new_context().new_page()
    page.goto(server.url + paths["meeting"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        assert style != "none"
    assert len(seen) == 12
    page.context.close()


def test_printing_leaves_out_what_paper_cannot_use(browser: Browser, server: Server, paths: dict[str, str]) -> None:
    page = browser.new_context().new_page()
    page.goto(server.url + paths["article"])
    page.emulate_media(media="print")
    assert not page.is_visible("header.site nav")
    assert page.is_visible(".source")
    assert page.evaluate("getComputedStyle(document.querySelector('.text')).maxHeight") == "none"
    page.context.close()
