"""What the server takes from a client: a well-formed and known Host, addresses, headers and bodies of bounded size."""

import asyncio
import re
from collections.abc import Callable, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

URL_LIMIT = 32 * 1024
"""Longest path and query in bytes; a longer query goes into the body of a POST."""
HEADER_LIMIT = 48 * 1024
"""Bytes of all header fields together."""
BODY_SECONDS = 30.0
"""How long a client may take to send a request's body."""
_HOST = re.compile(rb"([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
_RAW = re.compile(rb"[\x80-\xff]")


def host_is_allowed(value: bytes, allowed: Sequence[str]) -> bool:
    """Whether a Host header is well formed and on the list; `*.example.org` covers what is below, no list covers all."""
    found = _HOST.fullmatch(value)
    if found is None:
        return False
    name = found[1].decode().lower().rstrip(".")
    return not allowed or any(_covers(each.lower(), name) for each in allowed)


def _covers(pattern: str, name: str) -> bool:
    return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern


class Guard:
    """Middleware that refuses what is malformed or too much.

    `refuse` makes the answer of an error; `body_limit` counts bytes, None where the routes have limits of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request, Exception], Response],
        *,
        allowed_hosts: Sequence[str] = (),
        body_limit: int | None = None,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self.app, self.refuse = app, refuse
        self.allowed_hosts, self.body_limit, self.body_seconds = tuple(allowed_hosts), body_limit, body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        fault = self._fault(scope)
        if fault is not None:
            safe = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"host"]}
            await self.refuse(Request(safe), fault)(scope, receive, send)
            return
        if not scope["query_string"].isascii():  # curl sends what it is given: as if it had been percent-encoded
            scope["query_string"] = _RAW.sub(lambda found: b"%%%02X" % found[0][0], scope["query_string"])
        await self.app(scope, self._bounded(receive), send)

    def _fault(self, scope: Scope) -> HTTPException | None:
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > URL_LIMIT:
            return HTTPException(414, f"The address is longer than {URL_LIMIT} bytes; send a long query by POST.")
        size, hosts, length = 0, [], b""
        for name, value in scope["headers"]:
            size += len(name) + len(value) + 4
            if name == b"host":
                hosts.append(value)
            elif name == b"content-length":
                length = value
        if size > HEADER_LIMIT:
            return HTTPException(431, f"The header is longer than {HEADER_LIMIT} bytes.")
        if len(hosts) > 1 or any(not host_is_allowed(value, self.allowed_hosts) for value in hosts):
            return HTTPException(400, "This server does not go by the name in the Host header.")
        if self.body_limit is not None and length.isdigit() and int(length) > self.body_limit:
            return self._too_long()
        return None

    def _too_long(self) -> HTTPException:
        return HTTPException(413, f"The body is longer than {self.body_limit} bytes.")

    def _bounded(self, receive: Receive) -> Receive:
        """`receive` until the body is whole in bounded time and size; then as it was, to tell of a client that leaves."""
        length, whole = 0, False
        deadline = asyncio.get_running_loop().time() + self.body_seconds

        async def receive_bounded() -> Message:
            nonlocal length, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "The body did not come in time.", {"Connection": "close"}) from None
            length += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if self.body_limit is not None and length > self.body_limit:
                raise self._too_long()
            return message

        return receive_bounded
