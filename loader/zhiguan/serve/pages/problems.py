"""The one shape of every error that the server answers: what is wrong, and the cure (as JSON: RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from zhiguan.serve.http.negotiate import HTML, TEXT, Format, choose
from zhiguan.serve.pages.frame import Pages

JSON = Format("json", ("application/problem+json", "application/json"))


class Problem(HTTPException):
    """An answer that is an error; `detail` says what is wrong, `cure` what to do."""

    def __init__(self, status: int, detail: str, cure: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.cure = cure


_CURES = {
    404: "Follow a link from the start page, or ask /sparql.",
    405: "Use one of the methods in the Allow header; the server is read-only.",
}


def _as_problem(error: HTTPException) -> Problem:
    if isinstance(error, Problem):
        return error
    return Problem(error.status_code, error.detail, _CURES.get(error.status_code, ""), error.headers)


def render(request: Request, error: HTTPException, pages: Pages) -> Response:
    """The error as HTML, JSON or plain text, as the client prefers; plain text where it says nothing."""
    problem = _as_problem(error)
    title = HTTPStatus(problem.status_code).phrase
    form = choose(request.headers.get("accept"), (TEXT, HTML, JSON)) or TEXT
    headers = {**(problem.headers or {}), "Vary": "Accept, Accept-Language"}
    if form is HTML:
        values = {"status": problem.status_code, "title": title, "detail": problem.detail, "cure": problem.cure}
        return pages.respond(request, "error.html", values, status=problem.status_code, headers=headers)
    if form is JSON:
        body = {"type": "about:blank", "title": title, "status": problem.status_code}
        body |= {"detail": problem.detail} | ({"cure": problem.cure} if problem.cure else {})
        return JSONResponse(body, problem.status_code, headers, media_type=JSON.media[0])
    text = "\n".join(filter(None, [f"{problem.status_code} {title}", problem.detail, problem.cure]))
    return PlainTextResponse(text + "\n", problem.status_code, headers)
