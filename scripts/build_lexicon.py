"""Compile the SKOS vocabularies into the word lists that the loader reads: loader/zhiguan/lexicon/compiled/*.tsv.

    python scripts/build_lexicon.py [--check]

The vocabularies in ontology/ are the source, the lists are derived: reading a list takes a millisecond, reading Turtle
would take every start of the program much longer. With --check nothing is written, and lists that differ are an error.
"""

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[1]
LEXICON = ROOT / "loader" / "zhiguan" / "lexicon"
COMPILED, OWN = LEXICON / "compiled", LEXICON / "data"
FILES = tuple(sorted((ROOT / "ontology" / "vocabularies").glob("*.ttl")))
REGISTERS = tuple(sorted((ROOT / "ontology" / "registers").glob("*.ttl*")))
RECENT = "2000"
"""Divisions gone before this year are not looked for: articles on the web are younger."""
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA, DCTERMS = "https://schema.org/", "http://purl.org/dc/terms/"
RECODED = "同名改码"
ZGV = "https://w3id.org/zhiguan/vocabulary/"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
PREFERRED, ALTERNATIVE, HIDDEN = "prefLabel", "altLabel", "hiddenLabel"


class Row(NamedTuple):
    """A row of a word list."""

    form: str
    cls: str
    note: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """How a word list is read from a scheme.

    `labels`: which of a concept's Chinese labels are words of the list. `cls`: the class of all its words; without it the
    notations of the concepts that `through` leads to are, else the concept's own notation and those of all above it. `note`: what stands in the
    note: `preferred` (the preferred label) or `collection` (the notation of the collection that the concept is in),
    `pattern` (the concept's own notation: a pattern of names).
    `composing`: a character that the loader itself puts before the other words: 副书记 need not be listed beside 书记.
    """

    name: str
    scheme: str
    labels: tuple[str, ...] = (PREFERRED, ALTERNATIVE, HIDDEN)
    cls: str = ""
    through: str = ""
    note: str = ""
    composing: str = ""


LISTS = (
    WordList(name="body_endings", scheme="body-name-endings", through="broadMatch", note="collection"),
    WordList(name="body_heads", scheme="local-organs", through="broadMatch", note="pattern"),
    WordList(name="document_kinds", scheme="document-kinds"),
    WordList(name="document_verbs", scheme="document-events", labels=(PREFERRED, HIDDEN)),
    WordList(name="event_kinds", scheme="activity-kinds"),
    WordList(name="institutions", scheme="universities", labels=(ALTERNATIVE,), cls="university", note="preferred"),
    WordList(name="national_bodies", scheme="central-bodies", through="broadMatch", note="preferred"),
    WordList(name="personnel_actions", scheme="personnel-actions", labels=(PREFERRED, HIDDEN)),
    WordList(name="personnel_verbs", scheme="personnel-actions", labels=(PREFERRED, HIDDEN), through="relatedMatch"),
    WordList(name="post_titles", scheme="post-titles", cls="post", composing="副"),
    WordList(name="role_labels", scheme="participation-roles", labels=(ALTERNATIVE,)),
    WordList(name="role_verbs", scheme="participation-roles", labels=(HIDDEN,)),
    WordList(name="status_words", scheme="tenure-statuses", labels=(PREFERRED, HIDDEN)),
)
LINKED = ("activity-kinds", "document-kinds", "post-titles")
"""Schemes whose concepts the mapping links to by their labels."""


class Vocabulary:
    """The concepts of some Turtle files, by scheme."""

    def __init__(self, *files: Path) -> None:
        self._facts: dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = defaultdict(
            list
        )
        self.schemes: dict[str, list[str]] = defaultdict(list)
        for file in files:
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
                subject, predicate = triple.subject.value, triple.predicate.value
                self._facts[subject, predicate.removeprefix(SKOS)].append(triple.object)
                if predicate == SKOS + "inScheme":
                    self.schemes[triple.object.value.removeprefix(ZGV)].append(subject)
                elif predicate == SKOS + "member":
                    self._facts[triple.object.value, "memberOf"].append(triple.subject)

    def iris(self, concept: str, *predicates: str) -> list[str]:
        """The nodes that SKOS's predicates (by local names) lead to."""
        return [node.value for p in predicates for node in self._facts[concept, p] if isinstance(node, ox.NamedNode)]

    def words(self, concept: str, predicate: str) -> list[str]:
        """Chinese labels."""
        literals = (node for node in self._facts[concept, predicate] if isinstance(node, ox.Literal))
        return [literal.value for literal in literals if literal.language == "zh"]

    def latin(self, concept: str) -> list[str]:
        """Preferred labels in Latin letters: English or pinyin."""
        literals = (node for node in self._facts[concept, PREFERRED] if isinstance(node, ox.Literal))
        return [literal.value for literal in literals if literal.language in {"en", "zh-latn-pinyin"}]

    def notations(self, concept: str) -> list[str]:
        """Plain notations: the software's own words, not the codes of a standard."""
        literals = (node for node in self._facts[concept, "notation"] if isinstance(node, ox.Literal))
        return [literal.value for literal in literals if literal.datatype.value == XSD_STRING]

    def value(self, concept: str, predicate: str) -> str:
        """The one literal or node of a property; empty where there is none."""
        return next((node.value for node in self._facts.get((concept, predicate), ())), "")

    def classes(self, concept: str, through: str = "") -> Iterator[str]:
        """Notations of a concept and of all above it, or of those that the property `through` leads to."""
        if not through:
            yield from self.notations(concept)
        for other in self.iris(concept, through or "broader"):
            yield from self.classes(other)


