"""Splits: the same on every run, small enough, in order, other ones after a change."""

import gzip
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.loading.articles import text, write_records

from zhiguan.errors import ReadError
from zhiguan.loading.splits import MOST_ITEMS, PIECE_BYTES, Split, plan_splits
from zhiguan.model import Source
from zhiguan.read import ReadOptions, Rejected, read_paths

OPTIONS = ReadOptions()


def plan(*paths: Path | str, key: str = "k") -> list[Split]:
    return list(plan_splits(paths, OPTIONS, key))


def read(splits: list[Split]) -> list[Source | Rejected]:
    return [item for split in splits for item in split.sources(OPTIONS)]


def packed(path: Path) -> Path:
    target = path.with_name(f"{path.name}.gz")
    target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return target


def folder_of(folder: Path, number: int) -> Path:
    folder.mkdir()
    for name in range(number):
        (folder / f"{name:04}.txt").write_text(text(name), encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", ["plain", "packed", "folder"])
def test_splits_hold_what_reading_the_whole_yields(kind: str, tmp_path: Path) -> None:
    match kind:
        case "folder":
            path = folder_of(tmp_path / "articles", MOST_ITEMS + 20)
        case _:
            path = write_records(tmp_path / "news.jsonl", range(3000))
            path = packed(path) if kind == "packed" else path
    splits = plan(path)
    assert len(splits) > 1
    assert read(splits) == list(read_paths([path]))
    assert all(len(list(split.sources(OPTIONS))) <= 2000 for split in splits)


def test_small_files_of_all_kinds_go_together(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "articles", 3)
    write_records(folder / "more.jsonl", range(5))
    assert [len(list(split.sources(OPTIONS))) for split in plan(folder)] == [8]


def test_a_split_has_the_same_name_on_every_run(tmp_path: Path) -> None:
    path = write_records(tmp_path / "news.jsonl", range(3000))
    for given in (path, packed(path), folder_of(tmp_path / "articles", 5)):
        assert [split.id for split in plan(given)] == [split.id for split in plan(given)]
    names = [split.id for split in plan(path)]
    assert len(set(names)) == len(names)


def test_a_changed_file_and_another_key_make_other_names(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "articles", 5)
    (before,) = plan(folder)
    assert plan(folder, key="other")[0].id != before.id
    os.utime(folder / "0003.txt", ns=(1, 1))
    assert plan(folder)[0].id != before.id


@pytest.mark.parametrize("pack", [Path, packed])
def test_sizes_add_up_to_that_of_the_input(pack: Callable[[Path], Path], tmp_path: Path) -> None:
    path = pack(write_records(tmp_path / "news.jsonl", range(3000)))
    assert sum(split.size for split in plan(path)) == path.stat().st_size


def test_the_standard_input_is_read_a_split_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_records(tmp_path / "news.jsonl", range(2 * MOST_ITEMS + 1))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(path.read_bytes())))
    splits = plan("-")
    assert [len(split.items) for split in splits] == [MOST_ITEMS, MOST_ITEMS, 1]


def test_a_large_article_of_a_stream_stands_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "%s"}\n{"text": "会议"}\n' % ("会" * PIECE_BYTES), encoding="utf-8")
    assert [len(split.items) for split in plan(packed(path))] == [1, 1]


def test_what_cannot_be_read_is_in_a_split_too(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (item,) = read(plan(tmp_path / "empty"))
    assert isinstance(item, Rejected)


def test_a_path_that_names_nothing_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nothing-here"):
        plan_splits([tmp_path / "nothing-here"], OPTIONS, "k")
