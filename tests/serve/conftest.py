"""The application over a small store, asked without a socket."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from zhiguan.serve import create_app
from zhiguan.store import Store

from .sample import BASE, fill

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("serve") / "store"
    with Store.open(path) as filling:
        fill(filling)
    with Store.open(path, read_only=True) as reading:
        yield reading


def asker(app: Any) -> Ask:
    """Send one request to an application and wait for its answer."""

    def ask(path: str, method: str = "GET", **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zhiguan.test") as client:
                return await client.request(method, path, **options)

        return asyncio.run(send())

    return ask


@pytest.fixture(scope="session")
def ask(store: Store) -> Ask:
    return asker(create_app(store, base=BASE))
