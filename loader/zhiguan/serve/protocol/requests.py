"""SPARQL 1.1 Protocol, sections 2.1 and 2.2: what a request asks for, query or update. Every fault is a `Problem`.

https://www.w3.org/TR/sparql11-protocol/
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from zhiguan.serve.pages.problems import Problem

BODY_LIMIT = 1 << 20
"""Longest request body in bytes."""
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """A query with the dataset that the protocol gives it; `query` is None where the request asks nothing."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None

    @property
    def has_dataset(self) -> bool:
        """Whether the request names its graphs, which then stand in for any FROM of the query."""
        return bool(self.default_graphs or self.named_graphs)


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update with the dataset of its WHERE clauses that the protocol gives it."""

    update: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def decode_fields(raw: bytes) -> list[tuple[str, str]]:
    """Form fields, percent-decoded exactly once; 400 where they are not UTF-8."""
    try:
        return parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Problem(400, "The parameters are not UTF-8.", "Percent-encode them as UTF-8.") from None
    except ValueError:
        raise Problem(400, "Too many parameters.", "Send at most 200.") from None


async def read_body(request: Request) -> bytes:
    """The body, 413 as soon as it is longer than BODY_LIMIT."""
    declared = request.headers.get("content-length", "0")
    body = bytearray()
    if declared.isdecimal() and int(declared) <= BODY_LIMIT:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                break
        else:
            return bytes(body)
    raise Problem(413, f"The body is longer than {BODY_LIMIT} bytes.", "Send a shorter query.")


def body_type(request: Request) -> str:
    """The body's media type; 415 for a charset other than UTF-8."""
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise Problem(415, f"Unsupported charset: {value.strip()}.", "Send UTF-8.")
    return media.strip().lower()


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "The query is not UTF-8.", "Send UTF-8.") from None


def _only(fields: list[tuple[str, str]], name: str) -> str | None:
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Problem(400, f"The parameter {name} is given {len(values)} times.", "Give it once.")
    return values[0] if values else None


def _all(fields: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _from_fields(fields: list[tuple[str, str]]) -> QueryRequest:
    return QueryRequest(
        query=_only(fields, "query"),
        default_graphs=_all(fields, "default-graph-uri"),
        named_graphs=_all(fields, "named-graph-uri"),
        format=_only(fields, "format") or _only(fields, "output"),
    )


def _update(fields: list[tuple[str, str]]) -> UpdateRequest:
    text = _only(fields, "update")
    if text is None or any(key == "query" for key, _ in fields):
        raise Problem(400, "The request holds a query and an update.", "Send one of them.")
    return UpdateRequest(text, _all(fields, "using-graph-uri"), _all(fields, "using-named-graph-uri"))


async def _post_fields(request: Request) -> list[tuple[str, str]]:
    """The fields that a POST adds to those of its URL: a form's, or the query or update that is the body."""
    media = body_type(request)
    if media not in {_FORM, _DIRECT, _UPDATE}:
        raise Problem(415, f"Unsupported body type: {media or 'none'}.", f"Send {_FORM}, {_DIRECT} or {_UPDATE}.")
    body = await read_body(request)
    return decode_fields(body) if media == _FORM else [("query" if media == _DIRECT else "update", _utf8(body))]


async def read_request(request: Request) -> QueryRequest | UpdateRequest:
    """The query that comes by GET, by form or as the body of a POST, or the update by the latter two; 400, 403, 413 or
    415 where it is neither."""
    fields = decode_fields(request.scope["query_string"])
    in_address = any(key == "update" for key, _ in fields)
    if request.method != "POST":
        if in_address:
            raise Problem(400, "An update does not come by GET.", "Send it by POST.")
        return _from_fields(fields)
    posted = await _post_fields(request)
    if in_address:
        raise Problem(400, "An update does not stand in the address.", "Send it in the body.")
    if any(key == "update" for key, _ in posted):
        return _update(fields + posted)
    asked = _from_fields(fields + posted)
    if asked.query is None:
        raise Problem(400, "The form has no field named query or update.", "Send query=…, or the query as the body.")
    return asked
