"""The article's home jurisdiction, from evidence: which level of organs it speaks of without naming a place (区委, 县长),
and which divisions its headline, source and text name, how often and where.

The level comes first: 县委 without a place means a county, so a city that is named nearer (a training course held elsewhere)
cannot be the home. Each piece of evidence is an item with a weight; `weigh` shows them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Division, Document, LineKind, Metadata
from zhiguan.resolve.abbreviations import national
from zhiguan.resolve.divisions import (
    NATION,
    PlaceMatch,
    division_by_code,
    find_divisions,
    path_of,
    towns_named,
)
from zhiguan.resolve.levels import has_level

_READ = 4000
"""Code points of the text that are read: what comes later changes no home."""
_BARE = re.compile(
    "(?P<level>自治区|自治州|省|市|区|县|旗|州|盟|师|特区)"
    "(?:[委府长直](?![员托派屈曲]|期|远|三角|大|辖|接|播|效|升|安|城)|党委|政府|人民政府|人大|政协|纪[检委]|监[委察]|领导|法院|检察院"
    "|(?!场|民|域)[一-鿿]{1,6}?(?:局|厅|委|办|联|督导组)(?![一-鿿]{0,1}[域面]))"
)
_WHOLE = re.compile("[全我本](?P<level>省|市|区|县|旗|州|盟)(?![一-鿿]?委员)|(?P<sar>行政长官|本[澳港]|特区政府)")
_NO_LEVEL_BEFORE = frozenset(
    "社园景城小校郊山灾战地片辖矿牧林农街库专居军防湿禁盆各县市省区都超股门上夜老律教导军厂大特新全我本乡镇村名）"
)
_ALLOWED = {
    "区": _NO_LEVEL_BEFORE,
    "市": frozenset("城都超股门上夜各县省菜楼早集全我本名（、"),
    "县": frozenset("各全我本市区（、"),
}
_DISTRICTS, _CITIES = frozenset({"区", "县", "旗"}), frozenset({"市", "州", "自治州", "盟", "师"})
_TOWN = re.compile("[一-鿿]{2,4}?(?:街道|镇|乡)")
_TIERS = {"county": _DISTRICTS, "city": _CITIES, "province": frozenset({"省", "自治区"}), "sar": frozenset({"特区"})}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: a division, its weight, and the words that give it."""

    division: Division
    weight: float
    words: str


def find_home(document: Document, metadata: Metadata) -> Division | None:
    """The home jurisdiction of an article; None where the text names no place and no national body."""
    levels = bare_levels(document.text[:_READ])
    if metadata.title:
        levels.update(bare_levels(metadata.title))
    items = weigh(document, metadata)
    scores = _scores(items)
    tier = _tier(levels)
    if tier in (None, "city") and _is_national(document, metadata, scores, tier):
        return NATION
    found = _of_tier(tier, levels, scores) or _best(scores) or (NATION if items else None)
    return _narrowed(found, metadata.title or "", scores) if found else None


def _narrowed(found: Division, title: str, scores: dict[Division, float]) -> Division:
    """The county that the headline names and the text names far oftener than the division above, whose organs visit it."""
    named = {d for place in find_divisions(title) for d in place.candidates if found in path_of(d)[1:]}
    best = max(named, key=lambda d: scores.get(d, 0.0), default=found)
    return best if len(named) == 1 and scores.get(best, 0.0) > 3 * scores.get(found, 0.0) > 0 else found


def bare_levels(text: str) -> Counter[str]:
    """How often the text speaks of organs of a level without naming the place (区委, 副县长, 全市)."""
    named = {i for place in find_divisions(text) for i in range(place.begin + 1, place.end + 1)}
    counts: Counter[str] = Counter()
    for match in _BARE.finditer(text):
        level, begin = match["level"], match.start()
        if begin in named or (begin and text[begin - 1] in _ALLOWED.get(level, frozenset("各"))):
            continue
        if begin > 1 and text[begin - 1] == "、" and text[begin - 2] in "市县":
            continue
        counts[level] += 2
    for match in _WHOLE.finditer(text):
        counts[match["level"] or "特区"] += 1
    return counts


def _tier(levels: Counter[str]) -> str | None:
    """The most local tier of which the text speaks often enough."""
    sums = {tier: sum(levels[level] for level in of_tier) for tier, of_tier in _TIERS.items()}
    if sums["sar"] >= 2:
        return "sar"
    if sums["county"] >= 2 and sums["county"] * 5 >= sums["city"]:
        return "county"
    if sums["city"] >= 2 and sums["city"] * 5 >= sums["province"]:
        return "city"
    return next((tier for tier in ("county", "city", "province") if sums[tier]), None)


def weigh(document: Document, metadata: Metadata) -> list[Item]:
    """The evidence for each division: where it is named, how fully, and by whom the article is published."""
    matches = list(_mentions(document, metadata))
    context: dict[Division, float] = defaultdict(float)
    for match, weight, _ in matches:
        if len(match.candidates) == 1 and not match.weak:
            for step in path_of(match.candidates[0])[:-1]:
                context[step] += weight
    items: list[Item] = []
    for match, weight, _ in matches:
        chosen = _in_context(match, context)
        items.extend(Item(d, weight / len(chosen), match.form) for d in chosen)
    return items


def _in_context(match: PlaceMatch, context: dict[Division, float]) -> tuple[Division, ...]:
    """Of namesakes those that the rest of the text supports best."""
    if len(match.candidates) == 1:
        return match.candidates
    support = {
        d: sum(context.get(step, 0.0) for step in path_of(d)[1:-1]) + 2 * context.get(d, 0.0) for d in match.candidates
    }
    best = max(support.values())
    return tuple(d for d in match.candidates if support[d] == best)


