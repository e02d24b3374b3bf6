"""Decisions about posts: kind, decider, meeting and day, and what is no decision. All people are invented."""

import pytest
from tests.phrases import document

from zhiguan.model import Facts
from zhiguan.recognise import recognise

DECIDED = [
    (
        "5月7日，德清县人大常委会决定任命周海涛为县教育局局长。",
        "appointment 周海涛 局长 by=人民代表大会常务委员会 on=2024-05-07",
    ),
    ("国务院任命周海涛为财政部副部长；免去林秋实的财政部副部长职务。", "appointment 周海涛 副部长 by=国务院 on=None"),
    ("国务院任命周海涛为财政部副部长；免去林秋实的财政部副部长职务。", "removal 林秋实 副部长 by=国务院 on=None"),
    ("会上，周海涛当选为德清县人民政府县长。", "election 周海涛 县长 by=None on=None"),
    (
        "5月7日，会议接受林秋实辞去德清县人民政府副县长职务的请求。",
        "resignation 林秋实 副县长 by=None on=2024-05-07",
    ),
    ("县委提名周海涛为德清县人民政府县长候选人。", "nomination 周海涛 县长 by=中共浙江省湖州市德清县委员会 on=None"),
    ("5月7日，拟任命周海涛为县教育局局长。", "nomination 周海涛 局长 by=None on=2024-05-07"),
    ("会议建议任命周海涛为县教育局局长。", "nomination 周海涛 局长 by=None on=None"),
    (
        "湖州市委决定：周海涛同志任德清县委委员、书记，林秋实同志不再担任德清县委书记职务。",
        "appointment 周海涛 书记 by=中共浙江省湖州市委员会 on=None",
    ),
    (
        "湖州市委决定：周海涛同志任德清县委委员、书记，林秋实同志不再担任德清县委书记职务。",
        "removal 林秋实 书记 by=中共浙江省湖州市委员会 on=None",
    ),
    ("据《湖州晚报》5月7日消息，国务院任命周海涛为财政部副部长。", "appointment 周海涛 副部长 by=国务院 on=None"),
    (
        "5月7日上午，县委召开会议。会议决定免去林秋实的县教育局局长职务。",
        "removal 林秋实 局长 by=中共浙江省湖州市德清县委员会 on=2024-05-07",
    ),
]
ROUND_NAMES = [
    ("国务院免去林秋实（女）的财政部副部长职务。", "removal 林秋实 副部长 by=国务院 on=None"),
    ("东江通讯社7日报道，中国国务院任命周海涛为财政部副部长。", "appointment 周海涛 副部长 by=国务院 on=None"),
    ("国务院任命林秋实为财政部副部长。", "appointment 林秋实 副部长 by=国务院 on=None"),
    ("国务院任命林秋实为财政部副部长，周玉成为水利部副部长。", "appointment 周玉成 副部长 by=国务院 on=None"),
    ("国务院任命周海涛、林秋实（女，壮族）、沈国栋为财政部副部长。", "appointment 沈国栋 副部长 by=国务院 on=None"),
    ("国务院任命湖州市副市长、市公安局局长周海涛为财政部副部长。", "appointment 周海涛 副部长 by=国务院 on=None"),
    (
        "县人大常委会任命沈国栋为县人大常委会代表选举工作委员会主任，周海涛为县教育局局长。",
        "appointment 周海涛 局长 by=人民代表大会常务委员会 on=None",
    ),
    ("会议决定任命周海涛为县监察委员会副主任，并决定为代理主任。", "appointment 周海涛 主任 by=None on=None"),
    ("周海涛，男，1970年生，2023年8月31日被任命为县教育局局长。", "appointment 周海涛 局长 by=None on=2023-08-31"),
    (
        "5月7日，县委确定周海涛同志为县教育局局长拟任人选。",
        "nomination 周海涛 局长 by=中共浙江省湖州市德清县委员会 on=2024-05-07",
    ),
    (
        "湖州市委决定：周海涛任德清县委书记。林秋实不再担任德清县委书记。",
        "removal 林秋实 书记 by=中共浙江省湖州市委员会 on=None",
    ),
]
UNDECIDED = [
    "林秋实不再担任德清县教育局局长。",
    "2019年5月，周海涛任德清县教育局局长。",
    "德清县教育局局长周海涛主持会议。",
    "根据《县委关于表彰先进的决定》，周海涛担任德清县教育局局长。",
    "县委决定召开大会。林秋实不再担任德清县教育局局长，回到家乡。",
    "县委决定召开大会。2019年，周海涛任德清县教育局局长。",
    "德清县人大常委会尚未任命周海涛为县教育局局长。",
    "县教育局局长林秋实请求辞去德清县人民政府副县长职务。",
]


def read(text: str) -> Facts:
    return recognise(document(f"德清县新闻\n{text}", published="2024-05-08"))


def told(facts: Facts) -> list[str]:
    """Each decision in a line; of the decider only the organ behind its division."""
    lines = []
    for action in facts.actions:
        post = facts.posts[action.post]
        by = action.decided_by.name if action.decided_by else None
        if by and action.decided_by and action.decided_by.division:
            by = by.removeprefix(action.decided_by.division.full_name)
        lines.append(f"{action.kind} {post.person} {post.post} by={by} on={action.date}")
    return lines


