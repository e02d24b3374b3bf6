"""Earliest and latest day of a date in the Extended Date/Time Format (ISO 8601-2, levels 0 and 1).

Only the forms that the rules write: year, month, day, `X` for digits that the text does not give, and closed intervals.
The `edtf` package reads all of the standard, but takes 2 to 12 ms a date and gives a date without a year the bounds of
the years 0 and 9999, which would say that it is known to lie there; the tests compare both where they should agree.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from zhiguan.errors import MappingError

_DATE = re.compile(r"(?P<year>[0-9]{4}|XXXX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?", re.ASCII)
_LEAP_YEAR = 2000
"""Stands for a year that is not given, so that XXXX-02-29 is a date."""


class Bounds(NamedTuple):
    """First and last day that a date may mean."""

    earliest: date
    latest: date


@lru_cache(maxsize=65536)
def bounds(text: str) -> Bounds | None:
    """Bounds of an EDTF date or interval; None when the year is not given. MappingError when it is not EDTF."""
    first, interval, last = text.partition("/")
    start = _day_range(first)
    if not interval:
        return start
    end = _day_range(last)
    if start is None or end is None:
        return None
    if end.latest < start.earliest:
        raise MappingError(f"date {text!r} ends before it begins")
    return Bounds(start.earliest, end.latest)


def _day_range(text: str) -> Bounds | None:
    match = _DATE.fullmatch(text)
    if match is None:
        raise MappingError(f"{text!r} is no EDTF date of a form in use (YYYY, YYYY-MM, YYYY-MM-DD, X for unknown)")
    year, month, day = match.group("year", "month", "day")
    number = _LEAP_YEAR if year == "XXXX" else int(year)
    try:
        found = Bounds(_first(number, month, day), _last(number, month, day))
    except ValueError as error:
        raise MappingError(f"no such day: {text!r}") from error
    return None if year == "XXXX" else found


def _first(year: int, month: str | None, day: str | None) -> date:
    return date(year, _number(month) or 1, _number(day) or 1)


def _last(year: int, month: str | None, day: str | None) -> date:
    month_number = _number(month) or 12
    return date(year, month_number, _number(day) or monthrange(year, month_number)[1])


def _number(digits: str | None) -> int | None:
    """The value of two digits; None for those not given. Zero is passed on as -1, for `date` to refuse."""
    if digits is None or digits == "XX":
        return None
    return int(digits) or -1
