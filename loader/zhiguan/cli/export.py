"""`zhiguan export`: the store as flat tables."""

from pathlib import Path

import click

from zhiguan.cli.common import say, store_option

EXPORT_FORMATS = ("csv", "parquet")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@store_option
@click.option(
    "--format", "form", type=click.Choice(EXPORT_FORMATS), default="csv", show_default=True, help="What the tables are."
)
@click.option("--bom", is_flag=True, help="Begin each CSV with a byte order mark, by which Excel knows UTF-8.")
def export(folder: Path, store_path: Path, form: str, bom: bool) -> None:
    """Write the store as flat tables.

    For R, pandas and Excel. DIR gets a table each for articles, people, bodies, posts, tenures, decisions about them,
    meetings, participation, plans, their parts, events and statuses, terms, divisions, and the evidence of every fact;
    datapackage.json (Frictionless) and codebook.md say what the columns are, in Chinese and English. Re-posts of a report are not counted again. Parquet needs zhiguan[parquet].

    \b
    Example:
      zhiguan export tables/ --bom
      zhiguan export tables/ --format parquet
    """
    from zhiguan.export import export as write_tables
    from zhiguan.store import Store

    with Store.open(store_path, read_only=True) as store:
        counts = write_tables(store, folder, form, bom=bom)
    width = max(map(len, counts))
    for name, rows in counts.items():
        click.echo(f"{name:{width}} {rows} row{'' if rows == 1 else 's'}")
    say(f"codebook: {folder / 'codebook.md'}")
