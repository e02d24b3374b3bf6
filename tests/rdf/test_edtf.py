"""Bounds of EDTF dates, against the standard's package where that says the same."""

from datetime import date

import pytest
from edtf import parse_edtf

from zhiguan.errors import MappingError
from zhiguan.rdf.edtf import bounds

KNOWN = {
    "2023": ("2023-01-01", "2023-12-31"),
    "2023-08": ("2023-08-01", "2023-08-31"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2023-08-29": ("2023-08-29", "2023-08-29"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2023-10-19/2023-10-21": ("2023-10-19", "2023-10-21"),
    "2021/2025": ("2021-01-01", "2025-12-31"),
    "2023-11/2024-01": ("2023-11-01", "2024-01-31"),
}


@pytest.mark.parametrize(("text", "expected"), KNOWN.items())
def test_bounds(text: str, expected: tuple[str, str]) -> None:
    found = bounds(text)
    assert found is not None
    assert (found.earliest.isoformat(), found.latest.isoformat()) == expected


@pytest.mark.parametrize("text", KNOWN)
def test_the_edtf_package_agrees(text: str) -> None:
    parsed = parse_edtf(text)
    found = bounds(text)
    assert found is not None
    assert found.earliest == date(*parsed.lower_strict()[:3])
    assert found.latest == date(*parsed.upper_strict()[:3])


@pytest.mark.parametrize("text", ["XXXX-04-23", "XXXX-XX-28", "XXXX-06-17/XXXX-06-18", "XXXX-02-29", "XXXX"])
def test_no_bounds_without_a_year(text: str) -> None:
    assert bounds(text) is None


def test_unknown_parts_widen_the_bounds() -> None:
    assert bounds("2023-XX-28") == (date(2023, 1, 28), date(2023, 12, 28))
    assert bounds("2023-02-XX") == (date(2023, 2, 1), date(2023, 2, 28))


NOT_EDTF = "2023-13 2023-02-30 2023-00 2023-01-00 23-01-01 2023年 2023-1-1 0000 XXXX-02-30 2024/2023 2023/ /2023 a/b/c"


@pytest.mark.parametrize("text", ["", *NOT_EDTF.split()])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(MappingError):
        bounds(text)
