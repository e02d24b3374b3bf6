"""`zhiguan dump`, `remove`, `quarantine`, `stats`: what a store holds."""

from dataclasses import asdict
from pathlib import Path

import click

from zhiguan.cli.common import fail, output, say, store_option

DUMP_FORMATS = ("nquads", "trig", "turtle", "jsonld")


@click.command()
@store_option
@click.option(
    "--format", "form", type=click.Choice(DUMP_FORMATS), default="nquads", show_default=True, help="RDF format."
)
@click.option(
    "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: stdout]"
)
def dump(store_path: Path, form: str, file: Path | None) -> None:
    """Write the whole store as RDF.

    One named graph an article; turtle knows no graphs and writes their union.

    \b
    Example:
      zhiguan dump --format trig --output register.trig
      zhiguan dump | gzip > register.nq.gz
    """
    from zhiguan.store import Store

    with Store.open(store_path, read_only=True) as store:
        if file is None:
            store.dump(form, output())
            return
        with click.open_file(file, "wb", atomic=True) as stream:
            store.dump(form, stream)


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@store_option
def remove(articles: tuple[str, ...], store_path: Path) -> None:
    """Remove articles by their ids.

    Their graphs, their texts, and their places among those set aside.

    \b
    Example:
      zhiguan remove 2023-08-29-baoshan
    """
    from zhiguan.store import Store

    with Store.open(store_path) as store:
        missing = [article for article in articles if not store.remove_article(article)]
    for article in missing:
        say(f"{article}: no such article; list them with: zhiguan query articles")
    if missing:
        fail()


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@store_option
def quarantine(articles: tuple[str, ...], store_path: Path) -> None:
    """List what was set aside, and why.

    With ids: their validation reports, as Turtle.

    \b
    Example:
      zhiguan quarantine
      zhiguan quarantine 2023-08-29-baoshan > report.ttl
    """
    from zhiguan.store import Manifest, State

    with Manifest.open(store_path) as manifest:
        if not articles:
            entries = list(manifest.entries(State.SET_ASIDE))
            for entry in entries:
                click.echo(f"{entry.id}\t{entry.reason.splitlines()[0]}")
            if not entries:
                say("nothing is set aside; what could not be read at all is told by `zhiguan load` and not kept")
            return
        reports = {article: manifest.report(article) for article in articles}
    for article, report in reports.items():
        if report is None:
            say(f"{article}: no report of it; list those set aside with: zhiguan quarantine")
        else:
            click.echo(report)
    if None in reports.values():
        fail()


@click.command()
@store_option
def stats(store_path: Path) -> None:
    """Count what the store holds.

    \b
    Example:
      zhiguan stats --store ./zhiguan-store
    """
    from zhiguan.store import Store

    with Store.open(store_path, read_only=True) as store:
        for name, number in asdict(store.counts()).items():
            click.echo(f"{name:<15}{number:>10}")
