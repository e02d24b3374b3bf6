"""The index: who repeats whom, whatever the order of loading, removing and replacing."""

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from zhiguan.rdf.iris import Iris
from zhiguan.reposts import RepostIndex, signature, to_nquads

LINES = [
    "青溪县召开秋季安全生产工作会议总结前三季度工作分析研判当前形势部署岁末年初重点任务县长陆知远出席会议并讲话",
    "会议指出今年以来全县上下坚持问题导向深入开展隐患排查整治一批长期存在的老大难问题得到解决",
    "会议要求把责任落实到每一个岗位每一道工序对查出的隐患列出清单限期销号加强值班值守提高应急处置能力",
    "各乡镇递交了责任书县应急管理局县林业局县交通运输局主要负责人作了发言并就下一步工作提出了打算",
]
WHOLE = signature("".join(LINES))
CUT = signature("".join(LINES[:3]))
OTHER = signature(
    "县图书馆举办少年儿童读书节开幕式来自全县二十所小学的三百名学生参加了诵读和绘本表演活动家长们也到场助兴"
)
ARTICLES = {
    "b": ("2024-10-13", WHOLE),
    "a": ("2024-10-14", CUT),
    "c": ("2024-10-13", CUT),
    "d": ("", WHOLE),
    "e": ("2024-10-13", OTHER),
    "f": ("2025-10-13", WHOLE),
}


@pytest.fixture
def index() -> RepostIndex:
    found = RepostIndex(sqlite3.connect(":memory:", isolation_level=None))
    found.create()
    return found


def fill(index: RepostIndex, names: str) -> None:
    for name in names:
        index.put(name, *ARTICLES[name])


@pytest.mark.parametrize("names", ["".join(names) for names in permutations("abcd")] + ["fedcba"])
def test_the_earliest_is_repeated_whatever_the_order(names: str) -> None:
    index = RepostIndex(sqlite3.connect(":memory:", isolation_level=None))
    index.create()
    fill(index, names)
    expected = {"c": "b", "a": "b", "d": "b"}
    assert dict(index.repeats()) == expected


def test_the_same_words_a_year_later_are_another_report(index: RepostIndex) -> None:
    fill(index, "bf")
    assert list(index.repeats()) == []


def test_a_repost_becomes_the_first_when_the_first_goes(index: RepostIndex) -> None:
    fill(index, "abc")
    index.drop("b")
    assert list(index.repeats()) == [("a", "c")]
    index.drop("c")
    index.drop("never there")
    assert list(index.repeats()) == []


def test_a_replaced_article_keeps_no_old_likeness(index: RepostIndex) -> None:
    fill(index, "abc")
    index.put("a", "2024-10-14", OTHER)
    index.put("c", "2024-10-13", b"")
    assert list(index.repeats()) == []
    index.put("c", *ARTICLES["c"])
    assert list(index.repeats()) == [("c", "b")]


def test_stale_only_where_something_changed(index: RepostIndex) -> None:
    fill(index, "be")
    assert not index.is_stale()
    fill(index, "a")
    assert index.is_stale()
    index.settle()
    fill(index, "abe")
    assert not index.is_stale()
    index.drop("a")
    assert index.is_stale()


def test_signatures_of_another_version_are_forgotten(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None) as connection:
        index = RepostIndex(connection)
        index.create()
        fill(index, "ab")
        index.create()
        assert list(index.repeats()) == [("a", "b")]
        connection.execute("UPDATE repost_state SET value = 'older' WHERE key = 'version'")
        index.create()
        assert list(index.repeats()) == []
    connection.close()


def test_the_graph_is_all_of_it(index: RepostIndex) -> None:
    fill(index, "abc")
    base = "https://w3id.org/zhiguan/"
    assert to_nquads(index.repeats(), Iris()).splitlines() == [
        f"<{base}article/{name}> <https://w3id.org/zhiguan/ontology#repeats> <{base}article/b> <{base}derived/reposts> ."
        for name in "ac"
    ]
