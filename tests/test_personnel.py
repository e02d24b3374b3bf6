"""Appointments, elections, removals, resignations, careers. All people are invented."""

import pytest
from tests.phrases import titles

ACTS = [
    (
        "会议决定任命王海涛为市教育局局长。",
        [("王海涛", "市教育局", "局长", "elect")],
    ),
    (
        "免去孙立新、周文博的市监察委员会委员职务，任命钱芳、冯磊为市监察委员会委员。",
        [
            ("孙立新", "市监察委员会", "委员", "former"),
            ("周文博", "市监察委员会", "委员", "former"),
            ("钱芳", "市监察委员会", "委员", "elect"),
            ("冯磊", "市监察委员会", "委员", "elect"),
        ],
    ),
    (
        "吴建军以180票当选为县人民政府县长，李晓梅、赵强和郭强当选副县长。",
        [
            ("吴建军", "县人民政府", "县长", "elect"),
            ("李晓梅", "", "副县长", "elect"),
            ("赵强", "", "副县长", "elect"),
            ("郭强", "", "副县长", "elect"),
        ],
    ),
    (
        "会议接受林涛辞去省人民政府副省长职务的请求。",
        [("林涛", "省人民政府", "副省长", "former")],
    ),
    ("程亮同志不再担任市委书记、常委职务。", [("程亮", "市委", "书记", "former"), ("程亮", "", "常委", "former")]),
    (
        "任命何勇为市中级人民法院副院长、审判员。",
        [("何勇", "市中级人民法院", "副院长", "elect"), ("何勇", "", "审判员", "elect")],
    ),
    ("选举马骏同志为县人民政府副县长。", [("马骏", "县人民政府", "副县长", "elect")]),
    (
        "现任东江市市长刘波，拟任西江市委书记。",
        [("刘波", "东江市", "市长", "current"), ("刘波", "西江市委", "书记", "elect")],
    ),
    (
        "许杰早年在省财政厅工作，2012年任东江市副市长，后担任市委宣传部部长。",
        [("许杰", "东江市", "副市长", "former"), ("许杰", "市委宣传部", "部长", "former")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ACTS)
def test_acts_give_posts_and_their_status(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    named = "东江市市长许杰出席。" if text.startswith("许杰") else ""
    found = titles(named + text)
    assert [row for row in found if row[1:] != ("东江市", "市长", "current") or not named] == expected