def note(vocabulary: Vocabulary, words: WordList, concept: str) -> str:
    """The note of a concept's words."""
    if words.note == "preferred":
        return vocabulary.words(concept, PREFERRED)[0]
    if words.note == "pattern":
        return vocabulary.value(concept, "notation")
    if words.note == "collection":
        return next(n for group in vocabulary.iris(concept, "memberOf") for n in vocabulary.notations(group))
    return ""


def own_rows(name: str) -> list[list[str]]:
    """The rows of a list that is kept by hand, without its header."""
    lines = (OWN / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith(("#", "form\t"))]


def composed(form: str, by: str) -> str:
    """What follows the last `by` in a form (书记 in 常务副书记); empty where it does not stand there."""
    return form.rpartition(by)[2] if by in form else ""


def compile_list(vocabulary: Vocabulary, words: WordList) -> list[Row]:
    """The rows of a list, sorted. Left out: what `unread.tsv` lists, and what `composing` makes of another word."""
    rows = set()
    for concept in vocabulary.schemes[words.scheme]:
        classes = [words.cls] if words.cls else list(vocabulary.classes(concept, words.through))
        forms = {form for label in words.labels for form in vocabulary.words(concept, label)}
        about = note(vocabulary, words, concept) if forms else ""
        rows |= {Row(form, cls, about, f"zgv:{words.scheme}") for form in forms for cls in classes}
    unread = {row[0] for row in own_rows("unread") if row[1] == words.name}
    known = {row.form for row in rows}
    unread |= {form for form in known if words.composing and composed(form, words.composing) in known}
    return sorted(row for row in rows if row.form not in unread)


def division_rows(vocabulary: Vocabulary) -> list[Row]:
    """Provinces to counties: class = code, note = parent;until;successors, for those that are gone the last two."""
    rows = []
    for concept in vocabulary.schemes["divisions"]:
        code, until = vocabulary.value(concept, "notation"), vocabulary.value(concept, SCHEMA + "dissolutionDate")
        recoded = vocabulary.value(concept, "changeNote") == RECODED
        if len(code) > 6 or (until and (until < RECENT or recoded)):
            continue
        heirs = {vocabulary.value(heir, "notation") for heir in vocabulary.iris(concept, DCTERMS + "isReplacedBy")}
        above = [vocabulary.value(wider, "notation") for wider in vocabulary.iris(concept, "broader")] or ["CN"]
        about = ";".join([above[0], until, "|".join(sorted(heirs - {code}))]).rstrip(";")
        rows.append(Row(vocabulary.words(concept, PREFERRED)[0], code, about, "zgv:divisions"))
    return sorted(set(rows))


def town_rows(vocabulary: Vocabulary) -> list[Row]:
    """One row for each county: form = its code, note = name and last three digits of each town."""
    towns: dict[str, list[str]] = defaultdict(list)
    for concept in vocabulary.schemes["divisions"]:
        code = vocabulary.value(concept, "notation")
        if len(code) == 9:
            towns[code[:6]].append(vocabulary.words(concept, PREFERRED)[0] + code[6:])
    return [Row(county, "towns", " ".join(names), "zgv:divisions") for county, names in sorted(towns.items())]


def concepts(vocabulary: Vocabulary) -> list[Row]:
    """The concept of every label of the schemes that the mapping links to: note = its name in the vocabulary; and of each
    concept of the kinds of activities the one above it."""
    above = [
        Row(concept.removeprefix(ZGV), "activity-kinds-broader", broader.removeprefix(ZGV), "zgv:activity-kinds")
        for concept in vocabulary.schemes["activity-kinds"]
        for broader in vocabulary.iris(concept, "broader")
    ]
    return sorted(above) + sorted(
        Row(form, scheme, concept.removeprefix(ZGV), f"zgv:{scheme}")
        for scheme in LINKED
        for concept in vocabulary.schemes[scheme]
        for label in (PREFERRED, ALTERNATIVE, HIDDEN)
        for form in vocabulary.words(concept, label)
    )


def text(schemes: Iterable[str], rows: list[Row]) -> str:
    """A list as TSV."""
    origin = ", ".join(f"zgv:{scheme}" for scheme in schemes)
    head = f"# Made by scripts/build_lexicon.py from {origin} (ontology/): edit that, not this.\n"
    return head + "form\tclass\tnote\tsource\n" + "".join("\t".join(row) + "\n" for row in rows)


def compiled() -> dict[str, str]:
    """File name to text of every derived list."""
    vocabulary = Vocabulary(*FILES, *REGISTERS)
    lists = {f"{words.name}.tsv": text([words.scheme], compile_list(vocabulary, words)) for words in LISTS}
    return lists | {
        "concepts.tsv": text(LINKED, concepts(vocabulary)),
        "divisions.tsv": text(["divisions"], division_rows(vocabulary)),
        "towns.tsv": text(["divisions"], town_rows(vocabulary)),
    }


def main() -> int:
    """Write the lists, or with --check name those that are out of date (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = 0
    for name, content in compiled().items():
        path = COMPILED / name
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        sys.stderr.write(f"{name}: {'out of date' if check else 'written'}\n")
        if not check:
            path.write_text(content, encoding="utf-8")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
