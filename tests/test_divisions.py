"""Administrative divisions: look-up by name without guessing between namesakes, paths, towns, former units."""

import re

import pytest

from zhiguan.lexicon.loading import load_table
from zhiguan.resolve.divisions import (
    ancestors,
    division_by_code,
    divisions_named,
    find_divisions,
    home_scope,
    is_former,
    towns_named,
    towns_of,
)

FOUND = [
    ("浙江省台州市路桥区", "浙江省台州市路桥区"),
    ("哈尔滨五常市", "黑龙江省哈尔滨市五常市"),
    ("上海宝山", "上海市宝山区"),
    ("黔东南州", "贵州省黔东南苗族侗族自治州"),
    ("夏河", "甘肃省甘南藏族自治州夏河县"),
    ("内蒙古", "内蒙古自治区"),
    ("乌拉特中旗", "内蒙古自治区巴彦淖尔市乌拉特中旗"),
    ("七师", "新疆生产建设兵团第七师"),
    ("闸北区", "上海市闸北区"),
    ("崇明", "上海市崇明区"),
    ("崇明县", "上海市崇明县"),
    ("仙桃市", "湖北省仙桃市"),
    ("澳门特区", "澳门特别行政区"),
    ("神农架", "湖北省神农架林区"),
]


@pytest.mark.parametrize(("text", "full_name"), FOUND)
def test_a_name_gives_its_only_division(text: str, full_name: str) -> None:
    matches = find_divisions(text)
    assert [[d.full_name for d in m.candidates] for m in matches] == [[full_name]]
    assert (matches[0].begin, matches[0].end) == (0, len(text))


@pytest.mark.parametrize("name", ["宝山区", "朝阳区", "鼓楼区", "城关区"])
def test_namesakes_all_remain_candidates(name: str) -> None:
    (match,) = find_divisions(name)
    assert len(match.candidates) > 1


def test_words_that_only_contain_a_name_give_nothing() -> None:
    assert find_divisions("代县长讲话，优化自然资源管理") == []


def test_path_and_scope() -> None:
    county = division_by_code("430723")
    assert county is not None
    assert [d.name for d in ancestors(county)] == ["常德市", "湖南省", "全国"]
    assert home_scope(county).full_name == "湖南省常德市"


@pytest.mark.parametrize(("name", "scope"), [("宝山区", "上海市"), ("仙桃市", "湖北省"), ("苏州市", "江苏省苏州市")])
def test_home_scope(name: str, scope: str) -> None:
    assert scope in {home_scope(d).full_name for d in divisions_named(name)}


def test_former_units_are_marked() -> None:
    assert is_former(divisions_named("闸北区")[0])
    assert not is_former(divisions_named("静安区")[0])


def test_towns() -> None:
    assert "罗店镇" in {t.name for t in towns_of("310113")}
    assert {t.full_name for t in towns_named("阿木去乎镇")} == {"甘肃省甘南藏族自治州夏河县阿木去乎镇"}
    town = towns_of("310113")[0]
    assert division_by_code(town.code) == town


def test_every_parent_exists_and_no_placeholder_remains() -> None:
    entries = load_table("divisions")
    codes = {entry.cls for entry in entries} | {"CN"}
    parents = {entry.note.split(";")[0] for entry in entries}
    assert not {p for p in parents if p not in codes and p[4:] == "00" and p[2:4] == "00"}
    assert not [entry.form for entry in entries if re.fullmatch("市辖区|县|省直辖县级行政区划", entry.form)]
    assert all(re.fullmatch("[0-9]{6}", entry.cls) for entry in entries)
