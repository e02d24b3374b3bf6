"""Reading one surface: by party, place, level word, or none, from the surest reading to the loosest."""

import re
from functools import cache

from zhiguan.model import Body, BodyKind, Division
from zhiguan.resolve.abbreviations import (
    expand,
    fill,
    heads,
    institutions,
    kind_by_ending,
    known_unit,
    longest_prefix,
    national,
    units,
)
from zhiguan.resolve.divisions import NATION, PlaceMatch, divisions_named, find_divisions, is_former, path_of
from zhiguan.resolve.levels import LEVEL, choose, division_at, division_of, has_level, nameless, stand_in
from zhiguan.resolve.naming import (
    Named,
    bare_tail,
    is_town_organ,
    listed_organ,
    organ_of,
    organ_of_town,
    tail_organ,
    town_begins,
    town_organ,
    village,
    zone_named,
    zone_organ,
)
from zhiguan.resolve.posts import body_of_post, core

_PARTIES = ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟")
_FLAGS = re.compile(f"中国共产党|中共|共青团|团(?=[省市区县州旗盟]委)|中国人民政治协商会议|政协|{'|'.join(_PARTIES)}")
_NEW_TERM = re.compile("^新(?=[省市区县旗州盟][委政人])")
_SAR = ("810000", "820000")
_STREETS = tuple("村镇乡路街社")
_NOT_ALONE = frozenset("委部室科处司局组校办院队股团站馆所") | {"中心"}


