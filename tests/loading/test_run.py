"""One split, from its articles to its part: whole or not there, the same every time, and who killed the process."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.loading.articles import write_records

from zhiguan.config import LoadSettings
from zhiguan.errors import StoreError
from zhiguan.loading import run as running
from zhiguan.loading.parts import part_writer, read_part
from zhiguan.loading.prepare import Prepared, Preparer, Step
from zhiguan.loading.recipe import Recipe, recipe_for
from zhiguan.loading.run import StoppedError, part_path, run_split, stop_path, without_killer
from zhiguan.loading.splits import Split, plan_splits
from zhiguan.model import Source
from zhiguan.store import Store


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    with Store.open(tmp_path / "store") as store:
        return recipe_for(store, LoadSettings())


@pytest.fixture
def split(tmp_path: Path, recipe: Recipe) -> Split:
    path = write_records(tmp_path / "news.jsonl", range(4))
    with path.open("a", encoding="utf-8") as file:
        file.write("no JSON\n")
    (found,) = plan_splits([path], recipe.settings.reading, recipe.key)
    return found


def steps(out: Path, split: Split) -> list[Step]:
    return [prepared.step for prepared in read_part(part_path(out, split.id))]


def test_a_part_holds_each_article_in_order(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    result = run_split(split, tmp_path, recipe)
    assert (result.id, result.articles, result.size) == (split.id, 5, split.size)
    assert steps(tmp_path, split) == [Step.READY] * 4 + [Step.UNREAD]
    assert [one.article for one in read_part(part_path(tmp_path, split.id))][:4] == ["n0", "n1", "n2", "n3"]


def test_the_same_split_makes_the_same_part(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    parts = []
    for _ in range(2):
        run_split(split, tmp_path, recipe)
        parts.append(part_path(tmp_path, split.id).read_bytes())
    assert parts[0] == parts[1]


def test_a_part_reads_back_as_it_was_written(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    preparer = Preparer(recipe, None)
    written = [preparer.prepare(item) for item in split.sources(recipe.settings.reading)]
    odd = Source(id="\udc80", text="会\u2028\x00\udc80\n", origin="a\nb")
    written.append(preparer.prepare(odd))
    with part_writer(tmp_path / "part") as write:
        for prepared in written:
            write(prepared)
    assert list(read_part(tmp_path / "part")) == written


def test_a_part_that_is_not_finished_is_not_there(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    stop_path(out).touch()
    with pytest.raises(StoppedError):
        run_split(split, out, recipe)
    assert not [file for file in out.iterdir() if file.suffix == ".gz"]


def test_a_damaged_part_is_told(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    run_split(split, tmp_path, recipe)
    path = part_path(tmp_path, split.id)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match="damaged"):
        list(read_part(path))


def test_the_article_that_killed_a_process_is_set_aside(
    split: Split, recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killing(Preparer):
        def prepare(self, item: object) -> Prepared:
            if isinstance(item, Source) and item.id == "n2":
                raise SystemExit  # as good as dead
            return super().prepare(item)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "Preparer", Killing)
    with pytest.raises(SystemExit):
        run_split(split, tmp_path, recipe)
    rest = without_killer(split, tmp_path)
    assert rest == replace(split, without=frozenset({2}))
    run_split(rest, tmp_path, recipe)
    found = list(read_part(part_path(tmp_path, split.id)))[2]
    assert (found.step, found.article) == (Step.READY, "n2")
    assert "died" in found.reason
    assert found.loaded
    assert found.loaded.nquads is None


def test_who_died_at_no_article_blames_none(split: Split, recipe: Recipe, tmp_path: Path) -> None:
    assert without_killer(split, tmp_path) is None
    run_split(split, tmp_path, recipe)
    assert without_killer(split, tmp_path) is None
