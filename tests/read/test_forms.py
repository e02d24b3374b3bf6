"""Record files of every form: what is in them comes out, and what is broken in them spoils nothing but itself."""

import gzip
import io
import sys
from pathlib import Path

import pytest
from tests.read.made import FORMS, as_csv, as_jsonl, as_parquet, as_warc, read, reasons, records, texts

from zhiguan.model import Source
from zhiguan.read import Rejected, origin_path


@pytest.mark.parametrize("name", FORMS)
def test_every_form_holds_the_same_articles(tmp_path: Path, name: str) -> None:
    made, file = records(8), tmp_path / name
    file.write_bytes(FORMS[name](made))
    found = read(file)
    for text, record in zip(texts(found), made, strict=True):
        assert record["text"] in text
    web = "warc" in name
    for item, record in zip(found, made, strict=True):
        assert isinstance(item, Source)
        assert (item.id, item.url) == (record["url"] if web else record["id"], record["url"])
        assert item.media == ("text/html" if web else "text/plain")
        assert origin_path(item.origin) == str(file)
    assert len({item.origin for item in found}) == len(made)


def test_a_table_without_ids_is_numbered_by_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    file.write_text('text,title\n"甲\n乙",一\n\n丙,二\n', encoding="utf-8")
    assert [(item.id, item.origin) for item in read(file)] == [("n-2", f"{file}:2"), ("n-5", f"{file}:5")]


BAD_ROWS = {
    "a cell too few": ("text,title\n甲,一\n乙\n丙,三\n", "the row has 1 cells, the header 2"),
    "another encoding": (
        "text,title\n甲,一\n".encode() + "乙,二\n".encode("gb18030") + "丙,三\n".encode(),
        "not utf-8",
    ),
    "too long": ("text,title\n甲,一\n" + "乙" * 900 + ",二\n丙,三\n", "too long"),
    "no text": ("text,title\n甲,一\n,二\n丙,三\n", "no text in field 'text'"),
}


@pytest.mark.parametrize(("data", "words"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_spoils_nothing_but_itself(tmp_path: Path, data: str | bytes, words: str) -> None:
    file = tmp_path / "n.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    first, bad, last = read(file, max_bytes=1000)
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert isinstance(bad, Rejected)
    assert words in bad.reason
    assert bad.origin == f"{file}:3"


def test_a_quotation_mark_left_open_is_told(tmp_path: Path) -> None:
    file = tmp_path / "n.csv"
    file.write_text('text,title\n甲,一\n"乙,二\n' + "丙,三\n" * 500, encoding="utf-8")
    found = read(file, max_bytes=1000)
    assert "quotation mark" in reasons(found)[0]


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    for name, data in (("a.csv", b""), ("b.csv", b"text,title\n"), ("c.warc", b""), ("d.jsonl.gz", gzip.compress(b""))):
        (tmp_path / name).write_bytes(data)
    assert ["it is empty" in reason for reason in reasons(read(tmp_path))] == [True] * 4


def test_a_damaged_row_group_is_set_aside_and_the_rest_read(tmp_path: Path) -> None:
    made = records(9)
    data = bytearray(as_parquet(made))
    import pyarrow.parquet as pq

    chunk = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(2)
    begin = chunk.dictionary_page_offset or chunk.data_page_offset
    data[begin : begin + 40] = bytes(40)
    file = tmp_path / "n.parquet"
    file.write_bytes(data)
    found = read(file)
    assert [item.id for item in found if isinstance(item, Source)] == ["r1", "r2", "r3", "r7", "r8", "r9"]
    assert ["row group 1 is damaged from row 4 on" in reason for reason in reasons(found)] == [True]


def test_what_is_no_parquet_says_so(tmp_path: Path) -> None:
    (tmp_path / "n.parquet").write_bytes(b"PAR1 no")
    assert "no whole Parquet file" in reasons(read(tmp_path))[0]


def test_without_its_library_parquet_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "n.parquet").write_bytes(as_parquet(records(1)))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert "pip install 'zhiguan[parquet]'" in reasons(read(tmp_path))[0]


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_web_record_is_told_with_its_offset_and_the_rest_read(tmp_path: Path, packed: bool) -> None:
    parts = [as_warc([record], packed=packed) for record in records(5)]
    begin = len(parts[0])
    parts[2] = b"\x00" * 20 + parts[2][20:]
    file = tmp_path / ("n.warc.gz" if packed else "n.warc")
    file.write_bytes(b"".join(parts))
    found = read(file)
    addresses = [item.id.rpartition("/")[2] for item in found if isinstance(item, Source)]
    assert addresses == ["1.html", "2.html", "4.html", "5.html"]
    assert f"damaged WARC record at or behind byte {begin}" in reasons(found)[0]


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_record_that_is_cut_off_is_no_article(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / ("n.warc.gz" if packed else "n.warc")
    file.write_bytes(as_warc(records(3), packed=packed)[:-40])
    found = read(file)
    assert len([item for item in found if isinstance(item, Source)]) == 2
    assert "is cut off" in reasons(found)[0]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    made = records(2)
    (tmp_path / "n.warc").write_bytes(as_warc(made[:1], status="404 Not Found") + as_warc(made[1:]))
    assert [item.id for item in read(tmp_path)] == [made[1]["url"]]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (gzip.compress(as_jsonl(records(2))), {}),
        (as_csv(records(2)), {"format": "csv"}),
        (as_csv(records(2), "\t", "gb18030"), {"format": "tsv"}),
        (as_warc(records(2)), {"format": "warc"}),
        (as_warc(records(2), packed=True), {"format": "warc"}),
    ],
)
def test_forms_through_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, options: dict[str, str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = read("-", **options)
    assert [record["text"] in text for text, record in zip(texts(found), records(2), strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [
        (b"PAR1", {"format": "parquet"}, "save it as a file"),
        (gzip.compress(as_jsonl(records(9)))[:-30], {}, "cut off or damaged"),
        (b"", {"format": "csv"}, "empty"),
    ],
)
def test_what_the_standard_input_cannot_give(
    monkeypatch: pytest.MonkeyPatch, data: bytes, options: dict[str, str], words: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert words in reasons(read("-", **options))[-1]


def test_a_packed_file_that_is_cut_off_gives_what_is_before(tmp_path: Path) -> None:
    made, file = records(3000), tmp_path / "n.jsonl.gz"
    data = gzip.compress(as_jsonl(made))
    file.write_bytes(data[: len(data) * 2 // 3])
    *found, last = read(file)
    assert isinstance(last, Rejected)
    assert f"behind record {len(found)}: " in last.reason
    assert len(texts(found)) > 500
