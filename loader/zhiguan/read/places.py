"""What the user gave, as single files: folders walked in the order of names, shell patterns expanded."""

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhiguan.errors import ReadError
from zhiguan.read.values import ReadOptions, UnreadableError

STDIN = "-"
_KINDS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
}
ENDINGS = tuple(_KINDS)
RECORDS = frozenset({"jsonl", "csv", "tsv", "parquet", "warc"})
"""Kinds of files that hold many articles."""

_ENDING = re.compile(rf"({'|'.join(map(re.escape, ENDINGS))})(?:\.gz|\.zst)?$", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")
_UNSAFE = re.compile(r"[^\w.\-]+")
_PAGE = re.compile(r"\.html?(?:\.gz|\.zst)?$", re.IGNORECASE)
_GUIDE = re.compile(r"index\.(?:csv|tsv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read; `below` is its path as it was given, below the root."""

    path: Path
    below: Path

    @classmethod
    def of(cls, path: Path) -> "Place":
        return cls(path, Path(*path.parts[1:]) if path.is_absolute() else path)

    def kind(self, options: ReadOptions) -> str:
        """What the file holds, as the user says or else its ending: one of `FORMATS`; empty where nothing tells."""
        said = options.format if options.format != "auto" else options.profile.format
        found = _ENDING.search(self.path.name)
        return said or (_KINDS[found[1].lower()] if found else "")

    @property
    def packed(self) -> bool:
        return self.path.suffix.lower() in {".gz", ".zst"}

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        name = _ENDING.sub("", self.path.name)
        return name if name != self.path.name else self.path.stem

    def file_id(self, options: ReadOptions) -> str:
        """What the file is called: its name, or its path."""
        if options.id_from != "path":
            return self.name
        parts = (*self.below.parent.parts, self.name)
        return "~".join(_UNSAFE.sub("-", part) for part in parts if part not in {"..", "."})


def check_given(paths: Sequence[str | Path]) -> list[str]:
    """The paths with patterns expanded; ReadError for a path or pattern that names nothing."""
    given: list[str] = []
    for path in map(str, paths):
        if path == STDIN or os.path.lexists(path):
            given.append(path)
        else:
            given += _expand(path)
    return given


def _expand(pattern: str) -> list[str]:
    # not Path.glob, which refuses absolute patterns
    found = glob.glob(pattern, recursive=True) if _PATTERN.search(pattern) else []  # noqa: PTH207
    if not found:
        raise ReadError(f"{pattern}: no such file or folder; check the spelling")
    return sorted(found)


def files(given: str) -> Iterator[Path]:
    """The files behind one path, in a fixed order; of a folder only those with a known ending.

    Hidden names are left out, folders that begin with `_` (dumps keep their own notes in such), and the files that say where
    the pages beside them come from (`sites`). Raises UnreadableError for a folder without any article.
    """
    path = Path(given)
    if not path.is_dir():
        yield path
        return
    found = False
    for file in _walk(path):
        found = True
        yield file
    if not found:
        raise UnreadableError(
            f"no article in this folder: files must end in {' '.join(ENDINGS)}, or these with .gz, .zst"
        )


def _walk(folder: Path) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        known = sorted(name for name in names if not name.startswith(".") and _ENDING.search(name))
        guided = any(_PAGE.search(name) for name in known)
        yield from (Path(directory, name) for name in known if not (guided and _GUIDE.fullmatch(name)))


def check_file(path: Path) -> os.stat_result:
    """The state of a regular file; UnreadableError for a dangling link, a pipe or a device."""
    try:
        state = path.stat()
    except OSError as error:
        cure = (
            "it is a link to nothing: mend or remove it" if path.is_symlink() else f"{error.strerror}: check its rights"
        )
        raise UnreadableError(cure) from None
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableError("it is no regular file but a pipe or device: pipe the article to `-` instead")
    return state
