"""Chinese dates as Extended Date/Time Format (EDTF, ISO 8601-2:2019), with the time of day as it is written.

Pure functions: nothing reads a clock, the reference date (mostly the day of publication) is passed in. What neither
the text nor the reference says is written with X (`XXXX-08-28`, `XXXX-XX-28`), never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhiguan.model import Span

_HALF_YEAR = 183
_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_DASH = r"\s*(?:[-—–~～－]+|至|到)\s*"
_YEAR = r"(?:(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年\s*|(?P<shift>今年|去年|上年|明年|当年|同年)的?\s*)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CLOCK = r"\d{1,2}(?:[时点](?:\d{1,2}分|半)?(?:许|整|左右)?|[:：]\d{2}(?!\d))"
_PARTS = r"(?:凌晨|清晨|早晨|早上|上午|中午|午间|下午|傍晚|晚上|晚间|夜间)"
_TIME = rf"(?:{_PARTS}(?:{_CLOCK})?|[早晚]{_CLOCK}|{_CLOCK}|[早晚](?=[，,在举]))"
_WEEKDAY = r"(?:\s*[（(](?:周|星期|礼拜)[一二三四五六日天][）)])?"
_NUMERIC = (
    r"(?P<ny>(?:19|20)\d{2})(?P<sep>[-/.])(?P<nm>1[0-2]|0?[1-9])(?P=sep)(?P<nd>3[01]|[12]\d|0?[1-9])(?!\d|[-/.]\d)"
)
_COMPACT = r"(?P<cy>(?:19|20)\d{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?!\d)"
_UNMARKED = r"(?P<uy>(?:19|20)\d{2})(?P<um>[2-9])(?P<ud>[12]\d|3[01])(?=日)"  # 2018323日, its 年 and 月 lost on the way
_CHINESE = (
    rf"{_YEAR}?(?P<month>{_MONTH})月(?:\s*(?P<day>{_DAY})"
    rf"(?:(?:\s?[日号])?{_DASH}(?:(?P<month2>{_MONTH})月)?(?P<day2>{_DAY})\s?[日号]|\s?[日号]))?"
)
_LONE_DAY = rf"(?P<lone>{_DAY})(?:日?{_DASH}(?P<lone2>{_DAY}))?日(?![内报游均龄元程常益渐本子后益夜式产用俗])"
_RELATIVE = r"(?P<relative>今天|今日|今晨|今早|今晚|今(?=[（(]\d)|昨天|昨日|昨晚|昨(?=[（(]\d)|前天|前日|明天|明日)"
_IN_BRACKETS = rf"(?:[（(](?:(?P<bmonth>{_MONTH})月)?(?P<bday>{_DAY})日?[）)]日?)?"
_DATE = re.compile(
    rf"(?=[\d〇○零一二三四五六七八九十今去上明当同昨前])(?<![\d.])(?:{_NUMERIC}|{_COMPACT}|{_UNMARKED}日|{_CHINESE}|(?<![月第年\d十]){_LONE_DAY}|{_RELATIVE}{_IN_BRACKETS}"
    r")"
    rf"{_WEEKDAY}(?:\s*(?P<time>{_TIME}))?"
)
_BARE_TIME = re.compile(rf"(?:当[天日])?(?P<time>{_PARTS}(?:{_CLOCK})?)")
_DAYS_AGO = {"今": 0, "昨": 1, "前": 2, "明": -1}
_YEARS_AGO = {"今年": 0, "去年": 1, "上年": 1, "明年": -1}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is known; a part that nobody said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None and self.day is None:
            return year
        month = "XX" if self.month is None else f"{self.month:02d}"
        return f"{year}-{month}" if self.day is None else f"{year}-{month}-{self.day:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date where it stands in the text: `edtf` is a date or an interval, `time` the time of day as written."""

    span: Span
    edtf: str
    time: str | None
    rule: str


def parse_edtf(value: str | None) -> Day:
    """The first day of an EDTF date or interval, as far as it says one; an unknown or unreadable value gives Day()."""
    match = re.match(r"(\d{4}|XXXX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?", value or "")
    if match is None:
        return Day()
    return Day(*(int(part) if part and part.isdigit() else None for part in match.groups()))


def find_dates(text: str, reference: str | None = None, year: int | None = None) -> Iterator[DateMention]:
    """All dates in `text`, left to right. `reference` is the EDTF day from which relative and partial dates count;
    `year` stands in where neither a date nor the reference has one. Words such as 日前 are no dates.
    """
    anchor = parse_edtf(reference)
    if anchor.year is None and year is not None:
        anchor = Day(year, anchor.month, anchor.day)
    monthless: dict[str, str] = {}
    for match in _DATE.finditer(text):
        resolved = _resolve(match, anchor)
        if resolved is None:
            continue
        edtf, rule = resolved
        if reference is None and rule == "date-day":  # 21日, said before any month, stays the same day further on
            edtf = edtf if parse_edtf(edtf) == anchor else monthless.get(match[0], edtf)
            if edtf.startswith("XXXX-XX"):
                monthless[match[0]] = edtf
        yield DateMention(span=Span(*match.span()), edtf=edtf, time=_time_of(match), rule=rule)
        if reference is None:
            anchor = _follow(anchor, parse_edtf(edtf))


