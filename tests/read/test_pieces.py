"""Pieces: read apart and put together they are the whole, whatever their size."""

from pathlib import Path

import pytest
from tests.read.made import FORMS, as_csv, as_jsonl, as_parquet, read, records

from zhiguan.read import Piece, ReadOptions, Rejected, cut_paths, read_piece

CUTTABLE = {"n.jsonl": as_jsonl, "n.csv": as_csv, "n.parquet": as_parquet}


def in_pieces(path: Path, size: int, **options: object) -> tuple[list[Piece], list[object]]:
    reading = ReadOptions(**options)  # type: ignore[arg-type]
    pieces = list(cut_paths([path], reading, size))
    assert not any(isinstance(piece, Rejected) for piece in pieces)
    whole = [piece for piece in pieces if isinstance(piece, Piece)]
    return whole, [item for piece in whole for item in read_piece(piece, reading)]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("size", [1, 700, 1 << 30])
def test_pieces_are_the_whole(tmp_path: Path, name: str, size: int) -> None:
    file = tmp_path / name
    file.write_bytes(FORMS[name](records(30)))
    pieces, found = in_pieces(file, size)
    assert found == read(file)
    assert len(found) == 30
    if name in CUTTABLE:
        assert (len(pieces) > 3) == (size < 1 << 30)


@pytest.mark.parametrize("name", CUTTABLE)
def test_pieces_cover_the_file_without_overlap(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(CUTTABLE[name](records(50)))
    pieces, _ = in_pieces(file, 500)
    assert [piece.begin for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]


def test_bad_lines_in_pieces(tmp_path: Path) -> None:
    lines = [b"", b"{", b"\xff\xfe", b'{"text": "' + b"a" * 5000 + b'"}', b'{"text": "b"}'] * 9
    file = tmp_path / "n.jsonl"
    file.write_bytes(b"\n".join(lines))
    _, found = in_pieces(file, 300, max_bytes=1000)
    assert found == read(file, max_bytes=1000)


def test_broken_rows_in_pieces(tmp_path: Path) -> None:
    rows = ["text,title", "甲,一", "乙", '"丙', '丁",二', '戊"己,三', ""] * 20
    file = tmp_path / "n.csv"
    file.write_text("\r\n".join(rows), encoding="gb18030")
    _, found = in_pieces(file, 50)
    assert found == read(file)


def test_a_folder_is_cut_into_its_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.jsonl", "d.docx"):
        (tmp_path / name).write_text('{"text": "甲"}', encoding="utf-8")
    pieces, _ = in_pieces(tmp_path, 100)
    assert [Path(piece.path).name for piece in pieces] == ["a.txt", "b.txt", "c.jsonl"]


def test_what_cannot_be_read_is_left_whole_for_its_reading_to_say(tmp_path: Path) -> None:
    (tmp_path / "n.parquet").write_bytes(b"no" * 500)
    (tmp_path / "folder").mkdir()
    _, found = in_pieces(tmp_path, 10)
    assert isinstance(found[0], Rejected)
    (rejected,) = cut_paths([tmp_path / "folder"], None, 10)
    assert isinstance(rejected, Rejected)
