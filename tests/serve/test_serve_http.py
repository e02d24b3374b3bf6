"""What HTTP asks of every answer: validators, codings, CORS, limits, hosts, counters, the access log."""

import asyncio
import gzip
import json
import logging
from typing import Any

import httpx
import pytest

from zhiguan.serve import create_app
from zhiguan.serve.engine.live import Still
from zhiguan.serve.http.conditional import Conditional, entity_tag
from zhiguan.serve.http.guard import HEADER_LIMIT, URL_LIMIT, Guard, host_is_allowed
from zhiguan.store import Store

from .conftest import Ask, asker
from .sample import BASE

PAGES = ["/", "/person/shi.ttl", "/article/qs-001", "/ontology", "/sparql?query=ASK%7B%7D", "/.well-known/void"]
TURTLE = {"Accept": "text/turtle"}


class _Counting(Still):
    """A store that counts its queries."""

    asked = 0

    def query(self, *args: Any, **options: Any) -> Any:
        self.asked += 1
        return super().query(*args, **options)


@pytest.mark.parametrize("path", PAGES)
def test_an_answer_that_the_client_has_is_304_without_a_query(store: Store, path: str) -> None:
    counting = _Counting(store)
    ask = asker(create_app(counting, base=BASE))
    first = ask(path)
    assert first.status_code == 200
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "public, max-age=2"
    before = counting.asked
    for method in ("GET", "HEAD"):
        again = ask(path, method, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "Accept" in again.headers["vary"]
        assert again.headers["access-control-allow-origin"] == "*"
    assert counting.asked == before


def test_another_version_is_another_answer(store: Store) -> None:
    still = Still(store, "1")
    ask = asker(create_app(still, base=BASE))
    tag = ask("/person/shi").headers["etag"]
    still.version = "2"
    assert ask("/person/shi", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        TURTLE,
        {"Accept": "text/html"},
        {"Accept": "text/html", "Accept-Language": "en"},
        {"Accept": "text/turtle", "Accept-Profile": "<https://schema.org/>"},
        {"Host": "other.test"},
    ],
)
def test_each_representation_has_its_tag(ask: Ask, headers: dict[str, str]) -> None:
    plain = ask("/person/shi").headers["etag"]
    assert ask("/person/shi", headers=headers).headers["etag"] != plain
    assert ask("/person/liu").headers["etag"] != plain
    assert ask("/person/shi?page=1").headers["etag"] != plain


@pytest.mark.parametrize("call", ["now()", "RAND%20%28%29", "struuid+()", "UUID%28)"])
def test_what_differs_each_time_has_no_tag(ask: Ask, call: str) -> None:
    assert "etag" not in ask(f"/sparql?query=SELECT%20({call}%20AS%20%3Fx)%20%7B%7D").headers


def test_a_star_asks_for_nothing_that_is_there(ask: Ask) -> None:
    assert ask("/person/shi", headers={"If-None-Match": "*"}).status_code == 304
    assert ask("/person/none", headers={"If-None-Match": "*"}).status_code == 404


def test_dates(store: Store) -> None:
    """A date is given once its second is past, and a later one is a client's answer."""
    now = [1_700_000_000.0]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x"})

    version = ["1"]
    ask = asker(Conditional(app, lambda: version[0], lambda: now[0]))
    assert "last-modified" not in ask("/").headers
    now[0] += 5
    modified = ask("/").headers["last-modified"]
    assert modified == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert ask("/", headers={"If-Modified-Since": modified}).status_code == 304
    assert ask("/", headers={"If-Modified-Since": "Tue, 14 Nov 2023 22:13:19 GMT"}).status_code == 200
    assert ask("/", headers={"If-Modified-Since": modified, "If-None-Match": '"x"'}).status_code == 200
    assert ask("/", headers={"If-Modified-Since": "yesterday"}).status_code == 200
    version[0] = "2"
    assert ask("/", headers={"If-Modified-Since": modified}).status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/sparql?query=x", "/healthz", "/metrics"])
def test_no_tag_where_nothing_is_to_be_kept(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] in {"no-cache", "no-store"}


