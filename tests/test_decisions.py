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
]
UNDECIDED = [
    "林秋实不再担任德清县教育局局长。",
    "2019年5月，周海涛任德清县教育局局长。",
    "德清县教育局局长周海涛主持会议。",
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


@pytest.mark.parametrize(("text", "expected"), DECIDED)
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
