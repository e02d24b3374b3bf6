"""Six small articles with invented people, in a store: what the tests of the named queries ask."""

from collections.abc import Iterator

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
from zhiguan.query import named_queries, run_query
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.mapping import to_nquads
from zhiguan.reposts.graph import to_nquads as reposts_to_nquads
from zhiguan.results import plain_rows
from zhiguan.store import Store

ZHEJIANG = Division(code="330000", name="浙江省", full_name="浙江省", level="province")
HANGZHOU = Division(code="330100", name="杭州市", full_name="浙江省杭州市", level="prefecture", parent="330000")
XIHU = Division(code="330106", name="西湖区", full_name="浙江省杭州市西湖区", level="county", parent="330100")
JIANGSU = Division(code="320000", name="江苏省", full_name="江苏省", level="province")
DIVISIONS = {division.code: division for division in (ZHEJIANG, HANGZHOU, XIHU, JIANGSU)}

X = "浙江省杭州市西湖区"
GOVERNMENT = Body(name=f"{X}人民政府", kind=BodyKind.ADMINISTRATION, division=XIHU)
PARTY = Body(name=f"中共{X}委员会", kind=BodyKind.PARTY, division=XIHU)
GROUP = Body(name=f"中共{X}委教育工作领导小组", kind=BodyKind.COORDINATING, division=XIHU, parent=PARTY.name)
BUREAU = Body(name=f"{X}教育局", kind=BodyKind.ADMINISTRATION, division=XIHU, parent=GOVERNMENT.name)
SCHOOL = Body(name="晴川中学", kind=BodyKind.SCHOOL, resolved=False)
OFFICE = Body(name="省督导办", kind=BodyKind.OTHER, resolved=False)
J = "江苏省"
CONGRESS = Body(name=f"{J}人民代表大会", kind=BodyKind.CONGRESS, division=JIANGSU)
PROVINCE = Body(name=f"{J}人民政府", kind=BodyKind.ADMINISTRATION, division=JIANGSU)
HEALTH = Body(name=f"{J}卫生健康委员会", kind=BodyKind.ADMINISTRATION, division=JIANGSU)
MEDICINE = Body(name=f"{J}中医药管理局", kind=BodyKind.ADMINISTRATION, division=JIANGSU)
TERM = Term(CONGRESS, 14)

PLAN = "河道整治三年行动计划"
MEETING = "全区教育工作会议"


