"""Write the answers of the example questions into README.md and README.zh.md, from a store filled with examples/.

    python scripts/readme_answers.py [--check]

--check changes nothing and exits with 1 where a README does not say what the store answers.
"""

import argparse
import io
import re
import sys
import tempfile
from pathlib import Path

from zhiguan.config import LoadSettings
from zhiguan.loading import load
from zhiguan.query import find_query, run_query
from zhiguan.results import plain_rows
from zhiguan.store import Store

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = (
    ("holders", {"post": "区长"}),
    ("career", {"person": "陈杰"}),
    ("meetings-register", {"from": "2023-01-01", "until": "2023-12-31"}),
    ("plans-in-force", {"day": "2024-06-01"}),
    ("support", {"person": "沈权", "post": "副书记"}),
)
_BLOCK = re.compile(r"(<!-- answers:begin[^\n]*-->\n).*?(<!-- answers:end -->)", re.DOTALL)


def answers(language: str) -> str:
    """The questions with their commands and answers as Markdown."""
    parts = []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        if load([str(ROOT / "examples")], store, LoadSettings()).outcomes["set aside"]:
            sys.exit("an example is set aside; say `zhiguan load examples` to see why")
        for number, (name, given) in enumerate(QUESTIONS, 1):
            query = find_query(name)
            title = query.title_zh if language == "zh" else query.title_en
            flags = "".join(f" --param {key}={value}" for key, value in given.items())
            rows = [list(row) for row in plain_rows(run_query(store, query, given))]
            parts.append(
                f"{number}. {title}\n\n```\nzhiguan query {name}{flags}\n```\n\n{markdown(list(query.columns), rows)}\n"
            )
    return "\n".join(parts)


def markdown(columns: list[str], cells: list[list[str]]) -> str:
    """A table; columns that hold nothing are left out."""
    kept = [i for i, _ in enumerate(columns) if any(row[i] for row in cells)]
    out = io.StringIO()
    for row in [[columns[i] for i in kept], ["---"] * len(kept), *([row[i] for i in kept] for row in cells)]:
        out.write("| " + " | ".join(row) + " |\n")
    return out.getvalue()


def updated(text: str, language: str) -> str:
    """A README's text with the answers between its marks."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{answers(language)}\n{found[2]}", text)


def main() -> None:
    """Update both files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = False
    for name, language in (("README.md", "en"), ("README.zh.md", "zh")):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        new = updated(text, language)
        stale |= new != text
        if not check:
            path.write_text(new, encoding="utf-8")
    if check and stale:
        sys.exit("the READMEs do not show what the examples answer: run python scripts/readme_answers.py")


if __name__ == "__main__":
    main()
