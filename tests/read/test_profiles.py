"""Profiles: dumps of other people's making read as articles, and mistakes in a profile told."""

from pathlib import Path

import pytest
from tests.read.made import read, reasons

from zhiguan.errors import ReadError
from zhiguan.model import Source
from zhiguan.read.days import day_of
from zhiguan.read.profile import find_profile, parse_profile, profile_names
from zhiguan.read.values import UnreadableError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "profiles"
DUMPS = {
    "portal-database.csv": ["1001", "1004"],
    "research-corpus.jsonl": ["qx-1001", "qx-1004"],
    "web-archive.warc": ["http://www.qingxi.example/2024/10/12/1001.html"],
}


@pytest.mark.parametrize(("name", "ids"), DUMPS.items())
def test_example_dumps_are_read_by_their_profiles(name: str, ids: list[str]) -> None:
    profile = find_profile(str(EXAMPLES / f"{name.partition('.')[0]}.toml"))
    found = read(EXAMPLES / "_dumps" / name, profile=profile, id_from=profile.id_from)
    assert [item.id for item in found] == ids
    for item in found:
        assert isinstance(item, Source)
        assert item.publisher in {"青溪县人民政府网", "青溪日报"}
        assert (item.url or "").startswith("http://")
        assert item.published or "发布时间：2024-10-12" in item.text


def test_html_fields() -> None:
    profile = find_profile(str(EXAMPLES / "portal-database.toml"))
    first, _ = read(EXAMPLES / "_dumps" / "portal-database.csv", profile=profile)
    assert isinstance(first, Source)
    assert (first.title, first.media, first.published) == ("青溪县召开秋季安全生产工作会议", "text/html", "2024-10-12")
    assert '递交了"责任书"' in first.text


def test_examples_are_passed_over_by_a_walk_through_the_folder() -> None:
    assert not any("_dumps" in item.origin for item in read(EXAMPLES.parent))


def test_lists_of_paragraphs_and_of_authors() -> None:
    profile = find_profile(str(EXAMPLES / "research-corpus.toml"))
    first, second = read(EXAMPLES / "_dumps" / "research-corpus.jsonl", profile=profile)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert len(first.text.splitlines()) == 2
    assert second.authors == ("仇信", "陆米")


def test_built_in_profiles(tmp_path: Path) -> None:
    assert profile_names() == ("chinese-columns", "common-crawl-gov")
    file = tmp_path / "n.csv"
    file.write_text("编号,标题,正文,发布时间,来源\n7,题,县委召开会议。,2024年5月6日 08:00,甲报\n", encoding="utf-8")
    (found,) = read(file, profile=find_profile("chinese-columns"))
    assert isinstance(found, Source)
    assert (found.id, found.title, found.published, found.publisher) == ("7", "题", "2024-05-06", "甲报")


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://www.x.gov.cn/a/b.html", True),
        ("http://x.gov.cn:8080/a/2024/1.shtml", True),
        ("https://www.x.com/gov.cn/b.html", False),
        ("https://www.x.gov.cn/", False),
        ("https://www.x.gov.cn/a/index_3.html", False),
        ("https://www.x.gov.cn/a?page=3", False),
    ],
)
def test_pages_of_governments_in_a_crawl(tmp_path: Path, url: str, is_kept: bool) -> None:
    file = tmp_path / "n.jsonl"
    file.write_text(f'{{"id": "x", "url": "{url}", "text": "县委召开会议。"}}', encoding="utf-8")
    profile = parse_profile(
        "\n".join(line for line in own("common-crawl-gov").splitlines() if not line.startswith("format")), "x"
    )
    assert bool(read(file, profile=profile)) == is_kept


def own(name: str) -> str:
    from zhiguan import resources

    return next(entry for entry in resources.profile_files() if entry.name == f"{name}.toml").read_text("utf-8")


MISTAKES = {
    "no TOML": ("fields = ", "is no TOML"),
    "unknown key": ("field = {}", "unknown key field"),
    "unknown field": ("fields = {body = 'x'}", "unknown key fields.body"),
    "no string": ("id = 7", "id must be a string"),
    "two characters": ("delimiter = '||'", "delimiter must be one character"),
    "no list": ("dates = '%Y'", "dates must be a list of strings"),
    "no table": ("fields = 'x'", "fields must be a table"),
    "unknown format": ("format = 'xlsx'", "unknown format xlsx"),
    "rule of nothing": ("[[keep]]\nfield = 'x'", "needs a field"),
    "no rules": ("keep = 'x'", "tables of their own"),
    "no expression": ("[[drop]]\nfield = 'x'\nmatches = '('", "no regular expression"),
    "rule with more": ("[[drop]]\nfield = 'x'\nnot = 'y'", "unknown key drop.not"),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_profile_is_told(text: str, words: str) -> None:
    with pytest.raises(ReadError, match="profile mine") as raised:
        parse_profile(text, "mine.toml")
    assert words in str(raised.value)


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="built in are chinese-columns, common-crawl-gov"):
        find_profile(str(tmp_path / "none.toml"))


def test_an_encoding_that_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("text\n甲\n", encoding="utf-8")
    assert "unknown encoding 'utf-9'" in reasons(read(tmp_path, profile=parse_profile("encoding = 'utf-9'", "x")))[0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06 08:00:00", "2024-05-06"),
        ("2024-05-06T23:30:00+08:00", "2024-05-06"),
        ("2024/5/6 8:05", "2024-05-06"),
        ("2024.5.6", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("2024年5月6日", "2024-05-06"),
        ("2024年5月", "2024-05"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("XXXX-05-06", "XXXX-05-06"),
        ("近日", "近日"),
    ],
)
def test_days_in_the_usual_ways(written: str, day: str) -> None:
    assert day_of(written, ()) == day


@pytest.mark.parametrize(
    ("written", "forms", "day"),
    [
        ("1728725400", ("epoch",), "2024-10-12"),
        ("1728748800000", ("epoch-ms",), "2024-10-13"),
        ("12/10/24", ("%d/%m/%y",), "2024-10-12"),
        ("12.10.2024 07:00", ("%d/%m/%y", "%d.%m.%Y %H:%M"), "2024-10-12"),
    ],
)
def test_days_in_given_forms(written: str, forms: tuple[str, ...], day: str) -> None:
    assert day_of(written, forms) == day


@pytest.mark.parametrize("written", ["昨天", "99999999999999999999", "nan"])
def test_a_day_in_none_of_the_given_forms(written: str) -> None:
    with pytest.raises(UnreadableError, match="add its form to `dates`"):
        day_of(written, ("epoch", "%Y-%m-%d"))