@pytest.mark.parametrize(("text", "expected"), DECIDED + ROUND_NAMES)
def test_what_is_decided(text: str, expected: str) -> None:
    assert expected in told(read(text))


@pytest.mark.parametrize("text", UNDECIDED)
def test_states_denials_and_requests_are_no_decisions(text: str) -> None:
    facts = read(text)
    assert facts.people, "the sentence must be understood"
    assert told(facts) == []


def test_the_day_is_that_of_the_meeting_and_never_that_of_the_article() -> None:
    text = (
        "德清县十届人大常委会第三次会议5月7日召开。\n会议决定任命周海涛为县教育局局长，免去林秋实的县教育局局长职务。"
    )
    actions = read(text).actions
    assert [(action.meeting, action.date) for action in actions] == [("m1", "2024-05-07")] * 2
    assert all(action.decided_by and action.decided_by.name.endswith("人民代表大会常务委员会") for action in actions)
    assert [action.date for action in read("任命周海涛为德清县教育局局长。").actions] == [None]


def test_a_decision_is_not_dated_after_the_report() -> None:
    text = "会议决定，德清县十届人大三次会议于6月1日召开。会议任命周海涛为县教育局局长。"
    assert all(action.date is None or action.date <= "2024-05-08" for action in read(text).actions)


def test_congratulations_do_not_date_an_election() -> None:
    (action,) = read("5月7日，林秋实致电祝贺周海涛当选德清县人民政府县长。").actions
    assert action.date is None


def test_every_decision_quotes_the_verb_and_the_post() -> None:
    facts = read("国务院任命周海涛为财政部副部长；免去林秋实的财政部副部长职务。")
    for action in facts.actions:
        span = action.evidence[0].span
        words = facts.document.text[span.begin : span.end]
        assert facts.posts[action.post].person in words
        assert facts.posts[action.post].post in words


def test_a_list_has_the_day_and_the_body_below_its_title() -> None:
    text = (
        "德清县人民代表大会常务委员会任免名单\n（2024年5月7日德清县第十七届人民代表大会常务委员会第三次会议通过）\n"
        "任命：\n周海涛为县教育局局长。\n免去：\n林秋实的县教育局局长职务。"
    )
    actions = recognise(document(text)).actions
    assert [(action.kind, action.date) for action in actions] == [
        ("appointment", "2024-05-07"),
        ("removal", "2024-05-07"),
    ]
    assert all(action.decided_by and action.decided_by.name.endswith("常务委员会") for action in actions)


def test_a_session_decides_for_the_paragraphs_below_it() -> None:
    text = (
        "5月7日上午，德清县十七届人大常委会第三次会议在县城举行。\n"
        "根据表决结果，周海涛当选为县监察委员会主任。\n"
        "此外，决定免去林秋实的县教育局局长职务。"
    )
    actions = read(text).actions
    assert [(action.meeting, action.date) for action in actions] == [("m1", "2024-05-07")] * 2
    assert all(action.decided_by and action.decided_by.name.endswith("常务委员会") for action in actions)


def test_each_paragraph_has_its_own_session() -> None:
    text = (
        "5月6日，德清县第十七届人民代表大会第三次会议闭幕。大会选举周海涛为德清县县长。\n"
        "5月7日，安吉县第十七届人民代表大会第四次会议闭幕。大会选举沈国栋为安吉县县长。"
    )
    facts = read(text)
    names = {meeting.id: meeting.name for meeting in facts.meetings}
    assert [(action.date, names[action.meeting or ""][:3]) for action in facts.actions] == [
        ("2024-05-06", "德清县"),
        ("2024-05-07", "安吉县"),
    ]


def test_where_a_decision_is_announced_it_was_not_made() -> None:
    (action,) = read("5月7日，德清县召开全县领导干部大会，宣布湖州市委决定：周海涛同志任德清县委书记。").actions
    assert action.decided_by and action.decided_by.name == "中共浙江省湖州市委员会"
    assert (action.meeting, action.date) == (None, "2024-05-07")


def test_items_of_a_list_have_the_body_that_the_line_above_names() -> None:
    text = "国务院任免下列人员：\n一、免去林秋实的财政部副部长职务；\n二、任命周海涛为财政部副部长。"
    assert [action.decided_by and action.decided_by.name for action in read(text).actions] == ["国务院"] * 2


def test_one_title_twice_is_two_posts() -> None:
    text = "湖州市委决定：周海涛同志任安吉县委委员、常委；林秋实同志不再担任安吉县委常委职务，任德清县委常委。"
    told_of = told(read(text))
    assert sum("林秋实 常委" in line for line in told_of) == 2


def test_a_meeting_long_ago_is_not_that_of_the_article() -> None:
    text = "5月7日，德清县人民政府第三次全体会议召开。\n1989年6月，在县人民代表大会会上，周海涛当选为德清县县长。"
    assert [(action.meeting, action.date) for action in read(text).actions] == [(None, "1989-06")]
