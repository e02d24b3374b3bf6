"""The server as a process: the engine over a store, the application over the engine, uvicorn in front."""

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

GRACE_SECONDS = 5
"""How long answers that are on their way may go on after the server has been told to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve. `public_url` is the address that clients see (behind a proxy), by default the one that they asked;
    `allowed_hosts` the names that the server answers to, by default any; `cache` bounds the bytes of kept answers."""

    host: str = "127.0.0.1"
    port: int = 7878
    public_url: str | None = None
    allowed_hosts: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)
    cache: int = 64 << 20


def run(store_path: Path, settings: Settings) -> None:
    """Serve the store at `store_path`, read-only, until interrupted; StoreError where it cannot be opened.

    Answers come from checkpoints, so a load may go on beside it; what it stores is seen within seconds.
    """
    with open_engine(store_path, settings.limits, settings.cache) as engine:

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with engine.running():
                yield

        app = create_app(
            engine.reader,
            runner=engine.runner,
            base=engine.reader.base,
            public_url=settings.public_url,
            allowed_hosts=settings.allowed_hosts,
            lifespan=lifespan,
        )
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            http=PatientProtocol,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
