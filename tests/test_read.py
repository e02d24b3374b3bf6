"""Reading: every kind of input that works, and every one that must be set aside with a reason."""

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from zhiguan.errors import ReadError
from zhiguan.model import Source
from zhiguan.read import ReadOptions, Rejected, origin_path, read_paths

TEXT = "县委书记甲某某出席会议并讲话。\r\n副县长乙某某主持会议。\n"


def read(*paths: str | Path, **options: object) -> list[Source | Rejected]:
    return list(read_paths(paths, ReadOptions(**options)))  # type: ignore[arg-type]


def one(path: Path, **options: object) -> Source:
    (found,) = read(path, **options)
    assert isinstance(found, Source), found
    return found


def rejected(path: Path, **options: object) -> Rejected:
    (found,) = read(path, **options)
    assert isinstance(found, Rejected)
    assert found.origin.startswith(str(path))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5hkscs"])
def test_text_is_kept_as_it_stands_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = "縣委書記出席會議並講話,這是一個重要的會議。\r\n他在會上作了報告。\n" if encoding == "big5hkscs" else TEXT
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    source = one(file)
    assert (source.id, source.text, source.origin) == ("a", text, str(file))


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("新闻 1.txt", "text/plain"),
        ("b.HTML", "text/html"),
        ("c.htm", "text/html"),
        ("d.txt.gz", "text/plain"),
        ("e.html.gz", "text/html"),
    ],
)
def test_endings(tmp_path: Path, name: str, media: str) -> None:
    file = tmp_path / name
    data = TEXT.encode()
    file.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    source = one(file)
    assert source.media == media
    assert source.id == name.split(".")[0]


def test_page_saved_as_text_is_html(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"\n<!DOCTYPE html><html><body>{TEXT}</body></html>", encoding="utf-8")
    assert one(file).media == "text/html"


def test_folder_is_read_in_the_order_of_names_and_other_files_are_passed_over(tmp_path: Path) -> None:
    for name in ["b/2.txt", "b/1.txt", "a/9.txt", "a/x.pdf", "z.txt", ".hidden.txt", ".git/c.txt"]:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    assert [found.id for found in read(tmp_path)] == ["z", "9", "1", "2"]


def test_path_as_id_tells_folders_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ["b c/1.txt", "a/1.txt"]:
        file = Path(name)
        file.parent.mkdir()
        file.write_text(TEXT, encoding="utf-8")
    assert [found.id for found in read("a", "./b c/1.txt", id_from="path")] == ["a~1", "b-c~1"]


def test_pattern(tmp_path: Path) -> None:
    for name in ["1.txt", "2.txt", "3.html", "[4].txt"]:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [found.id for found in read(str(tmp_path / "?.txt"))] == ["1", "2"]
    assert [found.id for found in read(str(tmp_path / "[4].txt"))] == ["[4]"]


@pytest.mark.parametrize("path", ["no/such/file.txt", "no/*.txt"])
def test_path_that_names_nothing_is_a_usage_error_at_once(path: str) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_paths([path])


RECORDS = [
    {"id": "r1", "title": "题", "published": "2024-05-06", "text": TEXT, "source": "甲报", "url": "https://x.cn/1"},
    {"id": 7, "html": "<p>县委召开会议。</p>", "authors": ["甲某", "乙某"], "text": ""},
    {"text": "县委召开会议。", "author": "甲某；乙某"},
]


def write_records(path: Path, records: list[dict[str, object]]) -> Path:
    data = "\n\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["n.jsonl", "n.jsonl.gz"])
def test_records(tmp_path: Path, name: str) -> None:
    file = write_records(tmp_path / name, RECORDS)  # type: ignore[arg-type]
    first, second, third = read(file)
    assert first == Source(
        id="r1",
        text=TEXT,
        origin=f"{file}:1",
        title="题",
        published="2024-05-06",
        publisher="甲报",
        url="https://x.cn/1",
    )
    assert isinstance(second, Source)
    assert (second.id, second.media, second.authors) == ("7", "text/html", ("甲某", "乙某"))
    assert isinstance(third, Source)
    assert (third.id, third.origin, third.authors) == ("n-5", f"{file}:5", ("甲某", "乙某"))
    assert origin_path(third.origin) == str(file)


def test_other_field_names_and_ids(tmp_path: Path) -> None:
    file = write_records(tmp_path / "n.jsonl", [{"content": TEXT, "no": 12, "from": "甲报"}])
    (source,) = read(file, fields={"text": "content", "source": "from"}, id_from="no")
    assert isinstance(source, Source)
    assert (source.id, source.text, source.publisher) == ("12", TEXT, "甲报")
    (source,) = read(file, fields={"text": "content", "id": "no"}, id_from="path")
    assert source.id.endswith("n~12")


