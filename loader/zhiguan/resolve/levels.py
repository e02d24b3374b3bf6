"""Which division a level word (区, 市) or a name that several divisions bear means, seen from the article's home."""

import re
from collections.abc import Iterable

from zhiguan.model import Body, Division
from zhiguan.resolve.divisions import CORPS, ancestors, division_by_code, path_of

LEVEL = re.compile("自治区|自治州|自治县|自治旗|兵团|新区|特区|特别行政区|地区|街道|[省市区县旗州盟地师镇乡]")
"""A level word at the begin of a surface."""
_ENDS: dict[str, tuple[str, ...]] = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "区": ("区",),
    "新区": ("新区",),
    "特区": ("特别行政区", "特区"),
    "特别行政区": ("特别行政区",),
    "县": ("县",),
    "自治县": ("自治县",),
    "旗": ("旗",),
    "自治旗": ("自治旗",),
    "州": ("自治州",),
    "自治州": ("自治州",),
    "盟": ("盟",),
    "地": ("地区",),
    "地区": ("地区",),
    "师": ("师",),
    "兵团": ("兵团",),
    "镇": ("镇",),
    "乡": ("乡",),
    "街道": ("街道",),
}
_TOWN_LEVELS = frozenset({"镇", "乡", "街道", "师", "地", "兵团", "新区", "特区", "特别行政区"})
_NOT_DISTRICT = ("自治区", "地区", "特别行政区")


def has_level(division: Division, word: str) -> bool:
    """Whether the level word can stand for this division (区 for 宝山区, not for 内蒙古自治区)."""
    if word == "区" and division.name.endswith(_NOT_DISTRICT):
        return False
    return division.name.endswith(_ENDS[word])


def division_at(word: str, *bases: Division | None) -> Division | None:
    """The nearest division of that level at or above the first base that has one; 区 may at last mean 自治区."""
    if word == "兵团":
        return division_by_code(CORPS)
    for base in bases:
        for step in path_of(base) if base else ():
            if has_level(step, word):
                return step
    if word == "区":
        return division_at("自治区", *bases) if any(bases) else None
    return None


def stand_in(name: str) -> Division:
    """What stands for a division of which the text does not say which it is: its organs are known by kind."""
    return Division(code="", name=name, full_name=name, level="", parent=None)


def nameless(word: str) -> Division | None:
    """What stands for the division of a level of which the text does not say the name."""
    return None if word in _TOWN_LEVELS else stand_in(word)


_BY_KIND = re.compile("(?:中共|政协|中国共产党)?([一-鿿]{0,8}?(?:自治区|自治州|[省市区县旗州盟]))(?=委|人民|监察|纪律)")


def division_of(body: Body) -> Division | None:
    """The division of a body, or what stands for it where the body is known by its kind alone (中共县委员会)."""
    if body.division is not None or body.resolved:
        return body.division
    match = _BY_KIND.match(body.name)
    return stand_in(match[1]) if match else None


def _nearness(candidate: Division, base: Division) -> int:
    """0 for the base itself, then its ancestors, its inside, its neighbours in the prefecture, in the province."""
    if candidate == base:
        return 0
    above = ancestors(base)
    if candidate in above:
        return 1
    chain = ancestors(candidate)
    if base in chain:
        return 2
    shared = [d for d in chain if d in above and d.level in ("prefecture", "province")]
    return 5 if not shared else 3 if shared[0].level == "prefecture" else 4


def choose(candidates: Iterable[Division], *bases: Division | None) -> Division | None:
    """The candidate nearest to the first base that tells them apart; else the one that holds all others; else None."""
    pool = tuple(candidates)
    if len(pool) < 2:
        return pool[0] if pool else None
    for base in bases:
        if base is None or base.code == "CN":
            continue
        ranked = sorted((_nearness(c, base), i) for i, c in enumerate(pool))
        if ranked[0][0] < 5 and ranked[0][0] < ranked[1][0]:
            return pool[ranked[0][1]]
    for candidate in pool:
        if all(other == candidate or candidate in ancestors(other) for other in pool):
            return candidate
    return None
