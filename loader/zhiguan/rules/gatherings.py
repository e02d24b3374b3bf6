"""Meetings, ceremonies and courses: 甲市召开乙会, 乙会在丙地举行, 出席乙会."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from zhiguan.rules.happenings import (
    DATE_CHARS,
    GENERIC,
    Candidate,
    Noun,
    absolute,
    find_nouns,
    happened,
    tells_anew,
)
from zhiguan.rules.lexis import alternation
from zhiguan.rules.narrative import Sentence, clause_begin, clause_end
from zhiguan.rules.places import full_place, held_at, is_place

_NUMBER = r"[一二三四五六七八九十百零〇\d]+"
_ORDINAL = re.compile(
    rf"^(?:第?{_NUMBER}[届次轮期]|\d{{4}}年(?:度)?第{_NUMBER}次|党组|常务会议|主席|主任会|常委会|(?:预备|全体|机关)会议?$)"
)
_OWNER = re.compile(r"(?:[府委会局厅院部社团校组办旗市县区州省关]|政协|人大|会议|集团|公司)$")
_JOINT = re.compile(r"^[一-鿿]{2,12}(?<![陪一共会协])[与和同][一-鿿]{2,12}$")
_AGENT = re.compile(r"^[一-鿿]{4,30}?(?:办公室|委员会|政府|[委局厅部组室会])对(?=[一-鿿]{6})")
_RELATIVE = re.compile(r"^.{0,60}?(?:举行|召开|主办|举办|组织|承办|召集)的(?=.{4})")
_PRESENT = re.compile(r"^[^《“]{0,30}?(?:主持召开|主持|出席|参加|列席)(?=[^上会仪人的].{3})")
_LECTURE = re.compile(r"作了?(?P<name>[^，。；]{0,60}?专题(?:辅导报告|辅导|讲座|报告|党课|授课|讲授))")
_AROUND = re.compile(r"\s*(?:会后|会前|随后|会议结束后|仪式[前后]|活动[前后])")
_VAGUE = re.compile(
    r"^(?:上述|有关|相关|系列|各类|各项|各种|一系列|多种|多场|多次|部分|一些|其他|其它|此类|类似|下列|等)"
    r"|(?:丰富多彩|形式多样|多种多样|精彩纷呈|形式丰富|内容丰富)的?"
)
_ASIDE = re.compile(r"会见|来华|来访|来京|前来|传达|贯彻|学习|精神|回顾|结合|邀请[^，]*$|愿|祝贺|感谢|欢迎")
_ABOUT = re.compile(r"讲话|反响|精神|评价|评论|论学习|共鸣")
_SPOKEN_AT = re.compile(r"上(?=[，,]|(?:作|发表|致辞|讲话|强调|指出|宣布|表示|要求|通报|介绍)(?!的))")
_NAMED_FOR = re.compile(r"中央|全国|国务院|总书记|党的|此前|上[次年月]|去年|[前本该此这]次|传达|学习|贯彻|时的")
_CHAIRED_BY = re.compile(r"由[^，。；、]{2,30}?(?:主持召开|主持|召开|召集|主办|举办|举行)的(?=.{2})")
_AFTERWARDS = re.compile(r".{0,40}(?:结束|召开|举行|举办|进行)(?:之?后)?的")
_TOOK_PLACE = re.compile(r"[行办开幕班动始束业课讲锣毕]的")
_THIS = re.compile(r"[这本此]次|该")
_TAIL = re.compile(r"”(?:（[^）]{1,6}）)?|专场|开班式|（[^）]{1,6}）")
_ANNOUNCED = re.compile(r"^[^《“]{0,40}?宣布[:：]?(?=.)")
_THROUGH = (  # what may stand between a session's name and the verb that opens or closes it
    r"(?:[，,]?在?(?:圆满|顺利|胜利|全部)*(?:完成|结束)了?[一-鿿]{0,10}?(?:议程|任务|日程|使命)[之以]?后?"
    r"|[，,]?(?:为期|会期|历时|历经|经过)[一二两三四五六七八九十半\d]{1,3}天(?:半)?的?(?:会议|会期|审议|讨论)?"
    r"|[，,]?在[^，。；]{0,12}(?:国歌|歌|掌声|乐曲)声中){0,2}"
)
_PARTS = re.compile(r"^(?:暨|和|及|以及|与|、|＿)")
_NEWSFLASH = re.compile(r"^(?:“[^”]{0,6}(?:快讯|速递|要闻|播报|速报)”|[一-鿿]{2,6}[丨｜|])\s*")
_NOT_NAME = re.compile(r"[×*#@=]|官网|官方网站|www|入口")
_SUBJECT_END = re.compile(r"的$|[，。；：]")
_LONGEST_ADVERBS, _LONGEST_RUN = 30, 80
_DAY = re.compile(DATE_CHARS)
_TRANSCRIPT = r"(?:文字实录|实录|侧记|综述|纪实|纪要|召开|举行|开幕|闭幕|圆满|现场|拉开|启动|图文|直播|文字|发布|$)"


@cache
def _held() -> re.Pattern[str]:
    adverb = alternation("event_verbs", "adverb")
    return re.compile(
        rf"(?:{adverb}|{DATE_CHARS})*(?P<verb>{alternation('event_verbs', 'hold')})了?(?!的|以来|之际|期间|时[，间]|前|后|地|并)"
    )


def _held_in(story: str) -> Iterator[re.Match[str]]:
    """All matches of `_held`; looking for the bare verb first spares trying dates and adverbs at every character."""
    position = 0
    while verb := _hold().search(story, position):
        match = _held().search(story, max(position, verb.start() - _LONGEST_ADVERBS))
        if match is None:
            return
        yield match
        position = match.end()


@cache
def _hold() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "hold"))


@cache
def _taking_place() -> re.Pattern[str]:
    verb, adverb = alternation("event_verbs", "take-place"), alternation("event_verbs", "adverb")
    return re.compile(
        rf"{_THROUGH}[，,]?\s*于?(?:{DATE_CHARS}[，,]?)?(?:(?:在|于)[^，。；]{{1,30}}?)?(?:{DATE_CHARS})?(?:{adverb})*(?P<verb>{verb})(?!的|以来|前|后|之际|会|式)"
    )


@cache
def _attended() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "attend"))


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{DATE_CHARS}|{alternation('event_verbs', 'connective', 'adverb')}|在[^，]{{1,20}}[时际中上]|(?:为期|历时)[一-鿿\d]{{1,3}}[天周]半?的|\s)+"
    )


@cache
def _studying() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "studying"))


@cache
def _held_earlier() -> re.Pattern[str]:
    verb, adverb = alternation("event_verbs", "take-place"), alternation("event_verbs", "adverb")
    return re.compile(
        rf"(?:在|从|据)?{DATE_CHARS}(?:{adverb})*[，]?(?:(?:在|于)[^，。；]{{1,20}}?|由[^，。；]{{2,30}}?)?(?P<verb>{verb})的(?=.{{4}})"
    )


def find_gatherings(index: int, sentence: Sentence) -> list[Candidate]:
    """Every gathering that a sentence tells of, fullest names first come first."""
    story = sentence.story
    nouns = find_nouns(story)
    if not nouns:
        return list(_lectures(index, sentence))
    found = [
        *_lectures(index, sentence),
        *_held_by_somebody(index, sentence, nouns),
        *_taking_place_somewhere(index, sentence, nouns),
        *_told_with_its_day(index, sentence, nouns),
    ]
    taken = {candidate.span.end for candidate in found}
    for candidate in (
        *_visited(index, sentence, nouns),
        *_at_a_named_meeting(index, sentence, nouns),
        *_named_alone(index, sentence, nouns),
    ):
        if candidate.span.end not in taken:
            taken.add(candidate.span.end)
            found.append(candidate)
    return sorted(found, key=lambda candidate: candidate.span.begin)


def _held_by_somebody(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """甲市在乙地召开丙会."""
    story = sentence.story
    for match in _held_in(story):
        begin = clause_begin(story, match.start("verb"))
        if not happened(sentence, begin, match.start("verb")):
            continue
        for start, noun in _objects(story, match.end(), nouns):
            if _VAGUE.search(story[start : noun.begin]):
                continue
            yield _candidate(index, sentence, start, noun, match, owner=_owner(story, match))


def _objects(story: str, begin: int, nouns: Sequence[Noun]) -> list[tuple[int, Noun]]:
    """The names that start at `begin`: the words up to the first kind noun, further kinds joined by 暨, split at 和."""
    end = clause_end(story, begin)
    inside = [noun for noun in nouns if noun.begin >= begin and noun.end <= end]
    names: list[tuple[int, Noun]] = []
    start = begin
    for noun in inside:
        if not names:
            names.append((start, noun))
            continue
        gap = story[names[-1][1].end : noun.begin]
        joint = re.match(r"(?:和|及|以及|、)", gap)
        if joint and len(gap) <= 30:
            names.append((names[-1][1].end + joint.end(), noun))
        elif len(gap) <= 24 and (gap == "" or gap.startswith("暨") or not _studying().match(gap)):
            kind = names[-1][1].type if gap.startswith("暨") else noun.type
            names[-1] = (names[-1][0], replace(noun, type=kind))
        else:
            break
    return [(first, noun) for first, noun in names if story[noun.end : noun.end + 1] != "的" or len(names) > 1]


def _owner(story: str, match: re.Match[str]) -> str:
    """The subject of 召开 when the name needs it: 县政府 for 第七次常务会议, both sides for a joint meeting."""
    begin = clause_begin(story, match.start("verb"))
    subject = story[begin : match.start()]
    place = held_at(story[begin : match.end()])
    if place:
        subject = subject[: max(0, place[0] - 1)]
    subject = _lead_in().sub("", subject)
    subject = re.sub(DATE_CHARS + "$", "", subject)
    if len(subject) > 40 or _NOT_NAME.search(subject) or "主持" in subject:
        return ""
    return subject if _OWNER.search(subject) or _JOINT.match(subject) else ""


def _taking_place_somewhere(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """丙会8月28日在乙地举行."""
    story = sentence.story
    for noun in nouns:
        match = _taking_place().match(story, _tail_end(story, noun))
        if match is None:
            continue
        begin = _name_begin(sentence, noun)
        if begin is None or not happened(sentence, clause_begin(story, begin), match.start("verb")):
            continue
        if any(other.begin >= match.end() for other in nouns) and _is_session_of_more(story, match, nouns):
            continue  # 第一次会议举行第三次全体会议: the object finder joins the two
        yield _candidate(index, sentence, begin, noun, match)


def _told_with_its_day(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """8月28日举行的丙会上: the day before the verb tells that it took place."""
    story = sentence.story
    if not _TOOK_PLACE.search(story):
        return
    for match in _held_earlier().finditer(story):
        if not happened(sentence, clause_begin(story, match.start()), match.start("verb")):
            continue
        for start, noun in _objects(story, match.end(), nouns)[:1]:
            if noun.end - start <= 60 and re.match(r"上|中|现场|期间|后|[，。]|$", story[noun.end :]):
                yield _candidate(index, sentence, start, noun, match)


def _at_a_named_meeting(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """在乙会上，甲强调: who speaks at a meeting tells that it took place; 由丙主持召开的 before its name is left out."""
    story = sentence.story
    for noun in nouns:
        if noun.form in GENERIC or not _SPOKEN_AT.match(story, _tail_end(story, noun)):
            continue
        begin = max(clause_begin(story, noun.begin), noun.begin - _LONGEST_RUN)
        inside = story.rfind("在", begin, noun.begin) + 1
        if not inside or _NAMED_FOR.search(story[begin : noun.begin]):
            continue
        chaired = _CHAIRED_BY.search(story, begin, noun.begin)
        start = chaired.end() if chaired else inside
        modifier = story[start : noun.begin]
        if len(modifier) < 2 or not _plain_object(modifier) or not happened(sentence, begin, noun.begin):
            continue
        relative = _AFTERWARDS.match(modifier)
        start += relative.end() if relative else 0
        place = sentence.text[inside : chaired.start()] if chaired else ""
        found = _plain(index, sentence, start, noun, rule="event-at", held=False)
        yield replace(found, place=full_place(place) if place and is_place(place) else None)


def _is_session_of_more(story: str, match: re.Match[str], nouns: Sequence[Noun]) -> bool:
    if match["verb"] not in ("召开", "举行", "举办"):
        return False
    end = clause_end(story, match.end())
    return any(match.end() <= noun.begin and noun.end <= end for noun in nouns)


def _name_begin(sentence: Sentence, noun: Noun) -> int | None:
    """Where the name that ends in `noun` begins: after the clause's dates, connectives, 由…举行的 and 甲对."""
    story = sentence.story
    begin = clause_begin(story, noun.begin)
    for pattern in (_NEWSFLASH, _lead_in(), _RELATIVE, _lead_in(), _AGENT, _PRESENT, _ANNOUNCED):
        match = pattern.match(story[begin : noun.end])
        if match and begin + match.end() <= noun.begin:
            begin += match.end()
    if begin > noun.begin:
        return noun.begin
    name = story[begin : noun.end]
    return None if _NOT_NAME.search(name) or _VAGUE.search(name) else begin


