"""Validators and freshness of answers (RFC 9110, 8.8 and 13; RFC 9111), keyed by the state of the store.

What an answer holds follows from the store's version, the address and the headers that negotiate. So the entity tag is
made from these alone, and a client that has the answer already gets 304 before any query runs. The tags are weak: a
content coding may come after.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhiguan import __version__
from zhiguan.serve.http.headers import add_vary

FRESH_SECONDS = 2
"""How long a cache need not ask again: new articles are to be seen within five seconds."""
NEGOTIATED = (b"accept", b"accept-language", b"accept-profile", b"host")
_CHANGING = re.compile(rb"(?i)(?:rand|now|uuid)(?:\s|\+|%20|%0[9ad])*(?:\(|%28)")
"""Queries whose answers differ at each asking: nothing tells that one is current."""
_VARY = "Accept, Accept-Language, Accept-Profile, Accept-Encoding"
_SETTLED_SECONDS = 2
"""HTTP dates count seconds: two changes in one second have the same date, so a date is given once it is past."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The conditions of a request."""

    tags: frozenset[str]
    since: float | None


def entity_tag(scope: Scope, version: str) -> str:
    """The weak entity tag of the answer to this request at this version of the store."""
    parts = [version.encode(), __version__.encode(), scope.get("raw_path") or scope["path"].encode()]
    parts += [scope["query_string"], scope.get("scheme", "").encode()]
    named = {name: value for name, value in scope["headers"] if name in NEGOTIATED}
    parts += [named.get(name, b"") for name in NEGOTIATED]
    return f'W/"{hashlib.blake2b(b"".join(b"%d:%b" % (len(p), p) for p in parts), digest_size=12).hexdigest()}"'


def _date(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None


def _asked(scope: Scope) -> _Asked:
    tags: list[str] = []
    since = None
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            tags += [tag.strip() for tag in value.decode("latin-1").split(",")]
        elif name == b"if-modified-since":
            since = _date(value.decode("latin-1"))
    return _Asked(frozenset(tags), since)


class Conditional:
    """Middleware that gives answers their validators and answers 304.

    `version` tells the store's present state, `now` the time. It leaves alone answers with a tag of their own, those
    that forbid storing, and all that are not 200.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str], now: Callable[[], float]) -> None:
        self.app, self.version, self.now = app, version, now
        self._seen = (version(), now())  # not the store's own date: another program may answer otherwise

    def _validators(self, scope: Scope) -> tuple[str, float]:
        """Tag and date; no date (0) for a state so young that it may change within its second."""
        version, since = self._seen
        current, now = self.version(), self.now()
        if current != version:
            self._seen, since = (current, now), now
        return entity_tag(scope, current), since if now - since >= _SETTLED_SECONDS else 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changing = scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}
        if changing or _CHANGING.search(scope["query_string"]):
            await self.app(scope, receive, send)
            return
        tag, modified = self._validators(scope)
        asked = _asked(scope)
        own = _headers(tag, modified)
        if tag in asked.tags or tag.removeprefix("W/") in asked.tags:
            await _send_not_modified(send, own)
            return
        # tags go before dates (RFC 9110, 13.2.2); a star stands for any answer there is
        dated = not asked.tags and asked.since is not None and 0 < int(modified) <= asked.since
        await self.app(scope, receive, _Adding(send, own, current=dated or "*" in asked.tags).send)


class _Adding:
    """The `send` of one request: adds validators to a 200, or makes it a 304 where it is `current` for the client."""

    def __init__(self, send: Send, own: list[tuple[bytes, bytes]], *, current: bool) -> None:
        self._send, self._own, self._current = send, own, current
        self._silent = False

    async def send(self, message: Message) -> None:
        if message["type"] != "http.response.start":
            if not self._silent:
                await self._send(message)
            return
        headers = message["headers"] = list(message.get("headers", ()))
        present = dict(headers)
        if message["status"] != 200 or b"etag" in present or b"no-store" in present.get(b"cache-control", b""):
            if b"cache-control" not in present and b"etag" not in present:
                headers.append((b"cache-control", b"no-cache"))
            await self._send(message)
        elif self._current:
            self._silent = True
            await _send_not_modified(self._send, self._own)
        else:
            headers += [each for each in self._own if each[0] not in present]
            await self._send(message)


def _headers(tag: str, modified: float) -> list[tuple[bytes, bytes]]:
    found = [(b"etag", tag.encode()), (b"cache-control", f"public, max-age={FRESH_SECONDS}".encode())]
    if modified:
        found.append((b"last-modified", formatdate(modified, usegmt=True).encode()))
    return found


async def _send_not_modified(send: Send, headers: list[tuple[bytes, bytes]]) -> None:
    headers = list(headers)
    add_vary(headers, _VARY)
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
