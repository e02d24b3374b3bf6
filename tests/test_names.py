"""Names end where verbs, marks and other names begin. All people are invented."""

import pytest

from zhiguan.rules.names import ALONE, name_at, name_before, whole_name

FOUND = [
    ("吴建军", "吴建军"),
    ("郝琳陪同视察", "郝琳"),
    ("李晓梅就方案作说明", "李晓梅"),
    ("欧阳文静出席", "欧阳文静"),
    ("赵强指出", "赵强"),
    ("张伟和刘波", "张伟"),
    ("王海涛为市发展和改革委员会主任", "王海涛"),
    ("林奕奕", "林奕奕"),
    ("次仁卓玛", "次仁卓玛"),
    ("艾山江·买买提等领导", "艾山江·买买提"),
    ("约翰·史密斯表示", "约翰·史密斯"),
    ("高峰出席会议", "高峰"),
]
NOT_FOUND = [
    "高度重视",
    "强调要",
    "参加会议",
    "主持会议",
    "全体成员",
    "他们",
    "相关部门",
    "宣传部",
    "中方",
    "管委会",
    "应邀出席",
]


@pytest.mark.parametrize(("text", "name"), FOUND)
def test_a_name_ends_where_what_follows_begins(text: str, name: str) -> None:
    span = name_at(text, 0, len(text))
    assert span is not None
    assert text[span.begin : span.end] == name


@pytest.mark.parametrize("text", NOT_FOUND)
def test_words_are_no_names(text: str) -> None:
    assert name_at(text, 0, len(text)) is None


def test_a_shorter_name_wins_when_it_stands_alone_elsewhere() -> None:
    text = "陈冰常务列席。陈冰说，陈冰问。"
    span = name_at(text, 0, 6)
    assert span is not None
    assert text[span.begin : span.end] == "陈冰"


def test_a_name_before_a_verb_may_have_words_before_it() -> None:
    text = "决定任命孙立新"
    span = name_before(text, 0, len(text), 2.0)
    assert span is not None
    assert text[span.begin : span.end] == "孙立新"


@pytest.mark.parametrize(("text", "whole"), [("钱芳", True), ("钱芳出席", False), ("有限公司", False)])
def test_whole_names(text: str, whole: bool) -> None:
    assert whole_name(text, 0, len(text)) is whole


def test_without_a_title_an_unlisted_name_needs_more_than_its_place() -> None:
    assert name_at("绿水", 0, 2, ALONE) is None
