"""Strangers' queries in processes that can be killed: a deadline that holds, a memory limit, an end to long answers.

A few workers are kept warm. Each has one query at a time; who comes when all are busy waits for a while in a bounded
queue. The clock of a query runs while the server waits for its worker, not while a slow client takes the answer.
"""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from zhiguan.serve.engine import wire
from zhiguan.serve.engine.answers import BUSY, LATE, MEMORY, Answer, FaultError
from zhiguan.serve.engine.link import Link
from zhiguan.serve.engine.parent import IsolationError, Nursery
from zhiguan.serve.engine.wire import Asked, Place

HOLD = 1 << 18
"""Bytes of an answer that are gathered before the first one goes out: up to there a fault is an honest error."""
_PAUSE = 1.0
"""Seconds before a worker that could not be had is asked for again."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What queries may use: `seconds` each may compute, bytes of `memory`, bytes of its `answer`; so many `workers` run
    at one time and so many more may be `waiting`."""

    seconds: float = 10.0
    memory: int = 1 << 30
    answer: int = 1 << 28
    workers: int = 4
    waiting: int = 64


@dataclass(slots=True)
class _Figures:
    """What has happened so far: queries begun, over the deadline, over the memory limit, turned away, left by their
    client; workers born."""

    queries: int = 0
    queries_late: int = 0
    queries_over_memory: int = 0
    queries_turned_away: int = 0
    queries_left: int = 0
    workers_born: int = 0


class _Run:
    """One query at one worker."""

    def __init__(self, pool: "Pool", link: Link, seconds: float) -> None:
        self._pool, self._link, self._seconds = pool, link, seconds
        self._late = False

    async def next(self) -> tuple[bytes, bytes]:
        """The worker's next frame; FaultError where it tells one, or is over a limit."""
        found = self._link.take()
        if found is None:
            await self._wait()
            found = self._link.take()
        if found is None:
            raise self._pool.bury(self._link, LATE if self._late else MEMORY)
        if found[0] == wire.FAULT:
            self.finish()
            kind, _, words = found[1].decode().partition("\n")
            raise FaultError(kind, words)
        return found

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        timer = loop.call_later(max(self._seconds, 0.0), self._end)
        try:
            await self._link.wait()
        except asyncio.CancelledError:
            self.abandon()
            raise
        finally:
            timer.cancel()
            self._seconds -= loop.time() - begun

    def _end(self) -> None:
        self._late = True
        self._link.kill()

    def finish(self) -> None:
        """The worker is free again."""
        self._pool.give_back(self._link)

    def abandon(self) -> None:
        """Nobody wants the rest: the worker dies for it."""
        self._pool.leave(self._link)


class Checkpoints(Protocol):
    """Where the store's checkpoints lie; see `Live`."""

    def place(self) -> Place:
        """The checkpoint of this request, else the newest."""
        ...

    def pinned(self) -> AbstractContextManager[object]:
        """While inside, the newest checkpoint stays, and is that of this request."""
        ...


