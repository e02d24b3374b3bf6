"""The process that writes for a server that may: it holds the store's lock, does one change at a time, and can be killed.

A kill ends a change that is one transaction, so the store is as before it. Like all workers it has no network.
"""

import json
import socket
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat

from zhiguan.errors import QueryError, ZhiguanError
from zhiguan.serve.engine import wire
from zhiguan.serve.engine.sandbox import die_with_parent
from zhiguan.serve.engine.wire import frame, put
from zhiguan.serve.http.negotiate import TRIPLES
from zhiguan.store import Store
from zhiguan.store.outside import Payload, drop_graph, put_graph, update

_FORMS = {each.name: each.engine for each in TRIPLES if isinstance(each.engine, RdfFormat)}


def scribble(connection: socket.socket, path: str) -> None:
    """The life of a writing process."""
    die_with_parent()
    incoming, fd = connection.makefile("rb"), connection.fileno()
    with Store.open(Path(path)) as store:
        while head := incoming.read(wire.LENGTH.size):
            (length,) = wire.LENGTH.unpack(head)
            put(fd, _answer(store, json.loads(incoming.read(length))))


def _answer(store: Store, request: dict[str, Any]) -> bytes:
    try:
        return frame(wire.DONE, _do(store, **request).encode())
    except QueryError as error:
        return wire.fault(wire.QUERY, str(error))
    except (ZhiguanError, RuntimeError, OSError) as error:
        return wire.fault(wire.FAILED, str(error))


def _do(store: Store, do: str, **values: Any) -> str:
    """One change; what became of it (`wire`)."""
    if do == "open":
        return ""
    if do == "update":
        update(store, **values)
        return wire.CHANGED
    graph = "" if values["graph"] == wire.DEFAULT else values["graph"]
    if do == "drop":
        return wire.CHANGED if drop_graph(store, graph) else wire.NOTHING
    payloads = [Payload(Path(file), _FORMS[form], base) for file, form, base in values["payloads"]]
    created = put_graph(store, graph, payloads, replace=do == "put")
    return wire.CREATED if created else wire.CHANGED
