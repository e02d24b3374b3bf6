"""What the user gave, as single files: folders walked in the order of names, shell patterns expanded."""

import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhiguan.errors import ReadError
from zhiguan.read.values import UnreadableError

STDIN = "-"
ENDINGS = (".txt", ".html", ".htm", ".jsonl", ".txt.gz", ".html.gz", ".htm.gz", ".jsonl.gz")
_ENDING = re.compile(r"\.(?:txt|html?|jsonl)(?:\.gz)?$", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Place:
    """A file to read; `below` is its path as it was given, below the root; `known` whether its ending is ours."""

    path: Path
    below: Path

    @property
    def known(self) -> bool:
        return _ENDING.search(self.path.name) is not None

    @property
    def ending(self) -> str:
        """The ending in lower case without `.gz`, such as `.html`; empty where it is not one of ours."""
        found = _ENDING.search(self.path.name)
        return found.group().lower().removesuffix(".gz") if found else ""

    @property
    def packed(self) -> bool:
        return self.path.name.lower().endswith(".gz")

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return _ENDING.sub("", self.path.name) if self.known else self.path.stem


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


def places(given: str) -> Iterator[Place]:
    """The files behind one path, in a fixed order; of a folder only those with a known ending, hidden ones left out.

    Raises UnreadableError for a folder without any article.
    """
    path = Path(given)
    if not path.is_dir():
        yield Place(path, _unrooted(path))
        return
    found = False
    for file in _walk(path):
        found = True
        yield Place(file, _unrooted(file))
    if not found:
        raise UnreadableError(f"no article in this folder: files must end in {' '.join(ENDINGS)}")


def _unrooted(path: Path) -> Path:
    return Path(*path.parts[1:]) if path.is_absolute() else path


def _walk(folder: Path) -> Iterator[Path]:
    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _ENDING.search(name):
                yield Path(directory, name)


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
