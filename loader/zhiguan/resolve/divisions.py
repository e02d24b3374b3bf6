"""Administrative divisions of China: look-up by code, by name, and in running text; never a guess between namesakes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.model import Division

NATION = Division(code="CN", name="全国", full_name="全国", level="nation")
_NOT_ALONE = frozenset({"新区", "城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "市区"})
"""Official names that say nothing without the place above in front."""
CORPS = "660000"
"""Code of the Xinjiang Production and Construction Corps; its divisions (师) stand below it."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place name in a text and the divisions that it may mean, in no order of preference.

    `full` says that the name bears its suffix (宝山区, 黔东南州); `weak` that the form is mostly a common word (和平).
    """

    begin: int
    end: int
    form: str
    candidates: tuple[Division, ...]
    full: bool
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    by_code: dict[str, Division]
    former: frozenset[Division]
    full: dict[str, tuple[Division, ...]]
    short: dict[str, tuple[Division, ...]]
    children: dict[str, tuple[Division, ...]]


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _rows() -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """(name, code, parent, until, successors), provinces first, so that parents stand before their children."""
    rows = []
    for entry in load_table("divisions"):
        parent, until, heirs, *_ = [*entry.note.split(";"), "", ""]
        rows.append((entry.form, entry.cls, parent, until, tuple(filter(None, heirs.split("|")))))
    order = {"province": 0, "prefecture": 1, "county": 2}
    return iter(sorted(rows, key=lambda row: (order[_level(row[1])], bool(row[3]))))


def _divisions() -> tuple[list[Division], dict[Division, tuple[str, tuple[str, ...]]]]:
    """All divisions, and of the former ones the last year and the successors' codes."""
    paths: dict[str, str] = {"CN": "", "": ""}
    found: list[Division] = []
    gone: dict[Division, tuple[str, tuple[str, ...]]] = {}
    for name, code, parent, until, heirs in _rows():
        full_name = paths.get(parent, "") + name
        division = Division(code=code, name=name, full_name=full_name, level=_level(code), parent=parent)
        paths.setdefault(code, full_name)
        found.append(division)
        if until:
            gone[division] = (until, heirs)
    return found, gone


@cache
def _suffixes() -> re.Pattern[str]:
    groups = "|".join(sorted(load_forms("ethnic_groups"), key=len, reverse=True))
    return re.compile(f"(?:(?:{groups})+(?P<own>自治[州县旗])|(?P<plain>特别行政区|地区|新区|林区|特区|[省市县区盟]))$")


def short_names(name: str) -> tuple[str, str]:
    """The stem under which a division also goes (黔东南, 宝山) and the short full name of an autonomous one (黔东南州);
    empty where there is none: one character is too little."""
    match = _suffixes().search(name)
    if not match or not (stem := name[: match.start()]):
        return "", ""
    return (stem if len(stem) > 1 else ""), (stem + match["own"][-1] if match["own"] else "")


def _prefer(candidates: Iterable[Division], gone: dict[Division, tuple[str, tuple[str, ...]]]) -> tuple[Division, ...]:
    """Candidates without former units whose place another candidate has taken."""
    pool = tuple(dict.fromkeys(candidates))
    if len(pool) < 2:
        return pool
    present = [d for d in pool if d not in gone]
    held = {d.code for d in present}, {d.parent for d in present}
    kept = [d for d in pool if d in gone and not held[0] & {*gone[d][1]} and d.parent not in held[1]]
    last = {(d.full_name[:2], d.name): gone[d][0] for d in sorted(kept, key=lambda d: gone[d][0])}
    return (*present, *(d for d in kept if gone[d][0] == last[d.full_name[:2], d.name]))


@cache
def _gazetteer() -> _Gazetteer:
    found, gone = _divisions()
    by_code: dict[str, Division] = {"CN": NATION}
    full: dict[str, list[Division]] = {"全国": [NATION]}
    short: dict[str, list[Division]] = {}
    children: dict[str, list[Division]] = {}
    for division in found:
        by_code.setdefault(division.code, division)
        full.setdefault(division.name, []).append(division)
        stem, own = short_names(division.name)
        short.setdefault(stem, []).append(division)
        full.setdefault(own, []).append(division)
        if division not in gone and division.parent:
            children.setdefault(division.parent, []).append(division)
    for alias in load_table("place_aliases"):
        forms = full if alias.form[-1] in "区州县旗市师" else short
        forms.setdefault(alias.form, []).extend(by_code[code] for code in alias.cls.split("|"))
    full.pop("", None)
    short.pop("", None)
    return _Gazetteer(
        by_code=by_code,
        former=frozenset(gone),
        full={form: _prefer(divisions, gone) for form, divisions in full.items()},
        short={form: _prefer(divisions, gone) for form, divisions in short.items() if form not in full},
        children={code: tuple(divisions) for code, divisions in children.items()},
    )


