"""An answer as HTTP: whole with its length, or streamed so that a client sees where it breaks off."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from tempfile import SpooledTemporaryFile

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from zhiguan.serve.engine.answers import Answer, FaultError
from zhiguan.serve.engine.leaving import Leaving

STALL_SECONDS = 30.0
"""How long a client may take nothing of its answer while a worker waits with the rest."""
TRANSFER_SECONDS = 600.0
"""How long an answer may take in all: a worker that a slow reader holds is lost to others."""
_MEMORY = 1 << 20
_LOG = logging.getLogger(__name__)


class Sending(Response):
    """The rest of a long answer after its head.

    A fault on the way ends the connection without the last chunk: HTTP/1.1 has no other sign (RFC 9112, 8). HTTP/1.0
    has no chunks, so there the answer is gathered on the disk first, and a fault is the error that `problem` makes of it.
    """

    def __init__(
        self, answer: Answer, headers: Mapping[str, str], problem: Callable[[FaultError], HTTPException]
    ) -> None:
        super().__init__(headers=dict(headers))
        del self.headers["content-length"]
        self._answer, self._problem = answer, problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; a client that leaves or stalls loses its worker."""
        if scope["method"] == "HEAD":
            self._answer.leave()
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            with Leaving(receive):
                async with asyncio.timeout(TRANSFER_SECONDS):
                    await (self._gather if scope["http_version"] == "1.0" else self._stream)(send)
        except (FaultError, TimeoutError) as fault:
            _LOG.info("an answer was cut off: %s", fault)  # and the connection with it, since it is not ended
        finally:
            self._answer.leave()

    async def _stream(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await self._put(send, self._answer.head)
        async for part in self._answer.rest():
            await self._put(send, part)
        await send({"type": "http.response.body", "body": b""})

    async def _gather(self, send: Send) -> None:
        with SpooledTemporaryFile(_MEMORY) as held:
            size = held.write(self._answer.head)
            try:
                async for part in self._answer.rest():
                    size += held.write(part)
            except FaultError as fault:
                raise self._problem(fault) from None
            held.seek(0)
            self.headers["content-length"] = str(size)
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while part := held.read(_MEMORY):
                await self._put(send, part)
            await send({"type": "http.response.body", "body": b""})

    @staticmethod
    async def _put(send: Send, part: bytes) -> None:
        async with asyncio.timeout(STALL_SECONDS):
            await send({"type": "http.response.body", "body": part, "more_body": True})
