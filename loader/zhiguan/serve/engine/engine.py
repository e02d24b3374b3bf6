"""The engine of a server: the live store, the workers over its checkpoints, the answers kept in front of them."""

import asyncio
import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from anyio import to_thread

from zhiguan.errors import StoreError
from zhiguan.serve.engine.answers import Runner
from zhiguan.serve.engine.cache import Cached
from zhiguan.serve.engine.live import Live
from zhiguan.serve.engine.pool import Limits, Pool
from zhiguan.serve.engine.writer import Writer
from zhiguan.store import Store

POLL_SECONDS = 1.0
"""How often the store is asked whether it has changed: what is loaded is to be seen within five seconds."""
_ATTEMPTS, _PAUSE = 20, 0.1
_PREFIX = ".serve-"
_LOCK = "lock"
_LOG = logging.getLogger(__name__)


class Engine:
    """What a server needs of the store at `path`: `reader` for its own queries, `runner` for those of strangers, `folder`
    for files that go when it ends."""

    def __init__(self, live: Live, limits: Limits, cache: int, folder: Path, *, writable: bool = False) -> None:
        self.reader = live
        self.writer = Writer(str(live.path), self._renew_surely) if writable else None
        self.folder = folder
        self._pool = Pool(limits, live)
        self.runner: Runner = Cached(self._pool, live, cache) if cache else self._pool

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While inside, there are workers and new articles are seen."""
        self._pool.start()
        if self.writer is not None:
            await self.writer.start()
        poll = asyncio.create_task(self._poll())
        try:
            yield
        finally:
            if self.writer is not None:
                self.writer.stop()
            poll.cancel()
            with suppress(asyncio.CancelledError):
                await poll
            await self._pool.stop()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if self.reader.is_stale():
                await self._renew()

    async def _renew(self) -> bool:
        """Take a new checkpoint; whether that could be done."""
        try:
            await to_thread.run_sync(self.reader.refresh)
        except (StoreError, OSError) as error:  # a writer is moving files: the next look finds them in place
            _LOG.warning("the store cannot be read again yet: %s", error)
            return False
        self._pool.warm()
        return True

    async def _renew_surely(self) -> None:
        """The same after a change of our own: who asks next is to see it."""
        for _ in range(_ATTEMPTS):
            if await self._renew():
                return
            await asyncio.sleep(_PAUSE)


@contextmanager
def open_engine(
    path: Path, limits: Limits, cache: int, *, writable: bool = False, texts: bool = True
) -> Iterator[Engine]:
    """The engine over the store at `path`, its checkpoints in a folder that goes with it; StoreError where it cannot be
    opened. `cache` bounds the bytes of answers that are kept; 0 keeps none. `writable` takes the store's lock for as long
    as the engine runs."""
    with _room(path) as folder:
        live = Live(path, folder, texts=texts)
        try:
            if writable:
                Store.open(path).close()  # says in words, and early, that a loader is at it
            yield Engine(live, limits, cache, folder, writable=writable)
        finally:
            live.close()


@contextmanager
def _room(path: Path) -> Iterator[Path]:
    """A folder of our own in the store's, where hard links cost nothing, else in the system's; a lock tells others that
    its owner lives, so what a killed server left goes when the next one starts."""
    parent = path if os.access(path, os.W_OK) else None
    if parent is not None:
        _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove the folders of servers that have ended without doing so."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError), (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
