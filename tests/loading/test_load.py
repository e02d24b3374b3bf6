"""Loads: whole or not at all, the same whoever does the work, resumed where they were cut short, never doubled."""

import errno
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.loading.articles import Heard, stored, text, write_records
from tests.loading.doubles import DEADLY, run_deadly

from zhiguan.config import LoadSettings
from zhiguan.errors import LexiconError, ReadError, StoreError
from zhiguan.loading import load, prepare
from zhiguan.loading.load import FOLDER
from zhiguan.loading.splits import Split
from zhiguan.store import State, Store

loading = importlib.import_module("zhiguan.loading.load")  # the package has a function of that name
MANY = 50
"""Articles that make several splits of the size that these tests cut."""


@pytest.fixture(autouse=True)
def small_splits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Splits and batches of a few articles, so that a few articles make many."""
    monkeypatch.setattr("zhiguan.loading.splits.PIECE_BYTES", 4000)
    monkeypatch.setattr(loading, "BATCH", 15)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_records(tmp_path / "news.jsonl", range(MANY))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


class Splits:
    """Counts the splits that are worked on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given: list[Split] = []
        self._plain = loading.run_split
        monkeypatch.setattr(loading, "run_split", self)

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.given.append(given[0])
        return self._plain(*given, **named)

    @property
    def run(self) -> int:
        return len(self.given)


class Impatient(Heard):
    """Breaks off after so many articles were prepared, or stored."""

    def __init__(self, prepared: int = 10**9, stored: int = 10**9) -> None:
        super().__init__()
        self.limits = prepared, stored

    def prepared(self, articles: int, size: int) -> None:
        super().prepared(articles, size)
        if self.articles > self.limits[0]:
            raise KeyboardInterrupt

    def stored(self, tally: Any) -> None:
        super().stored(tally)
        if sum(one.articles for one in self.tallies) > self.limits[1]:
            raise KeyboardInterrupt


def test_a_first_fill_holds_every_article_once(news: Path, store: Store) -> None:
    heard = Heard()
    tally = load([news], store, LoadSettings(), heard)
    assert tally.outcomes == {"loaded": MANY}
    assert heard.articles == MANY
    assert sum((one.outcomes for one in heard.tallies), start=type(tally.outcomes)()) == tally.outcomes
    assert len(stored(store)) == MANY
    assert tally.facts["people"] == 2 * MANY
    assert tally.quads == sum(entry.quads for entry in store.manifest.entries())
    assert not (store.path / FOLDER).exists()


def test_workers_and_one_process_make_the_same_store(news: Path, store: Store, tmp_path: Path) -> None:
    load([news], store, LoadSettings(jobs=2))
    with Store.open(tmp_path / "other") as other:
        load([news], other, LoadSettings(jobs=1))
        assert stored(store) == stored(other)
    assert len(stored(store)) == MANY


def test_loading_again_works_on_what_has_changed_only(news: Path, store: Store, tmp_path: Path) -> None:
    load([news], store, LoadSettings())
    before = stored(store)
    version = store.version
    assert load([news], store, LoadSettings()).outcomes == {"unchanged": MANY}
    assert store.version == version
    records = [json.loads(line) for line in news.read_text(encoding="utf-8").splitlines()]
    records[30]["text"] = text(1000)
    news.write_text("".join(f"{json.dumps(record)}\n" for record in [*records, {"id": "new", "text": text(1001)}]))
    assert load([news], store, LoadSettings()).outcomes == {"unchanged": MANY - 1, "replaced": 1, "loaded": 1}
    after = stored(store)
    assert {name for name in after if after[name] != before.get(name)} == {"n30", "new"}
    assert load([news], store, LoadSettings(again=True)).outcomes == {"unchanged": MANY + 1}


