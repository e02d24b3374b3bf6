"""Read: bytes to `Source`, the text of each article as it stands, with its place; what cannot be read says why."""

from zhiguan.read.reading import origin_path, read_paths
from zhiguan.read.values import ReadOptions, Rejected

__all__ = ["ReadOptions", "Rejected", "origin_path", "read_paths"]
