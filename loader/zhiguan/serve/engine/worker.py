"""A process that answers queries from checkpoints, one at a time, until it is killed or its socket closes.

It is forked from the nursery, which has shut itself off from the network. It can do nothing but read.
"""

import json
import socket
from functools import partial
from pathlib import Path
from typing import Any

from zhiguan.errors import QueryError, ZhiguanError
from zhiguan.serve.engine import wire
from zhiguan.serve.engine.evaluate import NoFormError, NoGraphError, TooLongError, ask, write
from zhiguan.serve.engine.sandbox import die_with_parent, free_memory, hush, limit_memory
from zhiguan.serve.engine.wire import Asked, fault, frame, put
from zhiguan.store import Store
from zhiguan.store.outside import read_graph


class Spout:
    """Where the engine writes an answer: goes out in frames, up to `limit` bytes."""

    def __init__(self, fd: int, letter: bytes, limit: int) -> None:
        self._fd, self._letter, self._room = fd, letter, limit
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes of the answer."""
        self._held += data
        self._room -= len(data)
        if self._room < 0:
            raise TooLongError
        if len(self._held) >= wire.CHUNK:
            self._send(self._letter)
        return len(data)

    def flush(self) -> None:
        """Nothing: `end` is what sends."""

    def end(self) -> None:
        """The answer is whole."""
        self._send(self._letter.lower())

    def _send(self, letter: bytes) -> None:
        put(self._fd, frame(letter, self._held))
        self._held.clear()
        self._letter = wire.DATA


class _Opened:
    """A checkpoint as `evaluate` asks it."""

    def __init__(self, store: Store) -> None:
        self.query = store.query
        self.graph = partial(read_graph, store)


class Worker:
    """Answers over one socket."""

    def __init__(self, connection: socket.socket, memory: int) -> None:
        self._fd, self._memory = connection.fileno(), memory
        self._incoming = connection.makefile("rb")
        self._folder = ""
        self._store: Store | None = None

    def serve(self) -> None:
        """Answer until the other end closes."""
        while head := self._incoming.read(wire.LENGTH.size):
            (length,) = wire.LENGTH.unpack(head)
            request = json.loads(self._incoming.read(length))
            try:
                put(self._fd, self._answer(request))
            except BrokenPipeError:  # the server has gone
                return

    def _answer(self, request: dict[str, Any]) -> bytes:
        """Do what is asked; what is left to send."""
        try:
            store = self._opened(**request["store"])
            if request["do"] == "open":
                return frame(wire.DONE)
            self._query(store, Asked(**request["asked"]), request["limit"])
        except QueryError as error:
            return fault(wire.QUERY, str(error))
        except NoFormError:
            return fault(wire.FORM)
        except TooLongError:
            return fault(wire.SIZE)
        except NoGraphError:
            return fault(wire.MISSING)
        except BrokenPipeError:
            raise
        except (ZhiguanError, RuntimeError, OSError) as error:
            return fault(wire.FAILED, str(error))
        return b""

    def _query(self, store: Store, asked: Asked, limit: int) -> None:
        letter, result = ask(_Opened(store), asked)
        spout = Spout(self._fd, letter, limit)
        write(result, asked, spout)
        spout.end()

    def _opened(self, path: str, folder: str, base: str) -> Store:
        if self._store is None or folder != self._folder:
            free_memory()
            self._close()
            self._store = Store.of_snapshot(Path(path), Path(folder), base)
            self._folder = folder
            limit_memory(self._memory)
        return self._store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def work(connection: socket.socket, memory: int) -> None:
    """The life of a worker process."""
    die_with_parent()
    hush()
    Worker(connection, memory).serve()
