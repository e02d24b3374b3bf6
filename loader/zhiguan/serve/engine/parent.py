"""The server's hold on the nursery: a process that forks workers."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import zhiguan
from zhiguan.errors import ZhiguanError
from zhiguan.serve.engine.wire import LENGTH

_MODULE = "zhiguan.serve.engine.nursery"
_LOG = logging.getLogger(__name__)


class IsolationError(ZhiguanError):
    """Queries cannot be shut off from the network on this system."""


class Nursery:
    """A nursery process; see `zhiguan.serve.engine.nursery`. Its workers write to `store` where that is given."""

    def __init__(self, memory: int, store: str = "") -> None:
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        command = [sys.executable, "-m", _MODULE, str(theirs.fileno()), str(memory), store]
        source = str(Path(zhiguan.__file__).parents[1])
        paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        self._turn = asyncio.Lock()
        self.isolation: str | None = None

    async def bear(self, theirs: socket.socket) -> int:
        """Let a new worker serve the other end of `theirs`; its process id."""
        async with self._turn:
            if self.isolation is None:
                self.isolation = await self._greeting()
            socket.send_fds(self._control, [b"+"], [theirs.fileno()])
            (process,) = LENGTH.unpack(await self._read(LENGTH.size))
            return int(process)

    async def _greeting(self) -> str:
        """How the nursery is shut off from the network."""
        said = b""
        while not said.endswith(b"\n"):
            said += await self._read(1)
        isolation = said.decode().strip()
        if not isolation and sys.platform == "linux":
            raise IsolationError(
                "this system offers neither seccomp filters nor network namespaces, so that queries could reach the "
                "network; allow one of them to the server"
            )
        if not isolation:
            _LOG.warning("queries are kept off the network by their text alone: this system cannot shut processes off")
        return isolation

    async def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = await asyncio.get_running_loop().sock_recv(self._control, size - len(data))
            if not part:
                raise ConnectionResetError("the nursery has ended")
            data += part
        return data

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the nursery and with it all workers."""
        self._control.close()
        self._process.kill()
        self._process.wait()
