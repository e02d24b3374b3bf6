"""One invented article with facts of every kind, and its divisions."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from zhiguan.model import (
    ActionKind,
    Body,
    BodyFact,
    BodyKind,
    Capacity,
    Division,
    Document,
    DocumentEvent,
    Evidence,
    Facts,
    Line,
    LineKind,
    MeetingFact,
    Metadata,
    ParticipationFact,
    PersonFact,
    PersonnelFact,
    PlanFact,
    PlanPartFact,
    PlanPartKind,
    PlanStatus,
    PlanStatusFact,
    PostFact,
    RelationFact,
    RelationKind,
    Role,
    Source,
    Span,
    Status,
    Term,
    TermFact,
)
from zhiguan.rdf import to_nquads
from zhiguan.validate import Validator

TEXT = """青溪区召开乡村振兴工作推进会
2024-05-08 来源：青溪融媒 记者 闻人舒
5月7日下午，青溪区乡村振兴工作推进会在区行政中心召开。区委副书记、区长欧阳澄出席并讲话，副区长钮知远主持会议。
会上，区农业农村局局长钮知远解读了《青溪区乡村振兴行动方案（2024—2026年）》。方案部署“两大行动”：和美乡村行动、强农富农行动，共12项任务。
《青溪区乡村振兴行动方案（2024—2026年）》（青政发〔2024〕7号）自2024年5月1日起施行。
5月6日，青溪区十届人大常委会第八次会议任命闻人舒为区教育局局长，免去其区文化局局长职务。区教育局由区政府领导。
"""
NATION = Division(code="CN", name="全国", full_name="全国", level="nation")
PROVINCE = Division(code="330000", name="浙江省", full_name="浙江省", level="province", parent="CN")
CONGRESS_NAME = "浙江省云溪市青溪区人民代表大会常务委员会"
CITY = Division(code="339900", name="云溪市", full_name="浙江省云溪市", level="prefecture", parent="330000")
HOME = Division(code="339901", name="青溪区", full_name="浙江省云溪市青溪区", level="county", parent="339900")
DIVISIONS = {division.code: division for division in (NATION, PROVINCE, CITY, HOME)}

COMMITTEE = Body(name="中共浙江省云溪市青溪区委员会", kind=BodyKind.PARTY, division=HOME)
GOVERNMENT = Body(name="浙江省云溪市青溪区人民政府", kind=BodyKind.ADMINISTRATION, division=HOME)
BUREAU = Body(name="浙江省云溪市青溪区农业农村局", kind=BodyKind.ADMINISTRATION, division=HOME, parent=GOVERNMENT.name)
CONGRESS = Body(name=CONGRESS_NAME, kind=BodyKind.CONGRESS, division=HOME)
SCHOOLS = Body(name="浙江省云溪市青溪区教育局", kind=BodyKind.ADMINISTRATION, division=HOME)
CULTURE = Body(name="浙江省云溪市青溪区文化局", kind=BodyKind.ADMINISTRATION, division=HOME)
TERM = Term(CONGRESS, 10)
MEDIA = Body(name="青溪融媒", kind=BodyKind.INSTITUTION, resolved=False)


def cite(words: str, rule: str = "example") -> tuple[Evidence, ...]:
    """Evidence for words of the example's text."""
    begin = TEXT.index(words)
    return (Evidence(Span(begin, begin + len(words)), rule),)


def make_document(article: str = "example-1", text: str = TEXT) -> Document:
    source = Source(id=article, text=text, url="https://news.example/1", origin="example-1.txt")
    lines = (Line(Span(0, len(text)), LineKind.BODY),)
    size = len(text)
    return Document(source=source, text=text, begins=range(size), ends=range(1, size + 1), lines=lines)


