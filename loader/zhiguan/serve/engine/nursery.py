"""A small process that forks workers on demand: it has loaded what they need, so that a new one is there in milliseconds.

`python -m zhiguan.serve.engine.nursery FD MEMORY [STORE]` talks over the socket FD. It says first how it is shut off from the network
(a line), then takes messages of one byte that carry a socket, and answers each with the process id (4 bytes) of the
worker that now serves that socket; with STORE, its workers write there. It ends when its socket closes, and its workers end with it.
"""

import gc
import os
import signal
import socket
import sys

from zhiguan.serve.engine.sandbox import close_network
from zhiguan.serve.engine.scribe import scribble
from zhiguan.serve.engine.wire import LENGTH, put
from zhiguan.serve.engine.worker import work


def _bear(control: socket.socket, fd: int, memory: int, store: str) -> int:
    """Fork a worker on the socket `fd`; its process id."""
    process = os.fork()
    if process:
        os.close(fd)
        return process
    control.close()
    try:
        connection = socket.socket(fileno=fd)
        if store:
            scribble(connection, store)
        else:
            work(connection, memory)
    finally:
        os._exit(0)


def tend(control: socket.socket, memory: int, store: str) -> None:
    """Fork workers until the server closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server ends us
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries dead workers
    put(control.fileno(), close_network().encode() + b"\n")
    gc.freeze()  # pages that the collector does not touch stay shared
    while True:
        message, fds, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        put(control.fileno(), LENGTH.pack(_bear(control, fds[0], memory, store)))


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as server:
        tend(server, int(sys.argv[2]), sys.argv[3] if sys.argv[3:] else "")
