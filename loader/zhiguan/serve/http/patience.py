"""How long a connection may keep the server waiting: for a request's header, and for the client to read its answer.

uvicorn waits for both without end. A reverse proxy in front has such limits of its own; this keeps a server without
one alive.
"""

import asyncio
import re
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEADER_SECONDS = 15.0
"""From the first byte of a request (or the connection) to the end of its header."""
STALL_SECONDS = 30.0
"""Without a byte of the answer being taken."""
HEADER_BYTES = 1 << 17
"""Bytes that may come before a request's header ends; the parser itself would take any number."""
_UPGRADE = re.compile(rb"\r\nUpgrade:[^\r\n]*", re.IGNORECASE)


def _decline_upgrade(data: bytes) -> bytes:
    """The header without its offer of another protocol, which a server may pass over (RFC 9110, 7.8).

    Java's client offers HTTP/2 with every first request, and the parser would take a POST's body for that protocol's.
    """
    head, end, rest = data.partition(b"\r\n\r\n")
    return _UPGRADE.sub(b"", head) + end + rest


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 connections that are closed when the client stalls."""

    header_seconds = HEADER_SECONDS
    stall_seconds = STALL_SECONDS
    _header_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._header_timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def data_received(self, data: bytes) -> None:
        before = cast(RequestResponseCycle | None, self.cycle)  # none yet on a new connection
        idle = before is None or before.response_complete
        super().data_received(_decline_upgrade(data) if idle else data)
        if self.cycle is not before:
            self._header_bytes = 0
            self._stop_header_timer()
        elif idle:
            self._watch_header(len(data))

    def _watch_header(self, length: int) -> None:
        self._header_bytes += length
        if self._header_bytes > HEADER_BYTES:
            self.transport.close()
        elif self._header_timer is None:
            self._header_timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_header_timer()
        self._stop_stall_timer()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_writing(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        self._stop_stall_timer()
        super().resume_writing()

    def _watch_writing(self, waiting: int) -> None:
        self._stall_timer = self.loop.call_later(self.stall_seconds, self._check_writing, waiting)

    def _check_writing(self, waiting: int) -> None:
        """Let a slow reader go on, drop one who takes nothing."""
        left = self.transport.get_write_buffer_size()
        if left >= waiting:
            self.transport.abort()
        else:
            self._watch_writing(left)

    def _stop_header_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _stop_stall_timer(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None


def patient(header_seconds: float, stall_seconds: float) -> type[Any]:
    """The protocol with other limits than the usual ones."""
    limits = {"header_seconds": header_seconds, "stall_seconds": stall_seconds}
    return type("PatientProtocol", (PatientProtocol,), limits)
