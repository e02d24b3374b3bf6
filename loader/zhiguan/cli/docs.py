"""`zhiguan docs`: the ontology's documentation as a site of plain pages."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--endpoint",
    default="http://127.0.0.1:7878/sparql",
    show_default=True,
    metavar="URL",
    help="SPARQL endpoint that the pages' live links ask.",
)
def docs(folder: Path, endpoint: str) -> None:
    """Document the ontology on static pages.

    DIR gets a page for each class, property and vocabulary, with its definition in Chinese and English, an example, the
    questions and shapes that use it and a live query; a picture of the model; the ontology's own files, also under
    their version. The server shows the same pages under /reference/.

    \b
    Example:
      zhiguan docs site/
    """
    from zhiguan.reference import build_site

    click.echo(f"{build_site(folder, endpoint=endpoint)} files in {folder}")
