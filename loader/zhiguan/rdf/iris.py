"""IRIs of the things in the data: ASCII, opaque, and the same for the same key in every run.

A key says when two mentions are one thing. It is deliberately narrow where the text does not settle identity: a body
whose full name is unknown stays within its article's home jurisdiction, a meeting without a date within its article.
"""

import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from zhiguan.errors import MappingError
from zhiguan.model import Body, Role

DEFAULT_BASE = "https://w3id.org/zhiguan/"
HASH_LENGTH = 16
"""Characters of base32, hence 80 bits: a collision among a billion things is unlikelier than one in a million."""

_NUMERAL = re.compile(r"^[\d一二三四五六七八九十百零两]+")
_PLAIN_ID = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,64}")
_BASE = re.compile(r"""https?://[^\s<>"{}|\\^`\x00-\x20\x7f-\U0010ffff]+/""")


@lru_cache(maxsize=65536)
def digest(*parts: str) -> str:
    """Hash of a key: base32 of the SHA-256 of its parts, each after its length in bytes so that no two keys run into
    one another."""
    sha = sha256()
    for part in parts:
        data = part.encode()
        sha.update(b"%d:" % len(data))
        sha.update(data)
    return b32encode(sha.digest())[:HASH_LENGTH].decode().lower()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A title or name as it counts for identity: compatibility forms united, no spaces, punctuation or case."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in wide if unicodedata.category(char)[0] not in "PZSC")


def local(iri: str) -> str:
    """Last step of an IRI: the hash of the thing that it names."""
    return iri.rpartition("/")[2]


def _slug(article: str) -> str:
    return article if _PLAIN_ID.fullmatch(article) else digest(article)


@dataclass(frozen=True, slots=True)
class Iris:
    """IRIs under one base, which must be an absolute ASCII http(s) IRI ending in a slash (MappingError otherwise)."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise MappingError(f"base {self.base!r} must be an ASCII http(s) IRI that ends in a slash")

    def article(self, article: str) -> str:
        return f"{self.base}article/{_slug(article)}"

    def graph(self, article: str) -> str:
        """The named graph that holds all that one article says."""
        return f"{self.base}graph/{_slug(article)}"

    def reposts(self) -> str:
        """The named graph that says which articles repeat which: derived from all of them, no article's own."""
        return f"{self.base}derived/reposts"

    def text(self, text: str) -> str:
        """A text as read, by its content."""
        return f"{self.base}text/sha256-{sha256(text.encode()).hexdigest()}"

    def software(self, version: str) -> str:
        return f"{self.base}software/zhiguan-{version}"

    def run(self, text: str, version: str) -> str:
        """One reading of a text (its IRI) by one version of the software: without a clock, so reading it again is the same run."""
        return f"{self.base}run/{digest(local(text), version)}"

    def division(self, code: str) -> str:
        return f"{self.base}division/{code}"

    def person(self, name: str, scope: str, identity: tuple[str, ...] = ()) -> str:
        """A person by name within a home scope (a division's code), or by the key that a judgement gives."""
        return f"{self.base}person/{digest(*(identity or (name, scope)))}"

    def body(self, body: Body, home: str) -> str:
        """A body by its canonical name, or by its name within the article's home scope where that is all we know."""
        key = (body.name,) if body.resolved else (body.name, home)
        return f"{self.base}body/{digest(*key)}"

    def body_named(self, name: str) -> str:
        """A body by its canonical name."""
        return f"{self.base}body/{digest(name)}"

    def post(self, title: str, body: str | None, article: str) -> str:
        """A post by its title in a body (an IRI), or in its article where the text names no body."""
        key = (local(body), title) if body else ("article", article, title)
        return f"{self.base}post/{digest(*key)}"

    def tenure(self, person: str, post: str) -> str:
        return f"{self.base}tenure/{digest(local(person), local(post))}"

    def meeting(self, name: str, day: str, home: str) -> str:
        """A meeting by its name and its one day within a home scope."""
        return f"{self.base}meeting/{digest(fold(name), day, home)}"

    def meeting_of(self, article: str, name: str, date: str | None) -> str:
        """A meeting whose day is not known: it stays within its article."""
        return f"{self.base}meeting/{digest('article', article, fold(name), date or '')}"

    def term(self, body: str, number: int) -> str:
        """A term of a body (an IRI) by its ordinal."""
        return f"{self.base}term/{digest(local(body), str(number))}"

    def action(self, kind: str, tenure: str, scope: str) -> str:
        """A decision about a tenure (an IRI), by its kind and its day; within its article where the day is not known."""
        return f"{self.base}personnel-action/{digest(kind, local(tenure), scope)}"

    def status_report(self, article: str, plan: str, status: str) -> str:
        return f"{self.base}status-report/{digest(article, local(plan), status)}"

    def participation(self, meeting: str, person: str, role: Role) -> str:
        return f"{self.base}participation/{digest(local(meeting), local(person), role.value)}"

    def plan(self, title: str, scope: str) -> str:
        """A plan by its title within the scope that the title names, else the article's home scope."""
        return f"{self.base}plan/{digest(fold(title), scope)}"

    def plan_part(self, owner: str, kind: str, label: str, count: int | None, group: str | None) -> str:
        """A part by its kind and label within the IRI of its plan (of its article where the plan is not known) and of
        its group; 五大行动 and 5大行动 are one."""
        name = fold(label) if count is None else f"{count} {_NUMERAL.sub('', fold(label))}"
        return f"{self.base}plan-part/{digest(local(owner), kind, name, local(group) if group else '')}"

    def document_event(self, article: str, plan: str, event: str) -> str:
        return f"{self.base}document-event/{digest(article, local(plan), event)}"

    def attestation(self, article: str, number: int) -> str:
        return f"{self.base}attestation/{_slug(article)}/{number}"


def scope_named_in(title: str, scopes: Iterable[tuple[str, str]]) -> str | None:
    """Code of the first of the (name, code) pairs whose name, or name without its last character, the title has.

    Callers pass the home division and those above it: 江岸行动方案 in an article of 江岸区 names that district.
    """
    for name, code in scopes:
        if name in title or (len(name) > 2 and name[:-1] in title):
            return code
    return None
