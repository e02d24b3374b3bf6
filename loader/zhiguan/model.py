"""Values handed from stage to stage: frozen, without behaviour beyond their own arithmetic.

Two coordinate systems exist and never mix. A `Span` counts code points of a cleaned `Document.text`; a `Quote` counts
code points of `Source.text`, the text as it was read. `Document.quote` is the only way from the one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

QUOTE_LIMIT = 200
"""Longest quote in code points: a passage, not a page."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a document's cleaned text."""

    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of the source as read: `source.text[begin:end] == exact` (W3C Web Annotation position and quote)."""

    begin: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article as it was read, before any change; `text` has newlines kept and no byte order mark.

    `media` is `text/plain` or `text/html`. `origin` names the place it came from (path, or path:line) for messages.
    The optional fields hold what a record said about the article itself; None where it said nothing.
    """

    id: str
    text: str
    media: str = "text/plain"
    origin: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


class LineKind(StrEnum):
    """What a kept line of an article is."""

    HEAD = "head"  # short lines above the first paragraph: titles, subtitles, breadcrumbs that may hold a title
    META = "meta"  # date, source, author, editor lines
    BODY = "body"  # running text
    CAPTION = "caption"  # a picture's caption
    LABEL = "label"  # table-like rows: 时间：…, 主持人：…


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text (without its newline) and its kind."""

    span: Span
    kind: LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned article: simplified characters, full-width punctuation between Han, noise lines left out.

    `begins[i]`..`ends[i]` is the range of `source.text` that cleaned character i stands for.
    """

    source: Source
    text: str
    begins: Sequence[int]
    ends: Sequence[int]
    lines: tuple[Line, ...]

    def quote(self, span: Span) -> Quote:
        """The passage of the source behind `span`, cut to QUOTE_LIMIT code points."""
        begin, end = self.begins[span.begin], self.ends[span.end - 1]
        end = min(end, begin + QUOTE_LIMIT)
        if end - begin < 2:  # a one-character fact (a bare surname) takes its neighbour in, so that the quote reads
            end = min(begin + 2, len(self.source.text))
            begin = max(0, end - 2)
        return Quote(begin, end, self.source.text[begin:end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the text says a fact, and the name of the rule that read it there."""

    span: Span
    rule: str


class Status(StrEnum):
    """How the text says that a post is held."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    ELECT = "elect"


class Role(StrEnum):
    """What somebody did at a meeting."""

    CHAIR = "chair"
    SPEAKER = "speaker"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"
    AWARDER = "awarder"
    HOST = "host"
    GUEST = "guest"


class DocumentEvent(StrEnum):
    """What the article says happened to a plan."""

    RELEASED = "released"
    INTERPRETED = "interpreted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    SIGNED = "signed"
    MENTIONED = "mentioned"


class BodyKind(StrEnum):
    """Kind of a body; the first ten are the ontology's subclasses of government body."""

    PARTY = "party-organ"
    CONGRESS = "peoples-congress"
    ADMINISTRATION = "administrative-organ"
    CONSULTATIVE = "consultative-conference"
    SUPERVISORY = "supervisory-organ"
    COURT = "judicial-organ"
    PROCURATORATE = "procuratorial-organ"
    MILITARY = "military-organ"
    MASS = "mass-organisation"
    COORDINATING = "coordinating-body"
    DEMOCRATIC_PARTY = "democratic-party"
    SCHOOL = "school"
    UNIVERSITY = "university"
    COMPANY = "company"
    ASSOCIATION = "association"
    INSTITUTION = "public-institution"
    VILLAGE = "grassroots-organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """An administrative division. `code` is its GB/T 2260 code (9 digits for towns), `CN` for the nation.

    `full_name` is the path from the province down, without separators (上海市宝山区); `level` is one of
    nation, province, prefecture, county, town.
    """

    code: str
    name: str
    full_name: str
    level: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation by its canonical full name; `resolved` is False where only its surface name is known."""

    name: str
    kind: BodyKind
    division: Division | None = None
    parent: str | None = None
    resolved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFact:
    body: Body
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """A person acting or present in the article; `scope` is the home scope that tells namesakes apart.

    `identity` holds the key parts of the person whom a judgement says this is, () where name and scope decide.
    """

    name: str
    scope: Division
    identity: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFact:
    """A person in a post of a body, as the text says it; `mention` is the title verbatim (cleaned text)."""

    person: str
    post: str
    body: Body | None
    status: Status
    mention: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """An event reported as having happened; `id` is m1, m2 … in the article, m1 the main one; `date` is EDTF."""

    id: str
    name: str
    type: str
    date: str | None = None
    time: str | None = None
    place: str | None = None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFact:
    """One person in one role at one meeting; `posts` are indexes into `Facts.posts` (the capacity), `order` counts
    from 1 in the text's own list."""

    meeting: str
    person: str
    role: Role
    order: int
    posts: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """A plan, scheme, opinion, regulation or report; `start`/`end` are EDTF; `people` presented it at `meeting`."""

    title: str
    start: str | None = None
    end: str | None = None
    issuers: tuple[Body, ...] = ()
    event: DocumentEvent = DocumentEvent.MENTIONED
    meeting: str | None = None
    people: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class PlanPartKind(StrEnum):
    """What a stated part of a plan is; the values are the ontology's subclasses of plan part."""

    GOAL = "goal"
    TASK = "task"
    ACTION = "action"  # 行动, 工程, 举措, 措施: what is to be done, as a campaign, project or measure


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPartFact:
    """A goal, task or action that the text states, singly or as a group of them (20项重点任务: `count` 20).

    `plan` is the title of the plan in `Facts.plans`, None where the text leaves open which of them; `parent` is the index
    in `Facts.plan_parts` of the group that it belongs to; `order` counts from 1 among the parts of one plan and parent.
    """

    kind: PlanPartKind
    label: str
    count: int | None = None
    plan: str | None = None
    parent: int | None = None
    order: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the article says of itself; None or () where it does not say. `published` is EDTF. Each value that the text
    itself gives has its evidence under the field's name (title, published, publisher, authors)."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that one article says, resolved: input of the RDF stage and of `zhiguan extract`."""

    document: Document
    metadata: Metadata
    jurisdiction: Division | None
    people: tuple[PersonFact, ...] = ()
    posts: tuple[PostFact, ...] = ()
    bodies: tuple[BodyFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    participation: tuple[ParticipationFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    plan_parts: tuple[PlanPartFact, ...] = ()
