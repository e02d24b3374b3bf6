"""Everything in two files, made once for each version of the store: N-Quads and TriG, gzip, with their SHA-256."""

import gzip
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from zhiguan.serve.engine.backend import Reader
from zhiguan.serve.http.negotiate import QUADS, Format

_LEVEL = 6
_FORMS = {"trig": "trig", "nq": "nquads"}


@dataclass(frozen=True, slots=True)
class Dump:
    """A file; `size` in bytes and `sha256` (hexadecimal) are of the packed file, `name` is what it is called to clients."""

    form: Format
    path: Path
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name


def _name(form: Format) -> str:
    return f"zhiguan.{form.name}.gz"


NAMES = tuple(map(_name, QUADS))
"""The files of a dump."""


class _Hashed(RawIOBase):
    """Writes to a file and hashes what goes by."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)


def _write(store: Reader, form: Format, folder: Path) -> Dump:
    path = folder / _name(form)
    with path.open("wb") as file:
        hashed = _Hashed(file)
        with gzip.GzipFile("", "wb", _LEVEL, hashed, mtime=0) as packed:
            store.dump(_FORMS[form.name], cast(IO[bytes], packed))
    return Dump(form, path, hashed.size, hashed.digest.hexdigest())


def write_dumps(store: Reader, version: str, folder: Path) -> Sequence[Dump]:
    """The dumps of this version in a folder of their own under `folder`; those of all but the version before it go."""
    place = folder / hashlib.sha256(version.encode()).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    dumps = [_write(store, form, place) for form in QUADS]
    others = sorted((each for each in folder.iterdir() if each != place), key=lambda each: each.stat().st_mtime)
    for old in others[:-1]:  # the last one may still be on its way to somebody
        shutil.rmtree(old, ignore_errors=True)
    return dumps


def checksums(dumps: Sequence[Dump]) -> str:
    """The file SHA256SUMS, as `sha256sum --check` reads it."""
    return "".join(f"{dump.sha256}  {dump.name}\n" for dump in dumps)
