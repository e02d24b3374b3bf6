"""Changes over HTTP: SPARQL updates, and graphs that come in a request's body."""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from zhiguan.serve.engine import wire
from zhiguan.serve.engine.answers import LATE, FaultError
from zhiguan.serve.http.negotiate import TRIPLES, by_name
from zhiguan.serve.pages.problems import Problem
from zhiguan.serve.protocol.access import Access
from zhiguan.serve.protocol.requests import UpdateRequest, body_type

UPLOAD_LIMIT = 1 << 28
"""Longest graph in a request's body, in bytes."""
_CHUNK = 1 << 20
_MULTIPART = "multipart/form-data"
Payload = tuple[str, str, str]
"""A file, the form of the graph in it, and its base IRI."""


class Changer(Protocol):
    """Who changes the store."""

    async def change(self, do: str, **values: Any) -> str:
        """See `engine.writer`."""
        ...


@dataclass(frozen=True, slots=True)
class Changes:
    """What an authorised client may do."""

    changer: Changer
    access: Access

    async def update(self, asked: UpdateRequest) -> Response:
        """Run an update."""
        graphs = {"default": list(asked.default_graphs), "named": list(asked.named_graphs)}
        await self._change("update", text=asked.update, **graphs)
        return Response(status_code=204)

    async def write(self, request: Request, graph: str, base: str, *, replace: bool) -> bool:
        """Make the graph say what the body says, or add it; whether there was no such graph."""
        async with _uploaded(request, base) as payloads:
            done = await self._change("put" if replace else "post", graph=graph, payloads=payloads)
        return done == wire.CREATED

    async def drop(self, graph: str) -> bool:
        """Remove a graph; whether there was one."""
        return await self._change("drop", graph=graph) != wire.NOTHING

    async def _change(self, do: str, **values: object) -> str:
        try:
            return await self.changer.change(do, **values)
        except FaultError as fault:
            if fault.kind == wire.QUERY:
                raise Problem(400, str(fault), "Correct what you send; nothing was changed.") from None
            if fault.kind == LATE:
                raise Problem(504, "The change takes too long; nothing was changed.", "Send less at a time.") from None
            raise


@asynccontextmanager
async def _uploaded(request: Request, base: str) -> AsyncIterator[list[Payload]]:
    """The graphs of the body, in files: one, or those of a multipart form."""
    with TemporaryDirectory(prefix="zhiguan-upload-") as folder:
        if body_type(request) == _MULTIPART:
            yield [payload async for payload in _parts(request, Path(folder), base)]
        else:
            form = _form_of(body_type(request))
            file = Path(folder) / "body"
            await _save(request.stream(), file)
            yield [(str(file), form, base)]


def _form_of(media: str) -> str:
    """The name of the form with that media type; 415 where it is no graph."""
    found = by_name(media, TRIPLES) if "/" in media else None
    if found is None:
        known = ", ".join(each.media[0] for each in TRIPLES)
        raise Problem(415, f"Unsupported body type: {media or 'none'}.", f"Send one of: {known}.")
    return found.name


async def _parts(request: Request, folder: Path, base: str) -> AsyncIterator[Payload]:
    async with request.form() as form:
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        if not files:
            raise Problem(400, "The form has no file.", "Send each graph as a file with its own Content-Type.")
        for number, part in enumerate(files):
            name = _form_of((part.content_type or "").partition(";")[0].strip().lower())
            file = folder / str(number)
            await _save(_chunks(part), file)
            yield str(file), name, base


async def _chunks(part: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await part.read(_CHUNK):
        yield chunk


async def _save(chunks: AsyncIterable[bytes], file: Path) -> None:
    """Write the chunks to a file; 413 as soon as they are too many."""
    size = 0
    with file.open("wb") as output:
        async for chunk in chunks:
            size += output.write(chunk)
            if size > UPLOAD_LIMIT:
                raise Problem(413, f"The graph is longer than {UPLOAD_LIMIT} bytes.", "Send it in parts, by POST.")