def test_one_bad_line_spoils_nothing_but_itself(tmp_path: Path) -> None:
    file = tmp_path / "n.jsonl"
    good = json.dumps({"id": "g", "text": TEXT}).encode()
    bad = [b'{"id": 1,', b"[1]", b'{"id": "x", "title": "t"}', b'"' + b"a" * 3000 + b'"', b"[" * 1500, b"\xff\xfe{\x00"]
    surrogate = b'{"id": "s", "text": "\\ud800\\u4e00"}'
    file.write_bytes(b"\n".join([good, *bad, surrogate, good]))
    found = read(file, max_bytes=2000)
    assert [isinstance(item, Source) for item in found] == [True, *[False] * 7, True]
    reasons = [item.reason for item in found if isinstance(item, Rejected)]
    for reason, words in zip(
        reasons,
        ["broken JSON", "not list", "--field text=NAME", "longer than 2000", "JSON", "", "surrogate"],
        strict=True,
    ):
        assert words in reason
    assert [item.origin for item in found] == [f"{file}:{number}" for number in range(1, 10)]


def utf8_cut(file: Path) -> None:
    file.write_bytes((TEXT * 5).encode()[:-3])


def mixed(file: Path) -> None:
    file.write_bytes((TEXT * 3).encode() + (TEXT * 3).encode("gb18030"))


def packed_badly(file: Path) -> None:
    file.write_bytes(gzip.compress(TEXT.encode() * 100)[:-20])


def dangling(file: Path) -> None:
    file.symlink_to(file.parent / "nothing")


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("empty.txt", lambda file: file.touch(), "empty"),
    ("blank.txt", lambda file: file.write_text(" \n\n"), "empty"),
    ("wide_blank.txt", lambda file: file.write_text("\u3000\n", encoding="utf-8"), "blanks"),
    ("empty.jsonl", lambda file: file.touch(), "empty"),
    ("nul.txt", lambda file: file.write_bytes(b"\x89PNG\x00\x00\x1a"), "binary"),
    ("control.txt", lambda file: file.write_bytes(bytes(range(1, 32)) * 9), "binary"),
    ("noise.txt", lambda file: file.write_bytes(bytes(range(128, 256)) * 9), "encoding"),
    ("cut.txt", utf8_cut, "cut off"),
    ("mixed.txt", mixed, "mixture"),
    ("large.txt", lambda file: file.write_bytes(b"a" * (1 << 20) * 50), "50 MB"),
    ("bomb.txt.gz", lambda file: file.write_bytes(gzip.compress(b"a" * (1 << 20) * 21)), "more than 20 MB"),
    ("bad.txt.gz", lambda file: file.write_bytes(b"no gzip"), "damaged"),
    ("cut.txt.gz", packed_badly, "damaged"),
    ("article.docx", lambda file: file.write_text(TEXT, encoding="utf-8"), "unknown ending"),
    ("folder.txt", lambda file: file.mkdir(), "no article in this folder"),
    ("link.txt", dangling, "link to nothing"),
    ("pipe.txt", os.mkfifo, "pipe"),
]


@pytest.mark.parametrize(("name", "make", "words"), BAD, ids=[name for name, _, _ in BAD])
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, make: Callable[[Path], object], words: str) -> None:
    make(tmp_path / name)
    found = rejected(tmp_path / name)
    assert words in found.reason
    assert found.path == tmp_path / name


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "1.txt").touch()
    (tmp_path / "2.txt").write_text(TEXT, encoding="utf-8")
    assert [type(found) for found in read(tmp_path)] == [Rejected, Source]


def test_records_under_another_ending(tmp_path: Path) -> None:
    file = write_records(tmp_path / "n.json", [{"text": TEXT}])
    assert one(file, format="jsonl").id == "n-1"


@pytest.mark.parametrize(
    ("data", "options", "expected"),
    [
        (TEXT.encode(), {}, [("stdin", TEXT)]),
        (b'\n{"id": "a", "text": "b"}\n{"text": "c"}', {}, [("a", "b"), ("stdin-3", "c")]),
        (b'["x"]', {"format": "jsonl"}, [("stdin-1", None)]),
        (b"", {}, [("stdin", None)]),
        (b"a" * 30, {"max_bytes": 20}, [("stdin", None)]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, options: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = read("-", **options)
    assert [(item.id, item.text if isinstance(item, Source) else None) for item in found] == expected
