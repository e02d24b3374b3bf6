"""What a bare post says about its body: 副区长 is in the district's government, 委员长 on the nation's congress."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Body, BodyKind, Division
from zhiguan.resolve.abbreviations import fill, heads
from zhiguan.resolve.divisions import NATION, path_of
from zhiguan.resolve.levels import division_at, division_of, nameless
from zhiguan.resolve.naming import Named, organ_of_town

_PREFIX = re.compile("^(?:常务副|第一副|副|代理|代|挂职副|党组|执行|原|前)+")
_FAMILIES = {"court": "法院", "procuratorate": "检察院", "congress": "人大", "conference": "政协", "party": "委"}
_NATION_KINDS = {
    "国务院": BodyKind.ADMINISTRATION,
    "全国人民代表大会常务委员会": BodyKind.CONGRESS,
    "中国共产党中央委员会": BodyKind.PARTY,
}
_PARTY_POSTS = ("书记", "常委", "委员", "成员", "秘书长", "副秘书长", "发言人")
_HEADS_OF_BODIES = re.compile(
    "(?:局长|厅长|主任|院长|校长|董事长|总经理|经理|总裁|司长|行长|园长|所长|馆长|台长|社长|主席)$"
)


@cache
def _posts() -> dict[str, tuple[str, str]]:
    return {entry.form: (entry.cls, entry.note) for entry in load_table("post_bodies")}


def core(post: str) -> str:
    """The post without deputy, acting and the like: 常务副区长 -> 区长."""
    return _PREFIX.sub("", post)


def body_of_post(post: str, previous: Body | None, home: Division | None) -> Named | None:
    """The body that the post itself names; None where any body could have such a post."""
    family, level = _posts().get(core(post), ("", ""))
    near = division_of(previous) if previous else None
    if family.startswith("nation:"):
        name = family.partition(":")[2]
        return Named(name, _NATION_KINDS.get(name, BodyKind.OTHER), NATION)
    if family.startswith("sar:"):
        return _sar_body(family.partition(":")[2], near, home)
    if family == "government":
        return _government(level, near, home)
    if family == "corps":
        division = division_at(level, near, home)
        return Named(division.full_name, BodyKind.MILITARY, division) if division else None
    if family in _FAMILIES:
        return _organ(_FAMILIES[family], previous, home)
    return None


def _government(level: str, near: Division | None, home: Division | None) -> Named | None:
    division = division_at(level, near, home) or nameless(level)
    if division is None:
        return None
    if division.level == "town":
        return organ_of_town("", division)
    if division.name.endswith("地区"):
        return Named(fill(heads()["行署"].full, division), BodyKind.ADMINISTRATION, division)
    return Named(fill(heads()["政府"].full, division), BodyKind.ADMINISTRATION, division)


def _sar_body(ending: str, near: Division | None, home: Division | None) -> Named | None:
    division = division_at("特区", near, home)
    return Named(division.full_name + ending, BodyKind.ADMINISTRATION, division) if division else None


def _organ(form: str, previous: Body | None, home: Division | None) -> Named | None:
    """The court, procuratorate or congress of the place, unless the body before is one itself."""
    head = heads()[form]
    if previous is not None and previous.kind is head.kind:
        return None
    division = (previous.division if previous else None) or home
    while division is not None and division.level == "town":
        division = path_of(division)[1]
    return Named(fill(head.full, division), head.kind, division) if division and division.code != "CN" else None


def keeps_previous(post: str, previous: Body) -> bool:
    """Whether a bare post can be in the body before itself, and not in the institution whose party organ that is."""
    if previous.kind is not BodyKind.PARTY or previous.parent is None:
        return True
    if previous.name.endswith(("党组", "委员会")) and not _HEADS_OF_BODIES.search(post):
        return core(post).endswith(_PARTY_POSTS)
    return not previous.name.endswith(("党组", "委员会"))
