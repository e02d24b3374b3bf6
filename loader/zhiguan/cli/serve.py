"""`zhiguan serve`: SPARQL and linked-data pages over HTTP."""

from pathlib import Path

import click

from zhiguan.cli.common import store_option


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="Port to listen on.")
def serve(store_path: Path, host: str, port: int) -> None:
    """Serve the store over HTTP, read-only.

    SPARQL 1.1 Protocol at /sparql, a page for each entity at its own path, a start page at /. Ctrl-C ends it.

    \b
    Example:
      zhiguan serve --store ./zhiguan-store --port 7878
    """
    from zhiguan.serve import run

    run(store_path, host=host, port=port)
