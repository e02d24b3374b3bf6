"""An answer on its way to a client, what a query ends in where it has none, and who answers queries."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from anyio import CapacityLimiter, to_thread

from zhiguan.errors import QueryError
from zhiguan.serve.engine import wire
from zhiguan.serve.engine.backend import Reader
from zhiguan.serve.engine.evaluate import NoFormError, NoGraphError, TooLongError, ask, write
from zhiguan.serve.engine.wire import Asked

LATE, MEMORY, BUSY = "late", "memory", "busy"
"""Faults besides those of `wire`: over the deadline, over the memory limit, no worker free in time."""


class FaultError(Exception):
    """A query that has no answer: `kind` is one of the faults of `wire` or of this module."""

    def __init__(self, kind: str, words: str = "") -> None:
        super().__init__(words or kind)
        self.kind = kind


class More(Protocol):
    """The part of a long answer that is still with its worker."""

    async def next(self) -> tuple[bytes, bytes]:
        """The next frame; FaultError where the answer breaks off."""
        ...

    def finish(self) -> None:
        """The last frame has been taken."""
        ...

    def abandon(self) -> None:
        """Nobody wants the rest."""
        ...


@dataclass(slots=True)
class Answer:
    """An answer: `letter` says its kind (`wire`), `head` is all of it, or its first bytes where there is `more`."""

    letter: bytes
    head: bytes
    more: More | None = None

    async def rest(self) -> AsyncIterator[bytes]:
        """What comes after the head; FaultError where it breaks off."""
        while self.more is not None:
            more, self.more = self.more, None  # a fault ends the worker: then there is nothing left to end
            letter, body = await more.next()
            if letter.islower():
                more.finish()
            else:
                self.more = more
            yield body

    async def gather(self) -> None:
        """Take the rest into the head; FaultError where it breaks off."""
        self.head += b"".join([part async for part in self.rest()])

    def leave(self) -> None:
        """End the worker that is at the rest, if there is one."""
        if self.more is not None:
            self.more.abandon()
            self.more = None


class Runner(Protocol):
    """Who answers queries that strangers wrote."""

    async def run(self, asked: Asked) -> Answer:
        """Answer a query; FaultError where there is no answer. To be cancelled when the client has left."""
        ...

    def figures(self) -> dict[str, float]:
        """What has happened so far, and how things stand."""
        ...


class _Gathered:
    """An answer in memory."""

    def __init__(self, limit: int) -> None:
        self.held = bytearray()
        self._limit = limit

    def write(self, data: bytes) -> int:
        self.held += data
        if len(self.held) > self._limit:
            raise TooLongError
        return len(data)

    def flush(self) -> None:
        pass


class Inline:
    """A runner without processes and limits of time, for programs that trust who asks them."""

    def __init__(self, reader: Reader, limit: int = 1 << 28, threads: int = 4) -> None:
        self._reader, self._limit = reader, limit
        self._threads = CapacityLimiter(threads)

    async def run(self, asked: Asked) -> Answer:
        """See `Runner`."""
        answer = await to_thread.run_sync(self._run, asked, limiter=self._threads)
        if isinstance(answer, FaultError):  # not raised over there: its traceback would hold the engine's result
            raise answer
        return answer

    def _run(self, asked: Asked) -> Answer | FaultError:
        gathered = _Gathered(self._limit)
        try:
            letter, result = ask(self._reader, asked)
            write(result, asked, gathered)
        except QueryError as error:
            return FaultError(wire.QUERY, str(error))
        except NoFormError:
            return FaultError(wire.FORM)
        except TooLongError:
            return FaultError(wire.SIZE)
        except NoGraphError:
            return FaultError(wire.MISSING)
        return Answer(letter, bytes(gathered.held))

    def figures(self) -> dict[str, float]:
        """See `Runner`."""
        return {}
