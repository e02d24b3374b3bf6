"""The server's end of a worker's socket: frames come in, are kept to a bound, and wake who waits for them."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from zhiguan.serve.engine import wire

AHEAD = 1 << 18
"""Bytes that are taken from a worker before anybody wants them."""


class Link(asyncio.Protocol):
    """One worker, by its process id; `folder` is the checkpoint that it has open. `when_lost` is told of its end."""

    def __init__(self, process: int, when_lost: Callable[["Link"], None] | None = None) -> None:
        self.process = process
        self._when_lost = when_lost
        self.folder = ""
        self.lost = False
        self._transport: asyncio.Transport
        self._buffer = bytearray()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._ahead = 0
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._buffer += data
        for letter, body in wire.split_frames(self._buffer):
            self._frames.append((letter, body))
            self._ahead += len(body)
        if self._ahead > AHEAD:
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """See `asyncio.Protocol`."""
        self.lost = True
        self._wake()
        if self._when_lost is not None:
            self._when_lost(self)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def send(self, data: bytes) -> None:
        """Send a request."""
        self._transport.write(data)

    def take(self) -> tuple[bytes, bytes] | None:
        """The next frame that is there."""
        if not self._frames:
            return None
        found = self._frames.popleft()
        before, self._ahead = self._ahead, self._ahead - len(found[1])
        if before > AHEAD >= self._ahead:
            self._transport.resume_reading()
        return found

    async def wait(self) -> None:
        """Until there is a frame or the worker is lost."""
        while not self._frames and not self.lost:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter

    def kill(self) -> None:
        """End the worker now, whatever it does."""
        if not self.lost:  # its process id is its own until its socket closes
            with suppress(ProcessLookupError):  # died a moment ago
                os.kill(self.process, signal.SIGKILL)
        self._transport.abort()
