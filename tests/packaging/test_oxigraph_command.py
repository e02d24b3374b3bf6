"""A store is a plain Oxigraph folder: the `oxigraph` command that comes with us reads it without this project."""

import subprocess
import sys
from pathlib import Path

from zhiguan.config import LoadSettings
from zhiguan.loading import load
from zhiguan.store import Store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
QUERY = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a a <https://w3id.org/zhiguan/ontology#Article> } }"


def test_the_oxigraph_command_reads_a_store(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        loaded = load([str(EXAMPLES)], store, LoadSettings()).articles
    (graph,) = (tmp_path / "store").glob("graph-*")
    command = [str(Path(sys.executable).parent / "oxigraph"), "query", "--location", str(graph)]
    done = subprocess.run(
        [*command, "--query", QUERY, "--results-format", "csv"], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["n", str(loaded)]
