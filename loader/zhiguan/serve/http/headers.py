"""Headers that every answer has, and the answer to OPTIONS: anybody may read from any page, nothing may be embedded.

Cross-origin reading follows the Fetch standard's CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol).
"""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READ = "GET, HEAD, OPTIONS"
ASK = "GET, HEAD, POST, OPTIONS"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: our style and pictures, no script at all."""
SCRIPTED = POLICY + "; script-src 'self'; connect-src 'self'"
"""The same for the query editor: our own script files, which talk to this server alone."""
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, Content-Location, Content-Profile, Content-Range, Accept-Ranges, ETag, Last-Modified, Retry-After"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": POLICY,
}
_ALLOWED_HEADERS = (
    "Accept, Accept-Language, Accept-Profile, Authorization, Content-Type, If-Match, If-Modified-Since, "
    "If-None-Match, If-Range, Range, *"  # the star does not cover Authorization
)
_RAW = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())


def add_vary(headers: list[tuple[bytes, bytes]], names: str) -> None:
    """Say in raw headers that the answer depends on these request headers too."""
    known = [value.decode() for name, value in headers if name == b"vary"]
    listed = dict.fromkeys(part.strip() for value in (*known, names) for part in value.split(","))
    headers[:] = [each for each in headers if each[0] != b"vary"]
    headers.append((b"vary", ", ".join(listed).encode()))


def _options(methods: str) -> Response:
    """What may be done here, for people and for browsers that ask before a request from another site."""
    allow = {"Allow": methods, "Access-Control-Allow-Methods": methods, "Access-Control-Max-Age": "86400"}
    return Response(status_code=204, headers={**allow, "Access-Control-Allow-Headers": _ALLOWED_HEADERS})


class Headers:
    """Middleware that adds HEADERS to every answer, where the answer itself says nothing else.

    `methods` tells what the first step of a path allows besides reading.
    """

    def __init__(self, app: ASGIApp, methods: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.methods = methods or {"/sparql": ASK}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                present = {name for name, _ in headers}
                headers += [each for each in _RAW if each[0] not in present]
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            methods = self.methods.get("/" + scope["path"].split("/")[1], READ)
            await _options(methods)(scope, receive, send_more)
        else:
            await self.app(scope, receive, send_more)
