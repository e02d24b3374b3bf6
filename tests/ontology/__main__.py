"""Print a table of all checks of the ontology; exit 1 where one finds an error.

python -m tests.ontology [--findings N]
"""

import argparse
import sys

from rich.console import Console
from rich.table import Table
from tests.ontology.checks import Check, Finding, all_checks
from tests.ontology.corpus import ontology

_COUNTS = """
SELECT ?kind (COUNT(DISTINCT ?term) AS ?number) WHERE {
  { GRAPH g:terms { ?term a ?kind } FILTER(STRSTARTS(STR(?term), STR(zg:)) && ?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty)) }
  UNION { GRAPH g:concepts { ?term a ?kind } FILTER(?kind IN (skos:Concept, skos:ConceptScheme)) }
  UNION { GRAPH g:shapes { ?term a ?kind } FILTER(?kind IN (sh:NodeShape, sh:PropertyShape)) }
} GROUP BY ?kind ORDER BY ?kind
"""


def _verdict(check: Check, findings: list[Finding]) -> str:
    return "pass" if not findings else {"error": "FAIL", "warning": "warn"}.get(check.severity, "info")


def main() -> int:
    """Run all checks and print them."""
    parser = argparse.ArgumentParser(prog="python -m tests.ontology", description=__doc__)
    parser.add_argument("--findings", type=int, default=3, help="findings shown of each check")
    shown = parser.parse_args().findings
    files = ontology()
    table = Table("check", "what it asks", "severity", "verdict", "findings", box=None, pad_edge=False)
    verdicts = []
    for check in all_checks():
        findings = list(check.find(files))
        verdicts.append(_verdict(check, findings))
        table.add_row(check.name, check.title, check.severity, verdicts[-1], str(len(findings)))
        for subject, said in findings[:shown]:
            table.add_row("", f"  {subject.rpartition('/')[2]}: {said}")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
    console.print(table)
    counts = ", ".join(f"{number} {kind.rpartition('#')[2]}" for kind, number in files.rows(_COUNTS))
    console.print(f"\n{counts}")
    console.print(f"{verdicts.count('pass')} of {len(verdicts)} checks pass, {verdicts.count('FAIL')} fail")
    return 1 if "FAIL" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