class Reader:
    """Reads one surface with its context; each method returns None where its reading does not fit."""

    def __init__(self, home: Division | None, previous: Body | None, post: str) -> None:
        self.home = home
        self.near = division_of(previous) if previous else None
        self.post = post

    def read(self, words: str) -> Named | None:
        """The first reading that fits, from the surest to the loosest."""
        return (
            self._national(words)
            or self._posted(words)
            or self._as_written(words)
            or self._regiment(words)
            or self._flagged(words)
            or self._town_of_home(words)
            or self._located(words)
            or self._levelled(words)
            or self._bare(words)
            or self._inside(words)
        )

    def _national(self, words: str) -> Named | None:
        """A body of the nation or a part of it (国家卫生健康委规划司, 全国人大财经委)."""
        prefix = longest_prefix(words, national(), 24)
        if not prefix:
            return None
        name, kind = national()[prefix]
        part = words[len(prefix) :]
        if not part:
            if prefix == "全国人大" and self._sits_on_committee():
                name = national()["全国人大常委会"][0]
            return Named(name, kind, NATION)
        if prefix in ("中央", "国务院", "全国人大", "全国人大常委会", "全国政协"):
            return self._national_part(prefix, part)
        return Named(name + expand(part), kind, NATION, name) if kind_by_ending(part) else None

    def _national_part(self, prefix: str, part: str) -> Named | None:
        if prefix == "中央":
            return Named("中央" + expand(part), BodyKind.PARTY, NATION)
        if prefix == "国务院":
            return Named("国务院" + expand(part), BodyKind.ADMINISTRATION, NATION)
        return organ_of(prefix.removeprefix("全国") + part, NATION)

    def _posted(self, words: str) -> Named | None:
        """A body of a special administrative region under a short name."""
        for base in (self.near, self.home):
            if base and base.code in _SAR and kind_by_ending(words) and not find_divisions(words):
                if words == "中联办":
                    return Named(f"中央人民政府驻{base.full_name}联络办公室", BodyKind.ADMINISTRATION, base)
                kind = kind_by_ending(words)
                rest = words.removeprefix("特区")
                return Named(base.full_name + rest, kind[0] if kind else BodyKind.OTHER, base)
        return None

    def _as_written(self, words: str) -> Named | None:
        """Universities, schools, firms and the like keep the name that the text gives them."""
        full = _spelled_university(words)
        found = kind_by_ending(full)
        if found is None or not found[1] or (LEVEL.match(full) and not divisions_named(full[:2])):
            return self._university_part(full)
        if known_unit(full):
            return None
        return Named(full, found[0], self.home)

    def _university_part(self, words: str) -> Named | None:
        match = re.match("(.{2,12}?大学)(.+)", words)
        if not match or not kind_by_ending(match[2]) or match[2].endswith(("党委", "党组", "团委")):
            return None
        return Named(match[1] + expand(match[2]), BodyKind.UNIVERSITY, self.home, match[1])

    def _flagged(self, words: str) -> Named | None:
        """A surface that begins with its party: 中共闵行区委, 民革区委, 团市委, 政协上海市委员会."""
        match = _FLAGS.match(words)
        if not match or match.end() == len(words):
            return None
        flag, rest = match[0], words[match.end() :]
        if flag.startswith(("中共", "中国共")):
            return _of_party(self._located(rest) or self._levelled(rest)) or self._party_of(rest)
        division, tail = self._division(rest)
        if flag.startswith(("政协", "中国人民")):
            return organ_of("政协" + tail.removeprefix("委员会"), division) if division else None
        name = "共青团" if flag in ("团", "共青团") else flag
        kind = BodyKind.MASS if name == "共青团" else BodyKind.DEMOCRATIC_PARTY
        if division and tail in ("委", "委会", "委员会", "工委", ""):
            return Named(f"{name}{division.full_name}{'工作委员会' if tail == '工委' else '委员会'}", kind, division)
        base = self.read(tail.removesuffix("委员会").removesuffix("支部").removesuffix("总支")) if tail else None
        return Named(name + base.name + "委员会", kind, base.division) if base and tail.endswith("委员会") else None

    def _party_of(self, rest: str) -> Named | None:
        base = self.read(rest.removesuffix("委员会")) if rest.endswith("委员会") else None
        return Named(f"中共{base.name}委员会", BodyKind.PARTY, base.division, base.name) if base else None

    def _division(self, words: str) -> tuple[Division | None, str]:
        """The division that a surface begins with, by name or level word, and what follows."""
        places = find_divisions(words)
        if places and places[0].begin == 0:
            division = choose(places[0].candidates, self.home, self.near)
            return division, _drop_level(words[places[0].end :], division)
        if level := LEVEL.match(words):
            return division_at(level[0], self.near, self.home), words[level.end() :]
        return None, words

    def _located(self, words: str) -> Named | None:
        """A surface that begins with a place's name."""
        places = find_divisions(words)
        if not places or places[0].begin:
            return None
        division = choose(places[0].candidates, self.home, self.near)
        if division is None:
            rest = _drop_level(words[places[0].end :], places[0].candidates[0])
            namesake = stand_in(places[0].form) if places[0].full else None
            return self._by_kind(rest, namesake) if rest or namesake is None else self._of_place(namesake)
        tail = _NEW_TERM.sub("", words[places[0].end :])
        if is_former(division) and (kept := self._former_place(places[0].form, tail)):
            return kept
        rest = _drop_level(tail, division)
        if not places[0].full and (tail[:1] in _STREETS or self._by_chance(places[0], division, rest == tail)):
            return None
        place = words[: places[0].end]
        return self._within(rest, division, place, short=not places[0].full) if rest else self._of_place(division)

    def _by_chance(self, place: PlaceMatch, division: Division, bare: bool) -> bool:
        """Whether a short name in another province than the home's only begins another word (松山湖, 公安分局)."""
        if not bare or self.home is None or self.home.code == "CN" or path_of(self.home)[-2] in path_of(division):
            return False
        return place.weak or len(division.name) < 4

    def _regiment(self, words: str) -> Named | None:
        """A regiment of the Production and Construction Corps and its organs (143团党委)."""
        match = re.match("第?[\\d一二三四五六七八九十〇零]+团", words)
        division = division_at("师", self.near, self.home) if match else None
        if match is None or division is None:
            return None
        name = division.full_name + match[0]
        if match.end() == len(words):
            return Named(name, BodyKind.MILITARY, division)
        return bare_tail(words[match.end() :], name, division) or Named(
            name + expand(words[match.end() :]), BodyKind.ADMINISTRATION, division
        )

    def _town_of_home(self, words: str) -> Named | None:
        """A surface that begins with a town of the home, whatever else its first characters may be."""
        if self.home is None or self.home.level not in ("county", "prefecture") or not town_begins(words, self.home):
            return None
        return town_organ(words, self.home)

    def _of_place(self, division: Division) -> Named | None:
        """A place alone before a post: its government, or its party committee before a secretary."""
        if named := body_of_post(self.post, Body(name="", kind=BodyKind.OTHER, division=division), self.home):
            return named
        if division.level == "town" or division.name.endswith("师"):
            return Named(division.full_name, BodyKind.OTHER, division)
        head = heads()["委" if core(self.post) in ("书记", "常委") else "政府"]
        return Named(fill(head.full, division), head.kind, division) if self.post else None

    def _levelled(self, words: str) -> Named | None:
        """A surface that begins with a level word."""
        level = LEVEL.match(words)
        if not level:
            return None
        division = division_at(level[0], self.near, self.home)
        rest = words[level.end() :]
        if division is None:
            return self._by_kind(rest, nameless(level[0]))
        if division.name.endswith("师") and rest.startswith("市"):
            rest = rest[1:] if listed_organ(rest[1:], division) else rest
        if not rest:
            return self._of_place(division)
        if division.level == "town":
            return organ_of_town(rest, division)
        return self._within(rest, division)

    def _by_kind(self, rest: str, division: Division | None) -> Named | None:
        """An organ of a division whose name the text does not say (区委, 县人大常委会党组)."""
        if division is None or not rest:
            return None
        rest = self._congress(rest)
        inner = tail_organ(rest, lambda base: self._by_kind(base, division))
        return listed_organ(rest, division) or inner or organ_of(rest, division)

    def _within(self, rest: str, division: Division, place: str = "", short: bool = False) -> Named | None:
        """What `rest` names in a division: a listed organ, a town's, a zone's, or any body known by its ending."""
        rest = self._congress(rest)
        if division.name.endswith("师") and rest == "机关":
            return Named(division.full_name, BodyKind.MILITARY, division)
        listed = (
            self._resident(rest, division)
            or listed_organ(rest, division)
            or town_organ(rest, division)
            or zone_organ(rest, division, place if short else division.full_name)
            or tail_organ(rest, lambda base: self._within(base, division, place, short))
            or organ_of(rest, division)
            or village(rest, division)
        )
        if listed:
            return listed
        found = kind_by_ending(rest)
        if found is None or rest in _NOT_ALONE:
            return None
        prefix = place if found[1] and place else division.full_name
        return Named(prefix + expand(rest), found[0], division)

    def _resident(self, rest: str, division: Division) -> Named | None:
        """A discipline group seconded to another body (市纪委派驻市委组织部纪检组)."""
        match = re.fullmatch("(纪[委检].*?)(派驻|驻)(.+?)(纪检监察组|纪检组)", rest)
        if not match:
            return None
        sender, host = organ_of(match[1], division), self.read(match[3])
        if sender is None or host is None:
            return None
        return Named(sender.name + match[2] + host.name + match[4], BodyKind.PARTY, division, sender.name)

    def _congress(self, rest: str) -> str:
        """The congress under its short name means its standing committee, save for deputies."""
        return "人大常委会" if rest in ("人大", "人大会") and self._sits_on_committee() else rest

    def _sits_on_committee(self) -> bool:
        return self.post.endswith(("主任", "委员", "秘书长", "委员长")) or not self.post

    def _bare(self, words: str) -> Named | None:
        """A listed organ or department without place or level: that of the body before, else of the home."""
        base = self.near or self.home
        if base is None:
            return None
        if base.level == "town":
            if is_town_organ(words):
                return organ_of_town(words, base)
            base = path_of(base)[1]
        rest = self._congress(words)
        if words.startswith(("行署", "行政公署")):
            base = division_at("地区", self.near, self.home) or base
        if words == "政府" and (level := LEVEL.match(self.post.removeprefix("副"))):
            base = division_at(level[0], self.near, self.home) or base
        if base.code == "CN":
            return organ_of("人大" + words, base) if words in units("congress") or words == "常委会" else None
        if words == "常委会":
            rest = "人大常委会"
        return (
            organ_of(rest, base)
            or town_organ(rest, self.home or base)
            or (organ_of("人大" + words, base) if words in ("预算工委", "法工委", "代表工委") else None)
        )

    def _former_place(self, stem: str, tail: str) -> Named | None:
        """Committees kept up in a place that was a division of its own once (汉沽工委)."""
        if tail not in ("工委", "管委会", "党工委") or self.home is None:
            return None
        return zone_named(self.home.full_name + stem, tail, self.home)

    def _inside(self, words: str) -> Named | None:
        """Zones, villages and party organs of bodies that keep the name as written (某集团党组)."""
        if (zone := zone_organ(words, self.home, self._zone_prefix(words))) is not None:
            return zone
        if self.home and (found := village(words, self.home)):
            return found
        return tail_organ(words, self._named_base)

    def _zone_prefix(self, words: str) -> str:
        return (
            self.home.full_name
            if self.home
            and re.match(
                "经济开发区|经济技术开发区|产业园|产业集聚区|工业集聚区|开发区|高新区|经开区|工业园|园区|新区|景区",
                words,
            )
            else ""
        )

    def _named_base(self, words: str) -> Named:
        """The body in front of a party organ: resolved, else under the name that it has."""
        return self.read(words) or Named(words, BodyKind.OTHER, self.home)


