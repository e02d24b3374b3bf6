"""Parts: what came of one split, in a file that is whole or not there. Gzipped lines of JSON, an article each."""

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from zhiguan.errors import StoreError
from zhiguan.loading.prepare import Prepared, Step
from zhiguan.store import Loaded

_PREPARED = tuple(field.name for field in fields(Prepared))
_LOADED = tuple(field.name for field in fields(Loaded))


@contextmanager
def part_writer(path: Path) -> Iterator[Callable[[Prepared], None]]:
    """A function that adds an article to the part at `path`, which appears when the block ends well, on the disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            with gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
                yield lambda prepared: _write(packed, prepared)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write(packed: gzip.GzipFile, prepared: Prepared) -> None:
    record = {name: getattr(prepared, name) for name in _PREPARED}
    if prepared.loaded is not None:
        record["loaded"] = [getattr(prepared.loaded, name) for name in _LOADED]
    packed.write(json.dumps(record).encode() + b"\n")


def read_part(path: Path) -> Iterator[Prepared]:
    """The articles of a part, in order. StoreError where the file is damaged."""
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                yield _prepared(json.loads(line))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise StoreError(f"the part {path} is damaged ({error}); remove it and load again") from error


def _prepared(record: dict[str, object]) -> Prepared:
    loaded = record.pop("loaded")
    values = Loaded(**dict(zip(_LOADED, loaded, strict=True))) if isinstance(loaded, list) else None
    return Prepared(**{**record, "step": Step(str(record["step"]))}, loaded=values)  # type: ignore[arg-type]