def test_a_tag_depends_on_each_part_alone() -> None:
    """Parts are told apart by their lengths: no two splits of the same bytes share a tag."""
    scope = {"path": "/a", "raw_path": b"/a", "query_string": b"bc", "scheme": "http", "headers": []}
    assert entity_tag(scope, "1") != entity_tag({**scope, "raw_path": b"/ab", "query_string": b"c"}, "1")


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip;q=0", None),
        ("identity", None),
        ("gzip;q=0.5, br;q=0", "gzip"),
    ],
)
def test_codings(ask: Ask, accept: str, coding: str | None) -> None:
    plain = ask("/person/shi.nt", headers={"Accept-Encoding": "identity"})
    coded = ask("/person/shi.nt", headers={"Accept-Encoding": accept})
    assert coded.headers.get("content-encoding") == coding
    assert "Accept-Encoding" in coded.headers["vary"]
    assert coded.headers["etag"] == plain.headers["etag"]  # weak: the same data in another coding
    if coding != "zstd":  # httpx needs a package for that one
        assert coded.content == plain.content


def test_short_answers_are_not_coded(ask: Ask) -> None:
    answer = ask("/sparql", params={"query": "ASK {}"}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


def test_preflight(ask: Ask) -> None:
    headers = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "accept-profile, authorization",
    }
    answer = ask("/person/shi", "OPTIONS", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    allowed = answer.headers["access-control-allow-headers"].lower().split(", ")
    assert {"accept-profile", "authorization", "content-type"} <= set(allowed)
    assert "POST" not in answer.headers["access-control-allow-methods"]
    exposed = ask("/person/shi").headers["access-control-expose-headers"]
    assert {"Link", "ETag", "Content-Profile"} <= set(exposed.split(", "))


@pytest.mark.parametrize("path", [*PAGES, "/static/style.css"])
def test_head_is_get_without_a_body(ask: Ask, path: str) -> None:
    get, head = ask(path), ask(path, "HEAD")
    differing = {name for name in get.headers if get.headers[name] != head.headers.get(name)}
    assert differing <= {"last-modified"}  # it may come of age between the two


@pytest.mark.parametrize(
    ("host", "allowed", "expected"),
    [
        (b"zhiguan.test", (), True),
        (b"zhiguan.test:8080", (), True),
        (b"127.0.0.1:7878", (), True),
        (b"[::1]:7878", (), True),
        (b"zhiguan.test", ("zhiguan.test",), True),
        (b"Zhiguan.TEST.:80", ("zhiguan.test",), True),
        (b"a.zhiguan.test", ("*.zhiguan.test",), True),
        (b"evil.test", ("zhiguan.test",), False),
        (b"evilzhiguan.test", ("*.zhiguan.test",), False),
        (b"zhiguan.test", ("*.zhiguan.test",), False),
        (b'evil"><script>', (), False),
        (b"a b", (), False),
        (b"a/b", (), False),
        (b"a@b", (), False),
        (b"a:1:2", (), False),
        (b"a:port", (), False),
        (b"", (), False),
        (b"\xff", (), False),
    ],
)
def test_hosts(host: bytes, allowed: tuple[str, ...], expected: bool) -> None:
    assert host_is_allowed(host, allowed) is expected


def test_a_strange_host_is_refused_and_not_repeated(store: Store) -> None:
    ask = asker(create_app(store, base=BASE, allowed_hosts=["zhiguan.test"]))
    assert ask("/").status_code == 200
    for host in ("evil.example", 'x"><script>alert(1)</script>'):
        answer = ask("/", headers={"Host": host, "Accept": "text/html"})
        assert answer.status_code == 400
        assert host not in answer.text
        assert "script>alert" not in answer.text


def test_with_a_public_address_no_host_is_repeated(store: Store) -> None:
    ask = asker(create_app(store, base=BASE, public_url="https://data.example/"))
    for path in ("/", "/person/shi", "/sparql", "/.well-known/void"):
        answer = ask(path, headers={"Host": "evil.example"})
        assert answer.status_code == 200
        assert "evil.example" not in answer.text + str(answer.headers)


def test_long_addresses_and_headers(ask: Ask) -> None:
    assert ask("/sparql?query=" + "a" * URL_LIMIT).status_code == 414
    assert ask("/" + "a" * URL_LIMIT).status_code == 414
    assert ask("/", headers={"X-Long": "a" * HEADER_LIMIT}).status_code == 431


def _reading(seconds: float = 5) -> Guard:
    """An application that reads its body, behind a guard."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            more = (await receive()).get("more_body", False)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    def refuse(request: Any, error: Any) -> Any:
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(error.detail, error.status_code)

    return Guard(app, refuse, body_limit=1000, body_seconds=seconds)


def test_long_bodies() -> None:
    ask = asker(_reading())
    assert ask("/", "POST", content=b"a" * 1000).status_code == 204
    assert ask("/", "POST", content=b"a" * 1001).status_code == 413


def test_a_body_that_does_not_come() -> None:
    from starlette.exceptions import HTTPException

    async def waiting() -> None:
        async def receive() -> Any:
            await asyncio.sleep(60)

        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
        await _reading(0.01)(scope, receive, receive)  # type: ignore[arg-type]

    with pytest.raises(HTTPException) as caught:
        asyncio.run(waiting())
    assert caught.value.status_code == 408


def test_health(ask: Ask) -> None:
    answer = ask("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["store"] == "still"


def test_health_of_a_store_that_cannot_be_read(store: Store) -> None:
    class Broken(Still):
        broken = False

        def query(self, *args: Any, **options: Any) -> Any:
            if self.broken:
                raise RuntimeError("IO error: /secret")
            return super().query(*args, **options)

    failing = Broken(store)
    ask = asker(create_app(failing, base=BASE))
    failing.broken = True
    answer = ask("/healthz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_metrics(store: Store) -> None:
    ask = asker(create_app(store, base=BASE))
    for path in ("/person/shi", "/person/liu", "/person/none", "/sparql?query=ASK%7B%7D", "/dataset"):
        ask(path)
    answer = ask("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    entities = 'zhiguan_http_requests_total{method="GET",route="/{path:path}",status="%s"} %s'
    assert entities % (200, "2.0") in lines
    assert entities % (404, "1.0") in lines
    assert any(line.startswith('zhiguan_http_request_seconds_count{route="/sparql"} 1') for line in lines)
    assert any(line.startswith("zhiguan_store_version_info") and '"still"' in line for line in lines)
    assert any(line.startswith("zhiguan_store_statements ") for line in lines)
    assert "person" not in answer.text  # addresses are no labels


def test_the_access_log(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "zhiguan.access"):
        ask("/person/shi?token=hidden&x=%0A1", headers={"User-Agent": "test", "Authorization": "Bearer hidden"})
        ask("/sparql?query=ASK%20%7B%7D%20%23" + "y" * 1000)
    first, second = (json.loads(record.getMessage()) for record in caplog.records if record.name == "zhiguan.access")
    assert (first["method"], first["path"], first["status"]) == ("GET", "/person/shi", 200)
    assert first["query"] == "token=…&x=\n1"
    assert first["bytes"] > 100
    assert second["query"].startswith("query=ASK {} #y")
    assert len(second["query"]) == 200
    assert all("hidden" not in record.getMessage() and "\n" not in record.getMessage() for record in caplog.records)


def test_gzip_is_what_it_says(store: Store) -> None:
    """Against httpx's own decoding: the bytes are one gzip stream, coded once."""

    async def raw() -> bytes:
        transport = httpx.ASGITransport(app=create_app(store, base=BASE))
        async with httpx.AsyncClient(transport=transport, base_url="http://zhiguan.test") as client:
            request = client.build_request("GET", "/person/shi.nt", headers={"Accept-Encoding": "gzip"})
            answer = await client.send(request, stream=True)
            return b"".join([chunk async for chunk in answer.aiter_raw()])

    assert gzip.decompress(asyncio.run(raw())).startswith(b"<http")
