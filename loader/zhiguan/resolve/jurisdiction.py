"""The article's home jurisdiction, from evidence: which level of organs it speaks of without naming a place (区委, 县长),
and which divisions its headline, source and text name, how often and where.

The level comes first: 县委 without a place means a county, so a city that is named nearer (a training course held elsewhere)
cannot be the home. Each piece of evidence is an item with a weight; `weigh` shows them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    short_names,
    towns_named,
)
from zhiguan.resolve.levels import has_level
from zhiguan.resolve.spoken import spoken_levels

_ENOUGH = 4
"""So many bare level words tell the level without those that continue a run which a place opens."""
_READ = 4000
"""Code points of the text that are read: what comes later changes no home."""
_ORGAN = re.compile(
    "(?:[省市区县旗州]?(?:委(?!员|托|派)|党委|政府|人民政府|人大|政协|纪委|第?[一二三四五六七八九十\\d]+届))"
)
_SITES = (
    "岛",
    "湾",
    "湖",
    "山",
    "桥",
    "路",
    "站",
    "街",
    "镇",
    "乡",
    "大道",
    "港",
    "水库",
    "河",
    "江",
    "村",
    "寺",
    "公园",
    "广场",
)
_DISTRICTS, _CITIES = frozenset({"区", "县", "旗"}), frozenset({"市", "州", "自治州", "盟", "师"})
_TOWNS = ("镇", "乡", "街道")
_TOWN = re.compile("[一-鿿]{2,4}?(?:街道|镇|乡)")
_TIERS = {"county": _DISTRICTS, "city": _CITIES, "province": frozenset({"省", "自治区"}), "sar": frozenset({"特区"})}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence: a division, its weight, and the words that give it."""

    division: Division
    weight: float
    words: str
    sure: bool = True
    """Whether the words can only mean a place."""


def find_home(document: Document, metadata: Metadata, names: Iterable[str] = ()) -> Division | None:
    """The home jurisdiction of an article; None where the text names no place and no national body.

    `names` are the people whom the article names: a place in a person's name (梁卫东) is none.
    """
    spoken = spoken_levels(f"{metadata.title or ''}\n{document.text[:_READ]}")
    levels = spoken.bare if sum(spoken.bare.values()) >= _ENOUGH else spoken.bare + spoken.owned
    items = weigh(document, metadata, names)
    scores = _scores(item for item in items if not spoken.visited & {step.code for step in path_of(item.division)})
    sure = {item.division for item in items if item.sure}
    candidates = {d: score for d, score in scores.items() if d in sure}
    tier = _tier(levels)
    if tier in (None, "city") and _is_national(document, metadata, scores, tier):
        return NATION
    found = _of_tier(tier, levels, candidates) or _by_weak_name(tier, levels, scores, sure) or _above(tier, candidates)
    if found is None:
        return NATION if _national_medium(_medium(document, metadata)) else None
    return _narrowed(found, metadata.title or "", candidates)


def _above(tier: str | None, scores: dict[Division, float]) -> Division | None:
    """Where no division fits the tier: the best of those that can hold one of it."""
    if tier is None:
        return _best(scores)
    order = ("county", "prefecture", "province")
    least = {"county": 1, "city": 2}.get(tier, 0)
    return _best({d: score for d, score in scores.items() if d.level in order[least:]})


def _narrowed(found: Division, title: str, scores: dict[Division, float]) -> Division:
    """The county that the headline names and the text names far oftener than the division above, whose organs visit it."""
    named = {d for place in find_divisions(title) for d in place.candidates if found in path_of(d)[1:]}
    best = max(named, key=lambda d: scores.get(d, 0.0), default=found)
    return best if len(named) == 1 and scores.get(best, 0.0) > 3 * scores.get(found, 0.0) > 0 else found


def _tier(levels: Counter[str]) -> str | None:
    """The most local tier of which the text speaks often enough."""
    sums = {tier: sum(levels[level] for level in of_tier) for tier, of_tier in _TIERS.items()}
    sums["county"] += sum(levels[level] for level in _TOWNS)
    if sums["sar"] >= 2:
        return "sar"
    if _outweighs(sums["county"], sums["city"]):
        return "county"
    if _outweighs(sums["city"], sums["province"]):
        return "city"
    return max(("county", "city", "province"), key=lambda tier: sums[tier]) if any(sums.values()) else None


def _outweighs(lower: int, upper: int) -> bool:
    """Whether organs of the lower level are at home here: those of the level above are named in any article."""
    return (lower >= 4 and lower * 5 >= upper) or lower >= max(2, upper)


def weigh(document: Document, metadata: Metadata, names: Iterable[str] = ()) -> list[Item]:
    """The evidence for each division: where it is named, how fully, and by whom the article is published."""
    matches = list(_mentions(document, metadata, frozenset(names)))
    context: dict[Division, float] = defaultdict(float)
    for match, weight in matches:
        if len(match.candidates) == 1 and not match.weak:
            for step in path_of(match.candidates[0])[:-1]:
                context[step] += weight
    items: list[Item] = []
    for match, weight in matches:
        chosen = _in_context(match, context)
        items.extend(Item(d, weight / len(chosen), match.form, not match.weak) for d in chosen)
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


