"""Write the table of schemes in docs/vocabularies.md from the Turtle files: python scripts/vocabulary_table.py"""

import re
import sys

from build_lexicon import FILES, LINKED, LISTS, REGISTERS, ROOT, ZGV, Vocabulary

PAGE = ROOT / "docs" / "vocabularies.md"
BEGIN, END = "<!-- schemes: made by scripts/vocabulary_table.py -->\n", "<!-- end of schemes -->\n"
DERIVED = {"divisions": ("divisions", "towns")} | dict.fromkeys(LINKED, ("concepts",))
LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0"}
LABELS = ("prefLabel", "altLabel", "hiddenLabel")


def homes() -> dict[str, str]:
    """Scheme to the files that hold its concepts."""
    found: dict[str, list[str]] = {}
    for path in (*FILES, *REGISTERS):
        for scheme in Vocabulary(path).schemes:
            found.setdefault(scheme, []).append(f"`{path.parent.name}/{path.name}`")
    return {scheme: ", ".join(files) for scheme, files in found.items()}


def row(vocabulary: Vocabulary, scheme: str, home: str) -> str:
    """A scheme's line of the table."""
    concepts = set(vocabulary.schemes[scheme])
    words = sum(len(vocabulary.words(concept, label)) for concept in concepts for label in LABELS)
    lists = sorted({*(words.name for words in LISTS if words.scheme == scheme), *DERIVED.get(scheme, ())})
    source = vocabulary.words(ZGV + scheme, "http://purl.org/dc/terms/source")[0]
    title = vocabulary.words(ZGV + scheme, "prefLabel")[0]
    licence = vocabulary.value(ZGV + scheme, "http://purl.org/dc/terms/license")
    derived = ", ".join(f"`{name}`" for name in lists)
    return f"| `{scheme}` {title} | {home} | {len(concepts):,} | {words:,} | {derived} | {source} | [{LICENCES[licence]}]({licence}) |\n"


def table() -> str:
    """All schemes, those of every store first."""
    vocabulary = Vocabulary(*FILES, *REGISTERS)
    head = "| scheme | file | concepts | Chinese labels | lists derived from it | source | licence |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(row(vocabulary, scheme, home) for scheme, home in homes().items())


def page(text: str) -> str:
    """The page with its table made anew."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: BEGIN + table() + END, text, flags=re.DOTALL)


def main() -> int:
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
