"""What an article says: bodies, people, posts, decisions, meetings, plans, each with its evidence."""

from dataclasses import dataclass, field
from enum import StrEnum

from zhiguan.model.text import Document, Evidence


class Status(StrEnum):
    """How the text says that a post is held."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    ELECT = "elect"


class Capacity(StrEnum):
    """In what manner the text says that a post is held, where it is not simply held."""

    ACTING = "acting"  # 代理
    IN_CHARGE = "in-charge"  # 主持工作
    CONCURRENT = "concurrent"  # 兼任
    SECONDED = "seconded"  # 挂职
    ALTERNATE = "alternate"  # 候补
    NOMINATED = "nominated"  # 提名, 候选


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
    capacity: Capacity | None = None
    evidence: tuple[Evidence, ...]


class ActionKind(StrEnum):
    """What was decided about somebody's post; the values are the ontology's subclasses of personnel action."""

    APPOINTMENT = "appointment"
    ELECTION = "election"
    NOMINATION = "nomination"
    REMOVAL = "removal"
    RESIGNATION = "resignation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonnelFact:
    """What was decided about a person's post: `post` is an index into `Facts.posts`, `meeting` the id of the meeting that
    decided, `date` the EDTF day that the text gives to the decision (never the article's own)."""

    kind: ActionKind
    post: int
    decided_by: Body | None = None
    meeting: str | None = None
    date: str | None = None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an elected body: 第十四届 (`number` 14) of 全国人民代表大会 is not the body itself."""

    body: Body
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFact:
    """A term that the text names."""

    term: Term
    evidence: tuple[Evidence, ...]


class RelationKind(StrEnum):
    """How one body stands to another, where the text says so; 领导 and 业务指导 are two things."""

    LEADS = "leads"
    GUIDES = "guides"
    SHARES_OFFICE = "shares-office"
    NAMEPLATE = "nameplate"  # the subject is a name that hangs at the door of the other (加挂牌子)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationFact:
    """`subject` stands in a relation to `other`."""

    kind: RelationKind
    subject: Body
    other: Body
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """An event reported as having happened; `id` is m1, m2 … in the article, m1 the main one; `date` is EDTF.

    `term` and `session` are set where its name is that of a session: 十四届全国人大三次会议 is the third of that term.
    """

    id: str
    name: str
    type: str
    date: str | None = None
    time: str | None = None
    place: str | None = None
    term: Term | None = None
    session: int | None = None
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
    """A plan, scheme, opinion, regulation or report; `start`/`end` are EDTF; `people` presented it at `meeting`;
    `number` is its document number (国发〔2024〕7号)."""

    title: str
    number: str | None = None
    start: str | None = None
    end: str | None = None
    issuers: tuple[Body, ...] = ()
    event: DocumentEvent = DocumentEvent.MENTIONED
    meeting: str | None = None
    people: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class PlanStatus(StrEnum):
    """How far a plan is, as a report says."""

    DRAFTED = "drafted"  # 编制
    CONSULTED = "consulted"  # 征求意见
    EFFECTIVE = "effective"  # 施行, 启动实施
    CARRIED_OUT = "carried-out"  # 正在实施
    COMPLETED = "completed"  # 收官, 如期完成
    REPEALED = "repealed"  # 废止


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStatusFact:
    """How far a plan (its title in `Facts.plans`) is said to be; `as_of` is the EDTF day that the sentence gives."""

    plan: str
    status: PlanStatus
    as_of: str | None = None
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
    plan_statuses: tuple[PlanStatusFact, ...] = ()
    actions: tuple[PersonnelFact, ...] = ()
    terms: tuple[TermFact, ...] = ()
    relations: tuple[RelationFact, ...] = ()