def _visited(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """出席乙会: the fact that somebody was there tells that it took place."""
    story = sentence.story
    for match in _attended().finditer(story):
        begin = clause_begin(story, match.start())
        if not happened(sentence, begin, match.start()) or _ASIDE.search(story[begin : match.start()]):
            continue
        for start, noun in _objects(story, match.end(), nouns)[:1]:
            if re.match(r"时|期间|上|的?(?:代表|委员|主席团|精神)", story[noun.end : noun.end + 4]):
                continue
            relative = _RELATIVE.match(story[start : noun.end])
            begin = start + (relative.end() if relative else 0)
            if noun.begin - begin <= 60 and _plain_object(story[begin : noun.begin]):
                yield _candidate(index, sentence, begin, noun, match, rule="event-attended")


def _plain_object(modifier: str) -> bool:
    """Whether what stands between 出席 and the kind noun can be part of its name."""
    return not _VAGUE.match(modifier) and not re.match(
        r"[了过的并]|指导|[^“《]{0,12}(?:的[一-鿿]{0,4}领导|等领导|人员|同志)", modifier
    )


def _named_alone(index: int, sentence: Sentence, nouns: Sequence[Noun]) -> Iterator[Candidate]:
    """In a headline a name that ends its clause; anywhere 座谈会上 and the like, which only refer."""
    story = sentence.story
    for noun in nouns:
        follower = story[noun.end : noun.end + 2]
        begin = clause_begin(story, noun.begin)
        if sentence.headline:
            start = _name_begin(sentence, noun)
            if (
                start is not None
                and not _ABOUT.search(story)
                and re.match(_TRANSCRIPT, story[_tail_end(story, noun) :])
                and happened(sentence, begin, noun.begin)
            ):
                verb = re.compile("$").match(story, len(story))
                yield _plain(index, sentence, start, noun, rule="event-headline", held=verb is not None)
        elif noun.form not in GENERIC and re.match(r"[上前后中]?[，,]|上的?", follower or "，"):
            word_before = story[max(0, noun.begin - 2) : noun.begin]
            if noun.begin == begin or word_before[-1:] in "在从由了" or word_before in ("参加", "出席", "主持"):
                yield _plain(index, sentence, noun.begin, noun, rule="event-reference", held=False)


def _lectures(index: int, sentence: Sentence) -> Iterator[Candidate]:
    """会后，某人作关于某事的专题辅导报告: a lecture held around the meeting."""
    match = _LECTURE.search(sentence.story)
    if match is None or not _AROUND.match(sentence.story):
        return
    begin, end = match.span("name")
    yield Candidate(
        name=sentence.text[begin:end], span=absolute(sentence, begin, end), noun="专题辅导", family="training",
        type="专题辅导", index=index, at=begin, rule="lecture", anew=True,
    )  # fmt: skip


def _tail_end(story: str, noun: Noun) -> int:
    """Where the name that ends in `noun` ends: a closing quotation mark and （扩大） belong to it."""
    tail = _TAIL.match(story, noun.end)
    return tail.end() if tail else noun.end


def _candidate(
    index: int,
    sentence: Sentence,
    begin: int,
    noun: Noun,
    match: re.Match[str],
    *,
    owner: str = "",
    rule: str = "event-held",
) -> Candidate:
    """The event named from `begin` to `noun`, told by the verb that `match` found."""
    end = _tail_end(sentence.story, noun)
    name = clean_name(sentence.text[begin:end])
    if (owner and (_ORDINAL.match(name) or _JOINT.match(owner)) and not name.startswith(owner)) or (
        name == "会议" and re.search(r"[局委会组府关]$", owner)
    ):
        name = clean_name(owner) + name
    verb = match.groupdict().get("verb") or ""
    at = match.start("verb") if verb else match.start()
    return Candidate(
        name=name, span=absolute(sentence, min(begin, noun.begin), end), noun=noun.form, family=noun.family,
        type=kind_of(name, noun.type), index=index, at=at, rule=rule, place=_place(sentence, begin, end, match),
        bare=name == noun.type or name in GENERIC, held=rule == "event-held", anew=tells_anew(sentence, at) and not _THIS.match(sentence.text[begin:end]),
        headline=sentence.headline, verb=verb,
    )  # fmt: skip


def _place(sentence: Sentence, begin: int, end: int, match: re.Match[str]) -> str | None:
    """在某地 in the verb's own clause, else between the name and its verb."""
    story, clause = sentence.story, clause_begin(sentence.story, match.start())
    for start, stop in ((clause, max(match.end(), end)), (begin, match.end())):
        place = held_at(story[start:stop])
        if place and not _DAY.fullmatch(story, start + place[0], start + place[1]):
            return full_place(sentence.text[start + place[0] : start + place[1]])
    return None


def _plain(index: int, sentence: Sentence, begin: int, noun: Noun, *, rule: str, held: bool) -> Candidate:
    end = _tail_end(sentence.story, noun)
    name = clean_name(sentence.text[begin:end])
    return Candidate(
        name=name, span=absolute(sentence, begin, end), noun=noun.form, family=noun.family,
        type=kind_of(name, noun.type), index=index, at=noun.begin, rule=rule, bare=name == noun.type or name in GENERIC, held=held,
        headline=sentence.headline,
    )  # fmt: skip


def clean_name(name: str) -> str:
    """A name without the blanks and words that only lead up to it."""
    return re.sub(r"^(?:了|今年的?|本次|此次|这次|全国性的|一次|一场|首场)", "", name.strip(" ，、"))


def kind_of(name: str, kind: str) -> str:
    """The type of a session that its name tells better than its last noun: 人代会, 政协会议, 人大常委会会议."""
    if kind not in ("会议", "预备会议"):
        return kind
    for pattern, found in _SESSIONS:
        if re.search(pattern, name):
            return found
    return kind


_SESSIONS = (
    ("主席（扩大）会议$", "主席会议"), ("学习（扩大）会议$", "学习会"), ("领导小组", "领导小组会议"), ("(?:人大|人民代表大会)常(?:务)?委", "人大常委会会议"),
    ("人民代表大会|人代会", "人代会"), ("政协.*(?:届|委员会)|政协会议", "政协会议"), ("常委会", "常委会会议"),
)  # fmt: skip
