"""Read: bytes to `Source`, the text of each article as it stands, with its place; what cannot be read says why."""

from zhiguan.read.pieces import cut_paths
from zhiguan.read.reading import origin_path, read_paths, read_piece
from zhiguan.read.values import Piece, ReadOptions, Rejected

__all__ = ["Piece", "ReadOptions", "Rejected", "cut_paths", "origin_path", "read_paths", "read_piece"]
