"""What the store keeps of an article beside its graph, and what is handed in to be stored."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

_SURROGATE = re.compile("[\ud800-\udfff]")


class State(StrEnum):
    """What became of an article when it was last read."""

    STORED = "stored"
    SET_ASIDE = "set aside"


class Outcome(StrEnum):
    """What a commit did with an article."""

    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One article's way through the stages, ready to be committed.

    `content_digest` is the SHA-256 of all that was read (text and metadata that go in), `loader` and `ontology` say with
    what it was worked on: the three tell whether it must be read again. `nquads` is its graph, every line in the graph
    of the article; None where it is set aside, and then `reason` says why and `report` is the validation report (Turtle).
    `origin_digest` is the SHA-256 of the place it came from, `origin_name` that place's name for people, `origin` the
    place in words (path, or path:line). Digests left '' are worked out by the store. `signature` (hexadecimal, '' for none;
    `reposts.signature`) and `published`, the earliest day of publication (ISO 8601, '' where it is not known), are what
    re-posts are found by.
    """

    article: str
    content_digest: str
    loader: str
    ontology: str
    origin_digest: str = ""
    origin_name: str = ""
    origin: str = ""
    text: str = ""
    text_digest: str = ""
    nquads: str | None = None
    graph_digest: str = ""
    reason: str | None = None
    report: str | None = None
    signature: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in the manifest.

    The first fields tell of its last reading. The last three tell of the graph in the store, which stays where a new
    reading is set aside: `graph_digest` (see `graphs.graph_digest`), the number of `quads`, and the digest of the text;
    '' and 0 where the store has no graph of it. `loaded` is the time of the commit (UTC, ISO 8601).
    """

    id: str
    content_digest: str
    loader: str
    ontology: str
    origin_digest: str
    origin_name: str
    origin: str
    state: State
    reason: str
    loaded: str
    graph_digest: str
    quads: int
    text_digest: str

    @property
    def has_graph(self) -> bool:
        return bool(self.graph_digest)


def storable(text: str) -> str:
    """The text as it can be kept: lone surrogates, which UTF-8 cannot hold, become U+FFFD; positions stay."""
    return _SURROGATE.sub("\ufffd", text)


def text_digest(text: str) -> str:
    """SHA-256 (hexadecimal) of a text as it is kept, over UTF-8."""
    return hashlib.sha256(storable(text).encode()).hexdigest()
