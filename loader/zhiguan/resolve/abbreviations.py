"""Short and full forms of bodies, from the word lists: heads (县委), units (教委), national bodies, institutions."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.model import BodyKind, Division

_KINDS = {
    "department": BodyKind.ADMINISTRATION,
    "government": BodyKind.ADMINISTRATION,
    "party": BodyKind.PARTY,
    "congress": BodyKind.CONGRESS,
    "conference": BodyKind.CONSULTATIVE,
    "mass": BodyKind.MASS,
}
_COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院"}


@dataclass(frozen=True, slots=True)
class Head:
    """An organ that every division has: `full` is its name with {J} for the division, `sub` what a part of it begins
    with, `units` the class of words for its parts."""

    kind: BodyKind
    full: str
    sub: str
    units: str


@cache
def heads() -> dict[str, Head]:
    """Organs by the form after a division or level: 委, 人大常委会, 法院."""
    rows = {}
    for entry in load_table("body_heads"):
        full, sub, units = entry.note.split(";")
        rows[entry.form] = Head(BodyKind(entry.cls), full, sub, units)
    return rows


@cache
def units(cls: str) -> dict[str, str]:
    """Short to full forms of one class of units; provinces' own forms follow after semicolons."""
    return {entry.form: entry.note for entry in load_table("body_units") if entry.cls == cls}


@cache
def national() -> dict[str, tuple[str, BodyKind]]:
    """Full name and kind of the nation's bodies by short and full form."""
    return {entry.form: (entry.note, BodyKind(entry.cls)) for entry in load_table("national_bodies")}


@cache
def institutions(cls: str) -> dict[str, str]:
    """Full names of universities, endings of universities, banks or local firms by their short forms."""
    return {entry.form: entry.note for entry in load_table("institutions") if entry.cls == cls}


def longest_prefix(text: str, forms: Container[str], longest: int = 14) -> str:
    """The longest of `forms` that `text` begins with, or an empty string."""
    for size in range(min(len(text), longest), 0, -1):
        if text[:size] in forms:
            return text[:size]
    return ""


@cache
def endings() -> dict[str, tuple[BodyKind, bool]]:
    """Kind of a body by its name's ending, and whether such bodies keep the name as it is written."""
    return {entry.form: (BodyKind(entry.cls), entry.note == "as-written") for entry in load_table("body_endings")}


def kind_by_ending(name: str) -> tuple[BodyKind, bool] | None:
    """Kind of a body by the longest known ending of its name, and whether it keeps its name as written; else None."""
    if name.endswith("）"):
        name = name[: name.rfind("（")]
    for size in range(min(len(name), 8), 0, -1):
        if found := endings().get(name[-size:]):
            return found
    return None


@cache
def generic_words() -> frozenset[str]:
    """Words that look like a body and name none (有关部门, 各单位)."""
    return load_forms("generic_bodies")


def unit_kind(cls: str) -> BodyKind:
    """Kind of a unit of this class."""
    return _KINDS[cls]


def for_province(note: str, division: Division) -> str:
    """The full form that the division's province uses: "long;37=long in province 37"."""
    common, *special = note.split(";")
    for item in special:
        province, _, form = item.partition("=")
        if division.code.startswith(province):
            return form
    return common


def fill(template: str, division: Division) -> str:
    """A template's name for a division; the nation's organs have names of their own."""
    name = template.format(J=division.full_name, court=_COURTS.get(division.level, "人民法院"))
    return _NATION.get(name, name) if division.code == "CN" else name


_NATION = {
    "中共全国委员会": "中国共产党中央委员会",
    "中共全国纪律检查委员会": "中共中央纪律检查委员会",
    "全国监察委员会": "国家监察委员会",
    "全国人民政府": "国务院",
    "政协全国委员会": "中国人民政治协商会议全国委员会",
    "全国人民法院": "最高人民法院",
    "全国人民检察院": "最高人民检察院",
}

_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), long)
    for pattern, long in (
        (r"纪工委$", "纪律检查工作委员会"),
        (r"党工委$", "工作委员会"),
        (r"工委$", "工作委员会"),
        (r"管委会$", "管理委员会"),
        (r"村委会$", "村民委员会"),
        (r"居委会$", "居民委员会"),
        (r"业委会$", "业主委员会"),
        (r"常委会$", "常务委员会"),
        (r"(?<=[组会部])办$", "办公室"),
        (r"交警(支队|大队|总队)$", r"交通警察\1"),
        (r"教管办$", "教育管理办公室"),
        (r"党政办$", "党政办公室"),
        (r"党群办$", "党群工作办公室"),
        (r"(?<=[^委党])委$", "委员会"),
        (r"基教([科处])$", r"基础教育\1"),
        (r"人事([科处])$", r"人事\1"),
        (r"职成教([科处])$", r"职业教育与成人教育\1"),
        (r"(?<=监督|规划|管理|口岸|扶贫|创建|接待|信访|综治|督导)办$", "办公室"),
    )
)


def expand(part: str) -> str:
    """A part's name with its ending spelled out: 法制委 -> 法制委员会, 某管委会 -> 某管理委员会."""
    for pattern, long in _ENDINGS:
        if pattern.search(part):
            return pattern.sub(long, part)
    return part


def known_unit(rest: str) -> bool:
    """Whether a list has these words as a whole."""
    return (
        rest in heads()
        or rest in institutions("local-company")
        or any(rest in units(cls) for cls in ("department", "mass", "party"))
    )


_SESSION = re.compile("第?[一二三四五六七八九十百\\d]+届(?=人大|人民代表|政协|委员会|常委|纪|市|县|区|省|全国|中央)")
_SESSION_OF_PARTY = re.compile("(?<=[协议共党])第?[一二三四五六七八九十百\\d]+届")
_NOISE = re.compile('[\\s“”"‘’《》]+|^.*兼(?:任)?(?=.)|^(?:原|前任|前|时任|现任|新任|我|本|该|分管|联系)(?=.)')


def clean_surface(surface: str) -> str:
    """The surface without blanks, quotation marks, sessions (十四届) and words of time and belonging (原, 我)."""
    words = _NOISE.sub("", re.sub("\\s+", "", surface))
    if "届" in words:
        words = _SESSION_OF_PARTY.sub("", _SESSION.sub("", words))
    return words.strip("、，,的")
