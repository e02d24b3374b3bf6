"""What passes between the server and its workers, over a socket of their own.

A request is its length (4 bytes, big-endian) and JSON. An answer is frames: a letter, the length of what follows, and
that. S, B or G opens the answer (solutions, boolean or graph) and D goes on; a small letter says that it was the last.
X is a fault: its name, a line feed and words. Answers are the engine's own bytes: nobody writes them again.
"""

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

LENGTH = struct.Struct(">I")
HEAD = struct.Struct(">cI")
SOLUTIONS, BOOLEAN, GRAPH, DATA, FAULT, DONE = b"S", b"B", b"G", b"D", b"X", b"o"
CREATED, CHANGED, NOTHING = "created", "changed", "nothing"
"""What became of a graph that was written: there was none before, there was, there was none to remove."""
CHUNK = 1 << 16
"""Bytes of an answer that a worker gathers before it sends them."""

QUERY, FORM, SIZE, MISSING, FAILED = "query", "form", "size", "missing", "failed"
"""Faults that a worker tells: the query is none, no form fits, the answer is too long, there is no such graph, else."""
DEFAULT = "default"
"""The default graph, where a graph's IRI could stand."""


@dataclass(frozen=True, slots=True)
class Place:
    """A checkpoint: of the store at `path`, in `folder`, with that base IRI."""

    path: str
    folder: str
    base: str

    @property
    def words(self) -> dict[str, str]:
        """As JSON has it; `dataclasses.asdict` would copy deeply, for each query."""
        return {"path": self.path, "folder": self.folder, "base": self.base}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query as a worker runs it.

    `rows` and `graph` name the forms (`http.negotiate`, or `evaluate.PAGE`) for either kind of answer, "" where none
    will do. `values` are bound terms in N-Triples syntax. Where `whole` is not "", the answer is instead all of the graph
    of that name (`DEFAULT`: the default graph), and there is no text.
    """

    text: str
    rows: str
    graph: str
    trusted: bool = False
    whole: str = ""
    values: dict[str, str] = field(default_factory=dict)
    default_graphs: list[str] | None = None
    named_graphs: list[str] | None = None

    @property
    def words(self) -> dict[str, object]:
        """As JSON has it."""
        return {name: getattr(self, name) for name in _ASKED}


_ASKED = tuple(each.name for each in fields(Asked))


def pack(action: str, **values: object) -> bytes:
    """A request to a worker."""
    body = json.dumps({"do": action, **values}, ensure_ascii=False).encode()
    return LENGTH.pack(len(body)) + body


def pack_query(place: Place, asked: Asked, limit: int) -> bytes:
    """The request to answer a query, in at most `limit` bytes."""
    return pack("query", store=place.words, asked=asked.words, limit=limit)


def pack_open(place: Place) -> bytes:
    """The request to open a checkpoint, before there is a query."""
    return pack("open", store=place.words)


def put(fd: int, data: bytes | bytearray) -> None:
    """Write all of it with write(2): the sandbox refuses the calls that sockets have of their own."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def frame(letter: bytes, body: bytes | bytearray = b"") -> bytes:
    """One frame of an answer."""
    return HEAD.pack(letter, len(body)) + body


def fault(kind: str, words: str = "") -> bytes:
    """The frame that tells a fault."""
    return frame(FAULT, f"{kind}\n{words}".encode())


def split_frames(buffer: bytearray) -> Iterator[tuple[bytes, bytes]]:
    """Take the whole frames away from the front of `buffer`."""
    while len(buffer) >= HEAD.size:
        letter, length = HEAD.unpack_from(buffer)
        end = HEAD.size + length
        if len(buffer) < end:
            return
        body = bytes(buffer[HEAD.size : end])
        del buffer[:end]
        yield letter, body
