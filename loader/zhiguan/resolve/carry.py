"""What words alone mean after another body: its office, its party group, a section of it, or that body again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from zhiguan.model import Body, BodyKind, Division
from zhiguan.resolve.abbreviations import clean_surface, expand, fill, heads, known_unit, units
from zhiguan.resolve.divisions import within
from zhiguan.resolve.levels import LEVEL
from zhiguan.resolve.naming import as_body, bare_tail, organ_of, organ_of_town

_SAR = ("810000", "820000")


_OF_A_LEVEL = re.compile(r"人民政府$|人民代表大会常务委员会$|^政协.*委员会$")
"""Organs that have an office and a research office of their own, as the party committee of their level has."""


def carried_on(words: str, previous: Body) -> Body | None:
    """The body before, where `words` only repeat the end of its name, or its own office or party organ."""
    if _is_office_of(words, previous):
        return _office_of(previous)
    long = expand(words)
    if words in ("办公厅", "研究室") and _OF_A_LEVEL.search(previous.name):
        return Body(name=previous.name + words, kind=previous.kind, division=previous.division, parent=previous.name)
    if len(words) > 1 and previous.name.endswith(("领导小组", "指挥部", "委员会")) and words in ("办公室", "办"):
        return _office_of(previous)
    if long in ("领导小组", "指挥部", "督导组", "督查组", "指导组", "巡视组", "巡察组", "工作组", "检查组", "专项小组"):
        stem = long.removesuffix("组").removesuffix("小").removesuffix("领导")
        same_kind = previous.name.endswith("组") and stem in previous.name
        return previous if same_kind or previous.name.endswith(long) else None
    if long == "管理委员会" and previous.name.endswith(long):
        return previous
    if long == "管理委员会" and previous.name.endswith("工作委员会"):
        name = previous.name.removeprefix("中共").removesuffix("工作委员会") + long
        return Body(name=name, kind=BodyKind.ADMINISTRATION, division=previous.division)
    if words in ("党工委", "工委") and previous.name.endswith("管理委员会"):
        name = "中共" + previous.name.removesuffix("管理委员会") + "工作委员会"
        return Body(name=name, kind=BodyKind.PARTY, division=previous.division)
    return _section_of(words, previous) or _party_inside(words, previous)


def across_sentences(previous: Body | None, home: Division | None) -> Body | None:
    """The body of the sentence before, unless it is a guest's: a level word in a new sentence means the home again."""
    if previous is None or previous.division is None or home is None or home.code == "CN":
        return previous
    near = within(previous.division, home) or within(home, previous.division)
    return previous if near else None


def _section_of(words: str, previous: Body) -> Body | None:
    """A section (宣传司, 基教科) of the department before."""
    if (
        previous.kind is not BodyKind.ADMINISTRATION
        or known_unit(words)
        or not re.fullmatch("[一-鿿]{1,7}[^公][司科处股]", words)
    ):
        return None
    if (
        LEVEL.match(words)
        or previous.name.endswith("人民政府")
        or (previous.division and previous.division.code in _SAR)
    ):
        return None
    name = previous.name + expand(words)
    return Body(name=name, kind=previous.kind, division=previous.division, parent=previous.name)


def _is_office_of(words: str, previous: Body) -> bool:
    """Whether the words are the short name of the office of the group before (领导小组副组长、州脱贫攻坚办主任)."""
    group = previous.name.removesuffix("领导小组")
    level = LEVEL.match(words)
    stem = words[level.end() if level else 0 :].removesuffix("办")
    return words.endswith("办") and group != previous.name and len(stem) > 1 and stem in group


def _office_of(previous: Body) -> Body | None:
    """The office of a leading group or committee; of the party committee, congress or CPPCC the lists know the name."""
    if previous.division and previous.name == fill(heads()["委"].full, previous.division):
        named = organ_of("委办公室", previous.division)
        return as_body(named) if named else None
    name = previous.name + "办公室"
    return Body(name=name, kind=previous.kind, division=previous.division, parent=previous.name)


def _party_inside(words: str, previous: Body) -> Body | None:
    """The party group or committee (党组, 党委) of the body before, or of its town."""
    base = previous.parent if previous.kind is BodyKind.PARTY and previous.parent else previous.name
    if words == "党委" and previous.division and previous.division.level == "town":
        return as_body(organ_of_town("党委", previous.division))
    if previous.kind is BodyKind.PARTY and previous.parent is None:
        return previous if words == "党委" else None
    if named := bare_tail(words, base, previous.division):
        return as_body(named)
    return None


_FIRM = re.compile(
    "(?P<firm>(?:投资|集团|建设|开发|运营|总|项目|管理|发展|实业|控股)?公司)(?P<branch>[一-鿿]{2,4}公司)?(?P<organ>党委|党组|纪委|工会|)"
)
_LEGAL_FORM = re.compile("有限|责任|股份")


def means_named_firm(words: str) -> bool:
    """Whether the words can only mean a firm that the text names in full elsewhere (投资公司, 公司党委)."""
    return _FIRM.fullmatch(words) is not None


def _named_firm(words: str, earlier: Sequence[Body]) -> Body | None:
    """The firm named before that the words call by its last word, its branch or its party organ."""
    match = _FIRM.fullmatch(words)
    for body in reversed(earlier) if match else ():
        if body.kind is not BodyKind.COMPANY or means_named_firm(body.name):
            continue
        if match and _LEGAL_FORM.sub("", body.name).endswith(match["firm"]):
            name = body.name + (match["branch"] or "")
            organ = bare_tail(match["organ"], name, body.division) if match["organ"] else None
            return as_body(organ) if organ else replace(body, name=name)
    return None


@cache
def committees(cls: str) -> dict[str, str]:
    """The committees of congresses or conferences by how they are written alone (提案委员会), with their full names below
    the assembly."""
    parts: dict[str, str] = {}
    for short, note in units(cls).items():
        long = note.partition(";")[0]
        if not long.endswith("委员会") or long.endswith("工作委员会"):
            continue
        parts[long.removeprefix("常务委员会")] = long
        if short.endswith("委") and not long.startswith("常务委员会"):
            parts.setdefault(f"{short}员会", f"{short}员会")
    return parts


def committee_of(words: str, earlier: Sequence[Body]) -> Body | None:
    """The committee of the assembly that was named before; None where the words are none or no assembly was named."""
    for body in reversed(earlier):
        assembly = _ASSEMBLIES.get(body.kind)
        if assembly and body.division and (part := committees(assembly[0]).get(words)):
            above = fill(heads()[assembly[1]].full, body.division)
            return Body(name=above + part, kind=body.kind, division=body.division, parent=above)
    return None


_ASSEMBLIES = {BodyKind.CONGRESS: ("congress", "人大"), BodyKind.CONSULTATIVE: ("conference", "政协")}


def refer_back(surface: str, earlier: Sequence[Body]) -> Body | None:
    """The latest body of the article whose full name the words repeat in part (领导小组, 指导组, 中心渔港经济区管委会)."""
    words = expand(clean_surface(surface))
    if found := committee_of(words, earlier) or _named_firm(clean_surface(surface), earlier):
        return found
    if words == "小组":
        return next((body for body in reversed(earlier) if body.name.endswith("小组")), None)
    if len(words) < 3 or LEVEL.match(words):
        return None
    stem = words.removesuffix("组")
    for body in reversed(earlier):
        if body.name != words and (
            body.name.endswith(words) or (stem != words and body.name.endswith("组") and stem in body.name)
        ):
            return body
    return None
