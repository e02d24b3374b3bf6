"""Bodies that the running text names: 区教育局, 县人大、县政协, 公安局 in a list after 县政府办, 上海大学.

A body begins at a place's name, at a level word (区, 市) that is not part of another word, at a national body's name, after a
list mark behind another body (shared prefix), or, for schools, firms and the like, at the edge of its phrase.
"""

import re
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.model import Body, BodyFact, BodyKind, Division, Document, Evidence, LineKind, Span
from zhiguan.resolve.abbreviations import heads, longest_prefix, national, units
from zhiguan.resolve.bodies import refer_back, resolve_body
from zhiguan.resolve.carry import committee_of, committees
from zhiguan.resolve.divisions import find_divisions, path_of
from zhiguan.resolve.levels import LEVEL
from zhiguan.rules.edges import sentence_words, site, sub_body
from zhiguan.rules.lexis import alternation, conditioned
from zhiguan.rules.unlisted import Found, as_written, is_generic, of_the_state, town_lists

_PARTIES = "(?:中国人民政治协商会议|中国共产党|中共|共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|政协|中国)"
_SESSION = "(?:第?[一二三四五六七八九十百\\d]+届)?"
_START = re.compile(
    f"{_PARTIES}?(?:自治区|自治州|自治县|兵团|新区|特区|[省市区县旗州盟])(?={_SESSION}[一-鿿])(?![长级内域里外民场容属城郊区县镇]|乡(?!村))"
)
_FLAG_BEFORE = re.compile(f"{_PARTIES}{_SESSION}$")
_FLAG_ENDS = frozenset("议党共团革盟建进社协国届")
_TERM = re.compile(_SESSION)
_FLAGGED = re.compile("中国共产党|中共|中国人民政治协商会议|政协")
_COMMITTEE_OF = re.compile(
    "委员会(?:常务委员会|常委会|办公[厅室]|(?:(?![主副作关第届次全各])[一-鿿]){2,8}?委员会(?!议))?"
)
_WORDS = "name_words"
_LIST_MARK = re.compile("、|和|及|以及|与")
_RESIDENT = re.compile("(?:派驻|驻)[一-鿿]{2,16}?(?:纪检监察组|纪检组)")
_TEAMS = re.compile(
    "[一-鿿]{0,12}?(?:督导|督查|巡视|巡察|指导|检查|调研|考察|工作|评估|验收|考核|宣讲|视察)[组团](?![长成])"
)


_NOT_IN_PART = re.compile(
    "[作的了在对向由要与和书长记到被让]|常委|欢迎|召开|举行|听取|审议|主持|领导班子|来|赴|主席|主任"
)
_TEAM = re.compile("[一-鿿]{2,6}?(?:支队|大队|总队)(?!长)|[一-鿿]{2,6}?(?:支队|大队|总队)(?=[支大总]?队长)")
_COMMITTEE = re.compile("(?![一-鿿]{0,6}[副、]?主[任席])[一-鿿]{2,8}?工?委(?!员|托|派|书|常|会)")
_BRANCH = re.compile("[一-鿿]{2,10}?分院")


@cache
def _words(cls: str) -> tuple[str, ...]:
    return tuple(sorted(load_forms(_WORDS, cls)))


@cache
def _not_before() -> dict[str, frozenset[str]]:
    """Level word -> the characters behind which it is none (社|区, 城|市)."""
    return {e.form: frozenset(e.note.removeprefix("not behind ")) for e in load_table(_WORDS) if e.cls == "level"}


@cache
def _edge() -> re.Pattern[str]:
    return re.compile("[^一-鿿A-Za-z0-9（）()·-]|" + alternation(_WORDS, "edge"))


@cache
def _own_part() -> re.Pattern[str]:
    return re.compile("[一-鿿（）()]{0,14}?" + conditioned(_WORDS, "part"))


@cache
def _national_part() -> re.Pattern[str]:
    return re.compile(
        f"[一-鿿]{{2,14}}?{alternation(_WORDS, 'national-part')}|[一-鿿]{{2,6}}?[司局](?=[司局]长|副|负责)"
    )


