"""Runs of titles: one corpus of phrasings per way of writing them, and a negative corpus. All people are invented."""

import pytest
from tests.phrases import document, people, titles

from zhiguan.recognise import recognise

RUNS = [
    (
        "区委副书记、区长吴建军出席会议。",
        [("吴建军", "区委", "副书记", "current"), ("吴建军", "", "区长", "current")],
    ),
    (
        "区委常委、宣传部部长李晓梅，副区长赵强、钱芳参加。",
        [
            ("李晓梅", "区委", "常委", "current"),
            ("李晓梅", "宣传部", "部长", "current"),
            ("赵强", "", "副区长", "current"),
            ("钱芳", "", "副区长", "current"),
        ],
    ),
    (
        "市委教育工委常务副书记，市教育局党组书记、局长周文博；市科技局副局长孙立新。",
        [
            ("周文博", "市委教育工委", "常务副书记", "current"),
            ("周文博", "市教育局党组", "书记", "current"),
            ("周文博", "", "局长", "current"),
            ("孙立新", "市科技局", "副局长", "current"),
        ],
    ),
    (
        "州政协党组书记、主席冯磊，副主席郭强、次仁卓玛带队调研。",
        [
            ("冯磊", "州政协党组", "书记", "current"),
            ("冯磊", "", "主席", "current"),
            ("郭强", "", "副主席", "current"),
            ("次仁卓玛", "", "副主席", "current"),
        ],
    ),
    ("县委副书记、代县长林涛主持会议。", [("林涛", "县委", "副书记", "current"), ("林涛", "", "县长", "acting")]),
    ("原市委书记马骏到会。", [("马骏", "市委", "书记", "former")]),
    ("九届市政协副主席程亮参加。", [("程亮", "市政协", "副主席", "former")]),
    ("全国人大代表何勇介绍了情况。", [("何勇", "全国人大", "代表", "current")]),
    ("县委常委、组织部长刘波讲话。", [("刘波", "县委", "常委", "current"), ("刘波", "组织部", "部长", "current")]),
    (
        "无党派人士（某某大学物理学院副院长）黄志刚发言。",
        [("黄志刚", "某某大学物理学院", "副院长", "current")],
    ),
    ("活动由龙泉中学校长许杰主持。", [("许杰", "龙泉中学", "校长", "current")]),
    (
        "一中陈思远、二中王海涛、实验中学林奕奕等三位校长作了发言。",
        [
            ("陈思远", "一中", "校长", "current"),
            ("王海涛", "二中", "校长", "current"),
            ("林奕奕", "实验中学", "校长", "current"),
        ],
    ),
    (
        "外国语学院副院长梁峰教授、文兵副教授参加。",
        [
            ("梁峰", "外国语学院", "副院长", "current"),
            ("梁峰", "", "教授", "current"),
            ("文兵", "", "副教授", "current"),
        ],
    ),
    ("副区长赵强和区教育局、区财政局负责人参加。", [("赵强", "", "副区长", "current")]),
    ("韩国总统朴文浩访问。", [("朴文浩", "韩国", "总统", "current")]),
]
SESSIONS = "大会主席团常务主席吴建军、李晓梅、赵强在主席台就座，会议由执行主席钱芳主持。"
NOBODY = [
    "各乡镇党委书记参加会议。",
    "县人大常委会批准了报告。",
    "两位女市长参加。",
    "校长座谈会在县城举行。",
    "中央书记处召开会议。",
    "记者从市教育局获悉，工程进展顺利。",
    "广大党员干部要深入学习。",
]


@pytest.mark.parametrize(("text", "expected"), RUNS)
def test_titles_go_to_their_people(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_titles_without_people_name_nobody(text: str) -> None:
    assert people(text) == []


def test_reporters_and_editors_are_nobody() -> None:
    assert people("本报讯（记者 陈思远 通讯员 许杰）区长吴建军出席会议。") == ["吴建军"]


def test_a_group_names_people_without_posts() -> None:
    text = "区领导吴建军、李晓梅、赵强出席会议。"
    assert people(text) == ["吴建军", "李晓梅", "赵强"]
    assert titles(text) == []


def test_names_in_a_row_need_no_title() -> None:
    assert people("钱芳、孙立新、周文博出席会议。") == ["钱芳", "孙立新", "周文博"]


def test_a_subject_of_a_meeting_verb_is_a_person() -> None:
    assert people("林涛主持会议。") == ["林涛"]


def test_a_cited_doctrine_is_nobody_present() -> None:
    facts = recognise(document("区委书记吴建军强调，要贯彻习近平总书记关于教育的重要论述。"))
    assert [person.name for person in facts.people] == ["吴建军"]


def test_offices_of_a_session_name_people_but_are_no_posts() -> None:
    assert people(SESSIONS) == ["吴建军", "李晓梅", "赵强", "钱芳"]
    assert titles(SESSIONS) == []
