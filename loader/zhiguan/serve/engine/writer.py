"""The server's hold on the process that writes: one change after the other, each seen by whoever asks after it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from zhiguan.serve.engine import wire
from zhiguan.serve.engine.answers import LATE, FaultError
from zhiguan.serve.engine.link import Link
from zhiguan.serve.engine.parent import Nursery

SECONDS = 60.0
"""How long a change may take."""


class Writer:
    """Changes the store by way of `scribe`. `renew` is awaited after each change, before it is acknowledged."""

    def __init__(self, path: str, renew: Callable[[], Awaitable[None]]) -> None:
        self._path, self._renew = path, renew
        self._turn = asyncio.Lock()
        self._nursery: Nursery | None = None
        self._link: Link | None = None

    async def start(self) -> None:
        """Take the store's lock; FaultError where somebody else has it."""
        self._nursery = Nursery(0, self._path)
        await self._ask("open")

    async def change(self, do: str, **values: Any) -> str:
        """Do one change (`scribe`); what became of it. FaultError where nothing was changed."""
        async with self._turn:
            result = await self._ask(do, **values)
        await self._renew()
        return result

    async def _ask(self, do: str, **values: Any) -> str:
        link = self._link = self._link or await self._hire()
        link.send(wire.pack(do, **values))
        try:
            async with asyncio.timeout(SECONDS):
                await link.wait()
        except TimeoutError:
            raise FaultError(LATE) from None
        finally:
            found = link.take()
            if found is None:  # too late, dead, or its client has left: what it does must not go on unseen
                link.kill()
                self._link = None
        if found is None:
            raise FaultError(wire.FAILED, "the writing process has ended")
        if found[0] == wire.FAULT:
            kind, _, words = found[1].decode().partition("\n")
            raise FaultError(kind, words)
        return found[1].decode()

    async def _hire(self) -> Link:
        if self._nursery is None or not self._nursery.alive:
            self._nursery = Nursery(0, self._path)
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            process = await self._nursery.bear(theirs)
        _, link = await asyncio.get_running_loop().create_unix_connection(lambda: Link(process), sock=ours)
        return link

    def stop(self) -> None:
        """Let go of the store."""
        if self._link is not None:
            self._link.kill()
        if self._nursery is not None:
            self._nursery.close()