def _mentions(document: Document, metadata: Metadata, names: frozenset[str]) -> Iterator[tuple[PlaceMatch, float]]:
    """Place names with a weight for where they stand; a common word counts once, however often it stands."""
    said: set[str] = set()
    joined = "\n".join(names)
    for text, weight in _passages(document, metadata):
        for place in (_as_meant(text, found) for found in find_divisions(text)):
            if not place.full and text.startswith("同志", place.end):
                continue
            if place.form in joined and not place.full and _in_name(text, place, names):
                continue
            repeated = place.form in said
            said.add(place.form)
            if place.weak and (place.full or repeated or text.startswith(_SITES, place.end)):
                continue
            yield place, weight * _form_weight(text, place)
        for match in _TOWN.finditer(text):
            if len(towns := towns_named(match[0])) == 1 and (county := division_by_code(towns[0].parent or "")):
                yield PlaceMatch(match.start(), match.end(), match[0], (county,), True), weight * 0.7
    for begin, end, code in _media().find(metadata.publisher or ""):
        if code != "CN" and (division := division_by_code(code)):
            yield PlaceMatch(begin, end, (metadata.publisher or "")[begin:end], (division,), True), 1.0


def _as_meant(text: str, place: PlaceMatch) -> PlaceMatch:
    """A short name that a hill or water bears is as weak as a common word (广阳岛); before an organ it is sure."""
    if place.full:
        return place
    if _ORGAN.match(text, place.end):
        return replace(place, weak=False)
    return replace(place, weak=place.weak or text.startswith(_SITES, place.end))


def _in_name(text: str, place: PlaceMatch, names: frozenset[str]) -> bool:
    """Whether the place stands inside the name of a person."""
    for name in names:
        at = name.find(place.form)
        if at >= 0 and text.startswith(name, place.begin - at) and place.begin >= at:
            return True
    return False


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
    if text.startswith("代表团", place.end):
        weight *= 0.3
    if before.endswith(("在", "赴", "到", "自")) and not after.startswith(("区委", "县委")):
        weight *= 0.7
    return weight


def _scores(items: Iterable[Item]) -> dict[Division, float]:
    scores: dict[Division, float] = defaultdict(float)
    for item in items:
        scores[item.division] += item.weight
    return scores


def _wanted(tier: str, levels: Counter[str]) -> list[str]:
    """The level words of the tier that the text uses, without those that it uses far less than another."""
    most = max(levels[level] for level in _TIERS[tier])
    if not most:
        return list(_TIERS[tier])
    return [level for level in _TIERS[tier] if levels[level] and levels[level] * 3 >= most]


def _of_tier(tier: str | None, levels: Counter[str], scores: dict[Division, float]) -> Division | None:
    """The division of the tier that scores highest, helped by the score of what lies above and in it."""
    if tier is None:
        return None
    wanted = _wanted(tier, levels)
    fits = {d: scores[d] * levels_weight(d, wanted, levels) for d in scores if levels_weight(d, wanted, levels)}
    pool = fits or _raised(tier, wanted, scores)
    if not pool:
        return None
    best = max(pool, key=lambda d: (pool[d] + _support(d, scores), -len(d.full_name)))
    return _holding(best, pool, scores)


def _holding(best: Division, pool: dict[Division, float], scores: dict[Division, float]) -> Division:
    """The division above, where several in it are named alike (a digest of all districts), else `best` itself."""
    rivals = [d for d in pool if d.parent == best.parent and d != best]
    above = path_of(best)[1]
    if above.code == "CN":
        return best
    alike = sum(pool[d] >= 0.6 * pool[best] for d in rivals)
    equal = any(pool[d] >= 0.9 * pool[best] for d in rivals) and scores.get(above, 0.0) >= pool[best]
    return above if alike >= 2 or equal else best


def _by_weak_name(
    tier: str | None, levels: Counter[str], scores: dict[Division, float], sure: set[Division]
) -> Division | None:
    """The only division of the tier that the text names by a word that can be another's name but is no common word."""
    if tier is None:
        return None
    wanted = _wanted(tier, levels)
    fits = [d for d in scores if d not in sure and levels_weight(d, wanted, levels) and not _is_common(d)]
    if sure:
        fits = [d for d in fits if sure & set(path_of(d)[1:-1])]
    return fits[0] if len(fits) == 1 and sum(levels[level] for level in wanted) >= 4 else None


def _is_common(division: Division) -> bool:
    return not _common_words().isdisjoint(short_names(division.name))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(entry.form for entry in load_table("words") if entry.cls != "f")


def levels_weight(division: Division, wanted: list[str], levels: Counter[str]) -> float:
    """How well a division's own level word agrees with those of the text: 0 where it is none of them."""
    found = [levels[level] for level in wanted if has_level(division, level)]
    if not found:
        return 0.0
    return 0.5 + max(found) / (2 * max(1, *(levels[level] for level in wanted)))


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
        return bool(_national_words().match(title)) and not spoken_levels(title).bare
    return bool(_national_words().search(lead)) or _national_medium(_medium(document, metadata))


@cache
def _national_words() -> re.Pattern[str]:
    words = [form for form in national() if len(form) > 3 or form in ("国务院", "党中央", "教育部")]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _medium(document: Document, metadata: Metadata) -> str:
    return f"{metadata.publisher or ''}{document.text[:40]}"


def _national_medium(words: str) -> bool:
    return any(code == "CN" for _, _, code in _media().find(words))


@cache
def _media() -> LongestMatch[str]:
    return LongestMatch({entry.form: entry.cls for entry in load_table("media_places")})
