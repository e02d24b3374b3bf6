"""What loads were given: how much there is to read, and the commands of earlier loads, for `zhiguan reload`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhiguan.errors import ReadError, StoreError
from zhiguan.read.places import STDIN, check_given, files
from zhiguan.store import MANIFEST

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
    """Write down how a load was called, once; nothing where there is no store, since nothing came of the load."""
    if not (store / MANIFEST).exists():
        return
    command = (str(Path.cwd()), list(arguments))
    if command not in list(_commands(store)):
        with (store / FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"folder": command[0], "arguments": command[1]}, ensure_ascii=False) + "\n")


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
