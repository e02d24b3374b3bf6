"""Bytes of any kind under any ending: articles or reports come out, and never an exception."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.read.made import FORMS, read, records

from zhiguan.model import Source
from zhiguan.read import Piece, ReadOptions, Rejected, cut_paths, read_piece

FILES = {name: make(records(4)) for name, make in FORMS.items()}
damage = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40)), max_size=4)
settled = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def spoil(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Put bytes in the place of others, here and there."""
    for where, new, old in changes:
        at = int(where * len(data))
        data = data[:at] + new + data[at + old :]
    return data


@pytest.mark.parametrize("name", FORMS)
@given(changes=damage)
@settled
def test_damaged_files_are_reported(tmp_path: Path, name: str, changes: list[tuple[float, bytes, int]]) -> None:
    file = tmp_path / name
    file.write_bytes(spoil(FILES[name], changes))
    for item in read(file):
        assert isinstance(item, Source) or (item.reason and item.origin.startswith(str(file)))
        assert item.id


@pytest.mark.parametrize("ending", ["txt", "html", "jsonl", "csv", "tsv", "parquet", "warc", "jsonl.gz", "csv.zst"])
@given(data=st.binary(max_size=200))
@settled
def test_any_bytes_are_reported(tmp_path: Path, ending: str, data: bytes) -> None:
    (tmp_path / f"n.{ending}").write_bytes(data)
    assert all(isinstance(item, Source | Rejected) for item in read(tmp_path))


@pytest.mark.parametrize("name", ["n.jsonl", "n.csv", "n.tsv"])
@given(changes=damage, size=st.integers(1, 300))
@settled
def test_pieces_of_damaged_files_are_the_whole(
    tmp_path: Path, name: str, changes: list[tuple[float, bytes, int]], size: int
) -> None:
    file = tmp_path / name
    file.write_bytes(spoil(FILES[name], changes))
    pieces = [piece for piece in cut_paths([file], ReadOptions(), size) if isinstance(piece, Piece)]
    found = [item for piece in pieces for item in read_piece(piece, ReadOptions())]
    assert found == read(file)
