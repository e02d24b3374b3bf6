"""The server described in OpenAPI 3.1, for programs that read such things and for those that try to break it.

https://spec.openapis.org/oas/v3.1.1.html
"""

from collections.abc import Mapping, Sequence
from functools import cache

from zhiguan import __version__
from zhiguan.query import NamedQuery, named_queries
from zhiguan.serve.data.dumps import NAMES
from zhiguan.serve.http.negotiate import GRAPHS, HTML, RESULTS, TEXT, TRIPLES, Format
from zhiguan.serve.http.profiles import PROFILES

Json = dict[str, object]
PATH = "/openapi.json"
_KINDS = (
    "article",
    "person",
    "body",
    "post",
    "tenure",
    "meeting",
    "participation",
    "plan",
    "plan-part",
    "document-event",
    "attestation",
    "division",
    "graph",
    "text",
    "vocabulary",
)
_TYPES = {"integer": "integer", "date": "string", "iri": "string", "label": "string", "literal": "string"}
_FAULTS: Mapping[int, str] = {
    400: "The request is malformed; the answer says how to mend it.",
    404: "There is nothing of that name.",
    405: "The address does not take that method.",
    406: "None of the accepted formats is on offer.",
    408: "The body did not come in time.",
    410: "There was an article of that name; it was removed.",
    413: "The body is too long.",
    414: "The address is too long.",
    415: "The body is of a type that is not understood.",
    416: "The range lies outside the file.",
    422: "The answer is longer, or needs more memory, than this server gives.",
    431: "The header is too long.",
    503: "Too much at once; Retry-After says when to come back.",
    504: "The query takes longer than this server gives it.",
}
_ANYWHERE = (400, 404, 405, 406, 414, 431)
_ASKING = (408, 413, 415, 422, 503, 504)


def _body(forms: Sequence[Format]) -> Json:
    return {"content": {form.media[0]: {} for form in forms}}


def _answers(about: str, forms: Sequence[Format], faults: Sequence[int] = ()) -> Json:
    """The answers of an operation."""
    found: Json = {"200": {"description": about, **_body(forms)}, "304": {"description": "The client has it already."}}
    return found | {str(status): {"$ref": f"#/components/responses/{status}"} for status in (*_ANYWHERE, *faults)}


def _parameter(name: str, about: str, schema: Json, *, place: str = "query", required: bool = False) -> Json:
    return {"name": name, "in": place, "description": about, "required": required or place == "path", "schema": schema}


def _one_of(forms: Sequence[str]) -> Json:
    return {"type": "string", "enum": list(forms)}


def _get(about: str, forms: Sequence[Format], parameters: Sequence[Json] = (), faults: Sequence[int] = ()) -> Json:
    return {"get": {"summary": about, "parameters": list(parameters), "responses": _answers(about, forms, faults)}}


_JSON = Format("json", ("application/json",))
_SPARQL = Format("rq", ("application/sparql-query",))
_PAGE = _parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": 999999, "default": 1})
_LANG = _parameter("lang", "Language of a page.", _one_of(("zh", "en")))


def _sparql() -> Json:
    iris: Json = {"type": "array", "items": {"type": "string", "format": "uri"}}
    forms = (*RESULTS, *GRAPHS, HTML)
    parameters = [
        _parameter("query", "A SPARQL 1.1 query; without one the service is described.", {"type": "string"}),
        _parameter("default-graph-uri", "Graphs to take as the default graph.", iris),
        _parameter("named-graph-uri", "Named graphs to ask.", iris),
        _parameter("format", "A format by its short name, before Accept.", _one_of([form.name for form in forms])),
    ]
    form: Json = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    content: Json = {
        "application/x-www-form-urlencoded": {"schema": form},
        "application/sparql-query": {"schema": {"type": "string"}},
    }
    post: Json = {
        "summary": "Ask a query in the body",
        "requestBody": {"required": True, "content": content},
        "responses": _answers("The results.", forms, (*_ASKING, 403)),
    }
    return _get("Ask a query, or for the service's description", forms, parameters, _ASKING) | {"post": post}


def _name(names: Sequence[str]) -> Json:
    return _parameter("name", "Its name.", _one_of(names), place="path")


def _moved(item: Json) -> Json:
    """The same with a page for people elsewhere."""
    item["get"]["responses"]["303"] = {"description": "Another page shows it."}  # type: ignore[index]
    return item


