"""Named queries: SPARQL files whose header comments say what they ask, which parameters they take and what they answer.

    # title-zh: 某职务由谁担任
    # title-en: Who holds a post
    # param post (label, required): title of the post
    # param day (date, default 2023-12-31): last day that counts
    # example: post=区长 day=2023-08-28
    # columns: post, body, person

Values are bound as RDF terms by the query engine (SPARQL SEP-0007), never written into the text, so no value can
change what a query does. The engine binds only variables that the query selects: every parameter is a column. A
parameter that is not given stays unbound; a filter on one must say COALESCE(?x >= ?from, true), since the engine
works out BOUND(?from) before it binds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from zhiguan import resources
from zhiguan.errors import QueryError
from zhiguan.rdf import terms
from zhiguan.results import Result, Term, write_result
from zhiguan.store import Store

_HEADER = re.compile(r"#\s*(title-zh|title-en|columns|example)\s*:\s*(.*)")
_PARAM = re.compile(r"#\s*param\s+(\w+)\s*\(\s*(\w+)\s*(?:,\s*(required|optional|default\s+(.*?)))?\s*\)\s*:\s*(.*)")
_LIKE_PARAM = re.compile(r"#\s*param\b")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def _date(value: str) -> Term:
    if date.fromisoformat(value).isoformat() != value:  # Python also reads 20230828 and 2023-W35-1
        raise ValueError(value)
    return ox.Literal(value, datatype=ox.NamedNode(terms.XSD_DATE))


def _integer(value: str) -> Term:
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(terms.XSD_INTEGER))


def _iri(value: str) -> Term:
    if not _IRI.fullmatch(value):
        raise ValueError(value)
    return ox.NamedNode(value)


def _label(value: str) -> Term:
    return ox.Literal(value, language="zh-Hans")


TYPES = MappingProxyType({"literal": ox.Literal, "label": _label, "date": _date, "integer": _integer, "iri": _iri})
"""Types of parameters: a plain literal, a Chinese label (@zh-Hans), an xsd:date, an xsd:integer, an IRI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a query: a variable that a value is bound to. Without a value or a default it stays unbound."""

    name: str
    type: str
    about: str
    default: str | None = None
    required: bool = False

    def term(self, value: str) -> Term:
        """The value as an RDF term; QueryError where it is not of the parameter's type."""
        try:
            term: Term = TYPES[self.type](value)
        except ValueError as error:
            hint = "such as 2023-08-28" if self.type == "date" else ""
            raise QueryError(
                f"parameter {self.name} wants a value of type {self.type} {hint}, not {value!r}"
            ) from error
        return term


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query and what its header says; `own` queries came with zhiguan."""

    name: str
    text: str
    title_zh: str = ""
    title_en: str = ""
    example: str = ""
    columns: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    own: bool = False

    def bind(self, given: Mapping[str, str]) -> dict[str, Term]:
        """Terms for values given and defaults; QueryError: unknown or missing parameter, value of another type."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise QueryError(f"query {self.name} has no parameter {name}; {_listed(known)}")
        values = {name: given.get(name, known[name].default) for name in known}
        for name, value in values.items():
            if value is None and known[name].required:
                raise QueryError(f"query {self.name} needs the parameter {name}: {known[name].about}")
        return {name: known[name].term(value) for name, value in values.items() if value is not None}


def _listed(known: Mapping[str, Parameter]) -> str:
    if not known:
        return "it takes none (declare one in the file's header: # param NAME (TYPE): what it is)"
    return f"known: {', '.join(known)}"


def _parameter(line: str, name: str) -> Parameter | None:
    match = _PARAM.match(line)
    if match is None:
        if _LIKE_PARAM.match(line):
            raise QueryError(f"query {name}: {line.strip()!r} is not '# param NAME (TYPE, default VALUE): what it is'")
        return None
    variable, kind, rule, default, about = match.groups()
    if kind not in TYPES:
        raise QueryError(f"query {name}: parameter {variable} has unknown type {kind}; known: {', '.join(TYPES)}")
    return Parameter(name=variable, type=kind, about=about, default=default, required=rule == "required")


def parse_query(name: str, text: str, *, own: bool = False) -> NamedQuery:
    """Read a query's header comments (all optional); QueryError for a malformed parameter line."""
    fields: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if match := _HEADER.match(line):
            fields[match[1]] = match[2].strip()
        elif parameter := _parameter(line, name):
            parameters.append(parameter)
    columns = tuple(column.strip() for column in fields.get("columns", "").split(",") if column.strip())
    return NamedQuery(
        name=name,
        text=text,
        title_zh=fields.get("title-zh", ""),
        title_en=fields.get("title-en", ""),
        example=fields.get("example", ""),
        columns=columns,
        parameters=tuple(parameters),
        own=own,
    )


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries that come with zhiguan, by name."""
    files = ((entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8")) for entry in resources.query_files())
    return MappingProxyType({name: parse_query(name, text, own=True) for name, text in files})


def find_query(reference: str) -> NamedQuery:
    """The named query, or the query in the file `reference`; QueryError naming the nearest names."""
    known = named_queries()
    if reference in known:
        return known[reference]
    path = Path(reference)
    if path.suffix != ".rq" and not path.is_file():
        near = get_close_matches(reference, known, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "see `zhiguan queries`"
        raise QueryError(f"no query {reference}; {hint} (a file's name ends in .rq)")
    try:
        return parse_query(path.name, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise QueryError(f"cannot read the query {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"the query {path} is not UTF-8; save it as UTF-8") from error


def run_query(store: Store, query: NamedQuery, given: Mapping[str, str]) -> Result:
    """Bind the parameters and answer; QueryError as `NamedQuery.bind` and `Store.query`."""
    return store.query(query.text, query.bind(given), trusted=query.own)


def answer(store: Store, query: NamedQuery, given: Mapping[str, str], form: str, output: IO[bytes]) -> None:
    """Answer a query into `output` in a format of `results` (a graph also as `table`, which is Turtle)."""
    write_result(run_query(store, query, given), form, output)
