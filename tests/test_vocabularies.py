"""The word lists that are derived from the SKOS vocabularies."""

import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pytest

from zhiguan.lexicon.loading import load_table
from zhiguan.resources import lexicon_parts

DCTERMS, SCHEMA = "http://purl.org/dc/terms/", "https://schema.org/"
REPLACED, SPATIAL, DISSOLVED = DCTERMS + "isReplacedBy", DCTERMS + "spatial", SCHEMA + "dissolutionDate"
LEVEL = "https://w3id.org/zhiguan/ontology#divisionLevel"
ROOT = Path(__file__).resolve().parents[1]


class Vocabulary(Protocol):
    """What scripts/build_lexicon.py reads the Turtle files into."""

    schemes: dict[str, list[str]]

    def iris(self, concept: str, *predicates: str) -> list[str]: ...
    def words(self, concept: str, predicate: str) -> list[str]: ...
    def latin(self, concept: str) -> list[str]: ...
    def value(self, concept: str, predicate: str) -> str: ...


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load("build_lexicon")


def test_the_derived_lists_are_those_of_the_vocabularies(script: ModuleType) -> None:
    made = script.compiled()
    kept = {path.name: path.read_text(encoding="utf-8") for path in script.COMPILED.glob("*.tsv")}
    assert made.keys() == kept.keys()
    assert not [name for name in made if made[name] != kept[name]], "run make vocabularies"


def test_the_table_of_schemes_is_that_of_the_vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    table = load("vocabulary_table")
    text = table.PAGE.read_text(encoding="utf-8")
    assert text.count(table.BEGIN) == 1
    assert table.page(text) == text, "run make vocabularies"


def test_no_word_is_kept_out_of_a_list_in_vain(script: ModuleType, vocabularies: Vocabulary) -> None:
    vocabulary = vocabularies
    lists = {words.name: words for words in script.LISTS}
    for form, name, *_ in script.own_rows("unread"):
        scheme = lists[name].scheme
        labels = {
            word for c in vocabulary.schemes[scheme] for p in lists[name].labels for word in vocabulary.words(c, p)
        }
        assert form in labels, f"{form} is no label of {scheme}"


@pytest.mark.parametrize(
    ("name", "form", "cls"),
    [
        ("role_verbs", "共同主持", "chair"),
        ("role_labels", "列席人员", "attendee"),
        ("event_kinds", "揭牌仪式", "ceremony"),
        ("event_kinds", "常委会", "numbered"),  # kept by hand: the vocabulary's own class is meeting
        ("post_titles", "河长", "post"),
        ("post_titles", "负责人", "group"),
    ],
)
def test_a_list_joins_what_is_kept_by_hand_and_what_is_derived(name: str, form: str, cls: str) -> None:
    assert [entry.cls for entry in load_table(name) if entry.form == form] == [cls]
    assert form in "".join(lexicon_parts(f"{name}.tsv"))


def test_titles_that_a_prefix_makes_are_not_listed() -> None:
    forms = {entry.form for entry in load_table("post_titles")}
    assert "书记" in forms
    assert not forms & {"副书记", "常务副书记"}


# Integrity (qSKOS) of what tests/ontology does not look into: hidden labels, links between schemes, the big registers


@pytest.fixture(scope="module")
def vocabularies(script: ModuleType) -> Vocabulary:
    found: Vocabulary = script.Vocabulary(*script.FILES)
    return found


@pytest.fixture(scope="module")
def registers(script: ModuleType) -> Vocabulary:
    found: Vocabulary = script.Vocabulary(*script.FILES, *script.REGISTERS)
    return found


def test_no_label_of_any_kind_names_two_concepts_of_a_scheme(vocabularies: Vocabulary) -> None:
    for scheme, concepts in vocabularies.schemes.items():
        labels = Counter(
            word
            for c in concepts
            for kind in ("prefLabel", "altLabel", "hiddenLabel")
            for word in vocabularies.words(c, kind)
        )
        assert not [word for word, count in labels.items() if count > 1], scheme


def test_links_between_schemes_lead_to_concepts(registers: Vocabulary) -> None:
    concepts = {c for members in registers.schemes.values() for c in members}
    for concept in concepts:
        links = registers.iris(concept, "broader", "broadMatch", "exactMatch", "relatedMatch", REPLACED, SPATIAL, LEVEL)
        assert not [link for link in links if link not in concepts], concept


@pytest.mark.parametrize(
    ("scheme", "least"), [("divisions", 40_000), ("universities", 2_700), ("central-bodies", 250), ("post-titles", 350)]
)
def test_schemes_are_whole(registers: Vocabulary, scheme: str, least: int) -> None:
    assert len(set(registers.schemes[scheme])) >= least


def test_each_division_has_a_name_in_both_scripts_and_a_place_in_the_tree(registers: Vocabulary) -> None:
    members = registers.schemes["divisions"]
    assert len(members) == len(set(members))
    for concept in members:
        assert len(registers.words(concept, "prefLabel")) == 1, concept
        assert registers.latin(concept), concept
        above = registers.iris(concept, "broader")
        assert bool(above) != bool(registers.iris(concept, "topConceptOf")), concept
        steps = 0
        while above:
            assert len(above) == 1, concept
            above = registers.iris(above[0], "broader")
            steps += 1
            assert steps <= 4, concept


def test_codes_and_names_of_what_exists_are_unique(registers: Vocabulary) -> None:
    now = [c for c in registers.schemes["divisions"] if not registers.value(c, DISSOLVED)]
    codes = Counter(registers.value(c, "notation") for c in now)
    assert not [code for code, count in codes.items() if count > 1]
    places = Counter((*registers.iris(c, "broader"), *registers.words(c, "prefLabel")) for c in now)
    assert not [place for place, count in places.items() if count > 1]
    schools = Counter(registers.value(c, "notation") for c in registers.schemes["universities"])
    assert not [code for code, count in schools.items() if code and count > 1]


def test_codes_have_the_form_of_their_standard(registers: Vocabulary) -> None:
    forms = {
        "divisions": r"\d{6}(\d{3})?",
        "universities": r"(\d{10})?",
        "leadership-ranks": r"1\d\d",
        "central-bodies": r"([1-7]\d\d)?",
    }
    for scheme, form in forms.items():
        for concept in registers.schemes[scheme]:
            assert re.fullmatch(form, registers.value(concept, "notation")), concept


@pytest.mark.parametrize(
    ("code", "year", "change", "heir"),
    [
        ("320803", "2011", "更名", "320803"),  # 楚州区 was renamed 淮安区 and kept its code
        ("110103", "2010", "撤销", "110101"),  # 崇文区 went into 东城区
        ("230823", "1991", "同名改码", "230123"),  # 依兰县 moved to 哈尔滨市 and took another code
    ],
)
def test_history_of_codes(registers: Vocabulary, code: str, year: str, change: str, heir: str) -> None:
    old = f"https://w3id.org/zhiguan/vocabulary/division-{code}-{year}"
    assert registers.value(old, "changeNote") == change
    heirs = {registers.value(iri, "notation") for iri in registers.iris(old, REPLACED)}
    assert heirs == {heir}
