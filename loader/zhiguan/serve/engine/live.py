"""The store as it is now: a checkpoint that is renewed when a loader has changed the store.

A checkpoint is hard links (milliseconds), so readers see whole articles only and no writer can take files away from
them. Each request is pinned to the checkpoint that was newest when it began; a retired one goes when nobody uses it.
"""

import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, TypeVar

from pyoxigraph import Triple

from zhiguan.errors import StoreError
from zhiguan.serve.engine.backend import Bindings, Reader, Result
from zhiguan.serve.engine.wire import Place
from zhiguan.store import Entry, Store, read_version
from zhiguan.store.outside import read_graph

T = TypeVar("T")


class Kept:
    """Values that are worked out once, whoever asks first; others wait for him."""

    def __init__(self) -> None:
        self._values: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], T]) -> T:
        """The value of that name, from `make` if it is not there yet; what `make` raises is not kept."""
        with self._lock:
            found = self._values.get(name)
            mine = found is None
            if found is None:
                found = self._values[name] = Future()
        if mine:
            try:
                found.set_result(make())
            finally:
                if not found.done():  # those who wait are told too; who asks next tries again
                    del self._values[name]
                    found.set_exception(StoreError(f"the server could not work out {name}"))
        value: T = found.result()
        return value


class Still:
    """A `Reader` over an open store that nobody renews: for tests, and for programs that hold their own store. Without
    `texts` it keeps the articles' texts to itself."""

    def __init__(self, store: Store, version: str = "still", *, texts: bool = True) -> None:
        self.store = store
        self.texts = texts
        self.version = version
        self.base = store.base
        self._kept = Kept()

    def query(
        self,
        text: str,
        values: Bindings | None = None,
        *,
        trusted: bool = False,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """See `Store.query`."""
        return self.store.query(text, values, trusted=trusted, default_graphs=default_graphs, named_graphs=named_graphs)

    def graph(self, name: str) -> Iterator[Triple] | None:
        """See `Reader.graph`."""
        return read_graph(self.store, name)

    def get_text(self, digest: str) -> str | None:
        """See `Store.get_text`."""
        return self.store.get_text(digest) if self.texts else None

    def recent(self, limit: int, offset: int = 0) -> Sequence[Entry]:
        """See `Manifest.recent`; the manifest is no checkpoint, it may be a moment ahead."""
        return self.store.manifest.recent(limit, offset)

    def when_removed(self, article: str) -> str | None:
        """See `Manifest.when_removed`."""
        return self.store.manifest.when_removed(article)

    def dump(self, form: str, output: IO[bytes]) -> None:
        """See `Store.dump`."""
        self.store.dump(form, output)

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """The value that `make` works out for this version of the store, worked out once."""
        return self._kept.get(name, make)

    def pinned(self) -> AbstractContextManager[object]:
        """Nothing: all requests see the same."""
        return nullcontext()


class Snapshot(Still):
    """A checkpoint in a folder of its own, and how many requests use it."""

    def __init__(self, store: Store, version: str, folder: Path, *, texts: bool = True) -> None:
        super().__init__(store, version, texts=texts)
        self.folder = folder
        self.users = 0
        self.retired = False

    def drop(self) -> None:
        """Let go of the store and of its folder."""
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Live:
    """A `Reader` over the newest checkpoint of the store at `path`; checkpoints lie in `folder`."""

    def __init__(self, path: Path, folder: Path, *, texts: bool = True) -> None:
        self.path = path
        self.texts = texts
        self._folder = folder
        self._lock = threading.Lock()
        self._renewing = threading.Lock()
        self._number = 0
        self._pinned: ContextVar[Snapshot | None] = ContextVar("pinned", default=None)
        self._newest = self._take()

    def _take(self) -> Snapshot:
        """A new checkpoint. Its version is read before: a change meanwhile shows as a change afterwards."""
        version = read_version(self.path)
        self._number += 1
        folder = self._folder / f"graph-{self._number}"
        with Store.open(self.path, read_only=True) as store:
            return Snapshot(store.snapshot(folder), version, folder, texts=self.texts)

    def is_stale(self) -> bool:
        """Whether the store has changed since the newest checkpoint; a small file tells."""
        return read_version(self.path) != self._newest.version

    def refresh(self) -> bool:
        """Take a new checkpoint if the store has changed; whether it had. Blocks for some 10 ms: call it on a thread."""
        with self._renewing:
            if not self.is_stale():
                return False
            fresh = self._take()
            with self._lock:
                old, self._newest = self._newest, fresh
                old.retired = True
                unused = old.users == 0
        if unused:
            old.drop()
        return True

    @contextmanager
    def pinned(self) -> Iterator[Snapshot]:
        """Hold the newest checkpoint: all queries inside see it, on threads too, whatever is loaded meanwhile."""
        with self._lock:
            snapshot = self._newest
            snapshot.users += 1
        token = self._pinned.set(snapshot)
        try:
            yield snapshot
        finally:
            self._pinned.reset(token)
            self._release(snapshot)

    def _release(self, snapshot: Snapshot) -> None:
        with self._lock:
            snapshot.users -= 1
            unused = snapshot.retired and snapshot.users == 0
        if unused:
            snapshot.drop()

    @property
    def current(self) -> Snapshot:
        """The checkpoint of this request, else the newest."""
        return self._pinned.get() or self._newest

    def place(self) -> Place:
        """Where this request's checkpoint lies, for other processes."""
        return Place(str(self.path), str(self.current.folder), self.base)

    @property
    def version(self) -> str:
        """Changes with every change of the store; the answers of one request are all of one version."""
        return self.current.version

    @property
    def base(self) -> str:
        """What data IRIs begin with."""
        return self._newest.base

    def query(
        self,
        text: str,
        values: Bindings | None = None,
        *,
        trusted: bool = False,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Result:
        """See `Store.query`."""
        return self.current.query(
            text, values, trusted=trusted, default_graphs=default_graphs, named_graphs=named_graphs
        )

    def graph(self, name: str) -> Iterator[Triple] | None:
        """See `Reader.graph`."""
        return self.current.graph(name)

    def get_text(self, digest: str) -> str | None:
        """See `Store.get_text`."""
        return self.current.get_text(digest)

    def recent(self, limit: int, offset: int = 0) -> Sequence[Entry]:
        """See `Still.recent`."""
        return self.current.recent(limit, offset)

    def when_removed(self, article: str) -> str | None:
        """See `Manifest.when_removed`."""
        return self.current.when_removed(article)

    def dump(self, form: str, output: IO[bytes]) -> None:
        """See `Store.dump`."""
        self.current.dump(form, output)

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """The value that `make` works out for this version of the store, worked out once."""
        return self.current.remember(name, make)

    def close(self) -> None:
        """Let go of the newest checkpoint."""
        self._newest.drop()


Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Pinned:
    """ASGI middleware: a request sees one version of the store from its first byte to its last."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]], reader: Reader) -> None:
        self._app, self._reader = app, reader

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        with self._reader.pinned():
            await self._app(scope, receive, send)