class Pool:
    """A `Runner` over worker processes, which answers from the checkpoint of the request that asks."""

    def __init__(self, limits: Limits, checkpoints: Checkpoints) -> None:
        self.limits = limits
        self._checkpoints = checkpoints
        self._figures = _Figures()
        self._nursery: Nursery | None = None
        self._idle: list[Link] = []
        self._busy: set[Link] = set()
        self._queue: deque[asyncio.Future[Link]] = deque()
        self._chores: set[asyncio.Task[None]] = set()
        self._trouble = ""

    def start(self) -> None:
        """Let the workers come, beside what comes next."""
        self._nursery = Nursery(self.limits.memory)
        for _ in range(self.limits.workers):
            self._do(self._bear())

    async def stop(self) -> None:
        """End all workers."""
        nursery, self._nursery = self._nursery, None
        for task in self._chores:
            task.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        for link in (*self._idle, *self._busy):
            link.kill()
        if nursery is not None:
            nursery.close()

    def figures(self) -> dict[str, float]:
        """See `Runner`."""
        now = {"workers_idle": len(self._idle), "workers_busy": len(self._busy), "queries_waiting": len(self._queue)}
        return {**asdict(self._figures), **now}

    async def run(self, asked: Asked) -> Answer:
        """See `Runner`: cancelling it, or `Answer.leave`, ends the worker that is at it."""
        place = self._checkpoints.place()
        self._figures.queries += 1
        link = self._idle.pop() if self._idle else await self._queued()
        self._busy.add(link)
        link.folder = place.folder
        link.send(wire.pack_query(place, asked, self.limits.answer))
        run = _Run(self, link, self.limits.seconds)
        letter, body = await run.next()
        if letter.islower():
            run.finish()
            return Answer(letter.upper(), body)
        return await _gather(run, letter, bytearray(body))

    async def _queued(self) -> Link:
        """A worker, as soon as one is free."""
        if self._trouble:
            raise FaultError(wire.FAILED, self._trouble)
        if len(self._queue) >= self.limits.waiting:
            raise self._turn_away()
        turn: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        link = None
        try:
            async with asyncio.timeout(self.limits.seconds):
                link = await turn
                return link
        except TimeoutError:
            raise self._turn_away() from None
        finally:
            if link is None:
                self._withdraw(turn)

    def _withdraw(self, turn: asyncio.Future[Link]) -> None:
        """Who waited is gone; the worker that he was given in the same moment goes to the next."""
        if turn.done() and not turn.cancelled():
            self.give_back(turn.result())
        elif turn in self._queue:
            self._queue.remove(turn)

    def _turn_away(self) -> FaultError:
        self._figures.queries_turned_away += 1
        return FaultError(BUSY)

    def give_back(self, link: Link) -> None:
        """A worker has done its query."""
        self._busy.discard(link)
        if link.lost:
            self._do(self._bear())
            return
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(link)
                return
        self._idle.append(link)

    def bury(self, link: Link, kind: str) -> FaultError:
        """A worker has died over its query, for that reason: another for it."""
        self._figures.queries_late += kind == LATE
        self._figures.queries_over_memory += kind == MEMORY
        self._replace(link)
        return FaultError(kind)

    def leave(self, link: Link) -> None:
        """A client has left: end his worker, another for it."""
        self._figures.queries_left += 1
        self._replace(link)

    def _replace(self, link: Link) -> None:
        link.kill()
        self._busy.discard(link)
        self._do(self._bear())

    def _lost(self, link: Link) -> None:
        """A worker that was idle has died: another for it. Who waits for a busy one learns it there."""
        if link in self._idle:
            self._idle.remove(link)
            self._do(self._bear())

    def warm(self) -> None:
        """Let idle workers open the newest checkpoint before somebody asks, and let go of the old one."""
        with self._checkpoints.pinned():
            newest = self._checkpoints.place().folder
        stale = [link for link in self._idle if link.folder != newest]
        self._idle = [link for link in self._idle if link.folder == newest]
        for link in stale:
            self._do(self._open(link))

    def _do(self, chore: Coroutine[Any, Any, None]) -> None:
        """Do it beside everything else, unless the pool has ended."""
        if self._nursery is None:
            chore.close()
            return
        task = asyncio.get_running_loop().create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _bear(self) -> None:
        """Put one more worker to use."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            with theirs:
                process = await self._cradle().bear(theirs)
        except IsolationError as error:
            ours.close()
            self._trouble = str(error)
            _LOG.critical("%s", error)
            return
        except OSError as error:  # the nursery has died: the next try finds a new one
            ours.close()
            _LOG.error("no worker: %s", error)
            await asyncio.sleep(_PAUSE)
            self._do(self._bear())
            return
        _, link = await asyncio.get_running_loop().create_unix_connection(lambda: Link(process, self._lost), sock=ours)
        self._figures.workers_born += 1
        await self._open(link)

    def _cradle(self) -> Nursery:
        if self._nursery is None or not self._nursery.alive:
            self._nursery = Nursery(self.limits.memory)
        return self._nursery

    async def _open(self, link: Link) -> None:
        """Let a worker open the newest checkpoint; then it is free."""
        self._busy.add(link)
        run = _Run(self, link, self.limits.seconds)
        with self._checkpoints.pinned():
            place = self._checkpoints.place()
            link.folder = place.folder
            link.send(wire.pack_open(place))
            try:
                await run.next()
            except FaultError as fault:
                _LOG.warning("a worker cannot open the store: %s", fault)
                return
        run.finish()


async def _gather(run: _Run, letter: bytes, held: bytearray) -> Answer:
    """The answer with as much of a head as is held back."""
    while len(held) < HOLD:
        following, body = await run.next()
        held += body
        if following.islower():
            run.finish()
            return Answer(letter, bytes(held))
    return Answer(letter, bytes(held), run)
