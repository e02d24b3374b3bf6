"""`zhiguan serve`: SPARQL and linked-data pages over HTTP."""

import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import say, store_option

if TYPE_CHECKING:
    from zhiguan.serve.engine.pool import Limits


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="Port to listen on.")
@click.option("--public-url", help="Address that clients see, where a proxy stands in front.  [default: the one asked]")
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Seconds that a query may take."
)
@click.option(
    "--query-memory", type=click.IntRange(min=64), default=1024, show_default=True, help="MiB that a query may use."
)
@click.option(
    "--max-answer", type=click.IntRange(min=1), default=256, show_default=True, help="MiB that an answer may have."
)
@click.option(
    "--query-workers", type=click.IntRange(min=1), default=4, show_default=True, help="Queries that run at one time."
)
@click.option(
    "--query-queue", type=click.IntRange(min=0), default=64, show_default=True, help="Queries that may wait for that."
)
@click.option(
    "--cache", type=click.IntRange(min=0), default=64, show_default=True, help="MiB of answers to keep; 0 for none."
)
def serve(store_path: Path, host: str, port: int, public_url: str | None, cache: int, **limits: float) -> None:
    """Serve the store over HTTP, read-only.

    SPARQL 1.1 Protocol at /sparql, a page for each entity at its own path, a start page at /. What is loaded meanwhile
    is seen within seconds. Ctrl-C ends it.

    \b
    Example:
      zhiguan serve --store ./zhiguan-store --port 7878
    """
    from zhiguan.serve.server import Settings, run

    _check_free(host, port)
    say(f"serving {store_path} on http://{host}:{port}/ until Ctrl-C")
    with suppress(KeyboardInterrupt):  # the usual end of a server, no failure
        run(
            store_path,
            Settings(host=host, port=port, public_url=public_url, limits=_limits(**limits), cache=cache << 20),
        )


def _limits(
    timeout: float, query_memory: float, max_answer: float, query_workers: float, query_queue: float
) -> "Limits":
    from zhiguan.serve.engine.pool import Limits

    return Limits(
        seconds=timeout,
        memory=int(query_memory) << 20,
        answer=int(max_answer) << 20,
        workers=int(query_workers),
        waiting=int(query_queue),
    )


def _check_free(host: str, port: int) -> None:
    """Say in words that an address cannot be had, before the server starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port} ({error.strerror}); give another --port") from error
