"""One article up to the store: where it came from, what is not done again, and what happens when a step fails."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from zhiguan.config import LoadSettings
from zhiguan.errors import LexiconError, MappingError
from zhiguan.loading import prepare as preparing
from zhiguan.loading.prepare import Prepared, Preparer, Step, origin_of
from zhiguan.loading.recipe import content_digest, recipe_for
from zhiguan.model import Source
from zhiguan.pipeline import Failure, is_panic, safely
from zhiguan.read import Rejected
from zhiguan.resolve.judgements import Judgements
from zhiguan.store import Store
from zhiguan.validate import make_validator

SOURCE = Source(id="a", text="镇海区教育工作会议8月28日召开。区委副书记、区长赵文澜主持会议。", origin="/news/a.txt")


class PanicException(BaseException):
    """A library in Rust gave up."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def prepared(store: Store, source: Source | Rejected, settings: LoadSettings | None = None) -> Prepared:
    return Preparer(recipe_for(store, settings or LoadSettings()), store.manifest).prepare(source)


def stored(store: Store, source: Source = SOURCE) -> None:
    found = prepared(store, source)
    assert found.loaded
    store.commit([found.loaded])


def origin(path: str, text: str = "会议") -> tuple[str, str]:
    found = origin_of(Source(id="a", text=text, origin=path))
    return found.digest, found.name


def test_origin_is_the_file_whatever_the_line_and_the_text() -> None:
    assert origin("/news/all.jsonl:1") == origin("/news/all.jsonl:22", "别的")
    assert origin("/news/all.jsonl:1")[1] == "all.jsonl"
    assert origin("/news/a.txt") != origin("/old/a.txt")


def test_origin_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert origin("a.txt") == origin(str(tmp_path / "a.txt"))


def test_origin_of_the_standard_input_is_its_text() -> None:
    assert origin("-") == origin("-")
    assert origin("-") != origin("-", "别的")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"origin": "/elsewhere/a.txt"}, True),
        ({"text": "别的"}, False),
        ({"title": "会议"}, False),
        ({"authors": ("钱立言",)}, False),
        ({"published": "2024"}, False),
        ({"media": "text/html"}, False),
        ({"text": SOURCE.text + "\udc80"}, False),
    ],
)
def test_content_is_all_that_was_read_but_for_the_place(change: dict[str, str], same: bool) -> None:
    assert (content_digest(replace(SOURCE, **change)) == content_digest(SOURCE)) is same  # type: ignore[arg-type]


def test_an_article_is_ready_with_its_graph_and_counts(store: Store) -> None:
    found = prepared(store, SOURCE)
    assert (found.step, found.reason) == (Step.READY, "")
    assert found.facts["people"] == 1
    assert found.loaded
    assert found.loaded.nquads
    assert "赵文澜" in found.loaded.nquads


def test_what_the_store_has_is_not_done_again(store: Store) -> None:
    stored(store)
    assert prepared(store, SOURCE).step == Step.CURRENT
    assert prepared(store, replace(SOURCE, text=SOURCE.text + "副区长钱立言出席。")).step == Step.READY
    assert prepared(store, SOURCE, LoadSettings(again=True)).step == Step.READY


def test_the_same_article_elsewhere_stays_where_it_came_from(store: Store) -> None:
    stored(store)
    moved = prepared(store, replace(SOURCE, origin="/elsewhere/b.txt"), LoadSettings(again=True))
    assert moved.loaded
    assert moved.loaded.origin_name == "a.txt"


def test_other_rules_another_ontology_and_other_judgements_make_another_recipe(store: Store) -> None:
    stored(store)
    recipe = recipe_for(store, LoadSettings())
    judged = LoadSettings(judgements=Judgements(apart={("a", "赵文澜", "330211"): ("赵文澜", "330211", "教育")}))
    others = replace(recipe, loader="0"), replace(recipe, ontology="0"), recipe_for(store, judged)
    steps = [Preparer(other, store.manifest).prepare(SOURCE).step for other in (recipe, *others)]
    assert steps == [Step.CURRENT, Step.READY, Step.READY, Step.READY]


def test_what_cannot_be_read_says_why(store: Store) -> None:
    found = prepared(store, Rejected(id="b", origin="/news/b.txt", reason="it is empty"))
    assert (found.step, found.reason) == (Step.UNREAD, "/news/b.txt: it is empty")


def test_what_was_set_aside_is_tried_again_after_a_change_or_when_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(preparing, "facts_of", fail)
        stored(store)
    assert prepared(store, SOURCE).step == Step.STILL_ASIDE
    assert "please report" in prepared(store, SOURCE).reason
    assert prepared(store, SOURCE, LoadSettings(retry=True)).facts["people"] == 1
    assert prepared(store, replace(SOURCE, title="会议")).facts["people"] == 1


def fail(_source: Source) -> None:
    raise IndexError("list index out of range")


@pytest.mark.parametrize("name", ["facts_of", "to_nquads", "_validator"])
def test_a_panic_in_any_step_sets_the_article_aside(name: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_given: object, **_named: object) -> None:
        raise PanicException("called `Option::unwrap()` on a `None` value")

    panic.cache_clear = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setattr(preparing, name, panic)
    found = prepared(store, SOURCE)
    assert "unwrap" in found.reason
    assert found.loaded
    assert found.loaded.nquads is None
    assert "Traceback" in (found.loaded.reason or "")


def test_an_engine_that_panicked_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Spoilt:
        def validate(self, _text: str) -> None:
            raise PanicException("poisoned")

    made: list[str] = []

    def make(name: str) -> object:
        made.append(name)
        return Spoilt() if len(made) == 1 else make_validator(name)

    preparing._validator.cache_clear()
    monkeypatch.setattr(preparing, "make_validator", make)
    assert "poisoned" in prepared(store, SOURCE).reason
    assert prepared(store, SOURCE).reason == ""
    preparing._validator.cache_clear()


def test_a_known_error_becomes_words_with_the_place() -> None:
    def step() -> str:
        raise MappingError("no evidence")

    assert safely(SOURCE, step) == Failure("/news/a.txt: no evidence")


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    found = safely(SOURCE, lambda: SOURCE.authors[0])
    assert isinstance(found, Failure)
    assert "IndexError" in found.reason
    assert "Traceback" in (found.trace or "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, LexiconError])
def test_an_interrupt_and_a_damaged_installation_are_no_articles_fault(error: type[BaseException]) -> None:
    def step() -> str:
        raise error

    with pytest.raises(error):
        safely(SOURCE, step)


def test_panics_are_known_by_their_name() -> None:
    assert is_panic(PanicException())
    assert not is_panic(KeyboardInterrupt())