def _thing() -> Json:
    parameters = [
        _parameter("kind", "Kind of thing.", _one_of(_KINDS), place="path"),
        _parameter(
            "id",
            "The last step of its IRI, and a suffix (.ttl .trig .jsonld .nt .nq .rdf .html) for a format.",
            {"type": "string", "minLength": 1, "pattern": "^[^/?#]+$"},
            place="path",
        ),
        _PAGE,
        _LANG,
        _parameter("_profile", "The view.", _one_of([profile.token for profile in PROFILES])),
        _parameter("_mediatype", "The format.", _one_of([form.media[0] for form in (*GRAPHS, HTML)])),
        _parameter("Accept-Profile", "Views by preference.", {"type": "string"}, place="header"),
    ]
    return _moved(_get("A thing described", (HTML, TEXT, *GRAPHS), parameters, (410,)))


def _named(query: NamedQuery) -> Json:
    parameters = [
        _parameter(each.name, each.about, {"type": _TYPES[each.type]}, required=each.required)
        for each in query.parameters
    ]
    forms = (*RESULTS, *GRAPHS, HTML)
    parameters.append(_parameter("format", "A format by its short name.", _one_of([form.name for form in forms])))
    return _get(f"{query.title_en} · {query.title_zh}", forms, [*parameters, _LANG], (422, 503, 504))


def _dump() -> Json:
    parameters = [
        _parameter("name", "The file.", _one_of([*NAMES, "SHA256SUMS"]), place="path"),
        _parameter("Range", "A part of it (RFC 9110, 14).", {"type": "string"}, place="header"),
    ]
    found = _get("Everything in one file", (Format("gz", ("application/gzip",)), TEXT), parameters, (416, 503))
    found["get"]["responses"]["206"] = {"description": "The part.", "content": {"*/*": {}}}  # type: ignore[index]
    return found


def _graph_names() -> list[Json]:
    return [
        _parameter("graph", "The graph's IRI.", {"type": "string", "format": "uri"}),
        _parameter("default", "The default graph.", _one_of([""])),
    ]


def _paths() -> Json:
    paths: Json = {
        "/": _moved(_get("The start page", (HTML,), [_LANG])),
        "/sparql": _sparql(),
        "/{kind}/{id}": _thing(),
        "/ontology": _get("The ontology", (HTML, *GRAPHS), [_LANG]),
        "/vocabulary": _get("The vocabulary", (HTML, *GRAPHS), [_LANG]),
        "/shapes": _moved(_get("The shapes that every article's graph is held to", TRIPLES)),
        "/query/{name}": _moved(_get("A named query described", (*TRIPLES, _SPARQL), [_name(sorted(named_queries()))])),
        "/profile/{name}": _get("A profile described", TRIPLES, [_name(["evidence", "plain"])]),
        "/dataset": _get("The dataset described in VoID and DCAT", (*TRIPLES, HTML), [_LANG]),
        "/.well-known/void": _get("The same, at the address that VoID gives it", (*TRIPLES, HTML)),
        "/dumps/{name}": _dump(),
        "/feed.atom": _get("New and changed articles", (Format("atom", ("application/atom+xml",)),), [_PAGE]),
        "/context.jsonld": _get("The JSON-LD context", (Format("jsonld", ("application/ld+json",)),)),
        "/store": _get("A graph as a whole (Graph Store Protocol)", TRIPLES, _graph_names(), _ASKING),
        "/healthz": _get("Whether the server lives and can read its store", (_JSON,), faults=(503,)),
        "/metrics": _get("Figures for Prometheus", (TEXT,)),
        PATH: _get("This description", (_JSON,)),
    }
    return paths | {f"/queries/{name}": _named(query) for name, query in named_queries().items()}


@cache
def describe_api() -> Json:
    """The document, without the server's address."""
    problem: Json = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "cure": {"type": "string"},
        },
    }
    content: Json = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/plain": {},
        "text/html": {},
    }
    responses = {str(status): {"description": about, "content": content} for status, about in _FAULTS.items()}
    responses["403"] = {"description": "Nobody may change anything here.", "content": content}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "zhiguan",
            "version": __version__,
            "summary": "Linked data and SPARQL over a graph of Chinese government bodies, posts, people and plans",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths(),
        "components": {"schemas": {"Problem": problem}, "responses": responses},
    }
