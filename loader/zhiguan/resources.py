"""Where the files that are not code lie: the ontology, the named queries, the word lists. Nobody else knows paths.

In a wheel `ontology/` and `queries/` lie inside the package; in a checkout they stand beside `pyproject.toml`.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from zhiguan.errors import LexiconError, ZhiguanError

_PACKAGE = "zhiguan"
_LEXICON = ("data", "compiled")
VOCABULARIES = "vocabularies"
STAGES = frozenset({"model", "clean", "lexicon", "segment", "resolve", "rules", "recognise", "rdf", "validate"})
"""Modules and packages that a graph depends on."""


def _locate(name: str, package: Traversable, checkout: Path) -> Traversable:
    """The folder `name` of the package, else of the checkout; ZhiguanError naming both places when neither has it."""
    inside = package / name
    if inside.is_dir():
        return inside
    beside = checkout / name
    if (checkout / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    raise ZhiguanError(f"no folder {name}: neither {inside} nor {beside} exists; install zhiguan again")


@cache
def _folder(name: str) -> Traversable:
    return _locate(name, files(_PACKAGE), Path(__file__).resolve().parents[2])


def _entries(folder: Traversable, ending: str) -> tuple[Traversable, ...]:
    found = (entry for entry in folder.iterdir() if entry.is_file() and entry.name.endswith(ending))
    return tuple(sorted(found, key=lambda entry: entry.name))


def ontology_files() -> tuple[Traversable, ...]:
    """The Turtle files of the ontology, by name."""
    return _entries(_folder("ontology"), ".ttl")


def read_ontology(name: str) -> str:
    """Text of one file of the ontology, such as `shapes.ttl`, or of all `vocabularies` as one Turtle text.

    Raises ZhiguanError when there is none of that name.
    """
    if name == VOCABULARIES:
        return "\n".join(entry.read_text(encoding="utf-8") for entry in vocabulary_files())
    for entry in ontology_files():
        if entry.name == name:
            return entry.read_text(encoding="utf-8")
    known = ", ".join(entry.name for entry in ontology_files()) or "none"
    raise ZhiguanError(f"no ontology file {name}; known: {known}")


@cache
def ontology_digest() -> str:
    """SHA-256 (hexadecimal) of all files of the ontology: what was checked with another one may be judged anew."""
    digest = hashlib.sha256()
    for entry in (*ontology_files(), *vocabulary_files()):
        data = entry.read_bytes()
        digest.update(f"{entry.name}:{len(data)}:".encode() + data)
    return digest.hexdigest()


def read_changes() -> str:
    """The change log of the ontology, as Markdown."""
    return (_folder("ontology") / "CHANGES.md").read_text(encoding="utf-8")


def query_files() -> tuple[Traversable, ...]:
    """The named queries (`*.rq`), by name."""
    return _entries(_folder("queries"), ".rq")


def check_files() -> tuple[Traversable, ...]:
    """The checks of a whole store (`checks/*.rq` beside the named queries), by name."""
    return _entries(_folder("queries") / "checks", ".rq")


def profile_files() -> tuple[Traversable, ...]:
    """The profiles of dumps that come with zhiguan (`*.toml`), by name."""
    return _entries(files(_PACKAGE) / "read" / "profiles", ".toml")


def vocabulary_files() -> tuple[Traversable, ...]:
    """The SKOS vocabularies that every store holds (`vocabularies/*.ttl` of the ontology), by name."""
    return _entries(_folder("ontology") / VOCABULARIES, ".ttl")


def lexicon_files() -> tuple[Traversable, ...]:
    """The word lists (`*.tsv`), those kept by hand and those derived from the vocabularies, by name."""
    return tuple(entry for folder in _LEXICON for entry in _entries(_lexicon() / folder, ".tsv"))


def _lexicon() -> Traversable:
    return files(_PACKAGE) / "lexicon"


def lexicon_parts(name: str) -> tuple[str, ...]:
    """Text of a word list, such as `surnames.tsv`: the part kept by hand, then that derived from the vocabularies.

    A part that there is not is empty; LexiconError when there is neither.
    """
    entries = [_lexicon() / folder / name for folder in _LEXICON]
    if not any(entry.is_file() for entry in entries):
        raise LexiconError(f"no word list {name} in {_lexicon()}")
    return tuple(entry.read_text(encoding="utf-8") if entry.is_file() else "" for entry in entries)


@cache
def stages_digest() -> str:
    """SHA-256 (hexadecimal) of the code and the words that make a graph of a text: with others it may be another graph."""
    digest = hashlib.sha256()
    for stage in sorted(files(_PACKAGE).iterdir(), key=lambda one: one.name):
        for entry in _walk(stage) if stage.name.removesuffix(".py") in STAGES else ():
            digest.update(f"{entry.name}:".encode() + entry.read_bytes())
    return digest.hexdigest()


def _walk(entry: Traversable) -> Iterator[Traversable]:
    """The files below a place that are ours, by name."""
    if entry.is_file():
        if entry.name.endswith((".py", ".tsv")):
            yield entry
        return
    for below in sorted(entry.iterdir(), key=lambda one: one.name):
        yield from _walk(below)
