"""What loads were given: how much there is to read, and the commands of earlier loads, for `zhiguan reload`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhiguan.errors import ReadError, StoreError
from zhiguan.read.places import STDIN, check_given, files
from zhiguan.store import MANIFEST
from zhiguan.store.folder import in_words, write_file

FILE = "loads.jsonl"
Command = tuple[str, list[str]]
"""The folder where a load was run, and its arguments."""


def input_size(paths: Sequence[str]) -> int:
    """Bytes of an input on the disk; 0 where that cannot be told. ReadError where a path names nothing."""
    given = check_given(paths)
    if STDIN in given:
        return 0
    try:
        return sum(file.stat().st_size for path in given for file in files(path))
    except (OSError, ReadError):
        return 0


def remember(store: Path, arguments: Sequence[str]) -> None:
    """Write down how a load was called, once; nothing where there is no store, since nothing came of the load. StoreError
    where it cannot be written."""
    if not (store / MANIFEST).exists():
        return
    known, command = list(_commands(store)), (str(Path.cwd()), list(arguments))
    if command in known:
        return
    records = ({"folder": folder, "arguments": given} for folder, given in [*known, command])
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    with in_words(store):
        write_file(store / FILE, lines.encode())


def remembered(store: Path) -> list[Command]:
    """The loads that this store has seen, the oldest first. StoreError where there are none."""
    found = list(_commands(store))
    if not found:
        raise StoreError(f"nothing was loaded into {store} by `zhiguan load` yet")
    return found


def _commands(store: Path) -> Iterator[Command]:
    try:
        lines = (store / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        record = json.loads(line)
        yield record["folder"], record["arguments"]
