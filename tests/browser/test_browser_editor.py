"""The query editor in a real browser, with its script and without."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from ..serve.served import Server
from .conftest import AXE, SCREENSHOTS, Visit, need, visit

VENDOR = Path(__file__).resolve().parents[2] / "loader/zhiguan/serve/pages/static/vendor"
QUERY = "PREFIX zg: <https://w3id.org/zhiguan/ontology#> SELECT ?x WHERE { ?x a zg:Article } ORDER BY ?x"
FORMATS = {"json": "sparql-results+json", "xml": "sparql-results+xml", "csv": "text/csv", "tsv": "tab-separated"}


@pytest.fixture
def editing(browser: Browser, server: Server) -> Iterator[Visit]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    visited = visit(context)
    visited.page.goto(server.url + "/sparql")
    visited.page.wait_for_selector(".CodeMirror")
    yield visited
    context.close()


def _write(page: Page, query: str) -> None:
    page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)


def _run(page: Page) -> None:
    page.click(".CodeMirror-lines")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"[^…]$"))  # the policy forbids Playwright's own polling


def test_the_committed_editor_is_what_its_sums_say() -> None:
    """scripts/build_editor.py writes these files; nobody edits them by hand."""
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    assert set(sums) == {"LICENSES.txt", "yasqe.min.css", "yasqe.min.js"}
    for name, expected in sums.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected


def test_a_query_runs_on_the_page(editing: Visit, server: Server) -> None:
    page = editing.page
    _write(page, QUERY)
    _run(page)
    assert page.locator("#result tbody tr").count() >= 5
    page.screenshot(path=SCREENSHOTS / "editor-result.png")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["query"] == [QUERY]  # the address is the link to share
    rows = page.inner_text("#result tbody")
    page.goto(page.url)
    assert page.inner_text("#result tbody") == rows
    assert [line for line in editing.told if line.startswith("error")] == []
    assert [url for url in editing.asked if not url.startswith((server.url, "data:"))] == []


def test_results_can_be_had_in_all_formats(editing: Visit) -> None:
    page = editing.page
    _write(page, QUERY)
    _run(page)
    for name, media in FORMATS.items():
        link = page.get_attribute(f"#result a[download='result.{name}']", "href")
        answer = page.request.get(page.url.partition("?")[0] + str(link))
        assert answer.status == 200
        assert media in answer.headers["content-type"]


def test_a_fault_is_told_in_place(editing: Visit) -> None:
    page = editing.page
    _write(page, "SELECT * WHERE {")
    _run(page)
    assert "not a SPARQL query" in page.inner_text("#result")
    assert page.locator(".CodeMirror").count() == 1  # what was written is still there


def test_terms_are_completed_from_the_ontology_alone(editing: Visit, server: Server) -> None:
    page = editing.page
    _write(page, "PREFIX zg: <https://w3id.org/zhiguan/ontology#>\nSELECT * WHERE { ?x a zg:Ten")
    page.evaluate(
        "(() => { const c = document.querySelector('.CodeMirror').CodeMirror; c.focus(); c.setCursor(1, 99) })()"
    )
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_have_text("zg:Tenure")
    page.keyboard.press("Enter")
    assert "a zg:Tenure" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert [url for url in editing.asked if not url.startswith((server.url, "data:"))] == []


def test_the_keyboard_can_leave_the_editor(editing: Visit) -> None:
    page = editing.page
    page.click(".CodeMirror-lines")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_the_editor_can_be_read_by_all(editing: Visit) -> None:
    need(AXE, "npm ci --prefix tests/clients")
    page = editing.page
    _write(page, QUERY)
    _run(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}] == []


def test_no_inline_script_can_run(editing: Visit, server: Server) -> None:
    """The policy forbids it, and the browser holds to the policy."""
    policy = server.get("/sparql", headers={"Accept": "text/html"}).headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = editing.page
    page.evaluate(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s) })()"
    )
    assert page.evaluate("window.ran") is None
    assert "script-src" not in server.get("/", headers={"Accept": "text/html"}).headers["content-security-policy"]


def test_the_form_works_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(server.url + "/sparql")
    page.fill("textarea", QUERY)
    page.click("form.editor button:visible")
    assert page.locator("#result tbody tr").count() >= 5
    assert page.input_value("textarea") == QUERY
    context.close()


def test_named_queries_are_examples_to_start_from(browser: Browser, server: Server) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(server.url + "/sparql")
    page.click(".examples a >> nth=0")
    page.wait_for_selector(".CodeMirror")
    assert "SELECT" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    context.close()
