"""What operators see: one JSON line a request, and figures for Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import unquote_plus

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ACCESS_LOG = "zhiguan.access"
"""The logger of the access log; each of its messages is a whole line of JSON."""
SHOWN = 200
"""Characters of an address's query or of a client's name that a line keeps."""
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_SECRET = re.compile(r"(?i)((?:[\w.-]*(?:token|password|secret|key))=)[^&]*")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
_LOG = logging.getLogger(ACCESS_LOG)

Gauges = Callable[[], Mapping[str, float | str]]
"""Figures of the moment by name; a word becomes an info metric."""


class _Now(Collector):
    """Reads the figures of the moment when Prometheus comes."""

    def __init__(self, gauges: Gauges) -> None:
        self.gauges = gauges

    def collect(self) -> list[Metric]:
        found: list[Metric] = []
        for name, value in self.gauges().items():
            if isinstance(value, str):
                found.append(InfoMetricFamily(f"zhiguan_{name}", name.replace("_", " "), {name: value}))
            else:
                found.append(GaugeMetricFamily(f"zhiguan_{name}", name.replace("_", " "), value))
        return found


class Figures:
    """The counters of one application."""

    def __init__(self, gauges: Gauges) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "zhiguan_http_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "zhiguan_http_request_seconds",
            "Time to the last byte of an answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_Now(gauges))

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self.requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    async def answer(self, _request: Request) -> Response:
        """`/metrics`."""
        headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        return Response(generate_latest(self.registry), headers=headers)


def _route(scope: Scope) -> str:
    """The pattern of the route, never the address: the number of labels stays small."""
    return str(getattr(scope.get("route"), "path", "none"))


def _shown(value: bytes) -> str:
    return value[: 4 * SHOWN].decode("utf-8", "replace")[:SHOWN]


def _query(scope: Scope) -> str:
    """The address's query, without secrets and cut short."""
    return unquote_plus(_SECRET.sub(r"\1…", scope["query_string"][: 8 * SHOWN].decode("latin-1")))[:SHOWN]


def access_line(scope: Scope, status: int, length: int, seconds: float, now: float) -> str:
    """One request as JSON; control characters are escaped, so a line is a line."""
    headers = dict(scope["headers"])
    line = {
        "time": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("",))[0],
        "method": scope["method"],
        "path": scope["path"][:SHOWN],
        "query": _query(scope),
        "status": status,
        "bytes": length,
        "ms": round(seconds * 1000, 2),
        "agent": _shown(headers.get(b"user-agent", b"")),
    }
    return json.dumps(line, ensure_ascii=True)


class Watch:
    """Middleware that counts and logs every answer; the outermost, so that it sees them all.

    `now` tells the time of day, `clock` measures.
    """

    def __init__(self, app: ASGIApp, figures: Figures, now: Callable[[], float], clock: Callable[[], float]) -> None:
        self.app, self.figures, self.now, self.clock = app, figures, now, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, length = self.clock(), 500, 0

        async def send_counted(message: Message) -> None:
            nonlocal status, length
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                length += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            seconds = self.clock() - begun
            self.figures.note(_route(scope), scope["method"], status, seconds)
            if _LOG.isEnabledFor(logging.INFO):
                _LOG.info(access_line(scope, status, length, seconds, self.now()))