class Told:
    """An article under construction: each fact's passage is found in the text, where it stands first."""

    def __init__(self, name: str, text: str, home: Division, scope: Division) -> None:
        self.name, self.text, self.home, self.scope = name, text, home, scope
        self.posts: list[PostFact] = []
        self.taken: list[ParticipationFact] = []
        self.meetings: list[MeetingFact] = []
        self.plans: list[PlanFact] = []
        self.parts: list[PlanPartFact] = []
        self.bodies: list[Body] = []
        self.statuses: list[PlanStatusFact] = []
        self.actions: list[PersonnelFact] = []
        self.terms: list[TermFact] = []
        self.relations: list[RelationFact] = []

    def said(self, words: str, rule: str = "test") -> tuple[Evidence, ...]:
        begin = self.text.index(words)
        return (Evidence(Span(begin, begin + len(words)), rule),)

    def held(
        self,
        person: str,
        post: str,
        body: Body,
        mention: str,
        status: Status = Status.CURRENT,
        capacity: Capacity | None = None,
    ) -> "Told":
        self.bodies.append(body)
        evidence = self.said(mention + person, "title-run")
        self.posts.append(
            PostFact(
                person=person,
                post=post,
                body=body,
                status=status,
                mention=mention,
                capacity=capacity,
                evidence=evidence,
            )
        )
        return self

    def met(
        self,
        name: str,
        kind: str,
        date: str | None = None,
        time: str | None = None,
        place: str | None = None,
        session: int | None = None,
    ) -> "Told":
        evidence = self.said(name, "meeting-name")
        self.meetings.append(
            MeetingFact(
                id="m1",
                name=name,
                type=kind,
                date=date,
                time=time,
                place=place,
                term=TERM if session else None,
                session=session,
                evidence=evidence,
            )
        )
        return self

    def decided(self, kind: ActionKind, post: int, words: str, date: str | None) -> "Told":
        """Decided by the congress at m1 where a day is given, by nobody named otherwise."""
        by, meeting = (CONGRESS, "m1") if date else (None, None)
        self.actions.append(
            PersonnelFact(kind=kind, post=post, decided_by=by, meeting=meeting, date=date, evidence=self.said(words))
        )
        return self

    def named_term(self, words: str) -> "Told":
        self.terms.append(TermFact(term=TERM, evidence=self.said(words)))
        return self

    def related(self, kind: RelationKind, subject: Body, other: Body, words: str) -> "Told":
        self.relations.append(RelationFact(kind=kind, subject=subject, other=other, evidence=self.said(words)))
        return self

    def stands(self, status: PlanStatus, as_of: str | None, words: str) -> "Told":
        self.statuses.append(
            PlanStatusFact(plan=self.plans[0].title, status=status, as_of=as_of, evidence=self.said(words))
        )
        return self

    def part(self, person: str, role: Role) -> "Told":
        posts = tuple(index for index, post in enumerate(self.posts) if post.person == person)
        order = len(self.taken) + 1
        self.taken.append(
            ParticipationFact(
                meeting="m1", person=person, role=role, order=order, posts=posts, evidence=self.said(person)
            )
        )
        return self

    def plan(
        self,
        title: str,
        event: DocumentEvent,
        issuers: tuple[Body, ...],
        people: tuple[str, ...],
        start: str | None,
        end: str | None,
        number: str | None = None,
    ) -> "Told":
        meeting = "m1" if self.meetings else None
        self.plans.append(
            PlanFact(
                title=title,
                number=number,
                start=start,
                end=end,
                issuers=issuers,
                event=event,
                meeting=meeting,
                people=people,
                evidence=self.said(title, "book-title"),
            )
        )
        return self

    def contains(self, kind: PlanPartKind, label: str, count: int | None = None, *, group: int | None = None) -> "Told":
        order = 1 + sum(known.parent == group for known in self.parts)
        plan = self.plans[0].title if self.plans else None
        self.parts.append(
            PlanPartFact(
                kind=kind, label=label, count=count, plan=plan, parent=group, order=order, evidence=self.said(label)
            )
        )
        return self

    def facts(self, published: str | None, publisher: str | None, authors: tuple[str, ...] = ()) -> Facts:
        title = self.text.partition("\n")[0]
        names = dict.fromkeys([post.person for post in self.posts] + [taken.person for taken in self.taken])
        size = len(self.text)
        document = Document(
            source=Source(id=self.name, text=self.text),
            text=self.text,
            begins=range(size),
            ends=range(1, size + 1),
            lines=(Line(Span(0, size), LineKind.BODY),),
        )
        return Facts(
            document=document,
            metadata=Metadata(
                title=title,
                published=published,
                publisher=publisher,
                authors=authors,
                evidence={"title": self.said(title, "first-line")[0]},
            ),
            jurisdiction=self.home,
            people=tuple(PersonFact(name=name, scope=self.scope, evidence=self.said(name, "name")) for name in names),
            posts=tuple(self.posts),
            bodies=tuple(BodyFact(body=body, evidence=self.said(self.text[:4], "body")) for body in self.bodies),
            meetings=tuple(self.meetings),
            participation=tuple(self.taken),
            plans=tuple(self.plans),
            plan_parts=tuple(self.parts),
            plan_statuses=tuple(self.statuses),
            actions=tuple(self.actions),
            terms=tuple(self.terms),
            relations=tuple(self.relations),
        )


