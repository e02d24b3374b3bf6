"""Days of publication as dumps write them, as EDTF (ISO 8601-2): 2024-05-06 08:00, 2024/5/6, 20240506, 2024年5月6日, 1714953600."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from zhiguan.read.values import UnreadableError

_CHINA = timezone(timedelta(hours=8))
_DAY = re.compile(
    r"(?P<year>\d{4})(?:"
    r"(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?"
    r"|年(?P<month2>\d{1,2})月(?:(?P<day2>\d{1,2})日)?"
    r"|(?P<month3>\d{2})(?P<day3>\d{2}))"
    r"(?:[\sT]*\d{1,2}[:：时]\d{2}.*)?",
    re.ASCII | re.DOTALL,
)
_EPOCHS = {"epoch": 1, "epoch-ms": 1000}


def day_of(value: str, forms: Sequence[str]) -> str:
    """The day as EDTF, by one of `forms` (of `strptime`, `epoch`, `epoch-ms`) or, without any, by the usual ways to write it.

    A point in time counts as its day in the zone it is written in, seconds since 1970 as the day in China. What has no usual
    form is handed on as it is. UnreadableError where none of the given forms fits.
    """
    if not forms:
        return _usual(value)
    for form in forms:
        if (found := _by_form(value, form)) is not None:
            return found.isoformat()
    raise UnreadableError(
        f"the date {value!r} has none of the profile's forms {' '.join(forms)}: add its form to `dates`"
    )


def _by_form(value: str, form: str) -> date | None:
    try:
        if form in _EPOCHS:
            return datetime.fromtimestamp(float(value) / _EPOCHS[form], UTC).astimezone(_CHINA).date()
        return datetime.strptime(value, form).date()
    except (ValueError, OverflowError, OSError):
        return None


def _usual(value: str) -> str:
    match = _DAY.fullmatch(value)
    if match is None:
        return value
    month = match["month"] or match["month2"] or match["month3"]
    day = match["day"] or match["day2"] or match["day3"]
    parts = [match["year"], *(part.zfill(2) for part in (month, day) if part)]
    return "-".join(parts)
