"""A store's folder: what lies in it, its note, and the words for what goes wrong with it.

    DIR/zhiguan.json      layout version and base IRI
    DIR/manifest.sqlite   articles, their texts, why others were set aside, which graph folder is in use
    DIR/graph-N/          Oxigraph (RocksDB): one named graph an article, and the vocabulary
    DIR/version           changes with every acknowledged change

Files are written under another name first and then moved into place, so that a reader, a full disk or a crash never
leaves half a file behind.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhiguan.errors import StoreError

LAYOUT = "2"
NOTE = "zhiguan.json"
VERSION = "version"
GRAPH = "graph-"
OURS = {"loading"}
"""What loading may have put into a folder before there is a store in it; drafts of files begin with a dot."""


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step: afterwards the file is whole, or as it was before. OSError as it comes."""
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


def read_version(path: Path | str) -> str:
    """Version of the content of the store at `path`, from a small file: cheap to ask for again and again. '' where
    there is no store."""
    try:
        return (Path(path) / VERSION).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def read_base(folder: Path) -> str:
    """Base IRI of the store; StoreError where there is none, or one of another layout."""
    try:
        note: dict[str, str] = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise no_store(folder) from error
    except ValueError as error:
        raise StoreError(f"{folder / NOTE} is not what zhiguan wrote; restore it from a copy") from error
    if note.get("layout") != LAYOUT:
        raise StoreError(f"the store {folder} has layout {note.get('layout')}, this version reads {LAYOUT}; load again")
    return note["base"]


def no_store(folder: Path | str) -> StoreError:
    return StoreError(f"there is no store at {folder}; make one with: zhiguan load PATH --store {folder}")


def write_base(folder: Path, base: str) -> None:
    """Make the folder a store: the first thing that is written into it."""
    note = {"base": base, "layout": LAYOUT}
    write_file(folder / NOTE, json.dumps(note, indent=1).encode() + b"\n")


def is_made(folder: Path) -> bool:
    """Whether there is a store; StoreError where there cannot be one: a file, a folder with other things, no permission."""
    if (folder / NOTE).exists():
        return True
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"the store {folder} is not a folder; give --store another path")
    if folder.exists() and any(not (each.name in OURS or each.name.startswith(".")) for each in folder.iterdir()):
        raise StoreError(f"{folder} is not a zhiguan store and not empty; give --store another folder")
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not os.access(nearest, os.W_OK):
        raise StoreError(f"the store {folder} cannot be written; check the folder's permissions")
    return False


def remove_leftovers(folder: Path, graph: str) -> None:
    """Remove what a process that died left behind: graph folders other than `graph`, drafts of files."""
    for each in folder.iterdir():
        if each.name.startswith(GRAPH) and each.name != graph:
            shutil.rmtree(each, ignore_errors=True)
        elif each.name.startswith((f".{NOTE}.", f".{VERSION}.", ".manifest.")):
            each.unlink(missing_ok=True)


_CURES = (
    (("LOCK:", "lock hold"), "is in use by another zhiguan process; wait until it ends, or open the store read-only"),
    (
        ("No space left", "disk is full", "File too large"),
        "has no room left on its disk; what was stored before is whole. Free some space and run again",
    ),
    (
        ("Read-only file system", "Permission denied", "readonly database", "unable to open database"),
        "cannot be written; check the folder's permissions",
    ),
    (("not a directory", "Not a directory"), "is not a folder"),
    (("Corruption", "malformed", "not a database"), "is damaged; restore it from a copy, or load into a new store"),
)


def explain(error: Exception, path: Path) -> StoreError:
    """Say in words what RocksDB, SQLite or the operating system said, and the cure."""
    said = str(error)
    if "Corruption" in said and "No such file" in said:
        return StoreError(f"the store {path} was written by another process while it was read; run again ({said})")
    cure = next((cure for signs, cure in _CURES if any(sign in said for sign in signs)), "failed")
    return StoreError(f"the store {path} {cure} ({said})")


def is_trouble(error: BaseException | None) -> bool:
    """Whether a RuntimeError is how Oxigraph says some troubles of its files."""
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in ("IO error", "Corruption"))


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Say troubles of the store's files in words, as StoreError."""
    try:
        yield
    except BrokenPipeError:  # the reader of our output left: not the store's trouble
        raise
    except (OSError, sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise explain(error, path) from error
    except RuntimeError as error:
        if not is_trouble(error):
            raise
        raise explain(error, path) from error