def told() -> Iterator[Facts]:
    """The six articles: a1 and a2 report one meeting, a3 tells of a change of office, a4 has a namesake, a5 contradicts a1,
    a6 reports what a congress decided."""
    yield (
        Told(
            "a1",
            f"湖畔开大会\n{MEETING}举行。领导小组组长何远山主持,区委副书记林秋实、区长林秋实讲话,校长沈知白参加,发布{PLAN}。计划包括两大行动和12项任务,即清淤行动、护岸行动。",
            XIHU,
            HANGZHOU,
        )
        .held("林秋实", "副书记", PARTY, "区委副书记")
        .held("林秋实", "区长", GOVERNMENT, "区长")
        .held("何远山", "组长", GROUP, "领导小组组长")
        .held("沈知白", "校长", SCHOOL, "校长")
        .met(MEETING, "会议", "2023-08-28", "下午", "会议中心")
        .part("何远山", Role.CHAIR)
        .part("林秋实", Role.SPEAKER)
        .part("沈知白", Role.ATTENDEE)
        .plan(PLAN, DocumentEvent.RELEASED, (GOVERNMENT, BUREAU), ("林秋实",), "2023", "2025")
        .contains(PlanPartKind.ACTION, "两大行动", 2)
        .contains(PlanPartKind.TASK, "12项任务", 12)
        .contains(PlanPartKind.ACTION, "清淤行动", group=0)
        .contains(PlanPartKind.ACTION, "护岸行动", group=0)
        .facts("2023-08-29", "湖畔日报", ("周平", "吴安"))
    )
    yield (
        Told("a2", f"解读行动计划\n昨日{MEETING}上,区长林秋实主持并讲话,何远山解读{PLAN}。", XIHU, HANGZHOU)
        .held("林秋实", "区长", GOVERNMENT, "区长")
        .met(MEETING, "工作会议", "2023-08-28")
        .part("林秋实", Role.CHAIR)
        .part("林秋实", Role.SPEAKER)
        .part("何远山", Role.PRESENTER)
        .plan(PLAN, DocumentEvent.INTERPRETED, (), ("何远山",), None, "2026")
        .facts("2023-08-30", "湖畔日报")
    )
    yield (
        Told("a3", "西湖区会见来宾\n座谈会上,原区长林秋实介绍情况,代区长顾南星会见何远山。", XIHU, HANGZHOU)
        .held("林秋实", "区长", GOVERNMENT, "原区长", Status.FORMER)
        .held("顾南星", "区长", GOVERNMENT, "代区长", Status.ACTING)
        .met("座谈会", "座谈会", "2024-03-01", None, "云栖厅")
        .part("顾南星", Role.HOST)
        .part("何远山", Role.GUEST)
        .facts("2024-03-02", "晨报")
    )
    yield (
        Told("a4", "督导工作\n省督导办主任林秋实督导学校,重申两个目标。", JIANGSU, JIANGSU)
        .held("林秋实", "主任", OFFICE, "省督导办主任")
        .met("督导学校", "督导")
        .part("林秋实", Role.CHAIR)
        .contains(PlanPartKind.GOAL, "两个目标", 2)
        .facts(None, None)
    )
    yield (
        Told("a5", "简讯\n区长顾南星答记者问。", XIHU, HANGZHOU)
        .held("顾南星", "区长", GOVERNMENT, "区长")
        .facts("2023-08-28", "晨报")
    )
    yield congress()


def congress() -> Facts:
    """An article of decisions: one of each kind, in a session, with relations of bodies and a plan that is over."""
    text = (
        "省人大会议闭幕\n省十四届人大三次会议5月8日选举新任主任陆听澜,免去原主任温如玉,提名拟任副主任闻人舒,"
        "任命挂职副主任裴小满,原委员褚云舟辞职。省卫健委由省政府领导,业务上指导省中医药局,两家合署办公,加挂牌子。"
        "江苏省饮水规划(苏政发〔2024〕7号)如期完成。"
    )
    return (
        Told("a6", text, JIANGSU, JIANGSU)
        .held("陆听澜", "主任", HEALTH, "新任主任", Status.ELECT)
        .held("温如玉", "主任", HEALTH, "原主任", Status.FORMER)
        .held("闻人舒", "副主任", HEALTH, "拟任副主任", Status.ELECT, Capacity.NOMINATED)
        .held("裴小满", "副主任", HEALTH, "挂职副主任", Status.CURRENT, Capacity.SECONDED)
        .held("褚云舟", "委员", CONGRESS, "原委员", Status.FORMER)
        .met("省十四届人大三次会议", "人大会议", "2024-05-08", session=3)
        .plan("江苏省饮水规划", DocumentEvent.MENTIONED, (PROVINCE,), (), None, None, "苏政发〔2024〕7号")
        .stands(PlanStatus.COMPLETED, None, "如期完成")
        .named_term("省十四届人大")
        .decided(ActionKind.ELECTION, 0, "选举新任主任陆听澜", "2024-05-08")
        .decided(ActionKind.REMOVAL, 1, "免去原主任温如玉", "2024-05-08")
        .decided(ActionKind.NOMINATION, 2, "提名拟任副主任闻人舒", None)
        .decided(ActionKind.APPOINTMENT, 3, "任命挂职副主任裴小满", "2024-05-08")
        .decided(ActionKind.RESIGNATION, 4, "原委员褚云舟辞职", None)
        .related(RelationKind.LEADS, PROVINCE, HEALTH, "由省政府领导")
        .related(RelationKind.GUIDES, HEALTH, MEDICINE, "业务上指导省中医药局")
        .related(RelationKind.SHARES_OFFICE, HEALTH, MEDICINE, "两家合署办公")
        .related(RelationKind.NAMEPLATE, MEDICINE, HEALTH, "加挂牌子")
        .facts("2024-05-09", "晨报")
    )


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("queries") / "store") as opened:
        for facts in told():
            name = facts.document.source.id
            nquads = to_nquads(facts, origin_digest="0" * 64, origin_name=f"{name}.txt", divisions=DIVISIONS.get)
            opened.replace_graph(Iris().graph(name), nquads)
        opened.replace_graph(Iris().reposts(), reposts_to_nquads([("a2", "a1")], Iris()))
        yield opened


def ask(store: Store, name: str, **given: str) -> list[tuple[str, ...]]:
    return list(plain_rows(run_query(store, named_queries()[name], given)))
