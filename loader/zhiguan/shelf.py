"""The files that stand beside the graph in a store's folder: its note, texts as read, and articles set aside.

Every file is written under another name first and then moved into place, so that a reader, a full disk or a crash
never leaves half a file behind. Callers see OSError; `store` turns it into words.
"""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from zhiguan.errors import StoreError

LAYOUT = "1"
NOTE = "zhiguan.json"

_PLAIN_NAME = re.compile(r"\w[\w.-]{0,59}")
_UNSAFE = re.compile(r"[^\w-]+")


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: afterwards the file is whole, or as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles' texts as read, gzipped, one file for each content: `ab/<sha256>.txt.gz`."""

    folder: Path

    def path(self, digest: str) -> Path:
        """Place of the text with this SHA-256 (64 hexadecimal digits)."""
        return self.folder / digest[:2] / f"{digest}.txt.gz"

    def put(self, text: str) -> str:
        """Keep `text`; its SHA-256 over the UTF-8 bytes. A text kept before is not written again."""
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if not path.exists():
            write_file(path, gzip.compress(data, mtime=0))  # no time stamp: the same text makes the same file
        return digest

    def get(self, digest: str) -> str | None:
        """The text with this SHA-256, or None; newlines are as they were."""
        path = self.path(digest)
        return gzip.decompress(path.read_bytes()).decode() if path.is_file() else None

    def digests(self) -> Iterator[str]:
        """SHA-256 of every text kept, sorted."""
        for path in sorted(self.folder.glob("??/*.txt.gz")):
            yield path.name.removesuffix(".txt.gz")

    def drop(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An article that was not stored: its identifier, where it came from, and why."""

    id: str
    origin: str
    reason: str


def file_stem(identifier: str) -> str:
    """A file name for any identifier: itself where it is plain, else its plain part and 16 digits of its SHA-256."""
    if _PLAIN_NAME.fullmatch(identifier):
        return identifier
    plain = _UNSAFE.sub("-", identifier).strip("-")[:40]
    return f"{plain}-{hashlib.sha256(identifier.encode()).hexdigest()[:16]}".lstrip("-")


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Articles set aside: `<article>.json` says which and why, `<article>.ttl` is its validation report, if any."""

    folder: Path

    def _files(self, article: str) -> tuple[Path, Path]:
        stem = file_stem(article)
        return self.folder / f"{stem}.json", self.folder / f"{stem}.ttl"

    def put(self, entry: SetAside, report: str | None) -> Path:
        """Set an article aside with its validation report (Turtle), in place of an earlier one; the file to read."""
        note, turtle = self._files(entry.id)
        turtle.unlink(missing_ok=True)
        if report is not None:
            write_file(turtle, report.encode())
        write_file(note, json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode() + b"\n")
        return note if report is None else turtle

    def clear(self, article: str) -> bool:
        """Forget an article set aside; whether there was one."""
        note, turtle = self._files(article)
        known = note.exists()
        turtle.unlink(missing_ok=True)
        note.unlink(missing_ok=True)
        return known

    def report(self, article: str) -> str | None:
        """Validation report of an article set aside, as Turtle, or None."""
        turtle = self._files(article)[1]
        return turtle.read_text(encoding="utf-8") if turtle.is_file() else None

    def entries(self) -> Iterator[SetAside]:
        """All articles set aside, by file name."""
        for note in sorted(self.folder.glob("*.json")):
            yield SetAside(**json.loads(note.read_text(encoding="utf-8")))


def read_note(folder: Path) -> dict[str, str]:
    """What `zhiguan.json` says; StoreError where there is none, or one of another version."""
    try:
        note: dict[str, str] = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(f"there is no store at {folder}; make one with: zhiguan load PATH --store {folder}") from error
    except ValueError as error:
        raise StoreError(f"{folder / NOTE} is not what zhiguan wrote; restore it from a copy") from error
    if note.get("layout") != LAYOUT:
        raise StoreError(f"the store {folder} has layout {note.get('layout')}, this version reads {LAYOUT}; load again")
    return note


def write_note(folder: Path, note: dict[str, str]) -> None:
    """Put `zhiguan.json` in place."""
    write_file(folder / NOTE, json.dumps(note, indent=1, sort_keys=True).encode() + b"\n")


def prepare_folder(folder: Path, base: str) -> dict[str, str]:
    """Make the folder a store if it is new or empty; what its note says."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"the store {folder} is not a folder; give --store another path")
    if not (folder / NOTE).exists():
        if folder.exists() and any(folder.iterdir()):
            raise StoreError(f"{folder} is not a zhiguan store and not empty; give --store another folder")
        write_note(folder, {"layout": LAYOUT, "base": base})
    return read_note(folder)


def explain(error: Exception, path: Path) -> StoreError:
    """Say in words what RocksDB or the operating system said, and the cure."""
    said = str(error)
    if "LOCK:" in said or "lock hold" in said:  # not any "lock": damaged blocks are another matter
        cure = "is in use by another zhiguan process; wait until it ends, or open the store read-only"
    elif "No space left" in said:
        cure = "has no room left on its disk; what was stored before is whole. Free some space and run again"
    elif "Read-only file system" in said or "Permission denied" in said:
        cure = "cannot be written; check the folder's permissions"
    elif "Corruption" in said and "No such file" in said:
        cure = "was written by another process while it was read; run again"
    elif "not a directory" in said.lower():
        cure = "is not a folder"
    elif "Corruption" in said:
        cure = "is damaged; restore it from a copy, or load the articles into a new store"
    else:
        cure = "failed"
    return StoreError(f"the store {path} {cure} ({said})")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Say troubles of the store's files in words, as StoreError."""
    try:
        yield
    except BrokenPipeError:  # the reader of our output left: not the store's trouble
        raise
    except OSError as error:
        raise explain(error, path) from error
    except RuntimeError as error:  # how Oxigraph says some troubles of its files
        if "IO error" not in str(error):
            raise
        raise explain(error, path) from error