@cache
def _listed_part() -> re.Pattern[str]:
    return re.compile(f"[一-鿿（）()·“”A-Za-z\\d]{{1,16}}?{conditioned(_WORDS, 'listed-part')}(?![长书员])")


def find_bodies(document: Document, home: Division | None) -> list[BodyFact]:
    """Every organisation that the running text names, by its canonical name, with the places where it stands."""
    facts: dict[str, tuple[Body, list[Evidence]]] = {}
    found: list[Found] = []
    for line in document.lines:
        if line.kind is LineKind.META:
            continue
        text = document.text[line.span.begin : line.span.end]
        found.extend(_shift(item, line.span.begin) for item in _in_line(text, home))
    known = [item.body for item in found if item.body.resolved]
    found.extend(_committees_of(document, found, known))
    for item in sorted(found, key=lambda item: item.begin):
        body = item.body
        if item.rule == "body-as-written":
            body = refer_back(document.text[item.begin : item.end], known) or body
        evidence = Evidence(Span(item.begin, item.end), item.rule)
        facts.setdefault(body.name, (body, []))[1].append(evidence)
    return [BodyFact(body=body, evidence=tuple(evidence)) for body, evidence in facts.values()]


def _committees_of(document: Document, found: list[Found], known: list[Body]) -> list[Found]:
    """Committees of the congress or conference of which the article tells (听取城建环保委员会的说明)."""
    items = []
    for begin, end, form in _all_committees().find(document.text):
        before = document.text[begin - 1 : begin]
        if ("一" <= before <= "鿿" and before not in "了由和与及对向取") or any(
            i.begin < end and begin < i.end for i in found
        ):
            continue
        if body := committee_of(form, known):
            items.append(Found(begin, end, body, "body-abbreviation"))
    return items


@cache
def _all_committees() -> LongestMatch[str]:
    return LongestMatch({form: form for form in {**committees("congress"), **committees("conference")}})


def _shift(item: Found, by: int) -> Found:
    return Found(item.begin + by, item.end + by, item.body, item.rule)


def _in_line(text: str, home: Division | None) -> list[Found]:
    """The bodies of one line, left to right, none overlapping another."""
    found: list[Found] = []
    taken = 0
    for begin, organ in _starts(text, home):
        if begin < taken:
            continue
        item = _read(text, begin, organ, home, found[-1] if found else None)
        if item is None:
            continue
        found.append(item)
        taken = item.end
        found.extend(_sender(text, item, home))
        while follower := _follower(text, max(found, key=lambda f: f.end), home):
            found.append(follower)
            taken = follower.end
    found.extend(_bare_units(text, home, found))
    found.extend(of_the_state(text, home, found))
    found.extend(as_written(text, home, found))
    found.extend(town_lists(text, home))
    return found


def _starts(text: str, home: Division | None) -> list[tuple[int, int]]:
    """(begin of a body, begin of what follows its place, level or party) in order."""
    starts: dict[int, int] = {}
    inside: set[int] = set()
    near = path_of(home) if home else ()
    for place in find_divisions(text):
        if place.weak and not any(d in near for d in place.candidates):
            continue
        begin = place.begin
        if begin and text[begin - 1] in _FLAG_ENDS and (match := _FLAG_BEFORE.search(text[max(0, begin - 18) : begin])):
            begin -= len(match[0])
        starts[begin] = place.end
        inside.update(range(place.begin + 1, place.end))
    for match in _START.finditer(text):
        if match.start() in inside or match.start() in starts:
            continue
        before = text[match.start() - 1] if match.start() else ""
        if before == "、" and text[max(0, match.start() - 2)] in "市县":
            continue
        if match[0] in ("区", "新区") and text.startswith(_words("zone-organ"), match.end()) and _goes_on(before):
            continue
        if before not in _not_before().get(match[0][-1], frozenset()):
            starts.setdefault(match.start(), match.end())
    for begin, end, form in _national().find(text):
        if form not in ("全国政协", "全国人大") or not text.startswith(_words("delegate"), end):
            starts[begin] = end
    return sorted(starts.items())


