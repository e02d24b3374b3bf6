"""`zhiguan extract`: facts as JSON lines, without a store."""

import json

import click

from zhiguan.cli.common import fail, reading_options, say
from zhiguan.read.values import ReadOptions


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
def extract(paths: tuple[str, ...], reading: ReadOptions) -> None:
    """Write the facts of articles as JSON lines.

    One article a line; no store is needed. Each fact has the passages that say it, with offsets in code points of the
    text as read, and the rules that read them there. PATH is a file, a folder, a glob or - for the standard input.

    \b
    Example:
      zhiguan extract article.txt | python3 -m json.tool
      zcat news.jsonl.gz | zhiguan extract - --format jsonl --field text=content
    """
    from zhiguan.facts_json import facts_to_json
    from zhiguan.model import Facts
    from zhiguan.pipeline import extract as extract_facts

    problems = 0
    for item in extract_facts(paths, reading):
        if isinstance(item, Facts):
            click.echo(json.dumps(facts_to_json(item), ensure_ascii=False))
        else:
            problems += 1
            say(item.reason)
    if problems:
        fail()
