"""The command line: thin commands over the pipeline, the store and the queries.

Data goes to the standard output, words to the standard error. Exit codes: 0 fine, 1 a data problem, 2 wrong usage, 130
interrupted. Heavy packages are imported by the commands that need them, so that `zhiguan --help` answers at once.
"""

import click

from zhiguan import __version__
from zhiguan.cli.common import Commands
from zhiguan.cli.docs import docs
from zhiguan.cli.evaluate import evaluate
from zhiguan.cli.explain import explain
from zhiguan.cli.export import export
from zhiguan.cli.extract import extract
from zhiguan.cli.load import load, reload
from zhiguan.cli.query import queries, query, register
from zhiguan.cli.serve import serve
from zhiguan.cli.store import dump, quarantine, remove, stats
from zhiguan.cli.upkeep import backup, check, compact, restore
from zhiguan.cli.validate import validate


@click.group("zhiguan", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zhiguan", message="%(prog)s %(version)s")
def main() -> None:
    """Turn Chinese government news into a validated RDF graph, and ask it.

    \b
    Example:
      zhiguan load articles/ --store ./zhiguan-store
      zhiguan query posts --store ./zhiguan-store
    """


for _command in (
    docs,
    load,
    reload,
    extract,
    evaluate,
    explain,
    query,
    queries,
    register,
    validate,
    dump,
    export,
    remove,
    quarantine,
    stats,
    check,
    compact,
    backup,
    restore,
    serve,
):
    main.add_command(_command)
