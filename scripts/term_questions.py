"""Write into the ontology which named queries need each of its terms (dcterms:isRequiredBy), at most three a term.

    python scripts/term_questions.py [--check]

With --check nothing is written; the exit code is 1 where the file is out of date.
"""

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = ROOT / "ontology" / "zhiguan.ttl"
QUESTION = "https://w3id.org/zhiguan/query/"
MOST = 3
_TERM = re.compile(r"^zg:(\w+) a owl:(?:Class|ObjectProperty|DatatypeProperty)\b")
_LINE = re.compile(r"^    dcterms:isRequiredBy .*\n", re.MULTILINE)


def questions() -> dict[str, list[str]]:
    """Local name of a term -> names of the queries that use it, in alphabetical order."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "queries").glob("*.rq")):
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith(("#", "PREFIX")))
        for name in sorted(set(re.findall(r"\bzg:(\w+)", text))):
            found[name].append(path.stem)
    return found


def renewed(text: str) -> str:
    """The ontology with each term's questions before its rdfs:isDefinedBy."""
    known = questions()
    blocks = _LINE.sub("", text).split("\n\n")
    return "\n\n".join(_with_questions(block, known) for block in blocks)


def _with_questions(block: str, known: dict[str, list[str]]) -> str:
    term = _TERM.match(block)
    names = known.get(term[1], [])[:MOST] if term else []
    if not names:
        return block
    line = "    dcterms:isRequiredBy " + ", ".join(f"<{QUESTION}{name}>" for name in names) + " ;\n"
    return block.replace("    rdfs:isDefinedBy", line + "    rdfs:isDefinedBy", 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    text = ONTOLOGY.read_text(encoding="utf-8")
    new = renewed(text)
    if new != text and not check:
        ONTOLOGY.write_text(new, encoding="utf-8")
    return int(check and new != text)


if __name__ == "__main__":
    sys.exit(main())
