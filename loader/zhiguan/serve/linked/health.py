"""`/healthz`: whether the server lives and can read its store; and the figures of the moment for `/metrics`."""

from collections.abc import Mapping
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from zhiguan import __version__
from zhiguan.errors import ZhiguanError
from zhiguan.serve.engine.backend import Reader

_READABLE = "ASK { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Health:
    """What a load balancer asks."""

    store: Reader

    async def answer(self, _request: Request) -> Response:
        """200 where the store can be read, 503 where not."""
        readable = await to_thread.run_sync(self._is_readable)
        words = {"status": "ok" if readable else "failing", "zhiguan": __version__, "store": self.store.version}
        return JSONResponse(words, 200 if readable else 503, {"Cache-Control": "no-store"})

    def _is_readable(self) -> bool:
        try:
            return bool(self.store.query(_READABLE, trusted=True))
        except (ZhiguanError, OSError, RuntimeError):
            return False

    def gauges(self) -> Mapping[str, float | str]:
        """Figures of the moment."""
        return {"store_version": self.store.version, "version": __version__}
