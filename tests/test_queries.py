"""Every named query over five small articles with invented people: what it answers, and that its header keeps its word."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from zhiguan.model import (
    Body,
    BodyFact,
    BodyKind,
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
    PlanFact,
    PlanPartFact,
    PlanPartKind,
    PostFact,
    Role,
    Source,
    Span,
    Status,
)
from zhiguan.query import NamedQuery, named_queries, run_query
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.mapping import to_nquads
from zhiguan.results import PREFIXES, plain_rows
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

    def said(self, words: str, rule: str = "test") -> tuple[Evidence, ...]:
        begin = self.text.index(words)
        return (Evidence(Span(begin, begin + len(words)), rule),)

    def held(self, person: str, post: str, body: Body, mention: str, status: Status = Status.CURRENT) -> "Told":
        self.bodies.append(body)
        evidence = self.said(mention + person, "title-run")
        self.posts.append(
            PostFact(person=person, post=post, body=body, status=status, mention=mention, evidence=evidence)
        )
        return self

    def met(
        self, name: str, kind: str, date: str | None = None, time: str | None = None, place: str | None = None
    ) -> "Told":
        evidence = self.said(name, "meeting-name")
        self.meetings.append(
            MeetingFact(id="m1", name=name, type=kind, date=date, time=time, place=place, evidence=evidence)
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
        end: str,
    ) -> "Told":
        meeting = "m1" if self.meetings else None
        self.plans.append(
            PlanFact(
                title=title,
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
        )


def told() -> Iterator[Facts]:
    """The five articles: a1 and a2 report one meeting, a3 tells of a change of office, a4 has a namesake, a5 contradicts a1."""
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


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("queries") / "store") as opened:
        for facts in told():
            name = facts.document.source.id
            nquads = to_nquads(facts, origin_digest="0" * 64, origin_name=f"{name}.txt", divisions=DIVISIONS.get)
            opened.replace_graph(Iris().graph(name), nquads)
        yield opened


def ask(store: Store, name: str, **given: str) -> list[tuple[str, ...]]:
    return list(plain_rows(run_query(store, named_queries()[name], given)))


CASES: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "articles",
        {},
        [
            "a1|湖畔开大会|2023-08-29|湖畔日报|吴安;周平|X区",
            "a2|解读行动计划|2023-08-30|湖畔日报||X区",
            "a3|西湖区会见来宾|2024-03-02|晨报||X区",
            "a4|督导工作||||江苏省",
            "a5|简讯|2023-08-28|晨报||X区",
        ],
    ),
    (
        "people",
        {},
        [
            "a1|何远山",
            "a1|林秋实",
            "a1|沈知白",
            "a2|何远山",
            "a2|林秋实",
            "a3|何远山",
            "a3|林秋实",
            "a3|顾南星",
            "a4|林秋实",
            "a5|顾南星",
        ],
    ),
    (
        "posts",
        {},
        [
            "a1|何远山|组长|中共X区委教育工作领导小组|current|领导小组组长何远山|17|26",
            "a1|林秋实|副书记|中共X区委员会|current|区委副书记林秋实|29|37",
            "a1|林秋实|区长|X区人民政府|current|区长林秋实|38|43",
            "a1|沈知白|校长|晴川中学|current|校长沈知白|46|51",
            "a2|林秋实|区长|X区人民政府|current|区长林秋实|19|24",
            "a3|林秋实|区长|X区人民政府|former|原区长林秋实|13|19",
            "a3|顾南星|区长|X区人民政府|acting|代区长顾南星|24|30",
            "a4|林秋实|主任|省督导办|current|省督导办主任林秋实|5|14",
            "a5|顾南星|区长|X区人民政府|current|区长顾南星|3|8",
        ],
    ),
    (
        "bodies",
        {},
        [
            "a1|中共X区委员会",
            "a1|中共X区委教育工作领导小组",
            "a1|晴川中学",
            "a1|X区人民政府",
            "a1|X区教育局",
            "a2|X区人民政府",
            "a3|X区人民政府",
            "a4|省督导办",
            "a5|X区人民政府",
        ],
    ),
    (
        "meetings",
        {},
        [
            "a1|全区教育工作会议|会议|2023-08-28|下午|会议中心",
            "a2|全区教育工作会议|工作会议|2023-08-28||",
            "a3|座谈会|座谈会|2024-03-01||云栖厅",
            "a4|督导学校|督导|||",
        ],
    ),
    (
        "participation",
        {},
        [
            "a1|全区教育工作会议|何远山|chair",
            "a1|全区教育工作会议|林秋实|speaker",
            "a1|全区教育工作会议|沈知白|attendee",
            "a2|全区教育工作会议|林秋实|chair",
            "a2|全区教育工作会议|林秋实|speaker",
            "a2|全区教育工作会议|何远山|presenter",
            "a3|座谈会|顾南星|host",
            "a3|座谈会|何远山|guest",
            "a4|督导学校|林秋实|chair",
        ],
    ),
    (
        "plans",
        {},
        [
            "a1|河道整治三年行动计划|2023|2025|X区人民政府;X区教育局|released",
            "a2|河道整治三年行动计划||2026||interpreted",
        ],
    ),
    (
        "register",
        {},
        [
            "中共X区委员会|副书记|林秋实|current|2023-08-28|1",
            "中共X区委教育工作领导小组|组长|何远山|current|2023-08-28|1",
            "晴川中学|校长|沈知白|current|2023-08-28|1",
            "X区人民政府|区长|顾南星|acting|2024-03-01|2",
            "省督导办|主任|林秋实|current||1",
        ],
    ),
    (
        "register",
        {"body": "X区人民政府"},
        [
            "X区人民政府|区长|顾南星|acting|2024-03-01|2",
        ],
    ),
    (
        "holders",
        {"post": "区长"},
        [
            "区长|X区人民政府|林秋实|former|2024-03-01|2024-03-01|1|",
            "区长|X区人民政府|顾南星|acting|2024-03-01|2024-03-01|1|",
            "区长|X区人民政府|林秋实|current|2023-08-28|2023-08-28|2|",
            "区长|X区人民政府|顾南星|current|2023-08-28|2023-08-28|1|",
        ],
    ),
    (
        "holders",
        {"post": "区长", "until": "2023-12-31"},
        [
            "区长|X区人民政府|林秋实|current|2023-08-28|2023-08-28|2|2023-12-31",
            "区长|X区人民政府|顾南星|current|2023-08-28|2023-08-28|1|2023-12-31",
        ],
    ),
    ("holders", {"post": "校长", "body": "中共X区委员会"}, []),
    (
        "career",
        {"person": "林秋实"},
        [
            "林秋实|江苏省|||主任|省督导办|current|1",
            "林秋实|浙江省杭州市|2023-08-28|2023-08-28|副书记|中共X区委员会|current|1",
            "林秋实|浙江省杭州市|2023-08-28|2023-08-28|区长|X区人民政府|current|2",
            "林秋实|浙江省杭州市|2024-03-01|2024-03-01|区长|X区人民政府|former|1",
        ],
    ),
    (
        "former-holders",
        {},
        [
            "X区人民政府|区长|林秋实|2024-03-01|a3",
        ],
    ),
    (
        "acting-holders",
        {},
        [
            "X区人民政府|区长|顾南星|acting|2024-03-01|a3",
        ],
    ),
    (
        "succession",
        {"body": "X区人民政府"},
        [
            "X区人民政府|区长|林秋实|2023-08-28|2023-08-28|2",
            "X区人民政府|区长|顾南星|2023-08-28|2024-03-01|2",
        ],
    ),
    (
        "posts-of-body",
        {"body": "X区人民政府"},
        [
            "X区人民政府|区长|2|顾南星;林秋实|2024-03-01",
        ],
    ),
    (
        "leading-groups",
        {},
        [
            "中共X区委教育工作领导小组|组长|何远山|current|2023-08-28|1",
        ],
    ),
    (
        "party-and-government",
        {},
        [
            "林秋实|副书记|中共X区委员会|区长|X区人民政府|1",
        ],
    ),
    (
        "colleagues",
        {"person": "顾南星"},
        [
            "顾南星|X区人民政府|林秋实|区长|2023-08-28|2024-03-01",
        ],
    ),
    (
        "meetings-register",
        {},
        [
            "|督导学校|督导||林秋实|1|1||",
            "2023-08-28|全区教育工作会议|工作会议|会议中心|何远山;林秋实|3|2||",
            "2024-03-01|座谈会|座谈会|云栖厅||2|1||",
        ],
    ),
    (
        "meetings-register",
        {"from": "2023-01-01", "until": "2023-12-31"},
        [
            "2023-08-28|全区教育工作会议|工作会议|会议中心|何远山;林秋实|3|2|2023-01-01|2023-12-31",
        ],
    ),
    (
        "meetings-of-body",
        {"body": "X区人民政府", "year": "2023"},
        [
            "X区人民政府|2023|2023-08-28|全区教育工作会议|工作会议||林秋实|区长|a2",
        ],
    ),
    (
        "meetings-of-body",
        {"body": "X区人民政府"},
        [
            "X区人民政府||2023-08-28|全区教育工作会议|工作会议||林秋实|区长|a2",
        ],
    ),
    ("meetings-of-body", {"body": "X区人民政府", "year": "2022"}, []),
    ("meetings-of-body", {"body": "省督导办", "year": "2023"}, []),
    (
        "meeting-attendance",
        {"meeting": "全区教育工作会议"},
        [
            "全区教育工作会议|2023-08-28|1|何远山|chair|中共X区委教育工作领导小组组长|a1",
            "全区教育工作会议|2023-08-28|2|林秋实|speaker|X区人民政府区长;中共X区委员会副书记|a1",
            "全区教育工作会议|2023-08-28|3|沈知白|attendee|晴川中学校长|a1",
            "全区教育工作会议|2023-08-28|1|林秋实|chair|X区人民政府区长|a2",
            "全区教育工作会议|2023-08-28|2|林秋实|speaker|X区人民政府区长|a2",
            "全区教育工作会议|2023-08-28|3|何远山|presenter||a2",
        ],
    ),
    (
        "attendance-of-person",
        {"person": "林秋实"},
        [
            "林秋实||督导学校|chair|省督导办主任||a4||",
            "林秋实|2023-08-28|全区教育工作会议|chair|X区人民政府区长||a2||",
            "林秋实|2023-08-28|全区教育工作会议|speaker|X区人民政府区长;中共X区委员会副书记|会议中心|a1||",
            "林秋实|2023-08-28|全区教育工作会议|speaker|X区人民政府区长||a2||",
        ],
    ),
    (
        "attendance-of-person",
        {"person": "何远山", "from": "2024-01-01"},
        [
            "何远山|2024-03-01|座谈会|guest||云栖厅|a3|2024-01-01|",
        ],
    ),
    (
        "who-met-whom",
        {"person": "何远山"},
        [
            "何远山|林秋实|1|2023-08-28|2023-08-28",
            "何远山|沈知白|1|2023-08-28|2023-08-28",
            "何远山|顾南星|1|2024-03-01|2024-03-01",
        ],
    ),
    (
        "who-met-whom",
        {"person": "何远山", "other": "沈知白"},
        [
            "何远山|沈知白|1|2023-08-28|2023-08-28",
        ],
    ),
    ("pairs", {}, []),
    (
        "pairs",
        {"least": "1"},
        [
            "何远山|林秋实|1|1",
            "何远山|沈知白|1|1",
            "何远山|顾南星|1|1",
            "沈知白|林秋实|1|1",
        ],
    ),
    (
        "busiest-people",
        {},
        [
            "何远山|浙江省杭州市|2|1|0",
            "林秋实|江苏省|1|1|0",
            "林秋实|浙江省杭州市|1|1|1",
            "沈知白|浙江省杭州市|1|0|0",
            "顾南星|浙江省杭州市|1|0|0",
        ],
    ),
    (
        "visits",
        {},
        [
            "2024-03-01|座谈会|顾南星|何远山|a3",
        ],
    ),
    (
        "school-and-company-people",
        {},
        [
            "2023-08-28|全区教育工作会议|沈知白|校长|晴川中学|school|attendee|a1",
        ],
    ),
    (
        "plans-register",
        {},
        [
            "河道整治三年行动计划|2023|2026|X区教育局;X区人民政府|2023-08-28|2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2024-06-01"},
        [
            "2024-06-01|河道整治三年行动计划|2023|2025|林秋实|全区教育工作会议|a1",
            "2024-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2026-06-01"},
        [
            "2026-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plans-in-force",
        {"day": "2022-06-01"},
        [
            "2022-06-01|河道整治三年行动计划||2026|何远山|全区教育工作会议|a2",
        ],
    ),
    (
        "plan-history",
        {},
        [
            "河道整治三年行动计划|2023-08-28|released|全区教育工作会议|林秋实|a1",
            "河道整治三年行动计划|2023-08-28|interpreted|全区教育工作会议|何远山|a2",
        ],
    ),
    ("plan-history", {"plan": "无"}, []),
    (
        "plan-contents",
        {},
        [
            "|goal|两个目标|2||a4",
            "河道整治三年行动计划|action|两大行动|2||a1",
            "河道整治三年行动计划|action|清淤行动||两大行动|a1",
            "河道整治三年行动计划|action|护岸行动||两大行动|a1",
            "河道整治三年行动计划|task|12项任务|12||a1",
        ],
    ),
    (
        "plan-contents",
        {"plan": "河道整治三年行动计划"},
        [
            "河道整治三年行动计划|action|两大行动|2||a1",
            "河道整治三年行动计划|action|清淤行动||两大行动|a1",
            "河道整治三年行动计划|action|护岸行动||两大行动|a1",
            "河道整治三年行动计划|task|12项任务|12||a1",
        ],
    ),
    ("plan-contents", {"plan": "无"}, []),
    (
        "documents-by-issuer",
        {},
        [
            "X区人民政府|河道整治三年行动计划|released|2023-08-28|a1",
            "X区教育局|河道整治三年行动计划|released|2023-08-28|a1",
        ],
    ),
    (
        "documents-by-issuer",
        {"issuer": "X区教育局"},
        [
            "X区教育局|河道整治三年行动计划|released|2023-08-28|a1",
        ],
    ),
    (
        "bodies-in-division",
        {"division": "浙江省"},
        [
            "浙江省|X区|county|X区人民政府|administrative-organ|4",
            "浙江省|X区|county|X区教育局|administrative-organ|1",
            "浙江省|X区|county|中共X区委教育工作领导小组|coordinating-body|1",
            "浙江省|X区|county|中共X区委员会|party-organ|1",
        ],
    ),
    (
        "bodies-by-code",
        {"prefix": "3301"},
        [
            "3301|330106|X区|X区人民政府|administrative-organ",
            "3301|330106|X区|X区教育局|administrative-organ",
            "3301|330106|X区|中共X区委教育工作领导小组|coordinating-body",
            "3301|330106|X区|中共X区委员会|party-organ",
        ],
    ),
    (
        "subordinate-bodies",
        {"body": "X区人民政府"},
        [
            "X区人民政府|X区教育局",
        ],
    ),
    (
        "division-coverage",
        {},
        [
            "江苏省|320000|province|1|1|1",
            "X区|330106|county|4|4|2",
        ],
    ),
    (
        "support",
        {"person": "林秋实", "post": "区长"},
        [
            "林秋实|区长|X区人民政府|a1|2023-08-28|current|区长林秋实|38|43",
            "林秋实|区长|X区人民政府|a2|2023-08-28|current|区长林秋实|19|24",
            "林秋实|区长|X区人民政府|a3|2024-03-01|former|原区长林秋实|13|19",
        ],
    ),
    (
        "evidence-of-article",
        {"article": "a5"},
        [
            "a5|Article|简讯|first-line|简讯|0|2",
            "a5|Body|X区人民政府|body|简讯↵区|0|4",
            "a5|Tenure|顾南星 X区人民政府区长|title-run|区长顾南星|3|8",
            "a5|Person|顾南星|name|顾南星|5|8",
        ],
    ),
    (
        "evidence-of-article",
        {"article": "a2"},
        [
            "a2|Article|解读行动计划|first-line|解读行动计划|0|6",
            "a2|Body|X区人民政府|body|解读行动|0|4",
            "a2|OfficialActivity|全区教育工作会议|meeting-name|全区教育工作会议|9|17",
            "a2|Tenure|林秋实 X区人民政府区长|title-run|区长林秋实|19|24",
            "a2|Participation|林秋实 chair 全区教育工作会议|test|林秋实|21|24",
            "a2|Participation|林秋实 speaker 全区教育工作会议|test|林秋实|21|24",
            "a2|Person|林秋实|name|林秋实|21|24",
            "a2|Participation|何远山 presenter 全区教育工作会议|test|何远山|30|33",
            "a2|Person|何远山|name|何远山|30|33",
            "a2|DocumentEvent|interpreted 河道整治三年行动计划|book-title|河道整治三年行动计划|35|45",
        ],
    ),
    (
        "double-holders",
        {},
        [
            "X区人民政府|区长|2023-08-28|2|顾南星;林秋实|a5;a1;a2",
        ],
    ),
    (
        "namesakes",
        {},
        [
            "林秋实|2|江苏省;浙江省杭州市",
        ],
    ),
    (
        "unresolved-bodies",
        {},
        [
            "晴川中学|school|1",
            "省督导办|other|1",
        ],
    ),
    (
        "sources",
        {},
        [
            "晨报|2|2023-08-28|2024-03-02",
            "湖畔日报|2|2023-08-29|2023-08-30",
        ],
    ),
    (
        "rules",
        {},
        [
            "name|Person|10|5",
            "test|Participation|9|4",
            "title-run|Tenure|9|5",
            "body|Body|8|5",
            "first-line|Article|5|5",
            "meeting-name|OfficialActivity|4|4",
            "book-title|DocumentEvent|2|2",
            "book-title|Body|1|1",
        ],
    ),
]


def test_every_query_has_a_case() -> None:
    assert set(named_queries()) - {name for name, _, _ in CASES} == {"article-graph"}


@pytest.mark.parametrize(
    ("name", "given", "expected"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_answers(store: Store, name: str, given: dict[str, str], expected: list[str]) -> None:
    """Rows as cells joined by |; X区 stands for the district's full name, ↵ for a line break."""
    asked = {key: value.replace("X区", X) for key, value in given.items()}
    rows = ["|".join(row).replace(X, "X区").replace("\n", "↵") for row in ask(store, name, **asked)]
    assert [in_order(row) for row in rows] == [in_order(row) for row in expected]


