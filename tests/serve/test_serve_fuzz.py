"""Whatever a client sends, the server answers cleanly: what its OpenAPI description allows, or a 4xx in the one shape."""

import asyncio
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from starlette.applications import Starlette

from zhiguan.serve import create_app
from zhiguan.serve.linked.standing import versions
from zhiguan.store import Store

from .conftest import Ask
from .sample import BASE

CALM = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FEW = settings(CALM, max_examples=8)


@pytest.fixture(scope="module")
def app(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    made: Starlette = create_app(store, base=BASE, dumps=tmp_path_factory.mktemp("dumps"))
    return made


def test_what_the_description_allows(app: Starlette) -> None:
    """No 5xx, and only statuses and media types that the description names."""
    checks = schemathesis.checks
    wanted = [checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance]
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 40
    for operation in operations:

        @FEW
        @given(case=operation.as_strategy())
        def ask_it(case: Any) -> None:
            case.call_and_validate(checks=wanted)

        ask_it()


async def _send(app: Starlette, path: bytes, query: bytes, headers: list[tuple[bytes, bytes]]) -> tuple[int, bytes]:
    """One GET as a server would hand it over, whatever its bytes."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path.decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"zhiguan.test"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        if waiting:
            return waiting.pop()
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    raw = sent[0]["headers"]
    assert not any(mark in value for _, value in raw for mark in (b"\r", b"\n"))
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


def _status(app: Starlette, path: bytes, query: bytes = b"", headers: list[tuple[bytes, bytes]] | None = None) -> int:
    status, body = asyncio.run(_send(app, path, query, headers or []))
    assert b"Traceback" not in body
    return status


PLACES = st.sampled_from([b"/person/shi", b"/sparql", b"/", b"/dataset", b"/dumps/zhiguan.nq.gz", b"/feed.atom"])
NAMES = st.sampled_from(
    [
        b"accept",
        b"accept-language",
        b"accept-profile",
        b"accept-encoding",
        b"if-none-match",
        b"if-modified-since",
        b"range",
    ]
)
PIECES = st.sampled_from(
    [
        b"text/turtle",
        b"*/*",
        b";q=",
        b"0.5",
        b"1.0001",
        b",",
        b";",
        b'"',
        b"<",
        b">",
        b"W/",
        b"bytes=",
        b"-",
        b"0",
        b"zstd",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=60).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")),
    st.lists(PIECES, max_size=12).map(b"".join),
)


@CALM
@given(path=PLACES, name=NAMES, value=VALUES)
def test_headers(app: Starlette, path: bytes, name: bytes, value: bytes) -> None:
    assert _status(app, path, headers=[(name, value)]) < 500


WORDS = st.sampled_from(
    [
        b"query",
        b"format",
        b"_profile",
        b"_mediatype",
        b"page",
        b"lang",
        b"section",
        b"q",
        b"default-graph-uri",
        b"%",
        b"=",
    ]
)


@CALM
@given(path=PLACES, pairs=st.lists(st.tuples(WORDS, st.binary(max_size=30)), max_size=4))
def test_parameters(app: Starlette, path: bytes, pairs: list[tuple[bytes, bytes]]) -> None:
    query = b"&".join(name + b"=" + value.replace(b" ", b"+") for name, value in pairs)
    assert _status(app, path, query) < 500


def test_raw_characters_in_an_address_are_taken_as_meant(app: Starlette) -> None:
    """`curl 'http://…/sparql?query=…书记…'` sends them so."""
    query = 'query=SELECT("书记"AS?x){}&format=csv'
    status, body = asyncio.run(_send(app, b"/sparql", query.encode(), []))
    assert (status, body.decode()) == (200, "x\r\n书记\r\n")


@CALM
@given(path=st.binary(max_size=60))
def test_paths(app: Starlette, path: bytes) -> None:
    assert _status(app, b"/" + path) < 500


@CALM
@given(text=st.text(max_size=80), accept=st.sampled_from(["text/csv", "text/html", "*/*", "application/json"]))
def test_queries(ask: Ask, text: str, accept: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    answer = ask("/sparql", "POST", content=body, headers=headers)
    assert answer.status_code < 500


def test_each_route_is_described(app: Starlette) -> None:
    document = asyncio.run(_document(app))
    described = set(document["paths"])
    routes = {getattr(route, "path", "") for route in app.routes} - set(versions())
    unsaid = {"/static/{name:path}", "/favicon.svg", "/favicon.ico", "/robots.txt", "/sparql/", "/dataset.{suffix}"}
    unsaid |= {"/shapes.{suffix}", "/logo.svg", "/dumps", "/reference", "/queries", "/queries/"}
    aliases = {"/{path:path}": "/{kind}/{id}", "/queries/{name}": "/queries/holders", "/dumps/": "/dumps/{name}"}
    missing = {aliases.get(path, path) for path in routes - unsaid if not path.startswith(("/store/", "/reference/"))}
    assert missing <= described
    assert document["openapi"].startswith("3.1")


async def _document(app: Starlette) -> Any:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://zhiguan.test") as client:
        return (await client.get("/openapi.json")).json()