def make_facts(article: str = "example-1") -> Facts:
    metadata = Metadata(
        title="青溪区召开乡村振兴工作推进会",
        published="2024-05-08",
        publisher="青溪融媒",
        authors=("闻人舒",),
        evidence={
            "title": cite("青溪区召开乡村振兴工作推进会")[0],
            "published": cite("2024-05-08")[0],
            "publisher": cite("来源：青溪融媒")[0],
            "authors": cite("记者 闻人舒")[0],
        },
    )
    post_words = cite("区委副书记、区长欧阳澄", "title-run")
    posts = (
        PostFact(
            person="欧阳澄",
            post="副书记",
            body=COMMITTEE,
            status=Status.CURRENT,
            mention="区委副书记",
            evidence=post_words,
        ),
        PostFact(
            person="欧阳澄", post="区长", body=GOVERNMENT, status=Status.CURRENT, mention="区长", evidence=post_words
        ),
        PostFact(
            person="钮知远",
            post="副区长",
            body=GOVERNMENT,
            status=Status.CURRENT,
            mention="副区长",
            evidence=cite("副区长钮知远"),
        ),
        PostFact(
            person="钮知远",
            post="局长",
            body=BUREAU,
            status=Status.CURRENT,
            mention="区农业农村局局长",
            evidence=cite("区农业农村局局长钮知远"),
        ),
        PostFact(
            person="钮知远",
            post="总协调人",
            body=None,
            status=Status.ACTING,
            mention="总协调人",
            capacity=Capacity.ACTING,
            evidence=cite("知远"),
        ),
        *make_changes(),
    )
    meeting = MeetingFact(
        id="m1",
        name="青溪区乡村振兴工作推进会",
        type="推进会",
        date="2024-05-07",
        time="下午",
        place="区行政中心",
        evidence=cite("青溪区乡村振兴工作推进会在区行政中心召开"),
    )
    return Facts(
        document=make_document(article),
        metadata=metadata,
        jurisdiction=HOME,
        people=(
            PersonFact(name="欧阳澄", scope=HOME, evidence=cite("欧阳澄")),
            PersonFact(name="钮知远", scope=HOME, evidence=cite("钮知远")),
            PersonFact(name="闻人舒", scope=HOME, evidence=cite("闻人舒")),
        ),
        posts=posts,
        bodies=(
            BodyFact(body=COMMITTEE, evidence=cite("区委")),
            BodyFact(body=MEDIA, evidence=cite("青溪融媒")),
        ),
        meetings=(meeting, make_session()),
        participation=(
            ParticipationFact(
                meeting="m1", person="欧阳澄", role=Role.SPEAKER, order=1, posts=(0, 1), evidence=cite("出席并讲话")
            ),
            ParticipationFact(
                meeting="m1", person="钮知远", role=Role.CHAIR, order=2, posts=(2,), evidence=cite("主持会议")
            ),
            ParticipationFact(
                meeting="m1", person="钮知远", role=Role.PRESENTER, order=3, posts=(3,), evidence=cite("解读了")
            ),
        ),
        plans=(
            PlanFact(
                title="青溪区乡村振兴行动方案（2024—2026年）",
                number="青政发〔2024〕7号",
                start="2024",
                end="2026",
                issuers=(GOVERNMENT,),
                event=DocumentEvent.INTERPRETED,
                meeting="m1",
                people=("钮知远",),
                evidence=cite("《青溪区乡村振兴行动方案（2024—2026年）》"),
            ),
        ),
        plan_parts=make_plan_parts(),
        plan_statuses=(
            PlanStatusFact(
                plan="青溪区乡村振兴行动方案（2024—2026年）",
                status=PlanStatus.EFFECTIVE,
                as_of="2024-05-01",
                evidence=cite("自2024年5月1日起施行"),
            ),
        ),
        actions=make_actions(),
        terms=(TermFact(term=TERM, evidence=cite("青溪区十届人大常委会")),),
        relations=tuple(
            RelationFact(kind=kind, subject=GOVERNMENT, other=SCHOOLS, evidence=cite("区教育局由区政府领导"))
            for kind in RelationKind
        ),
    )


def make_session() -> MeetingFact:
    name = "青溪区十届人大常委会第八次会议"
    return MeetingFact(id="m2", name=name, type="会议", date="2024-05-06", term=TERM, session=8, evidence=cite(name))


def make_changes() -> tuple[PostFact, ...]:
    pairs = ((SCHOOLS, "区教育局局长", Status.ELECT), (CULTURE, "区文化局局长", Status.FORMER))
    return tuple(
        PostFact(person="闻人舒", post="局长", body=body, status=status, mention=mention, evidence=cite(mention))
        for body, mention, status in pairs
    )


def make_actions() -> tuple[PersonnelFact, ...]:
    """An appointment and a removal by the session, and one decision of each other kind without more."""
    return (
        PersonnelFact(
            kind=ActionKind.APPOINTMENT,
            post=5,
            decided_by=CONGRESS,
            meeting="m2",
            date="2024-05-06",
            evidence=cite("任命闻人舒为区教育局局长"),
        ),
        PersonnelFact(
            kind=ActionKind.REMOVAL,
            post=6,
            decided_by=CONGRESS,
            meeting="m2",
            date="2024-05-06",
            evidence=cite("免去其区文化局局长职务"),
        ),
        PersonnelFact(kind=ActionKind.ELECTION, post=6, evidence=cite("闻人舒")),
        PersonnelFact(kind=ActionKind.NOMINATION, post=5, evidence=cite("闻人舒")),
        PersonnelFact(kind=ActionKind.RESIGNATION, post=6, evidence=cite("闻人舒")),
    )


def make_plan_parts() -> tuple[PlanPartFact, ...]:
    plan = "青溪区乡村振兴行动方案（2024—2026年）"
    action = PlanPartKind.ACTION
    return (
        PlanPartFact(kind=action, label="两大行动", count=2, plan=plan, order=1, evidence=cite("两大行动")),
        PlanPartFact(kind=action, label="和美乡村行动", plan=plan, parent=0, order=1, evidence=cite("和美乡村行动")),
        PlanPartFact(kind=PlanPartKind.TASK, label="12项任务", count=12, plan=plan, order=2, evidence=cite("12项任务")),
    )


@dataclass(frozen=True)
class Example:
    """What the tests need of the example, so that they do not import from one another."""

    facts: Facts
    make: Callable[[str], Facts]
    divisions: Callable[[str], Division | None]
    nquads: str


@pytest.fixture(scope="session")
def example() -> Example:
    facts = make_facts()
    nquads = to_nquads(facts, divisions=DIVISIONS.get, origin_digest="0" * 64, origin_name="example-1.txt")
    return Example(facts, make_facts, DIVISIONS.get, nquads)


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator()