def in_order(row: str) -> list[str]:
    """Cells of a row; SPARQL leaves open in which order GROUP_CONCAT joins."""
    return [";".join(sorted(cell.split(";"))) for cell in row.split("|")]


def test_article_graph_is_the_whole_graph(store: Store) -> None:
    triples = run_query(store, named_queries()["article-graph"], {"article": "a5"})
    assert isinstance(triples, ox.QueryTriples)
    facts = list(told())[4]
    written = to_nquads(facts, origin_digest="0" * 64, origin_name="a5.txt", divisions=DIVISIONS.get)
    assert len(set(triples)) == len(written.splitlines())


CONTRACT = {
    "articles": "article,title,published,source,author,jurisdiction",
    "people": "article,person",
    "posts": "article,person,post,body,status,quote,begin,end",
    "bodies": "article,body",
    "meetings": "article,meeting,type,date,time,place",
    "participation": "article,meeting,person,role",
    "plans": "article,plan,start,end,issuer,event",
}


@pytest.mark.parametrize(("name", "columns"), CONTRACT.items())
def test_contract_columns(store: Store, name: str, columns: str) -> None:
    """The columns that other programs rely on, and plain values below them."""
    query = named_queries()[name]
    header, *lines = store.serialise(query.text, "csv").decode().splitlines()
    assert header == columns
    assert lines
    assert not any("@zh" in line or "^^" in line or "http" in line for line in lines)