def _of_party(named: Named | None) -> Named | None:
    """The organ as one of the party, as the text calls it."""
    if named is None or named.name.startswith("中"):
        return named
    return Named("中共" + named.name, BodyKind.PARTY, named.division, named.parent)


def _drop_level(rest: str, division: Division | None) -> str:
    """`rest` without a level word that only repeats the division's (竹山县县委, 徐汇区委)."""
    if division is None:
        return rest
    level = LEVEL.match(rest)
    if not level or level[0] in ("镇", "乡", "街道") or not has_level(division, level[0]):
        return rest
    left = rest[level.end() :]
    if known_unit(rest) and not known_unit(left):
        return rest
    return left


def _spelled_university(words: str) -> str:
    """The surface with a university's short name spelled out (上海交大电子信息与电气工程学院)."""
    if short := longest_prefix(words, institutions("university"), 8):
        rest = words[len(short) :]
        return words if rest.startswith("大学") else institutions("university")[short] + rest
    places = find_divisions(words[:8])
    if places and places[0].begin == 0 and not LEVEL.match(words[places[0].end :]):
        rest = words[places[0].end :]
        match = _university_endings().match(rest)
        if match and not rest[match.end() :].startswith("大学"):
            return words[: places[0].end] + match[1] + institutions("suffix")[match[2]] + rest[match.end() :]
    return words


@cache
def _university_endings() -> re.Pattern[str]:
    forms = "|".join(sorted(institutions("suffix"), key=len, reverse=True))
    return re.compile(f"([一-鿿]{{0,4}}?)({forms})(?=$|党委|纪委|团委|附属|.{{2,12}}(?:学院|研究院|系|处|部))")
