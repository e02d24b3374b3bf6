"""How long a connection may keep the server waiting: for a request's header, and for the client to read its answer.

uvicorn waits for both without end. A reverse proxy in front has such limits of its own; this keeps a server without
one alive.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 15.0
"""From the first byte of a request (or the connection) to the end of its header."""
STALL_SECONDS = 30.0
"""Without a byte of the answer being taken."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 connections that are closed when the client stalls."""

    header_seconds = HEADER_SECONDS
    stall_seconds = STALL_SECONDS
    _header_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._header_timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._stop_header_timer()
        elif self._header_timer is None and (self.cycle is None or self.cycle.response_complete):
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
