"""The server as a process: the engine over a store, the application over the engine, uvicorn in front."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from zhiguan.serve.app import create_app
from zhiguan.serve.engine.engine import open_engine
from zhiguan.serve.engine.pool import Limits
from zhiguan.serve.http.patience import PatientProtocol
from zhiguan.serve.http.watch import ACCESS_LOG
from zhiguan.serve.protocol.access import Access
from zhiguan.serve.protocol.writing import Changes

GRACE_SECONDS = 5
"""How long answers that are on their way may go on after the server has been told to end."""

CONNECTIONS = 2000
"""Connections at one time; more are answered 503."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve. `public_url` is the address that clients see (behind a proxy), by default the one that they asked;
    `allowed_hosts` the names that the server answers to, by default any; `license_iri` the data's licence; without `texts`
    articles are shown by their quotes only; `access_log` is a file for one line of JSON a request, `-` standard error;
    `cache` bounds the bytes of kept answers."""

    host: str = "127.0.0.1"
    port: int = 7878
    public_url: str | None = None
    allowed_hosts: Sequence[str] = ()
    license_iri: str | None = None
    texts: bool = True
    access_log: str | None = None
    limits: Limits = field(default_factory=Limits)
    cache: int = 64 << 20
    token_file: Path | None = None


def run(store_path: Path, settings: Settings) -> None:
    """Serve the store at `store_path` until interrupted; StoreError where it cannot be opened, TokenError where the
    token cannot be read.

    Answers come from checkpoints, so a load may go on beside it; what it stores is seen within seconds.
    """
    access = Access.from_file(settings.token_file) if settings.token_file else None
    writable = access is not None
    if settings.access_log:
        _log_access(settings.access_log)
    with open_engine(store_path, settings.limits, settings.cache, writable=writable, texts=settings.texts) as engine:

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with engine.running():
                yield

        app = create_app(
            engine.reader,
            runner=engine.runner,
            changes=Changes(engine.writer, access) if engine.writer and access else None,
            base=engine.reader.base,
            public_url=settings.public_url,
            allowed_hosts=settings.allowed_hosts,
            license_iri=settings.license_iri,
            dumps=engine.folder / "dumps",
            lifespan=lifespan,
        )
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            access_log=False,
            limit_concurrency=CONNECTIONS,
            http=PatientProtocol,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


def _log_access(place: str) -> None:
    """Write the access log; OSError where the file cannot be opened."""
    handler = logging.StreamHandler() if place == "-" else logging.FileHandler(place, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger(ACCESS_LOG)
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
