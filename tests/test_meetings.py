"""Meetings: phrasings of official news with the events that they report, and text that reports none.

All sentences are invented for these tests; places such as 甲县 and people such as 丁一鸣 do not exist.
"""

import pytest

from zhiguan.clean import clean
from zhiguan.model import MeetingFact, Source
from zhiguan.rules.meetings import find_meetings
from zhiguan.rules.metadata import find_metadata

PUBLISHED = "2024-03-20"


def meetings_of(text: str, title: str | None = None, published: str | None = PUBLISHED) -> list[MeetingFact]:
    document = clean(Source(id="test", text=text, title=title, published=published))
    return find_meetings(document, find_metadata(document), None)


# Each: the text, then name, type, date, time and place of its events.
PHRASINGS = [
    (
        "3月18日上午，甲县教育高质量发展推进会在县会议中心召开。县委书记丁一鸣出席会议并讲话。",
        [("甲县教育高质量发展推进会", "推进会", "2024-03-18", "上午", "县会议中心")],
    ),
    (
        "3月18日，甲县召开全县安全生产工作会议。会议传达了省市会议精神。",
        [("全县安全生产工作会议", "工作会议", "2024-03-18", None, None)],
    ),
    (
        "3月18日下午，甲县人民政府召开第23次常务会议，县长丁一鸣主持会议并讲话。",
        [("甲县人民政府第23次常务会议", "常务会议", "2024-03-18", "下午", None)],
    ),
    (
        "甲县十八届人大常委会第二十一次会议于3月15日在县人大常委会会议室召开。县人大常委会主任丁一鸣主持会议。",
        [("甲县十八届人大常委会第二十一次会议", "人大常委会会议", "2024-03-15", None, "县人大常委会会议室")],
    ),
    (
        "3月19日，政协甲县第十届委员会第三次会议隆重开幕。县政协主席丁一鸣作工作报告。",
        [("政协甲县第十届委员会第三次会议", "政协会议", "2024-03-19", None, None)],
    ),
    (
        "昨天上午，市委书记丁一鸣主持召开市委全面深化改革委员会第八次会议。",
        [("市委全面深化改革委员会第八次会议", "会议", "2024-03-19", "上午", None)],
    ),
    (
        "3月18日，甲区举行2024年重大项目集中开工仪式。区长丁一鸣宣布开工。",
        [("2024年重大项目集中开工仪式", "开工仪式", "2024-03-18", None, None)],
    ),
    (
        "3月16日至17日，省长丁一鸣在乙市调研春耕备耕工作。他强调，要抓好农业生产。",
        [("调研春耕备耕工作", "调研", "2024-03-16/2024-03-17", None, "乙市")],
    ),
    (
        "3月18日，副县长丁一鸣带队深入甲镇，就森林防火工作开展督导检查。",
        [("督导检查森林防火工作", "督导", "2024-03-18", None, "甲镇")],
    ),
    (
        "3月18日下午，市长丁一鸣会见了来访的乙集团董事长戊建国一行。",
        [("会见来访的乙集团董事长戊建国一行", "会见", "2024-03-18", "下午", None)],
    ),
    (
        "3月14日，县委书记丁一鸣到乙镇调研乡村振兴工作，并主持召开座谈会。",
        [
            ("调研乡村振兴工作", "调研", "2024-03-14", None, "乙镇"),
            ("座谈会", "座谈会", "2024-03-14", None, None),
        ],
    ),
    (
        "3月18日，甲市与乙市在丙市签署战略合作协议。市委书记丁一鸣出席签约仪式。",
        [("甲市与乙市战略合作协议签约仪式", "签约仪式", "2024-03-18", None, "丙市")],
    ),
    (
        "由省教育厅、甲市政府共同举办的全省职业教育发展论坛，3月17日在甲市国际会议中心开幕。",
        [("全省职业教育发展论坛", "论坛", "2024-03-17", None, "甲市国际会议中心")],
    ),
    (
        "3月18日，甲县2024年中青年干部培训班在县委党校开班。县委副书记丁一鸣作动员讲话。",
        [("甲县2024年中青年干部培训班", "培训班", "2024-03-18", None, "县委党校")],
    ),
    (
        "3月19日，省政府新闻办在省会召开“一季度经济运行情况”新闻发布会，省统计局副局长丁一鸣介绍情况。",
        [("“一季度经济运行情况”新闻发布会", "新闻发布会", "2024-03-19", None, "省会")],
    ),
    (
        "3月18日，甲县召开县委常委会（扩大）会议，传达学习全国两会精神。县委书记丁一鸣主持会议。",
        [("县委常委会（扩大）会议", "常委会会议", "2024-03-18", None, None)],
    ),
    (
        "3月18日，甲县召开领导干部会议，宣布市委关于甲县主要领导调整的决定。",
        [("领导干部会议", "干部大会", "2024-03-18", None, None)],
    ),
    (
        "3月18日，甲县召开2024年度教育工作会议暨教师队伍建设推进会。",
        [("2024年度教育工作会议暨教师队伍建设推进会", "工作会议", "2024-03-18", None, None)],
    ),
    (
        "3月18日上午，甲县人民检察院举行新任检察官宣誓仪式。会后，检察长丁一鸣主持召开座谈会。",
        [
            ("新任检察官宣誓仪式", "宣誓仪式", "2024-03-18", "上午", None),
            ("座谈会", "座谈会", "2024-03-18", "上午", None),
        ],
    ),
    (
        "3月18日，全省防汛抗旱工作视频会议召开后，甲市立即召开会议贯彻落实。",
        [("会议", "会议", "2024-03-18", None, None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), PHRASINGS, ids=lambda value: value[:24] if isinstance(value, str) else ""
)
def test_phrasing(text: str, expected: list[tuple[str, str, str, str | None, str | None]]) -> None:
    found = [(fact.name, fact.type, fact.date, fact.time, fact.place) for fact in meetings_of(text)]
    assert found == expected


NO_EVENT = [
    "甲县将于4月10日召开全县旅游发展大会，目前各项筹备工作正在推进。",
    "记者从甲县县委获悉，该县近年来持续改善农村人居环境，群众满意度不断提高。",
    "丁一鸣强调，要定期召开联席会议，深入基层调研，开展督导检查，推动各项任务落到实处。",
    "去年3月，甲县召开乡村振兴大会后，各乡镇积极行动，成效明显。",
    "为深入贯彻全省教育大会精神，甲县制定了实施办法，明确了任务分工。",
    "甲县调研组撰写的调研报告获奖，督导组的工作得到肯定。",
    "公安部3月18日公布一批典型案例，提醒群众提高警惕，谨防受骗。",
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_no_event(text: str) -> None:
    assert [fact.name for fact in meetings_of(text)] == []


HEADLINES = [
    (
        "丁一鸣调研重点项目建设",
        "3月18日，县委副书记、县长丁一鸣带队调研重点项目建设情况，副县长戊建国陪同。丁一鸣先后来到甲乙产业园，查看进度。",
        [("调研重点项目建设情况", "2024-03-18")],
    ),
    (
        "甲县召开教育大会",
        "3月18日，甲县教育大会在县城召开。县委书记丁一鸣出席大会并讲话。大会表彰了先进教师。",
        [("甲县教育大会", "2024-03-18")],
    ),
    (
        "甲市与乙市举行对口协作座谈会",
        "3月18日，甲市党政代表团与乙市围绕对口协作交换意见。座谈会上，丁一鸣介绍了有关情况。",
        [("甲市与乙市对口协作座谈会", "2024-03-18")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), HEADLINES)
def test_headline_and_lead_are_one_event(title: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(fact.name, fact.date) for fact in meetings_of(text, title)] == expected


def test_evidence_lists_every_reference() -> None:
    text = "3月18日，甲县教育大会召开。县长丁一鸣主持大会。会上，丁一鸣介绍了情况。"
    (fact,) = meetings_of(text)
    assert [text[item.span.begin : item.span.end] for item in fact.evidence] == ["甲县教育大会", "大会", "会上"]


def test_year_of_the_name_dates_the_event() -> None:
    (fact,) = meetings_of("4月14日，甲县2015年领导干部专题培训班在县委党校开班。", published=None)
    assert fact.date == "2015-04-14"


def test_text_without_full_stops_costs_no_more_than_its_length() -> None:
    assert [fact.name for fact in meetings_of("3月18日，甲县召开推进会，" + "甲县召开会议研究" * 5000)][:1] == [
        "推进会"
    ]


def test_a_headline_outside_the_text_gives_no_span() -> None:
    text = "3月18日，甲县教育大会在县城召开。县长丁一鸣出席大会。"
    (fact,) = meetings_of(text, "甲县召开教育大会 丁一鸣出席")
    assert text[fact.evidence[0].span.begin : fact.evidence[0].span.end] == "甲县教育大会"
    (fact,) = meetings_of("两国合作不断深化，成果丰硕。", "丁一鸣会见甲国总理")
    assert (fact.name, fact.evidence[0].rule) == ("会见甲国总理", "event-headline-record")


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        ("8月28日下午举行的全区教育推进会上，副区长解读了方案。", "全区教育推进会", "XXXX-08-28"),
        ("在3月5日召开的东江市教育工作会议上，市长强调要抓好落实。", "东江市教育工作会议", "XXXX-03-05"),
    ],
)
def test_a_meeting_told_with_its_day_took_place(text: str, name: str, date: str) -> None:
    found = meetings_of(text, published=None)
    assert [(meeting.name, meeting.date, meeting.place) for meeting in found] == [(name, date, None)]


@pytest.mark.parametrize(
    "text", ["定于9月5日举行的运动会将有十支队伍参加。", "去年召开的全市教育工作会议提出，要抓好落实。"]
)
def test_announced_and_long_past_meetings_are_left_out(text: str) -> None:
    assert meetings_of(text, published=None) == []