def _goes_on(before: str) -> bool:
    """Whether the character before a level word belongs to the name of a zone (双河|区管委会)."""
    return "一" <= before <= "鿿" and before not in _words("zone-lead")


@cache
def _national() -> LongestMatch[str]:
    return LongestMatch({form: form for form in national() if len(form) > 2 or form == "央行"})


def _read(text: str, begin: int, organ: int, home: Division | None, last: Found | None) -> Found | None:
    """The body that begins at `begin`, `organ` being where the words for the organ begin."""
    end = _end(text, begin, organ)
    if end is None:
        return None
    surface = text[begin:end]
    previous = last.body if last and not re.search("[。；]", text[last.end : begin]) else None
    body = resolve_body(surface, home=home, post=_post(text, end), previous=_division_only(previous))
    known = body is not None and (body.resolved or (home is None and _is_by_kind(surface)))
    if (
        body is None
        or not known
        or is_generic(surface)
        or site().search(surface)
        or surface.count("（") != surface.count("）")
    ):
        return None
    rule = "body-full-name" if surface == body.name else "body-abbreviation"
    return Found(begin, end, body, rule)


def _is_by_kind(surface: str) -> bool:
    """Whether the words are a level word and an organ that every division has: known by kind though not by place."""
    level = LEVEL.match(surface)
    return bool(level and surface[level.end() :] in heads())


def _division_only(previous: Body | None) -> Body | None:
    """The body before, for its division alone."""
    return previous if previous is not None and previous.division is not None else None


def _post(text: str, end: int) -> str | None:
    """What follows a congress decides between the congress and its standing committee."""
    if text.startswith(("代表", "主席", "会议", "第", "换届"), end):
        return "代表"
    return None


def _end(text: str, begin: int, organ: int) -> int | None:
    """Where the body ends: the longest listed organ, with a part or party organ of it; else the first known ending."""
    if text[begin:organ] in national():
        return _extended(text, organ, text[begin:organ])
    term = _TERM.match(text, organ)
    start = term.end() if term else organ
    if text.startswith(_repeated(text, begin, organ), start) and start < len(text):
        start += len(_repeated(text, begin, organ))
    if _FLAGGED.match(text, begin) and (committee := _COMMITTEE_OF.match(text, start)):
        return committee.end()
    form = longest_prefix(text[start : start + 14], _organs())
    if form and not _blocked(text, start + len(form), form):
        return _extended(text, start + len(form), form)
    match = _listed_part().match(text, start) or _TEAMS.match(text, start)
    if match and match[0].endswith(_words("site-ending")) and not _is_full(text, begin, organ):
        return None
    if match and not _edge().search(match[0]) and not sentence_words().search(match[0]):
        sub = sub_body().match(text, match.end()) if match[0].endswith(("大学", "学校", "中学", "中")) else None
        return sub.end() if sub and not sentence_words().search(sub[0]) else match.end()
    return None


def _is_full(text: str, begin: int, organ: int) -> bool:
    return text[organ - 1] in "省市区县旗州盟团师" or organ - begin == 1


def _repeated(text: str, begin: int, organ: int) -> str:
    """The level word that only repeats the place's own (竹山县|县委), or a sign that stands nowhere."""
    level = LEVEL.match(text, organ)
    return level[0] if level and organ > begin and text[organ - 1] == level[0] and organ - begin > 1 else "\0"


@cache
def _organs() -> frozenset[str]:
    forms = {*heads(), *units("department"), *units("mass"), *units("party")}
    return frozenset(forms - load_forms(_WORDS, "not-alone"))


def _blocked(text: str, end: int, form: str) -> bool:
    """Whether the form only begins another word: 区委员, 县委托, 市长 and the like are no bodies."""
    after = text[end : end + 1]
    if form.endswith("委常委会"):
        return after == "会"
    if text.startswith("派驻", end):
        return False
    return form == "府" or (form.endswith("委") and after in tuple("员托派屈会任"))


