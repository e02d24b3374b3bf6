"""In what manner a post is held, what a plan's number and status are, how bodies stand to one another, ranks by law."""

import pytest
from tests.phrases import document

from zhiguan.model import Body, BodyKind
from zhiguan.recognise import recognise
from zhiguan.resolve.bodies import resolve_body
from zhiguan.resolve.divisions import division_by_code
from zhiguan.resolve.ranks import rank_of
from zhiguan.rules.relations import find_relations

DEQING = division_by_code("330521")
CAPACITIES = [
    ("县委书记、代县长周海涛出席。", "县长", "acting"),
    ("县委副书记兼宣传部部长周海涛出席。", "部长", "concurrent"),
    ("副县长（挂职）周海涛出席。", "副县长", "seconded"),
    ("县教育局副局长（主持工作）周海涛出席。", "副局长", "in-charge"),
    ("中央候补委员周海涛出席。", "候补委员", "alternate"),
    ("县长候选人周海涛发言。", "县长", "nominated"),
    ("县长周海涛出席。", "县长", None),
]
STATUSES = [
    ("《德清县河道条例》自2024年5月1日起施行。", "effective 2024-05-01"),
    ("《德清县河道治理规划》如期完成。", "completed None"),
    ("《德清县河道治理规划》公开征求意见。", "consulted None"),
    ("《德清县河道治理规划》同时废止。", "repealed None"),
]
NO_STATUSES = [
    "《德清县河道治理规划》尚未实施。",
    "《德清县河道治理规划》实施方案已经印发。",
    "要确保《德清县河道治理规划》落到实处。",
]
RELATIONS = [
    ("德清县纪委与德清县监委合署办公。", "shares-office"),
    ("德清县农业农村局加挂德清县乡村振兴局牌子。", "nameplate"),
    ("德清县消防救援局由德清县人民政府领导。", "leads"),
    ("德清县教育局接受湖州市教育局的业务指导。", "guides"),
]
RANKS = [
    ("330521", "县政府", "县长", "rank-county-head"),
    ("330106", "区政府", "区长", "rank-department-deputy"),
    ("310113", "区委", "书记", "rank-department-head"),
    ("330000", "省政府", "副省长", "rank-provincial-deputy"),
    ("429004", "市政府", "市长", None),
    ("330521", "县教育局", "局长", None),
    ("330521", "国务院", "总理", "rank-national-leader"),
]


@pytest.mark.parametrize(("text", "post", "expected"), CAPACITIES)
def test_capacity(text: str, post: str, expected: str | None) -> None:
    facts = recognise(document(f"德清县新闻\n{text}", published="2024-05-08"))
    assert expected in [fact.capacity for fact in facts.posts if fact.post == post]


@pytest.mark.parametrize(("text", "expected"), STATUSES)
def test_status_of_a_plan(text: str, expected: str) -> None:
    facts = recognise(document(f"德清县新闻\n{text}", published="2024-05-08"))
    assert [f"{fact.status} {fact.as_of}" for fact in facts.plan_statuses] == [expected]


@pytest.mark.parametrize("text", NO_STATUSES)
def test_what_is_still_to_come_is_no_status(text: str) -> None:
    facts = recognise(document(f"德清县新闻\n{text}", published="2024-05-08"))
    assert facts.plans
    assert facts.plan_statuses == ()


@pytest.mark.parametrize("number", ["德政发〔2024〕7号", "德政发[2024]7号", "德政发（2024）第7号"])
def test_number_of_a_document(number: str) -> None:
    facts = recognise(document(f"德清县新闻\n印发《德清县河道治理规划》（{number}）。"))
    assert [plan.number for plan in facts.plans] == ["德政发〔2024〕7号"]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations_of_bodies(text: str, expected: str) -> None:
    assert [fact.kind for fact in find_relations(document(text), DEQING)] == [expected]


def test_leading_and_guiding_point_from_above() -> None:
    (fact,) = find_relations(document("德清县消防救援局由德清县人民政府领导。"), DEQING)
    assert fact.subject.name.endswith("人民政府")
    assert fact.other.name.endswith("消防救援局")


@pytest.mark.parametrize("text", ["在党中央坚强领导下，成绩喜人。", "挂出“放心店”牌子。", "由他领导的团队获奖。"])
def test_other_words_are_no_relations(text: str) -> None:
    assert find_relations(document(text), DEQING) == []


@pytest.mark.parametrize(("code", "words", "title", "expected"), RANKS)
def test_rank(code: str, words: str, title: str, expected: str | None) -> None:
    assert rank_of(title, resolve_body(words, home=division_by_code(code))) == expected


def test_a_body_known_by_its_surface_gives_no_rank() -> None:
    assert rank_of("县长", Body(name="县政府", kind=BodyKind.ADMINISTRATION, division=DEQING, resolved=False)) is None
    assert rank_of("县长", None) is None