@cache
def _names() -> LongestMatch[tuple[tuple[Division, ...], bool]]:
    gazetteer = _gazetteer()
    names = {form: (divisions, False) for form, divisions in gazetteer.short.items()}
    names.update({form: (divisions, True) for form, divisions in gazetteer.full.items() if form != "全国"})
    names.update({form: ((), False) for form in load_forms("not_places") if form not in names})
    return LongestMatch(names)


def division_by_code(code: str) -> Division | None:
    """The division of a GB/T 2260 code (six digits), a town's nine-digit code, or `CN`."""
    if len(code) == 9:
        return next((town for town in towns_of(code[:6]) if town.code == code), None)
    return _gazetteer().by_code.get(code)


def divisions_named(form: str) -> tuple[Division, ...]:
    """All divisions that bear `form` as a full or short name; former ones only where no present one has their place."""
    gazetteer = _gazetteer()
    return gazetteer.full.get(form) or gazetteer.short.get(form, ())


def is_former(division: Division) -> bool:
    """Whether the division exists no more."""
    return division in _gazetteer().former


def children_of(division: Division) -> tuple[Division, ...]:
    """The present divisions right below, down to counties."""
    return _gazetteer().children.get(division.code, ())


def ancestors(division: Division) -> tuple[Division, ...]:
    """The divisions above, nearest first, the nation last."""
    above: list[Division] = []
    code = division.parent
    while code is not None and (parent := division_by_code(code)) is not None:
        above.append(parent)
        code = parent.parent
    return tuple(above)


@cache
def path_of(division: Division) -> tuple[Division, ...]:
    """The division itself and those above, nearest first."""
    return (division, *ancestors(division))


def within(inner: Division, outer: Division) -> bool:
    """Whether `inner` is `outer` or lies in it."""
    return outer in path_of(inner)


def home_scope(division: Division) -> Division:
    """The prefecture-level city, municipality, province or nation at or above a division: tells namesakes apart."""
    for step in path_of(division):
        if step.level in ("prefecture", "province", "nation"):
            return step
    return NATION


@cache
def _town_rows() -> dict[str, str]:
    return {entry.form: entry.note for entry in load_table("towns")}


@cache
def towns_of(county: str) -> tuple[Division, ...]:
    """The towns, townships and streets of the county (or county-less city) with this code."""
    above = division_by_code(county)
    if above is None or county not in _town_rows():
        return ()
    return tuple(
        Division(
            code=county + item[-3:], name=item[:-3], full_name=above.full_name + item[:-3], level="town", parent=county
        )
        for item in _town_rows()[county].split(" ")
    )


@cache
def _town_index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for county, note in _town_rows().items():
        for item in note.split(" "):
            index.setdefault(item[:-3], []).append(county)
    return {name: tuple(counties) for name, counties in index.items()}


def towns_named(name: str) -> tuple[Division, ...]:
    """All towns of this full name (罗店镇) in the country."""
    return tuple(t for county in _town_index().get(name, ()) for t in towns_of(county) if t.name == name)


def _weak(form: str) -> bool:
    return form in load_forms("weak_places")


def _below(uppers: tuple[Division, ...], lowers: tuple[Division, ...]) -> tuple[Division, ...]:
    """Those of `lowers` that lie in one of `uppers`."""
    return tuple(d for d in lowers if any(u in ancestors(d) for u in uppers))


_JOINED = re.compile("[一-鿿]")
_BEFORE_PLACE = frozenset("在到赴来自由省市区于是任的")


def _joined_word(text: str, begin: int) -> bool:
    """Whether a full name that can be read as 和 and a level word (会议和县政府) has a word right before it."""
    before = text[begin - 1 : begin]
    return bool(_JOINED.match(before)) and before not in _BEFORE_PLACE


def find_divisions(text: str) -> list[PlaceMatch]:
    """The place names in a text, left to right; adjoining names of one path are one match (浙江省台州市, 上海宝山)."""
    matches: list[PlaceMatch] = []
    for begin, end, (divisions, full) in _names().find(text):
        if not divisions:
            continue
        form = text[begin:end]
        if matches and matches[-1].end == begin and (lower := _below(matches[-1].candidates, divisions)):
            last = matches.pop()
            matches.append(PlaceMatch(last.begin, end, text[last.begin : end], lower, full))
        elif form not in _NOT_ALONE:
            weak = _weak(form) and (not full or _joined_word(text, begin))
            matches.append(PlaceMatch(begin, end, form, divisions, full, weak))
    return matches
