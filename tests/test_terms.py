"""Terms and sessions of elected bodies, apart from the bodies: ordinals before, within and behind their names."""

import pytest
from tests.phrases import document

from zhiguan.model import Evidence, MeetingFact, Span
from zhiguan.recognise import recognise
from zhiguan.resolve.divisions import division_by_code
from zhiguan.rules.terms import find_terms, with_session

DEQING = division_by_code("330521")
TERMS = [
    ("第十四届全国人民代表大会代表", "全国人民代表大会 14"),
    ("十四届全国人大常委会组成人员", "全国人民代表大会常务委员会 14"),
    ("中国共产党第二十届中央委员会总书记", "中国共产党中央委员会 20"),
    ("党的二十届四中全会精神", "中国共产党中央委员会 20"),
    ("政协第十四届全国委员会委员", "中国人民政治协商会议全国委员会 14"),
    ("县十七届人大三次会议", "浙江省湖州市德清县人民代表大会 17"),
    ("德清县第十七届人民代表大会常务委员会", "浙江省湖州市德清县人民代表大会常务委员会 17"),
    ("政协德清县第十一届委员会", "政协浙江省湖州市德清县委员会 11"),
    ("县委十五届六次全会", "中共浙江省湖州市德清县委员会 15"),
    ("共青团第十九届中央委员会", "共青团中央委员会 19"),
    ("中国民主建国会第十二届中央委员会", "中国民主建国会中央委员会 12"),
]
NO_TERMS = ["第五届进口博览会开幕", "新一届中央领导集体", "每届任期五年", "换届工作", "首届运动会"]
SESSIONS = [
    ("十四届全国人大三次会议", (14, 3)),
    ("第十四届全国人民代表大会第二次会议", (14, 2)),
    ("党的二十届四中全会", (20, 4)),
    ("县委十五届六次全会", (15, 6)),
    ("县十七届人大常委会第十八次会议第一次全体会议", (17, 18)),
    ("政协德清县第十一届委员会第一次会议开幕会", (11, 1)),
]
NO_SESSIONS = [
    "十四届全国人大一次会议主席团第三次会议",
    "学习二十届四中全会精神动员会",
    "全县教育工作会议",
    "第五届读书节",
]


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_terms(text: str, expected: str) -> None:
    found = find_terms(document(f"{text}。"), (), DEQING)
    assert [f"{fact.term.body.name} {fact.term.number}" for fact in found] == [expected]


@pytest.mark.parametrize("text", NO_TERMS)
def test_ordinals_of_other_things_are_no_terms(text: str) -> None:
    assert find_terms(document(f"{text}。"), (), DEQING) == []


def meeting(name: str) -> MeetingFact:
    return MeetingFact(id="m1", name=name, type="会议", evidence=(Evidence(Span(0, len(name)), "test"),))


@pytest.mark.parametrize(("name", "expected"), SESSIONS)
def test_sessions(name: str, expected: tuple[int, int]) -> None:
    found = with_session(meeting(name), DEQING)
    assert found.term
    assert (found.term.number, found.session) == expected


@pytest.mark.parametrize("name", NO_SESSIONS)
def test_meetings_beside_a_session_are_none(name: str) -> None:
    assert with_session(meeting(name), DEQING).term is None


def test_the_term_of_a_session_is_attested_by_its_name() -> None:
    facts = recognise(document("县十七届人大三次会议开幕\n5月7日，德清县第十七届人民代表大会第三次会议开幕。"))
    assert {fact.term.number for fact in facts.terms} == {17}
    assert all(fact.evidence for fact in facts.terms)
