"""The full name of an organ of a known division, from what follows the division or level word (委宣传部)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Body, BodyKind, Division
from zhiguan.resolve.abbreviations import (
    expand,
    fill,
    for_province,
    heads,
    institutions,
    kind_by_ending,
    longest_prefix,
    unit_kind,
    units,
)
from zhiguan.resolve.divisions import children_of, path_of, towns_of

DIRECT = ("department", "mass", "party")
"""Classes of units that stand right behind a division or level, in this order of preference."""
_TOWN = re.compile("[^乡镇]{1,7}?(?:街道|镇|苏木|(?:[一-鿿]{1,4}族)?乡)")
_ZONE = re.compile(
    "(?P<zone>.*?(?:开发区|园区|高新区|经开区|新区|示范区|度假区|工业区|产业园|保税区|试验区|管理区|风景区|经济区|港区"
    "|旅游区|生态城|科技城|物流园|工业园|农场|林场|实验区|合作区|自贸区|片区|商务区))(?P<organ>.*)"
)
_ZONES = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区"}
_VILLAGE = re.compile("(?P<village>.+?(?:村|社区))(?P<organ>党总支|党支部|党委|村委会|居委会|村民委员会|居民委员会|)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A full name with its kind, the division that it belongs to, and the body above it."""

    name: str
    kind: BodyKind
    division: Division | None
    parent: str | None = None


@cache
def _organs(cls: str) -> dict[str, tuple[BodyKind, str]]:
    """Kind and name template of the organs of towns, zones or villages, or inside any body, by short form."""
    rows = (entry for entry in load_table("local_organs") if entry.cls == cls)
    split = ((entry.form, *entry.note.split(";")) for entry in rows)
    return {form: (BodyKind(kind), template) for form, kind, template in split}


def listed_organ(rest: str, division: Division) -> Named | None:
    """The organ that `rest` names right behind a division, where a list has it as a whole."""
    if head := heads().get(rest):
        return Named(fill(head.full, division), head.kind, division)
    return _unit(rest, division)


def organ_of(rest: str, division: Division) -> Named | None:
    """The organ that `rest` names right behind a division, or a part of one; None where no list knows it."""
    return listed_organ(rest, division) or _part(rest, division)


def _unit(rest: str, division: Division) -> Named | None:
    for cls in DIRECT:
        if note := units(cls).get(rest):
            return _unit_named(cls, for_province(note, division), division)
    return _local(rest, division)


def _unit_named(cls: str, long: str, division: Division) -> Named:
    if cls == "party":
        return Named(fill("中共{J}委", division) + long, unit_kind(cls), division, fill(heads()["委"].full, division))
    parent = fill(heads()["政府"].full, division) if cls == "department" else None
    return Named(division.full_name + long, unit_kind(cls), division, parent)


def _local(rest: str, division: Division) -> Named | None:
    """Branches of banks, firms with the division's own name, and branch offices of the bureau above (规划分局)."""
    if bank := institutions("bank").get(rest):
        branch = "支行" if division.level == "county" else "分行"
        return Named(f"{bank}{division.name}{branch}", BodyKind.COMPANY, division)
    if firm := institutions("local-company").get(rest):
        return Named(division.name + firm, BodyKind.COMPANY, division)
    if rest.endswith("分局") and len(rest) > 2 and division.level == "county" and division.parent:
        above, stem = path_of(division)[1], _stem(division.name)
        bureau = rest.removesuffix("分局").removesuffix(stem).removesuffix("局")
        if len(bureau) > 1:
            return Named(f"{above.full_name}{bureau}局{stem}分局", BodyKind.ADMINISTRATION, division)
    return None


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "市区县旗" else name


def _part(rest: str, division: Division) -> Named | None:
    """A part of an organ or department: head or department first, then what the lists or endings make of the rest."""
    if _cuts_committee(rest):
        return None
    if prefix := longest_prefix(rest, heads()):
        head = heads()[prefix]
        part = rest[len(prefix) :]
        long = units(head.units).get(part) if head.units else None
        if part and (long or _is_part(part)):
            whole = fill(head.sub, division) + _join_part(prefix, long or expand(part), long is None)
            return Named(whole, _part_kind(part, head.kind), division, fill(head.full, division))
    if prefix := longest_prefix(rest, units("department")):
        part = rest[len(prefix) :]
        if part and _is_part(part):
            whole = division.full_name + for_province(units("department")[prefix], division)
            return Named(whole + expand(part), BodyKind.ADMINISTRATION, division, whole)
    return None


def _cuts_committee(rest: str) -> bool:
    """Whether the longest listed prefix only is the begin of 委员会 (禁毒委|员会办公室)."""
    prefix = longest_prefix(rest, heads()) or longest_prefix(rest, units("department"))
    return prefix.endswith("委") and rest[len(prefix) :].startswith("员")


def _is_part(part: str) -> bool:
    return len(part) > 1 and (kind_by_ending(part) is not None or part[-1] in "部室科处司局组校办委队院股团")


