"""`zhiguan serve`: SPARQL and linked-data pages over HTTP."""

import socket
from contextlib import suppress
from pathlib import Path

import click

from zhiguan.cli.common import say, store_option


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="Port to listen on.")
@click.option("--public-url", help="Address that clients see, where a proxy stands in front.  [default: the one asked]")
def serve(store_path: Path, host: str, port: int, public_url: str | None) -> None:
    """Serve the store over HTTP, read-only.

    SPARQL 1.1 Protocol at /sparql, a page for each entity at its own path, a start page at /. Ctrl-C ends it.

    \b
    Example:
      zhiguan serve --store ./zhiguan-store --port 7878
    """
    from zhiguan.serve.server import Settings, run

    _check_free(host, port)
    say(f"serving {store_path} on http://{host}:{port}/ until Ctrl-C")
    with suppress(KeyboardInterrupt):  # the usual end of a server, no failure
        run(store_path, Settings(host=host, port=port, public_url=public_url))


def _check_free(host: str, port: int) -> None:
    """Say in words that an address cannot be had, before the server starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port} ({error.strerror}); give another --port") from error
