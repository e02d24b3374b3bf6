"""The page that a request asks for."""

from starlette.requests import Request

from zhiguan.serve.pages.problems import Problem

LAST = 1_000_000
"""No description has so many pages."""


def page_number(request: Request) -> int:
    """The number in `?page=`, 1 where there is none; 400 where it is no number."""
    value = request.query_params.get("page", "1")
    if not (value.isascii() and value.isdecimal() and len(value) < 8 and 0 < int(value) < LAST):
        raise Problem(400, f"Not a page number: {value[:20]!r}.", "Give ?page=1 or more.")
    return int(value)
