"""Packed files as streams of bytes: gzip and zstd, told by the ending, or by their first bytes where there is no name."""

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError)
"""What the unpackers raise for a file that is cut off or broken."""

ENDINGS = (".gz", ".zst")
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"


def open_unpacked(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where its ending says that it is packed."""
    match path.suffix.lower():
        case ".gz":
            return cast(BinaryIO, gzip.open(path))
        case ".zst":
            return cast(BinaryIO, zstd.open(path))
        case _:
            return path.open("rb")


def unpacked(stream: "io.BufferedReader[io.RawIOBase]") -> "io.BufferedReader[io.RawIOBase]":
    """A stream unpacked where its first bytes are those of gzip or zstd."""
    head = stream.peek(4)[:4]
    if head.startswith(_GZIP):
        return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream)))
    if head == _ZSTD:
        return io.BufferedReader(cast(io.RawIOBase, zstd.ZstdFile(stream)))
    return stream