def _mentions(document: Document, metadata: Metadata) -> Iterator[tuple[PlaceMatch, float, str]]:
    """Place names with a weight for where they stand."""
    for text, weight in _passages(document, metadata):
        for place in find_divisions(text):
            yield place, weight * _form_weight(text, place), text
        for match in _TOWN.finditer(text):
            if len(towns := towns_named(match[0])) == 1 and (county := division_by_code(towns[0].parent or "")):
                yield PlaceMatch(match.start(), match.end(), match[0], (county,), True), weight * 0.7, text
    for begin, end, code in _media().find(metadata.publisher or ""):
        if code != "CN" and (division := division_by_code(code)):
            yield PlaceMatch(begin, end, (metadata.publisher or "")[begin:end], (division,), True), 1.0, "publisher"


def _passages(document: Document, metadata: Metadata) -> Iterator[tuple[str, float]]:
    """Headline, publisher, and the lines of the text with the weight of a mention there."""
    if metadata.title:
        yield metadata.title, 3.0
    if metadata.publisher:
        yield metadata.publisher, 3.0
    first = True
    for line in document.lines:
        if line.span.begin > _READ:
            break
        text = document.text[line.span.begin : line.span.end]
        if line.kind in (LineKind.HEAD, LineKind.META):
            yield text, 1.0
            continue
        yield text, 1.6 if first else 1.0
        first = False


def _form_weight(text: str, place: PlaceMatch) -> float:
    """More for a full name and for a name before an organ; less for a mere place of a meeting or a word in other use."""
    weight = 0.3 if place.weak else 1.3 if place.full else 0.8
    after, before = text[place.end : place.end + 3], text[max(0, place.begin - 2) : place.begin]
    if not place.full and after.startswith(("库", "水库", "河", "江", "村")):
        return 0.1 * weight
    if re.match("[省市区县旗州]?(?:委|党委|政府|人民政府|人大|政协|纪委|第?.届)", after):
        weight *= 1.5
    elif after.startswith(("大学", "师范", "路", "街", "日报", "晚报", "银行", "籍")):
        weight *= 0.4
    if before.endswith(("在", "赴", "到", "自")) and not after.startswith(("区委", "县委")):
        weight *= 0.7
    return weight


def _scores(items: Iterable[Item]) -> dict[Division, float]:
    scores: dict[Division, float] = defaultdict(float)
    for item in items:
        scores[item.division] += item.weight
    return scores


def _of_tier(tier: str | None, levels: Counter[str], scores: dict[Division, float]) -> Division | None:
    """The division of the tier that scores highest, helped by the score of what lies above and in it."""
    if tier is None:
        return None
    wanted = [level for level in _TIERS[tier] if levels[level]]
    fits = {d: scores[d] * levels_weight(d, wanted, levels) for d in scores if levels_weight(d, wanted, levels)}
    pool = fits or _raised(tier, wanted, scores)
    if not pool:
        return None
    return max(pool, key=lambda d: (pool[d] + _support(d, scores), -len(d.full_name)))


def levels_weight(division: Division, wanted: list[str], levels: Counter[str]) -> float:
    """How well a division's own level word agrees with those of the text: 0 where it is none of them."""
    found = [levels[level] for level in wanted if has_level(division, level)]
    if not found:
        return 0.0
    return 0.5 + max(found) / (2 * max(levels[level] for level in wanted))


def _raised(tier: str, wanted: list[str], scores: dict[Division, float]) -> dict[Division, float]:
    """Divisions of the tier above those that are named (省 above a city)."""
    raised: dict[Division, float] = defaultdict(float)
    if tier == "county":
        return {}
    for division, score in scores.items():
        for step in path_of(division)[1:-1]:
            if any(has_level(step, level) for level in wanted):
                raised[step] += score
    return dict(raised)


def _support(division: Division, scores: dict[Division, float]) -> float:
    above = sum(scores.get(step, 0.0) for step in path_of(division)[1:-1])
    inside = sum(score for d, score in scores.items() if division in path_of(d)[1:])
    return 0.3 * above + 0.3 * inside


def _best(scores: dict[Division, float]) -> Division | None:
    if not scores:
        return None
    return max(scores, key=lambda d: (scores[d] + 0.5 * _support(d, scores), len(d.full_name)))


def _is_national(document: Document, metadata: Metadata, scores: dict[Division, float], tier: str | None) -> bool:
    """National bodies act in the headline or first sentence, or national media report, or places of many provinces vie."""
    title = metadata.title or ""
    body = (document.text[x.span.begin : x.span.begin + 60] for x in document.lines if x.kind is LineKind.BODY)
    lead = f"{title}。{next(body, '')}"
    provinces: dict[Division, float] = defaultdict(float)
    for division, score in scores.items():
        provinces[path_of(division)[-2] if division.code != "CN" else division] += score
    top, total = max(provinces.values(), default=0.0), sum(provinces.values())
    if len(provinces) > 2 and top < 0.85 * total and re.search("全国|各地", lead):
        return True
    if tier is not None:
        return bool(_national_words().match(title)) and not bare_levels(title)
    medium = f"{metadata.publisher or ''}{document.text[:40]}"
    return bool(_national_words().search(lead)) or _national_medium(medium) or max(scores.values(), default=0.0) < 0.5


@cache
def _national_words() -> re.Pattern[str]:
    words = [form for form in national() if len(form) > 3 or form in ("国务院", "党中央", "教育部")]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _national_medium(words: str) -> bool:
    return any(code == "CN" for _, _, code in _media().find(words))


@cache
def _media() -> LongestMatch[str]:
    return LongestMatch({entry.form: entry.cls for entry in load_table("media_places")})