def _extended(text: str, end: int, form: str) -> int:
    """The end with a part taken in: 委 宣传部, 人大常委会 预算工委, 公安局 交警支队."""
    head = heads().get(form.removeprefix("全国") if form.startswith(("全国人大", "全国政协")) else form)
    if head and head.units:
        part = longest_prefix(text[end : end + 12], units(head.units))
        if len(part) < 2 and (not part or text.startswith(("公", "事"), end + 1)):
            part = _part(text, end) or _committee(text, end, head.units)
        end += len(part)
    elif form in national() and (part := _part(text, end, _national_part())):
        end += len(part)
    if form.endswith(("法院", "检察院", "科院", "科学院")) and (branch := _BRANCH.match(text, end)):
        end = branch.end()
    if form in units("department") and (team := _TEAM.match(text, end)):
        end = team.end()
    if form.endswith("院") and (sub := sub_body().match(text, end)) and not sentence_words().search(sub[0]):
        end = sub.end()
    if form.startswith(("纪", "委")) and (resident := _RESIDENT.match(text, end)):
        end = resident.end()
    return end


def _committee(text: str, end: int, cls: str) -> str:
    """A committee of a congress or conference that no list has (经济科技委)."""
    match = _COMMITTEE.match(text, end) if cls in ("congress", "conference") else None
    return match[0] if match and not _NOT_IN_PART.search(match[0]) else ""


def _part(text: str, end: int, pattern: re.Pattern[str] | None = None) -> str:
    match = (pattern or _own_part()).match(text, end)
    if not match or _edge().search(match[0]) or _NOT_IN_PART.search(match[0]):
        return ""
    return match[0]


def _sender(text: str, item: Found, home: Division | None) -> list[Found]:
    """The discipline committee that sends a group into another body, named with it."""
    mark = re.search("派驻|驻", text[item.begin : item.end])
    if not mark or not item.body.name.endswith(("纪检组", "纪检监察组")):
        return []
    end = item.begin + mark.start()
    body = resolve_body(text[item.begin : end], home=home, post=None, previous=None)
    return [Found(item.begin, end, body, "body-abbreviation")] if body and body.resolved else []


def _follower(text: str, last: Found, home: Division | None) -> Found | None:
    """A listed organ right behind a list mark, under the division of the body before (县政府办、公安局、财政局)."""
    mark = _LIST_MARK.match(text, last.end)
    if not mark:
        return None
    begin = mark.end()
    forms = _committees() if "人民代表大会" in last.body.name else _list_forms()
    form = longest_prefix(text[begin : begin + 14], forms)
    if not form or text.startswith(("长", "员"), begin + len(form)):
        return None
    body = resolve_body(form, home=home, post=None, previous=last.body)
    if body is None or not body.resolved:
        return None
    return Found(begin, begin + len(form), body, "body-shared-prefix")


@cache
def _list_forms() -> frozenset[str]:
    return frozenset(
        {
            *units("department"),
            *units("mass"),
            *load_forms(_WORDS, "listed-organ"),
            *load_forms("institutions", "bank"),
            *load_forms("institutions", "local-company"),
        }
    )


@cache
def _committees() -> frozenset[str]:
    return _list_forms() | frozenset(form for form in units("congress") if len(form) > 2)


def _bare_units(text: str, home: Division | None, found: list[Found]) -> list[Found]:
    """Departments and institutions of the home in a list without place or level (教育文体局局长, 群艺馆)."""
    units_found = []
    for begin, end, form in _long_units().find(text):
        if (begin and text[begin - 1] not in "、，和及与（") or any(i.begin < end and begin < i.end for i in found):
            continue
        congress = next((i.body for i in reversed(found) if i.body.kind is BodyKind.CONGRESS), None)
        if form in units("congress") and congress is None:
            continue
        body = resolve_body(form, home=home, post=None, previous=congress if form in units("congress") else None)
        if body and body.resolved:
            units_found.append(Found(begin, end, body, "body-abbreviation"))
    return units_found


@cache
def _long_units() -> LongestMatch[str]:
    forms = [f for f in units("department") if len(f) > 2 and f[-1] in "局厅馆心台"]
    forms += [f for f in units("congress") if len(f) > 6]
    return LongestMatch({form: form for form in forms})
