"""Of which levels a text speaks without naming a place (区委, 县长, 我市): they tell how local its home is.

A level word right behind its own place (海淀区区委) is not bare, nor are the later titles of a run that such a place opens
(徐汇区委副书记、区长): they are a guest's or a host's.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiguan.resolve.divisions import PlaceMatch, find_divisions, path_of
from zhiguan.resolve.levels import has_level

_BARE = re.compile(
    "(?P<level>自治区|自治州|省|市|区|县|旗|州|盟|师|特区)"
    "(?:[委府长直](?![员托派屈曲]|期|远|三角|大|辖|接|播|效|升|安|城)|(?P<party>党委)|政府|人民政府|人大|政协|纪[检委]|监[委察]|领导"
    "|法院|检察院|代?主席|第?[一二三四五六七八九十\\d]+届"
    "|(?!场|民|域)[一-鿿]{1,6}?(?:局|厅|委|办|联|督导组)(?![一-鿿]{0,1}[域面]))"
)
_WHOLE = re.compile(
    "(?P<mine>[全我本])(?P<level>自治区|自治州|省|市|区|县|旗|州|盟)(?![一-鿿]?委员)|[我本](?P<town>镇|乡|街道)|(?P<sar>行政长官|本[澳港]|特区政府)"
)
_NO_LEVEL_BEFORE = frozenset(
    "社园景城小校郊山灾战地片辖矿牧林农街库专居军防湿禁盆各县市省都超股门上夜老律教导军厂大特新全我本乡镇村名）设发济业术税湾港"
)
_ALLOWED = {
    "区": _NO_LEVEL_BEFORE,
    "市": frozenset("城都超股门上夜各区县师省菜楼早集全我本名（、"),
    "县": frozenset("各全我本市区（、"),
    "盟": frozenset("各联同加结"),
}
_CLAUSE = re.compile("[，,。；;：:！？\\n]")
_DEEDS = re.compile("率|来|到|赴|会见|陪同|主持|出席|参加")
_HELD = re.compile("(?:人民政府|政府|党组|常务|副|代|原)+")
_REACH = 40
"""Longest run of titles that a place's name opens, in code points."""
_GUESTS = re.compile(
    "[团队](?:一行)?[^，。；]{0,12}?(?:先后)?(?:到|赴|前往|走访|拜访)了?|(?:带队|率队)(?:走访|拜访|赴)了?|拜访了?|走访了?"
)
_HOME_WEIGHT = {"我": 4, "本": 4, "全": 1}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Counts of level words: `bare` stand alone, `owned` continue a run that a place's name opens; the places that
    people of a bare level go to with a delegation are `visited` and not home."""

    bare: Counter[str]
    owned: Counter[str]
    visited: frozenset[str]


def spoken_levels(text: str) -> Spoken:
    """The levels of which `text` speaks."""
    places = find_divisions(text)
    bare, owned = Counter[str](), Counter[str]()
    begins: list[tuple[int, str]] = []
    for begin, level in _level_words(text, places):
        if _continues_run(text, begin, level, places):
            owned[level] += 2
        else:
            bare[level] += 2
            begins.append((begin, level))
    for match in _WHOLE.finditer(text):
        level = match["level"] or match["town"] or "特区"
        bare[level] += _HOME_WEIGHT.get(match["mine"] or ("我" if match["town"] else ""), 1)
    return Spoken(_of_region(bare), owned, frozenset(_visited(text, begins, places)))


def _level_words(text: str, places: Sequence[PlaceMatch]) -> Iterator[tuple[int, str]]:
    named = {i for place in places for i in range(place.begin + 1, place.end + 1)}
    for match in _BARE.finditer(text):
        level, begin = match["level"], match.start()
        if begin in named or (begin and text[begin - 1] in _ALLOWED.get(level, frozenset("各"))):
            continue
        if begin > 1 and text[begin - 1] == "、" and text[begin - 2] in "市县":
            continue
        if match[0].endswith("主席") and level != "自治区":
            continue
        yield begin, "自治区" if level == "区" and match["party"] else level


def _continues_run(text: str, begin: int, level: str, places: Sequence[PlaceMatch]) -> bool:
    """Whether the level word at `begin` is a later title of a run that a place of that level opens."""
    start = _clause_begin(text, begin)
    if _opened(text, start, begin, level, places):
        return True
    if start == 0 or text[start - 1] not in "，,、" or start != begin:
        return False
    earlier = _clause_begin(text, start - 1)
    if start - earlier > _REACH or _DEEDS.search(text, earlier, start):
        return False
    return any(earlier <= p.begin <= earlier + 1 and _bears(p, level) for p in places)


def _clause_begin(text: str, at: int) -> int:
    low = max(0, at - _REACH)
    return max((m.end() for m in _CLAUSE.finditer(text, low, at)), default=low)


def _opened(text: str, start: int, begin: int, level: str, places: Sequence[PlaceMatch]) -> bool:
    run = "、" in text[start:begin] or "兼" in text[start:begin]
    near = (p for p in places if start <= p.begin < begin and _bears(p, level))
    return any(run or _HELD.fullmatch(text, p.end, begin) for p in near)


def _bears(place: PlaceMatch, level: str) -> bool:
    return place.full and any(has_level(d, level) for d in place.candidates)


def _of_region(bare: Counter[str]) -> Counter[str]:
    """区 read as 自治区 where the text speaks of the autonomous region at least as often."""
    if bare["自治区"] >= 2 and bare["自治区"] >= bare["区"]:
        bare["自治区"] += bare.pop("区", 0)
    return bare


def _visited(text: str, begins: list[tuple[int, str]], places: Sequence[PlaceMatch]) -> Iterator[str]:
    """Codes of the places to which a delegation of the home goes whose leader is named with a bare level word."""
    for match in _GUESTS.finditer(text):
        start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        levels = {level for begin, level in begins if start <= begin < match.start()}
        if not levels or any(start <= p.begin < match.start() and p.full for p in places):
            continue
        for place in places:
            if match.end() <= place.begin <= match.end() + 1 and place.full:
                steps = (step for d in place.candidates for step in path_of(d)[:-1] if step.name[:2] in place.form)
                yield from (step.code for step in steps if any(has_level(step, level) for level in levels))