QUERIES = sorted(named_queries().values(), key=lambda query: query.name)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_header(query: NamedQuery) -> None:
    """The header is complete, and says what the query does."""
    assert query.title_zh
    assert query.title_en
    assert all(parameter.about for parameter in query.parameters)
    example = dict(pair.split("=", 1) for pair in query.example.split())
    assert bool(query.parameters) == bool(example)
    query.bind(example)
    result = ox.Store().query(query.text)
    if isinstance(result, ox.QuerySolutions):
        selected = tuple(variable.value for variable in result.variables)
        assert query.columns == selected
        assert {parameter.name for parameter in query.parameters} <= set(selected), "a parameter must be a column"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_text(query: NamedQuery) -> None:
    """Optional parameters are never tested with BOUND; no data IRI stands in a query; no prefix is idle."""
    for parameter in query.parameters:
        assert f"BOUND(?{parameter.name})" not in query.text
    declared = dict(line.split()[1:] for line in query.text.splitlines() if line.startswith("PREFIX"))
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith(("#", "PREFIX")))
    assert all(prefix in body for prefix in declared)
    assert "<http" not in body
    assert all(declared[prefix] == f"<{PREFIXES[prefix[:-1]]}>" for prefix in declared)


def documented(query: NamedQuery) -> str:
    """The query's row in docs/queries.md."""
    command = f"`zhiguan query {query.name}{''.join(f' --param {pair}' for pair in query.example.split())}`"
    return f"| {command} | {query.title_en} | {query.title_zh} | {', '.join(query.columns) or 'a graph'} |"


def test_documented() -> None:
    """docs/queries.md has one row for each query, made from its header."""
    document = Path(__file__).resolve().parents[1] / "docs" / "queries.md"
    written = [
        line for line in document.read_text(encoding="utf-8").splitlines() if line.startswith("| `zhiguan query ")
    ]
    assert sorted(written) == sorted(documented(query) for query in QUERIES)
