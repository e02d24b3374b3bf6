"""The small files that pages are made with: style, icon, editor. Addresses carry a digest, so that browsers keep them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
NAMES = (
    "style.css",
    "editor.css",
    "editor.js",
    "favicon.svg",
    "robots.txt",
    "vendor/yasqe.min.css",
    "vendor/yasqe.min.js",
    "vendor/LICENSES.txt",
)
"""What may be asked for; no path of the request ever reaches the file system."""
_FOREVER = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with the digest that its address carries."""

    body: bytes
    media: str
    digest: str


@cache
def assets() -> Mapping[str, Asset]:
    """All files by name."""
    folder = files("zhiguan.serve.pages") / "static"
    found = {name: (folder / name).read_bytes() for name in NAMES}
    return {
        name: Asset(body, _TYPES[name.rpartition(".")[2]], hashlib.sha256(body).hexdigest()[:16])
        for name, body in found.items()
    }


def address(name: str) -> str:
    """Where a page finds a file; another address as soon as it changes."""
    return f"/static/{name}?v={assets()[name].digest}"


async def serve_asset(request: Request) -> Response:
    """One of the files; 404 for any other name."""
    name = request.url.path.removeprefix("/static/").removeprefix("/").replace("favicon.ico", "favicon.svg")
    found = assets().get(name)
    if found is None:
        raise HTTPException(404, "There is no such file.")
    age = _FOREVER if request.query_params.get("v") == found.digest else _AN_HOUR
    return Response(found.body, headers={"Content-Type": found.media, "Cache-Control": age})
