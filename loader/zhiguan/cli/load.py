"""`zhiguan load`: articles into the store; `zhiguan reload`: what earlier loads were given, once more."""

import contextlib
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import DATA_PROBLEM, fail, reading_options, say, store_option, validator_option
from zhiguan.config import LoadSettings
from zhiguan.errors import ReadError
from zhiguan.read.values import ReadOptions
from zhiguan.resolve.judgements import Judgements, read_judgements

if TYPE_CHECKING:
    from zhiguan.cli.progress import Shown
    from zhiguan.store import Store

_ARGUMENTS = "zhiguan.arguments"
_PASSING = frozenset({"--retry", "--again"})
"""Flags that belong to one load and are not repeated by `zhiguan reload`."""
_RELOADING = object()
"""Says that a load is an earlier one once more: it is remembered already."""


class _Remembering(click.Command):
    """A command that keeps its arguments as they were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_ARGUMENTS] = [argument for argument in args if argument not in _PASSING]
        return super().parse_args(ctx, args)


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    envvar="ZHIGUAN_JOBS",
    show_envvar=True,
    help="Processes that work on articles.  [default: one for each core]",
)


@click.command(cls=_Remembering)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option(
    "--base",
    envvar="ZHIGUAN_BASE",
    show_envvar=True,
    help="IRI under which data IRIs stand; fixed when the store is made.  [default: https://w3id.org/zhiguan/]",
)
@reading_options
@click.option("--replace", is_flag=True, help="Let a source take the place of another one with the same id.")
@click.option("--retry", is_flag=True, help="Try articles again that this version of zhiguan has set aside before.")
@click.option("--again", is_flag=True, help="Work on all articles, on those in the store as they are too.")
@click.option(
    "--judgements",
    "judgements_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines that say which namesakes are, or are not, one person; see docs/identity.md.",
)
@click.option(
    "--near-duplicates/--no-near-duplicates",
    default=True,
    show_default=True,
    help="Find re-posts of a report, which are then counted once; see docs/reposts.md.",
)
@validator_option
@jobs_option
def load(
    paths: tuple[str, ...],
    store_path: Path,
    base: str | None,
    reading: ReadOptions,
    replace: bool,
    retry: bool,
    again: bool,
    judgements_path: Path | None,
    near_duplicates: bool,
    validator: str,
    jobs: int | None,
) -> None:
    """Load articles into the store.

    PATH is a file of articles or records (text, HTML, JSONL, CSV, TSV, Parquet, WARC; also .gz and .zst), a folder of
    them, a glob, or - for the standard input; see docs/sources.md. Each article is checked against the ontology's shapes
    first. One that cannot be read or violates them is set aside with a message, the rest goes on, and the exit code is
    1. Loading again replaces the articles that have changed, each in one step, and passes over the others; after an
    interrupt, a crash or a full disk the same command goes on where it was. See docs/loading.md.

    \b
    Example:
      zhiguan load articles/ --store ./zhiguan-store
      zhiguan load news.jsonl.gz --field text=content --id path --jobs 8
    """
    from zhiguan.store import Store
    from zhiguan.store.folder import in_words

    settings = LoadSettings(
        reading=reading,
        replace=replace,
        judgements=read_judgements(judgements_path) if judgements_path else Judgements(),
        validator=validator,
        jobs=jobs or os.cpu_count() or 1,
        retry=retry,
        again=again,
        near_duplicates=near_duplicates,
    )
    with Store.open(store_path, base=base) as store, in_words(store_path):  # parts of a load lie in the store's folder
        told = _load(paths, store, settings)
        if store.is_worth_compacting:
            say("compacting the store, which may be interrupted")
            store.compact()
    if told.tally.outcomes["set aside"]:
        fail()


def _load(paths: tuple[str, ...], store: "Store", settings: LoadSettings) -> "Shown":
    """Load, and print the counts at the end, also when the run is cut short."""
    from zhiguan.cli.progress import shown
    from zhiguan.loading import input_size, load, remember

    told = None
    context, total = click.get_current_context(), input_size(paths)
    try:
        with shown(total) as told:
            load(paths, store, settings, told)
    except KeyboardInterrupt:
        say(f"{told.worked_on if told else 'nothing done'}; the same command goes on where it was")
        raise
    finally:
        if context.obj is not _RELOADING:
            remember(store.path, context.meta[_ARGUMENTS])
        if told is not None:
            click.echo("\n".join(told.lines()))
    return told


@click.command()
@store_option
@click.option("--changed", "again", flag_value="", default=True, help="Load what has changed only.  [default]")
@click.option("--all", "again", flag_value="--again", help="Work on all articles.")
@click.option("--set-aside", "retry", is_flag=True, help="Try articles again that were set aside, though unchanged.")
@jobs_option
def reload(store_path: Path, again: str, retry: bool, jobs: int | None) -> None:
    """Load once more what earlier loads were given.

    What has changed since is loaded: new and changed articles; all articles whose rules or whose ontology are another
    version's now; those set aside, after an upgrade. Articles whose source is gone stay; see `zhiguan remove`. What came
    through the standard input cannot be read again.

    \b
    Example:
      zhiguan reload --changed
      zhiguan reload --set-aside
    """
    from zhiguan.loading import remembered

    flags = [flag for flag in (again, "--retry" if retry else "") if flag]
    flags += ["--store", str(store_path.absolute()), *(["--jobs", str(jobs)] if jobs else [])]
    codes = []
    for folder, arguments in remembered(store_path):
        say(f"zhiguan load {shlex.join(arguments)} (in {folder})")
        codes.append(_reload(folder, [*arguments, *flags]))
    if any(codes):
        fail()


def _reload(folder: str, arguments: list[str]) -> int:
    """Run one earlier load where it was run; its exit code."""
    try:
        with contextlib.chdir(folder):
            return int(load.main(arguments, prog_name="zhiguan load", standalone_mode=False, obj=_RELOADING) or 0)
    except (OSError, ReadError) as error:
        say(f"{error}")
        return DATA_PROBLEM
