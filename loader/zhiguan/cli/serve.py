"""`zhiguan serve`: SPARQL and linked-data pages over HTTP."""

import re
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
    "--allowed-host", "allowed_hosts", multiple=True, help="Host name to answer to; repeat it.  [default: any]"
)
@click.option("--license", "license_iri", help="Address of the licence that the data stands under.")
@click.option("--no-text", is_flag=True, help="Show quotes only, never an article's text.")
@click.option("--access-log", help="File for a line of JSON a request; - for standard error.")
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
@click.option("--writable", is_flag=True, help="Let clients with the token change the store; needs --token-file.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the token that writers send: one line of 16 characters or more.",
)
def serve(
    store_path: Path,
    host: str,
    port: int,
    public_url: str | None,
    allowed_hosts: tuple[str, ...],
    license_iri: str | None,
    no_text: bool,
    access_log: str | None,
    cache: int,
    writable: bool,
    token_file: Path | None,
    **limits: float,
) -> None:
    """Serve the store over HTTP.

    SPARQL 1.1 Protocol at /sparql, a page for each entity at its own path, a start page at /. Nothing is changed unless
    you say --writable. What is loaded meanwhile is seen within seconds. Ctrl-C ends it.

    \b
    Example:
      zhiguan serve --store ./zhiguan-store --port 7878
    """
    from zhiguan.serve.server import Settings, run
    from zhiguan.store.folder import read_base

    read_base(store_path)  # no word of serving where there is no store
    _check_addresses(public_url, license_iri)
    _check_log(access_log)
    if writable != (token_file is not None):
        raise click.UsageError("--writable and --token-file go together")
    _check_free(host, port)
    say(f"serving {store_path} on http://{host}:{port}/ until Ctrl-C")
    with suppress(KeyboardInterrupt):  # the usual end of a server, no failure
        run(
            store_path,
            Settings(
                host=host,
                port=port,
                public_url=public_url,
                allowed_hosts=allowed_hosts,
                license_iri=license_iri,
                texts=not no_text,
                access_log=access_log,
                limits=_limits(**limits),
                cache=cache << 20,
                token_file=token_file,
            ),
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


def _check_addresses(*addresses: str | None) -> None:
    """Refuse what is no address of the web: it would stand in every answer."""
    for address in addresses:
        if address is not None and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address, re.ASCII):
            raise click.UsageError(f"not an address of the web: {address}")


def _check_log(place: str | None) -> None:
    """Say in words that the access log cannot be written, before the server starts."""
    if place in {None, "-"}:
        return
    try:
        Path(str(place)).open("a", encoding="utf-8").close()
    except OSError as error:
        raise click.ClickException(f"cannot write {place} ({error.strerror}); give another --access-log") from error


def _check_free(host: str, port: int) -> None:
    """Say in words that an address cannot be had, before the server starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}:{port} ({error.strerror}); give another --host or --port"
        ) from error