def _join_part(prefix: str, part: str, unlisted: bool) -> str:
    """Committees of the congress stand below the congress, working committees below its standing committee."""
    if unlisted and prefix.endswith("人大") and part.endswith("工作委员会"):
        return "常务委员会" + part
    if unlisted and prefix.endswith(("常委会", "常务委员会")) and (part.endswith("工作委员会") or part[-1] != "会"):
        return "常务委员会" + part
    return part


def _part_kind(part: str, kind: BodyKind) -> BodyKind:
    return BodyKind.COORDINATING if part.endswith(("领导小组", "指挥部", "领导小组办公室")) else kind


def town_organ(rest: str, division: Division) -> Named | None:
    """The organ of a town or street (罗店镇党委, 西渡街道人大工委); a bare town is its administration."""
    match = _TOWN.match(rest)
    if not match:
        return None
    town = _town(rest, division)
    if town is None:
        if not _organ_of_town(rest[match.end() :]) or match[0] in ("城乡", "城镇"):
            return None
        name = match[0]
        town = Division(
            code=division.code, name=name, full_name=division.full_name + name, level="town", parent=division.code
        )
    return organ_of_town(rest[len(town.name) :], town)


def town_begins(words: str, division: Division) -> bool:
    """Whether the words begin with the name of a town of the division."""
    return _town(words, division) is not None


def _town(rest: str, division: Division) -> Division | None:
    """The division's town with the longest name that `rest` begins with."""
    counties = [division, *children_of(division)] if division.level == "prefecture" else [division]
    towns = [t for county in counties for t in towns_of(county.code) if rest.startswith(t.name)]
    return max(towns, key=lambda t: len(t.name), default=None)


def _organ_of_town(part: str) -> bool:
    return part in _organs("town") or not part or bool(_VILLAGE.fullmatch(part))


def is_town_organ(part: str) -> bool:
    """Whether towns and streets have an organ of this short name."""
    return part in _organs("town")


def organ_of_town(part: str, town: Division) -> Named:
    """The organ `part` of a town; an empty part is the administration itself."""
    upper = town.full_name[: -len(town.name)]
    if not part:
        part = "办事处" if town.name.endswith("街道") else "人民政府"
    if found := _organs("town").get(part):
        kind, template = found
        return Named(template.format(T=town.full_name, J=upper, N=town.name), kind, town)
    if match := _VILLAGE.fullmatch(part):
        return village_organ(town.full_name + match["village"], match["organ"], town)
    kind_of = kind_by_ending(part)
    return Named(town.full_name + expand(part), kind_of[0] if kind_of else BodyKind.OTHER, town)


def village_organ(path: str, organ: str, division: Division) -> Named:
    """The organ of a village or residents' community; `path` is its name with the divisions above."""
    if not organ:
        organ = "居民委员会" if path.endswith("社区") else "村民委员会"
    kind, template = _organs("village")[organ]
    return Named(template.format(N=path), kind, division)


def village(rest: str, division: Division) -> Named | None:
    """The organ of a village whose town is not named (灯塔村村委会)."""
    match = _VILLAGE.fullmatch(rest)
    if not match or not match["organ"]:
        return None
    return village_organ(division.full_name + match["village"], match["organ"], division)


def zone_organ(rest: str, division: Division | None, prefix: str) -> Named | None:
    """The organ of a development zone; `prefix` is what stands before its name in full (nothing where not said)."""
    match = _ZONE.fullmatch(rest)
    if not match or match["zone"].startswith("委"):
        return None
    zone = match["zone"]
    short = next((s for s in _ZONES if zone.endswith(s)), None)
    name = prefix + (zone[: -len(short)] + _ZONES[short] if short else zone)
    return zone_named(name, match["organ"], division)


def zone_named(name: str, organ: str, division: Division | None) -> Named | None:
    """The organ of the zone called `name`; an empty organ is its administration."""
    if found := _organs("zone").get(organ or "管委会"):
        kind, template = found
        return Named(template.format(N=name), kind, division)
    if not _is_part(organ):
        return None
    return Named(name + expand(organ), BodyKind.ADMINISTRATION, division)


def tail_organ(surface: str, base: Callable[[str], Named | None]) -> Named | None:
    """The party or mass organ inside a body (省教育厅党组, 上海大学党委); `base` names the body in front."""
    for form, (kind, template) in sorted(_organs("inner").items(), key=lambda item: -len(item[0])):
        if surface.endswith(form) and len(surface) - len(form) > 1:
            named = base(surface[: -len(form)])
            if named is None:
                return None
            return Named(template.format(N=named.name.removeprefix("中共")), kind, named.division, named.name)
    return None


def bare_tail(form: str, name: str, division: Division | None) -> Named | None:
    """The organ `form` (党组, 党委) inside the body called `name`."""
    if found := _organs("inner").get(form):
        kind, template = found
        return Named(template.format(N=name.removeprefix("中共")), kind, division, name)
    return None


def as_body(named: Named) -> Body:
    """A name as the shared value that the other stages take."""
    division = named.division if named.division and named.division.code else None
    known = named.division is None or division is not None
    return Body(name=named.name, kind=named.kind, division=division, parent=named.parent, resolved=known)
