"""The ontology's documentation as the server hands it out, under /reference/."""

from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from zhiguan.reference.site import site_files
from zhiguan.serve.pages.problems import Problem

ROOT: Final = "/reference/"
_TYPES = {"html": "text/html", "css": "text/css", "svg": "image/svg+xml", "ttl": "text/turtle"}


@cache
def _files() -> dict[str, bytes]:
    """Put together once, when somebody first asks."""
    return site_files(endpoint="/sparql", root=ROOT)


def answer_manual(request: Request) -> Response:
    """A file of the documentation; 404 where there is none of that name."""
    name = request.path_params["path"] or "index.html"
    body = _files().get(name)
    if body is None:
        raise Problem(404, "The ontology's documentation has no such page.", f"Begin at {ROOT}.")
    media = _TYPES[name.rpartition(".")[2]]
    return Response(body, headers={"Content-Type": f"{media}; charset=utf-8", "Cache-Control": "public, max-age=3600"})
