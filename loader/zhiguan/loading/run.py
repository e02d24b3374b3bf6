"""One split: read, worked on, checked, and written as a part. Runs anywhere; knows neither pools nor clusters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from zhiguan.errors import ZhiguanError
from zhiguan.loading.parts import part_writer
from zhiguan.loading.prepare import Preparer
from zhiguan.loading.recipe import Recipe
from zhiguan.loading.splits import Split
from zhiguan.store import MANIFEST, Manifest

_KILLER = "the process that worked on it died, twice; is it too large? please report this"


class StoppedError(ZhiguanError):
    """The run was called off."""


@dataclass(frozen=True, slots=True)
class SplitResult:
    """What came of a split: its part, by the split's id, and how many articles it has. `size` is the split's; `committed`
    says that an earlier load has brought the articles into the store, but for `aside`, which were set aside."""

    id: str
    articles: int
    size: int = 0
    committed: bool = False
    aside: int = 0


def part_path(out: Path, split: str) -> Path:
    """Where the part of a split lies."""
    return out / f"{split}.jsonl.gz"


def stop_path(out: Path) -> Path:
    """A file that tells all who run splits to stop."""
    return out / "stop"


def _mark_path(out: Path, split: str) -> Path:
    return out / f"{split}.at"


def mark_files(out: Path) -> Iterator[Path]:
    """What those left who came to no end."""
    return out.glob("*.at")


def run_split(split: Split, out: Path, recipe: Recipe) -> SplitResult:
    """Take the articles of a split through the stages and write what came of them to `out`, a folder that the driver
    sees too. May be run again: the same split makes the same part.

    Before each article its number is written down, so that somebody else can tell which one killed this process.
    """
    stop, number = stop_path(out), 0
    with _manifest(recipe.store) as manifest, _marks(_mark_path(out, split.id)) as marks:
        preparer = Preparer(recipe, manifest)
        with part_writer(part_path(out, split.id)) as write:
            for number, item in enumerate(split.sources(recipe.settings.reading), 1):
                if stop.exists():
                    raise StoppedError("the load was called off")
                if number - 1 in split.without:
                    write(preparer.set_aside(item, _KILLER))
                    continue
                marks.seek(0)
                marks.write(b"%d\n" % (number - 1))
                write(preparer.prepare(item))
    return SplitResult(split.id, number, split.size)


@contextmanager
def _manifest(store: Path) -> Iterator[Manifest | None]:
    if not (store / MANIFEST).exists():
        yield None
        return
    with Manifest.open(store) as manifest:
        yield manifest


@contextmanager
def _marks(path: Path) -> Iterator[BinaryIO]:
    with path.open("wb", buffering=0) as marks:
        yield marks
    path.unlink()


def without_killer(split: Split, out: Path) -> Split | None:
    """The split without the article at which its process died; None where it died at none."""
    try:
        number = int(_mark_path(out, split.id).read_bytes().split(b"\n")[0])
    except (OSError, ValueError):
        return None
    if number in split.without:
        return None
    return replace(split, without=split.without | {number})
