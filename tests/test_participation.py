"""Who did what at a meeting: phrasings and what must not count. All people are invented."""

import pytest
from tests.phrases import document

from zhiguan.recognise import recognise

LEAD = "9月5日，东江市教育工作会议召开。"
DEEDS = [
    ("会议由市委副书记、市长吴建军主持。", {("吴建军", "chair")}),
    ("市委书记李晓梅出席会议并讲话。", {("李晓梅", "attendee"), ("李晓梅", "speaker")}),
    ("副市长赵强主持会议，市教育局局长钱芳作工作汇报。", {("赵强", "chair"), ("钱芳", "presenter")}),
    ("副市长赵强就《东江市教育发展规划》作说明。", {("赵强", "presenter")}),
    (
        "市人大常委会副主任孙立新，市政协副主席周文博、冯磊列席会议。",
        {("孙立新", "attendee"), ("周文博", "attendee"), ("冯磊", "attendee")},
    ),
    ("市委书记李晓梅强调，各级领导要参加学习、听取汇报。", {("李晓梅", "speaker")}),
    (
        "市工商联主席郭强、市侨联主席林涛先后发言。",
        {("郭强", "presenter"), ("林涛", "presenter")},
    ),
    ("市长吴建军向先进教师代表颁发证书。", {("吴建军", "awarder")}),
    ("参加会议的有副市长赵强、市教育局局长钱芳。", {("赵强", "attendee"), ("钱芳", "attendee")}),
    ("受市委书记李晓梅委托，副市长赵强出席会议。", {("赵强", "attendee")}),
    ("市长吴建军听取了工作汇报。", set()),
    ("会上传达了省委书记何勇的讲话精神。", set()),
    ("会议决定任命程亮为市教育局副局长。", set()),
]


@pytest.mark.parametrize(("text", "expected"), DEEDS)
def test_deeds(text: str, expected: set[tuple[str, str]]) -> None:
    facts = recognise(document(LEAD + text))
    assert {(fact.person, fact.role.value) for fact in facts.participation} == expected


def test_host_and_guests() -> None:
    facts = recognise(document("9月5日，市委书记李晓梅会见了来访的华东集团总经理文兵一行，市委秘书长许杰参加会见。"))
    roles = {(fact.person, fact.role.value) for fact in facts.participation}
    assert {("李晓梅", "host"), ("文兵", "guest"), ("许杰", "attendee")} <= roles


def test_those_who_receive_nobody_named_sit_beside_the_host() -> None:
    facts = recognise(document("9月5日，市委书记李晓梅会见了华东集团总经理文兵一行。市长吴建军、副市长赵强一同会见。"))
    roles = {(fact.person, fact.role.value) for fact in facts.participation}
    assert {("李晓梅", "host"), ("文兵", "guest"), ("吴建军", "attendee"), ("赵强", "attendee")} <= roles
    assert ("吴建军", "host") not in roles


def test_guests_belong_to_the_reception_whatever_comes_behind_it() -> None:
    text = "9月5日，市委书记李晓梅会见华东集团总经理文兵一行，并见证市政府与华东集团签署合作协议。"
    facts = recognise(document(text))
    guest = next(fact for fact in facts.participation if fact.role.value == "guest")
    meeting = next(fact for fact in facts.meetings if fact.id == guest.meeting)
    assert "会见" in meeting.name


def test_capacity_is_the_post_that_the_sentence_gives() -> None:
    facts = recognise(document(LEAD + "副市长赵强主持会议。"))
    chair = facts.participation[0]
    assert [facts.posts[i].post for i in chair.posts] == ["副市长"]
    assert chair.order == 1


def test_every_fact_has_evidence_in_place() -> None:
    doc = document(LEAD + "市委书记李晓梅出席会议并讲话。")
    facts = recognise(doc)
    kinds = (facts.people, facts.posts, facts.bodies, facts.meetings, facts.participation, facts.plans)
    found = [evidence for kind in kinds for fact in kind for evidence in fact.evidence]
    assert found
    for evidence in found:
        quote = doc.quote(evidence.span)
        assert doc.source.text[quote.begin : quote.end] == quote.exact
        assert 2 <= len(quote.exact) <= 200


def test_rows_under_a_label_inherit_its_role() -> None:
    text = "东江市新闻发布会\n时  间：2024年4月18日\n主持人：许杰   市政府新闻发言人\n嘉  宾：程亮   市教育局局长\n        何勇   市科技局副局长\n各位记者，上午好，欢迎参加今天的新闻发布会。"
    facts = recognise(document(text))
    roles = {(fact.person, fact.role.value) for fact in facts.participation}
    assert ("许杰", "chair") in roles
    assert ("程亮", "attendee") in roles
    posts = {(post.person, post.post) for post in facts.posts}
    assert {("许杰", "新闻发言人"), ("程亮", "局长"), ("何勇", "副局长")} <= posts
