"""Dates: phrasings and the EDTF they stand for, and phrasings that are no dates. All sentences are invented."""

import pytest

from zhiguan.rules.dates import find_dates, parse_edtf, stamp

PUBLISHED = "2023-08-29"

PHRASINGS = [
    ("2023年8月28日", None, "2023-08-28", None),
    ("2023年08月28日上午", None, "2023-08-28", "上午"),
    ("二〇二三年八月二十八日", None, "2023-08-28", None),
    ("二○一九年十二月三十日", None, "2019-12-30", None),
    ("2023-08-29 09:18:41", None, "2023-08-29", "09:18"),
    ("2015/12/4", None, "2015-12-04", None),
    ("2023.8.28", None, "2023-08-28", None),
    ("20221030", None, "2022-10-30", None),
    ("8月28日下午", PUBLISHED, "2023-08-28", "下午"),
    ("8月28日下午4时许", PUBLISHED, "2023-08-28", "下午4时许"),
    ("6月20日晚6时", None, "XXXX-06-20", "晚6时"),
    ("12月2日10时", "2015-12-04", "2015-12-02", "10时"),
    ("8月28日（星期一）上午", PUBLISHED, "2023-08-28", "上午"),
    ("12月28日", "2021-01-05", "2020-12-28", None),
    ("4月30日", "2020-04-05", "2020-04-30", None),
    ("8月28 日", PUBLISHED, "2023-08-28", None),
    ("8月26 日至28 日", PUBLISHED, "2023-08-26/2023-08-28", None),
    ("2018323日上午", None, "2018-03-23", "上午"),
    ("28日", PUBLISHED, "2023-08-28", None),
    ("30日下午", "2023-09-02", "2023-08-30", "下午"),
    ("31日", "2024-01-01", "2023-12-31", None),
    ("28日", None, "XXXX-XX-28", None),
    ("今天上午", PUBLISHED, "2023-08-29", "上午"),
    ("今天上午", "XXXX-02-24", "XXXX-02-24", "上午"),
    ("昨日", PUBLISHED, "2023-08-28", None),
    ("昨天", "2024-03-01", "2024-02-29", None),
    ("今(8)日", None, "XXXX-XX-08", None),
    ("昨（7）日", "2024-12-08", "2024-12-07", None),
    ("今天（7月5日）", "2023-07-05", "2023-07-05", None),
    ("10月19-21日", None, "XXXX-10-19/XXXX-10-21", None),
    ("8月26日至27日", PUBLISHED, "2023-08-26/2023-08-27", None),
    ("12月30日至1月2日", "2024-01-03", "2023-12-30/2024-01-02", None),
    ("6月17日至18日", None, "XXXX-06-17/XXXX-06-18", None),
    ("26日至27日", PUBLISHED, "2023-08-26/2023-08-27", None),
    ("去年12月3日", PUBLISHED, "2022-12-03", None),
    ("2023年8月", None, "2023-08", None),
]


@pytest.mark.parametrize(("text", "reference", "edtf", "time"), PHRASINGS)
def test_phrasing(text: str, reference: str | None, edtf: str, time: str | None) -> None:
    found = list(find_dates(f"甲县{text}，召开会议", reference))
    assert [(mention.edtf, mention.time) for mention in found] == [(edtf, time)]


@pytest.mark.parametrize(
    "text",
    [
        "日前", "近日", "3日内办结", "人民日报", "五日游", "满30日后", "7日均线", "13月5日", "2月30日召开", "第3日",
        "“十四五”时期", "电话85571234", "今天",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


def test_a_day_takes_its_month_from_the_date_before() -> None:
    found = [mention.edtf for mention in find_dates("10月19日至21日，督导组来到甲县。20日，督导组走访学校。")]
    assert found == ["XXXX-10-19/XXXX-10-21", "XXXX-10-20"]


def test_a_day_without_a_month_stays_the_same_day_further_on() -> None:
    text = "21日，会议召开，定于10月28日再开。21日，又开一会。"
    assert [mention.edtf for mention in find_dates(text)] == ["XXXX-XX-21", "XXXX-10-28", "XXXX-XX-21"]


def test_a_day_whose_month_was_said_since_takes_it() -> None:
    text = "29日，仪式举行。根据2024年2月29日的决定，29日生效。"
    assert [mention.edtf for mention in find_dates(text)] == ["XXXX-XX-29", "2024-02-29", "2024-02-29"]


def test_digits_that_could_be_two_days_are_none() -> None:
    assert [mention.edtf for mention in find_dates("2018111日")] == []


def test_year_from_elsewhere_fills_the_gap() -> None:
    assert [mention.edtf for mention in find_dates("1月15日，召开", year=2026)] == ["2026-01-15"]


def test_span_covers_date_and_time() -> None:
    text = "近日，8月28日下午，会议召开"
    (mention,) = find_dates(text)
    assert text[mention.span.begin : mention.span.end] == "8月28日下午"


def test_stamp_needs_a_year() -> None:
    assert stamp("发布于 08-28") is None
    found = stamp("发布时间：2021年03月26日 09:25")
    assert found is not None and found.edtf == "2021-03-26"


def test_parse_edtf() -> None:
    assert str(parse_edtf("2023-08-28/2023-08-29")) == "2023-08-28"
    assert str(parse_edtf("XXXX-02-24")) == "XXXX-02-24"
    assert str(parse_edtf(None)) == "XXXX"
