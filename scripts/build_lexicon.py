"""Compile the SKOS vocabularies into the word lists that the loader reads: loader/zhiguan/lexicon/compiled/*.tsv.

    python scripts/build_lexicon.py [--check]

The vocabularies in ontology/ are the source, the lists are derived: reading a list takes a millisecond, reading Turtle
would take every start of the program much longer. With --check nothing is written, and lists that differ are an error.
"""

import argparse
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
SKOS = "http://www.w3.org/2004/02/skos/core#"
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
    note: `preferred` (the preferred label) or `collection` (the notation of the collection that the concept is in).
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
    WordList(name="document_kinds", scheme="document-kinds"),
    WordList(name="document_verbs", scheme="document-events", labels=(PREFERRED, HIDDEN)),
    WordList(name="event_kinds", scheme="activity-kinds"),
    WordList(name="national_bodies", scheme="central-bodies", through="broadMatch", note="preferred"),
    WordList(name="personnel_verbs", scheme="personnel-actions", labels=(PREFERRED, HIDDEN), through="relatedMatch"),
    WordList(name="post_titles", scheme="post-titles", cls="post", composing="副"),
    WordList(name="role_labels", scheme="participation-roles", labels=(ALTERNATIVE,)),
    WordList(name="role_verbs", scheme="participation-roles", labels=(HIDDEN,)),
    WordList(name="status_words", scheme="tenure-statuses", labels=(PREFERRED, HIDDEN)),
)
LINKED = ("activity-kinds", "post-titles")
"""Schemes whose concepts the mapping links to by their labels."""


class Vocabulary:
    """The concepts of some Turtle files, by scheme."""

    def __init__(self, *files: Path) -> None:
        self._facts: dict[tuple[str, str], list[ox.Term]] = defaultdict(list)
        self.schemes: dict[str, list[str]] = defaultdict(list)
        for file in files:
            for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
                subject, predicate = str(triple.subject).strip("<>"), str(triple.predicate).strip("<>")
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

    def notations(self, concept: str) -> list[str]:
        """Plain notations: the software's own words, not the codes of a standard."""
        literals = (node for node in self._facts[concept, "notation"] if isinstance(node, ox.Literal))
        return [literal.value for literal in literals if literal.datatype.value == XSD_STRING]

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
    if words.note == "collection":
        return next(n for group in vocabulary.iris(concept, "memberOf") for n in vocabulary.notations(group))
    return ""


def own_rows(name: str) -> list[list[str]]:
    """The rows of a list that is kept by hand, without its header."""
    lines = (OWN / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith(("#", "form\t"))]


def compile_list(vocabulary: Vocabulary, words: WordList) -> list[Row]:
    """The rows of a list, sorted. Left out: what `unread.tsv` lists, and what `composing` makes of another word."""
    rows = set()
    for concept in vocabulary.schemes[words.scheme]:
        classes = [words.cls] if words.cls else list(vocabulary.classes(concept, words.through))
        forms = {form for label in words.labels for form in vocabulary.words(concept, label)}
        about = note(vocabulary, words, concept) if forms else ""
        rows |= {Row(form, cls, about, f"zgv:{words.scheme}") for form in forms for cls in classes}
    unread = {row[0] for row in own_rows("unread") if row[1] == words.name}
    if words.composing:
        known = {row.form for row in rows}
        unread |= {
            form
            for form in known
            if form.rpartition(words.composing)[1] and form.rpartition(words.composing)[2] in known
        }
    return sorted(row for row in rows if row.form not in unread)


def concepts(vocabulary: Vocabulary) -> list[Row]:
    """The concept of every label of the schemes that the mapping links to: note = its name in the vocabulary."""
    return sorted(
        Row(form, scheme, concept.removeprefix(ZGV), f"zgv:{scheme}")
        for scheme in LINKED
        for concept in vocabulary.schemes[scheme]
        for label in (PREFERRED, ALTERNATIVE, HIDDEN)
        for form in vocabulary.words(concept, label)
    )


def text(schemes: Iterable[str], rows: list[Row]) -> str:
    """A list as TSV."""
    origin = ", ".join(f"zgv:{scheme}" for scheme in schemes)
    head = f"# Made by scripts/build_lexicon.py from {origin} (ontology/vocabularies): edit that, not this.\n"
    return head + "form\tclass\tnote\tsource\n" + "".join("\t".join(row) + "\n" for row in rows)


def compiled() -> dict[str, str]:
    """File name to text of every derived list."""
    vocabulary = Vocabulary(*FILES)
    lists = {f"{words.name}.tsv": text([words.scheme], compile_list(vocabulary, words)) for words in LISTS}
    return lists | {"concepts.tsv": text(LINKED, concepts(vocabulary))}


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
