"""Profiles: how a dump of articles is made, as data. A small TOML file says which field is what (docs/sources.md)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhiguan import resources
from zhiguan.errors import ReadError

FIELDS = ("id", "text", "html", "title", "published", "source", "author", "authors", "url")
"""Our fields of a record."""

FORMATS = ("auto", "text", "html", "jsonl", "csv", "tsv", "parquet", "warc")
"""Forms that a file can be said to have; `auto` goes by its ending."""

_KEYS = {"description", "format", "encoding", "delimiter", "id", "fields", "constants", "dates", "keep", "drop", "html"}
_RULE_KEYS = {"field", "is", "matches"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition on one field of a record: it is one of `values`, or `pattern` is found in it."""

    field: str
    values: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None

    def holds(self, value: str) -> bool:
        """Whether a field's value fits."""
        return value in self.values or (self.pattern is not None and self.pattern.search(value) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a dump is made.

    `fields` are our names to theirs, a dot leading into nested records; `constants` stand where the record says nothing.
    `dates` are forms of `datetime.strptime`, or `epoch` (seconds) and `epoch-ms`. A record is read if all of `keep` and none
    of `drop` hold. `html` are our fields whose values are HTML. `format`, `encoding` and `delimiter` hold for
    record files; None: as the ending and the bytes say.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    id_from: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    keep: tuple[Rule, ...] = ()
    drop: tuple[Rule, ...] = ()
    html: frozenset[str] = frozenset()


PLAIN = Profile()
"""Records that use our own names."""


def profile_names() -> tuple[str, ...]:
    """The profiles that come with zhiguan."""
    return tuple(entry.name.removesuffix(".toml") for entry in resources.profile_files())


def find_profile(reference: str) -> Profile:
    """The built-in profile, or the one in the file `reference`; ReadError says what is wrong with it."""
    own = {entry.name.removesuffix(".toml"): entry for entry in resources.profile_files()}
    if reference in own:
        return parse_profile(own[reference].read_text(encoding="utf-8"), reference)
    try:
        text = Path(reference).read_text(encoding="utf-8-sig")
    except OSError as error:
        known = ", ".join(own)
        raise ReadError(f"no profile {reference}: {error.strerror}; built in are {known}") from None
    except UnicodeDecodeError:
        raise ReadError(f"profile {reference} is not UTF-8: save it as UTF-8") from None
    return parse_profile(text, reference)


def parse_profile(text: str, name: str) -> Profile:
    """Read a profile's TOML; ReadError names the profile, the key and what it must be."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReadError(f"profile {name} is no TOML: {error}") from None
    reader = _Reader(name)
    reader.known(table, _KEYS, "")
    return Profile(
        format=reader.form(table),
        encoding=reader.string(table, "encoding"),
        delimiter=reader.character(table, "delimiter"),
        id_from=reader.string(table, "id"),
        fields=reader.ours(table, "fields"),
        constants=reader.ours(table, "constants"),
        dates=reader.strings(table, "dates"),
        keep=reader.rules(table, "keep"),
        drop=reader.rules(table, "drop"),
        html=frozenset(reader.strings(table, "html")),
    )


class _Reader:
    """Values out of TOML tables, with errors that name the profile."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _wrong(self, words: str) -> ReadError:
        return ReadError(f"profile {self._name}: {words}")

    def known(self, table: Mapping[str, object], keys: set[str], where: str) -> None:
        if unknown := sorted(table.keys() - keys):
            raise self._wrong(f"unknown key {where}{unknown[0]}; known: {', '.join(sorted(keys))}")

    def string(self, table: Mapping[str, object], key: str) -> str | None:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(f"{key} must be a string")
        return value

    def character(self, table: Mapping[str, object], key: str) -> str | None:
        value = self.string(table, key)
        if value is not None and (len(value) != 1 or value in '\r\n"'):
            raise self._wrong(f"{key} must be one character")
        return value

    def form(self, table: Mapping[str, object]) -> str | None:
        value = self.string(table, "format")
        if value not in {None, *FORMATS[1:]}:
            raise self._wrong(f"unknown format {value}; known: {', '.join(FORMATS[1:])}")
        return value

    def strings(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not (isinstance(values, list) and all(isinstance(value, str) for value in values)):
            raise self._wrong(f"{key} must be a list of strings")
        return tuple(values)

    def ours(self, table: Mapping[str, object], key: str) -> dict[str, str]:
        found = table.get(key, {})
        if not isinstance(found, dict):
            raise self._wrong(f"{key} must be a table: {key}.text = …")
        self.known(found, set(FIELDS), f"{key}.")
        return {name: self.string(found, name) or "" for name in found}

    def rules(self, table: Mapping[str, object], key: str) -> tuple[Rule, ...]:
        found = table.get(key, [])
        if not (isinstance(found, list) and all(isinstance(rule, dict) for rule in found)):
            raise self._wrong(f"{key} must be tables of their own: [[{key}]]")
        return tuple(self._rule(rule, key) for rule in found)

    def _rule(self, table: Mapping[str, object], key: str) -> Rule:
        self.known(table, _RULE_KEYS, f"{key}.")
        name, pattern = self.string(table, "field"), self.string(table, "matches")
        if not name or not (pattern or "is" in table):
            raise self._wrong(f"[[{key}]] needs a field, and `is` or `matches`")
        try:
            compiled = re.compile(pattern) if pattern else None
        except re.error as error:
            raise self._wrong(f"{key}.matches is no regular expression: {error}") from None
        return Rule(field=name, values=frozenset(self.strings(table, "is")), pattern=compiled)
