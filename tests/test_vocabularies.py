"""The word lists that are derived from the SKOS vocabularies."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from zhiguan.lexicon.loading import load_table
from zhiguan.resources import lexicon_parts

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_lexicon", ROOT / "scripts" / "build_lexicon.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_derived_lists_are_those_of_the_vocabularies(script: ModuleType) -> None:
    made = script.compiled()
    kept = {path.name: path.read_text(encoding="utf-8") for path in script.COMPILED.glob("*.tsv")}
    assert made.keys() == kept.keys()
    assert not [name for name in made if made[name] != kept[name]], "run make vocabularies"


def test_no_word_is_kept_out_of_a_list_in_vain(script: ModuleType) -> None:
    vocabulary = script.Vocabulary(*script.FILES)
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