def _follow(anchor: Day, seen: Day) -> Day:
    """The anchor after a date was read: later partial dates count from it, but a year only for days close to it."""
    if seen.day is None or seen.month is None:
        return anchor
    return seen if anchor.year is None or seen.year is not None else Day(anchor.year, seen.month, seen.day)


def find_times(text: str) -> Iterator[tuple[Span, str]]:
    """Times of day that stand without a date (下午4时许), as written."""
    for match in _BARE_TIME.finditer(text):
        yield Span(*match.span("time")), match["time"]


def stamp(text: str) -> DateMention | None:
    """The first full numeric or Chinese date of a line that says when something was published."""
    return next((found for found in find_dates(text) if parse_edtf(found.edtf).year is not None), None)


def _time_of(match: re.Match[str]) -> str | None:
    if match["time"]:
        return match["time"]
    part = (match["relative"] or "")[1:]
    return {"晨": "清晨", "早": "早上", "晚": "晚上"}.get(part)


def _resolve(match: re.Match[str], anchor: Day) -> tuple[str, str] | None:
    """EDTF and rule name of one match; None for a day that no calendar has."""
    if match["ny"] or match["cy"] or match["uy"]:
        parts = next(match.group(f"{form}y", f"{form}m", f"{form}d") for form in "ncu" if match[f"{form}y"])
        return _checked(Day(*map(int, parts)), None, "date-numeric")
    if match["month"]:
        return _resolve_month_day(match, anchor)
    if match["lone"]:
        first = _day_of_month(_number(match["lone"]), anchor)
        last = Day(first.year, first.month, _number(match["lone2"])) if match["lone2"] else None
        return _checked(first, last, "date-day")
    if match["relative"]:
        return _resolve_relative(match, anchor)
    return None


def _resolve_month_day(match: re.Match[str], anchor: Day) -> tuple[str, str] | None:
    month, year = _number(match["month"]), _stated_year(match, anchor)
    if not match["day"]:  # a month alone is a date only with its year
        return None if year is None else _checked(Day(year, month), None, "date-month")
    day = _number(match["day"])
    if year is None and not match["shift"]:
        year = _nearest_year(month, day, anchor)
    first = Day(year, month, day)
    if not match["day2"]:
        return _checked(first, None, "date-month-day")
    month2 = _number(match["month2"]) if match["month2"] else month
    year2 = year + 1 if year is not None and month2 < month else year
    return _checked(first, Day(year2, month2, _number(match["day2"])), "date-range")


def _resolve_relative(match: re.Match[str], anchor: Day) -> tuple[str, str] | None:
    if match["bday"]:
        day = _number(match["bday"])
        if match["bmonth"]:
            month = _number(match["bmonth"])
            return _checked(Day(_nearest_year(month, day, anchor), month, day), None, "date-today-bracket")
        return _checked(_day_of_month(day, anchor), None, "date-today-bracket")
    if anchor.month is None or anchor.day is None:
        return None
    ago = _DAYS_AGO[match["relative"][0]]
    if ago == 0:
        return _checked(anchor, None, "date-today")
    # a leap year stands in for an unknown one: only the turn of February and March could tell the difference
    before = date(anchor.year or 2000, anchor.month, anchor.day) - timedelta(days=ago)
    return _checked(Day(before.year if anchor.year else None, before.month, before.day), None, "date-yesterday")


def _stated_year(match: re.Match[str], anchor: Day) -> int | None:
    if match["year"]:
        return _year_number(match["year"])
    if match["shift"] in _YEARS_AGO and anchor.year is not None:
        return anchor.year - _YEARS_AGO[match["shift"]]
    return None


def _nearest_year(month: int, day: int, anchor: Day) -> int | None:
    """The anchor's year, or the one before when the day would lie more than half a year ahead (December read in
    January). A day a little ahead keeps the year: publication stamps are sometimes too early."""
    if anchor.year is None or anchor.month is None:
        return anchor.year
    ahead = (month - anchor.month) * 30.4 + (day - (anchor.day or day))
    return anchor.year - 1 if ahead > _HALF_YEAR else anchor.year


def _day_of_month(day: int, anchor: Day) -> Day:
    """A day without its month: the anchor's month, or the month before when the day is well ahead of the anchor."""
    if anchor.month is None or anchor.day is None or day <= anchor.day + 7:
        return Day(anchor.year, anchor.month, day)
    if anchor.month > 1:
        return Day(anchor.year, anchor.month - 1, day)
    return Day(anchor.year - 1 if anchor.year is not None else None, 12, day)


def _checked(first: Day, last: Day | None, rule: str) -> tuple[str, str] | None:
    if not _exists(first) or (last is not None and not _exists(last)):
        return None
    return (f"{first}/{last}" if last is not None and last != first else str(first)), rule


def _exists(day: Day) -> bool:
    if day.month is None or day.day is None:
        return day.day is None or 1 <= day.day <= 31
    days = (31, 29 if day.year is None or _is_leap(day.year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= day.month <= 12 and 1 <= day.day <= days[day.month - 1]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _year_number(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(str(_NUMERALS[char]) for char in text))


def _number(text: str) -> int:
    """1..31 from digits or Chinese numerals (十二, 二十八, 三十)."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS[text]
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