def test_a_first_fill_that_was_cut_short_leaves_an_empty_store_and_goes_on(
    news: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    splits = Splits(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        load([news], store, LoadSettings(), Impatient(prepared=MANY // 2))
    assert stored(store) == {}
    done = splits.run
    assert load([news], store, LoadSettings()).outcomes == {"loaded": MANY}
    rest = splits.run - done
    load([news], store, LoadSettings(again=True))
    whole = splits.run - done - rest
    assert done + rest in {whole, whole + 1}  # the one that was told of when it was cut short is done twice
    assert rest < whole


def test_a_later_load_that_was_cut_short_goes_on(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news.write_text("no JSON\n" + news.read_text(encoding="utf-8"), encoding="utf-8")
    with Store.open(tmp_path / "store") as store:
        load([write_records(tmp_path / "first.jsonl", [9999])], store, LoadSettings())
    splits = Splits(monkeypatch)
    with Store.open(tmp_path / "store") as store:
        with pytest.raises(KeyboardInterrupt):
            load([news], store, LoadSettings(), Impatient(stored=MANY // 2))
        kept = stored(store)
    assert MANY // 2 <= len(kept) < MANY
    with Store.open(tmp_path / "store") as store:
        tally = load([news], store, LoadSettings())
        assert tally.outcomes == {"loaded": MANY + 1 - len(kept), "unchanged": len(kept) - 1, "set aside": 1}
        assert stored(store).items() >= kept.items()
        assert len(stored(store)) == MANY + 1
    assert splits.run == len({split.id for split in splits.given})  # none was worked on twice


def test_a_ledger_is_of_no_use_when_the_store_has_changed_since(news: Path, store: Store, tmp_path: Path) -> None:
    load([write_records(tmp_path / "first.jsonl", [9999])], store, LoadSettings())
    with pytest.raises(KeyboardInterrupt):
        load([news], store, LoadSettings(), Impatient(stored=MANY // 2))
    store.remove_article("n0")
    assert load([news], store, LoadSettings()).outcomes["loaded"] >= 1
    assert "n0" in stored(store)
    assert len(stored(store)) == MANY + 1


def test_articles_that_kill_their_workers_are_set_aside_alone_until_they_are_tried_again(
    news: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    with monkeypatch.context() as deadly:
        deadly.setattr(loading, "run_split", run_deadly)
        tally = load([news], store, LoadSettings(jobs=2), heard)
    assert tally.outcomes == {"loaded": MANY - 2, "set aside": 2}
    assert ["died" in words for words in heard.problems] == [True, True]
    assert [entry.id for entry in store.manifest.entries(State.SET_ASIDE)] == list(DEADLY)
    assert load([news], store, LoadSettings()).outcomes == {"unchanged": MANY - 2, "set aside": 2}
    assert load([news], store, LoadSettings(retry=True)).outcomes == {"unchanged": MANY - 2, "loaded": 2}
    assert not list(store.manifest.entries(State.SET_ASIDE))


@pytest.mark.parametrize("filled", [False, True])
def test_repeated_articles_count_once_and_other_ones_with_the_same_id_are_told(
    filled: bool, news: Path, store: Store, tmp_path: Path
) -> None:
    if filled:
        load([write_records(tmp_path / "first.jsonl", [9999])], store, LoadSettings())
    again = write_records(tmp_path / "again.jsonl", range(5))
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "n3", "text": text(77)}), encoding="utf-8")
    heard = Heard()
    tally = load([news, again, other], store, LoadSettings(), heard)
    assert tally.outcomes == {"loaded": MANY, "unchanged": 5, "set aside": 1}
    (words,) = heard.problems
    assert "other.jsonl:1" in words
    assert "--replace" in words
    assert load([other], store, LoadSettings(replace=True)).outcomes == {"replaced": 1}


def test_with_replace_the_last_one_stays(news: Path, store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "n3", "text": text(77)}), encoding="utf-8")
    tally = load([news, other], store, LoadSettings(replace=True))
    assert tally.outcomes == {"loaded": MANY, "replaced": 1}


def test_what_cannot_be_read_is_told_and_not_kept(news: Path, store: Store) -> None:
    with news.open("a", encoding="utf-8") as file:
        file.write("no JSON\n")
    heard = Heard()
    tally = load([news], store, LoadSettings(), heard)
    assert tally.outcomes == {"loaded": MANY, "set aside": 1}
    assert f"news.jsonl:{MANY + 1}" in heard.problems[0]
    assert len(list(store.manifest.entries())) == MANY


def test_a_damaged_installation_ends_the_load(news: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_source: object) -> None:
        raise LexiconError("no word list")

    monkeypatch.setattr(prepare, "facts_of", broken)
    with pytest.raises(LexiconError):
        load([news], store, LoadSettings())
    assert stored(store) == {}


def test_a_path_that_names_nothing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadError), Store.open(tmp_path / "store") as store:
        load([tmp_path / "nothing-here"], store, LoadSettings())
    assert not (tmp_path / "store" / FOLDER).exists()


def test_who_died_at_an_article_goes_on_in_a_process_of_its_own(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process for few articles: the one that kills it would kill it every time."""
    few = write_records(tmp_path / "few.jsonl", [27])

    def die(*_given: object, **_named: object) -> None:
        (store.path / FOLDER / "split.at").write_text("0", encoding="ascii")
        raise KeyboardInterrupt

    with monkeypatch.context() as deadly, pytest.raises(KeyboardInterrupt):
        deadly.setattr(loading, "run_split", die)
        load([few], store, LoadSettings())
    monkeypatch.setattr(loading, "run_split", run_deadly)
    assert load([few], store, LoadSettings()).outcomes == {"set aside": 1}


def test_a_disk_that_is_full_is_said_in_words(news: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(StoreError, match="no room left"):
        broken.setattr(loading, "run_split", full)
        load([news], store, LoadSettings())
    assert load([news], store, LoadSettings()).outcomes == {"loaded": MANY}
