"""Inspections, visits, talks and signings, which are named by their verb and its object: 调研重大项目, 会见来宾."""

import re
from collections.abc import Iterator
from functools import cache

from zhiguan.rules.happenings import DATE_CHARS, Candidate, absolute, happened, is_studied, tells_anew
from zhiguan.rules.lexis import alternation
from zhiguan.rules.narrative import Sentence, clause_begin, clause_end
from zhiguan.rules.places import full_place, gone_to, held_at, is_place

_NOUN_AFTER = re.compile(
    r"[组团队员室司局科处点站人类法书委院]|报告|(?<!指导)工作|发现|结果|成果|专员|机制|制度|方案|评估(?!$)|座谈|中[，,]|时[，,的]|情况|意见|力度|活动室|问题|期间|途中|之后|后[，,]"
)
_CUES = re.compile(
    r"带队|率队|率[^，]{2,20}|带领|一行|赴|来到|到|深入|亲临|莅临|走进|前往|抵达|就[^，]+|对[^，]+|在[^，]{2,20}|先后|实地|开展|展开|进行|陪同|来"
)
_ON_THE_WAY = re.compile(r"赴|到|深入|前往|走进|抵达|亲临|莅临|[带率]队|率领?|带领|一行")
_SENT_OUT = re.compile(r"达到|得到|收到|感到|受到|做到|到位|直到|看到|听到|遇到|到会|到期|到来|效率|表率|税率")
_MIDST = re.compile(r"[和、]$|(?<!天)(?<!周)(?<!月)的$")  # 展开为期六天的考察 tells of a visit, 深入细致的考察 may not
_RECEPTION = re.compile(r"接待|会见|接见|迎接|欢迎|邀请|对(?:前?来|到)")
_OBJECT_END = re.compile(r"随行记|侧记|纪实|并(?=[^列])|时(?=[，。强指表]|$)|强调|指出|要求|行程|[，。；！？：]")
_THAT = re.compile(r"^(?:该|其|此|本|这|上述|有关|相关)")
_OF_PLACE = re.compile(
    r"了?(?P<place>(?![全我各本该其和与及部重了])[一-鿿]{2,8}?(?:村|社区|镇|乡|街道|县|区|市|州)"
    r"(?<![园小灾山景城地辖校片库社矿厂]区)(?<!城市)(?<![农乡]村)(?<!城乡)(?<!乡镇))(?![长委政场民容级域建、])"
)
_LONGEST_NAME = 40
_NO_OBJECT = re.compile(r"(?:指导)?(?:工作|活动)?")
_CUE_END = re.compile(r"(?:来到|前往|深入|抵达|走进|亲临|莅临|赴|到|抵|来|在|于)$")
_TEAM = re.compile(
    r"(?P<team>[一-鿿\d“”]{2,16}?(?:[督调考视检巡指工慰评]?[察研查导验问作估]组|代表团|考察团|督导团|慰问团|调研团))"
    r"(?:成员)?(?:一行)?[\d一二三四五六七八九十余多]{0,4}人?[^，。；]{0,6}$"
)
_WORKS = re.compile(
    r"(?:来到|前往|深入|赴|到)(?P<place>[^，。；！？：、到赴]{2,20}?)(?:开展|进行|推进|对接|协调|洽谈)了?(?P<what>[^，。；！？：的]{2,24}?)(?:相关)?(?:工作|事宜|事项)(?=[，。；！？]|$|并)"
)
_FILLED = re.compile(
    r"^(?:(?:为期|历时)[\d一二两三四五六七八九十半]{1,3}[天周月]半?的?|(?:进行|开展|展开)|新一轮|新一次)+"
)
_GONE = re.compile(r"(?:(?<![达得受感直])到(?!位)|赴|前往|深入)[^到赴]{2,}$")
_GROUP = re.compile(
    r"[^，。；、]{0,14}?(?P<group>[一-鿿]{2,12}(?:[视考调督检]?[察研导查]组|代表团|工作组|指导组|督导组|调研组|考察团))(?:来|赴|到|在)"
)
_PARTY = re.compile(r"(?P<party>[一-鿿、]{2,24}一行)")
_LEADING_TITLE = re.compile(r"^原?[一-鿿]{0,14}(?:书记|省长|市长|县长|区长|主席|主任|部长|局长|厅长)(?=[一-鿿]{2,})")
_SIGNERS = re.compile(r"代表|书记|[省市县区州旗校院会董部局厅]长|主席|主任|总经理|总裁|负责人")
_PARTY_MET = re.compile(r"(?:一行|客商|嘉宾|代表团|考察团|访问团|客人)(?:$|[，。；])")
_FILLER = re.compile(r"开展|展开|进行|带队|率队")
_ARRIVED = re.compile(r"抵([一-鿿])(?=展|开|进|考|调|访)")


@cache
def _visit() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "visit"))


@cache
def _applied_to() -> re.Pattern[str]:
    visit = alternation("event_verbs", "visit")
    return re.compile(
        rf"(?:就|对|围绕)(?P<object>[^，。；]{{2,80}}?)(?:进行|开展|展开)了?(?P<kind>(?:为期[^，。；]{{1,6}}的(?:进行)?)?(?:(?!进行|开展|展开)[^，。；]){{0,40}}?)(?P<verb>{visit})(?=(?:工作|活动)?(?:[，。；！、]|$)|并)"
    )


@cache
def _talk() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?P<meet>会见|接见|集体会见|接待)了?(?!室|中心|工作|人员|处|日)(?P<whom>[^，。；！？：、]{2,60}(?:、[^，。；！？：]{2,30})?)"
        r"|(?P<with>(?<![参陪共一会协随不])[与同和](?!志)[^，。；！？：]{2,40}?)(?:在[^，。；]{2,20}?)?(?:(?:举行|进行|展开)了?)?(?:工作|友好)?(?P<talk>会谈|会晤|会面|座谈交流|座谈|交流|见面沟通|视频会晤|通电话)"
        r"(?=[，。；！？]|$|并|，|时))"
    )


@cache
def _signing() -> re.Pattern[str]:
    return re.compile(
        r"(?P<parties>[^，。；！？：]{2,40}?)(?:在(?P<place>[^，。；]{2,16}?))?(?:共同|正式|联合)?(?:签约(?=[，。；]|$)"
        r"|(?:签订|签署|签)了?《?(?P<paper>[^，。；！？：的《》]{2,30}?(?:协议书?|备忘录|合同|意向书|协定|框架协议)))"
    )


@cache
def _activity() -> re.Pattern[str]:
    return re.compile(
        r"(?:开展|组织开展|举办|举行|参加|启动)了?(?P<name>[^，。；！？：]{3,40}?活动)(?=[，。；！？]|$|启动|并)"
    )


def find_visits(index: int, sentence: Sentence, lead: bool) -> list[Candidate]:
    """Inspections and visits of a sentence. Outside the lead (the first sentences) only a 来到某地调研 counts."""
    found = list(_inspections(index, sentence, lead))
    if not found and (lead or sentence.headline):
        found += _works(index, sentence)
    found += _talks(index, sentence, lead)
    if lead:
        seen = [visit.span for visit in found]  # 开展视察活动 is read once
        found += [act for act in _activities(index, sentence) if not any(act.span.covers(span) for span in seen)]
        if "签" in sentence.story:
            found += _signings(index, sentence)
    return found


def _inspections(index: int, sentence: Sentence, lead: bool) -> Iterator[Candidate]:
    story = sentence.story
    formal = _applied_to().search(story)
    if (
        formal
        and (lead or sentence.headline)
        and happened(sentence, clause_begin(story, formal.start()), formal.start())
    ):
        yield _formal(index, sentence, formal)
        return
    for match in _visit().finditer(story):
        begin = clause_begin(story, match.start())
        clause = story[begin : match.start()]
        if _NOUN_AFTER.match(story, match.end()) or not happened(sentence, begin, match.start()):
            continue
        if is_studied(sentence, match.start(), match.end()) or _RECEPTION.search(clause):
            continue
        if not clause and not sentence.headline:  # 来到某地，调研某事
            clause = story[clause_begin(story, max(begin - 1, 0)) : begin]
            if not lead or not _ON_THE_WAY.search(clause) or _SENT_OUT.search(clause):
                continue
        if _MIDST.search(clause) or (clause.endswith("等") and not _ON_THE_WAY.search(clause)):
            continue
        if sentence.headline or (lead and (_CUES.search(clause) or index <= 1)):
            visit = _informal(index, sentence, match, begin)
            if visit is not None:
                yield visit
                return
            continue
        there = gone_to(story[begin : match.end()])
        if not lead and there and begin + there[1] == match.start() and match.end() == clause_end(story, match.end()):
            yield _on_the_spot(index, sentence, match, begin + there[0])
            return


def _formal(index: int, sentence: Sentence, match: re.Match[str]) -> Candidate:
    """就某事进行视察, 对某地开展某种督导: the kind names the event when it is long, else verb and object do."""
    kind, verb, thing = _FILLED.sub("", match["kind"]), match["verb"], _GONE.sub("", match["object"])
    if len(thing) > _LONGEST_NAME:
        thing = thing.split("、")[0]
    name = kind + verb
    if len(kind) <= 4 and not _THAT.match(thing) and not thing.endswith(("区", "县", "市", "州", "校")):
        name += thing
    group = _GROUP.search(sentence.story[: match.start()])
    if group and len(kind) <= 4 and not _THAT.match(thing):
        name = re.sub("^.*(?:带领|率领|率)", "", group["group"]) + name
    return _visit_candidate(index, sentence, name, match, "visit-formal")


def _informal(index: int, sentence: Sentence, match: re.Match[str], begin: int) -> Candidate | None:
    """Verb and object; where that is short, the one who went is part of the name."""
    story = sentence.story
    end = clause_end(story, match.end())
    stop = _OBJECT_END.search(story, match.end(), end)
    end = stop.start() if stop else end
    name = re.sub(f"^{match[0]}了", match[0], sentence.text[match.start() : end].strip())
    clause = _LEADING_TITLE.sub("", story[begin : match.start()])
    party = _PARTY.search(clause)
    if sentence.headline and (party or len(name) < 6):
        whole = clause[party.start() :] if party else clause[-16:]
        whole = _ARRIVED.sub(lambda place: "赴" + full_place(place[1]), whole)
        name = _FILLER.sub("", whole) + name
    elif _NO_OBJECT.fullmatch(name, len(match[0])):
        name = _where_to(sentence.text[begin : match.start()], name)
    return _visit_candidate(index, sentence, name, match, "visit") if len(name) >= 4 else None


def _where_to(clause: str, name: str) -> str:
    """The verb alone says little: the team that went and where to, in the text's own words, stand before it."""
    there = gone_to(clause + name) or held_at(clause + name)
    cue = _CUE_END.search(clause[: there[0]]) if there else None
    if there is None or cue is None:
        return name
    found = _team(clause[: cue.start()]) + clause[cue.start() :] + name
    return found if len(found) <= _LONGEST_NAME else cue[0] + clause[there[0] : there[1]] + name


def _team(clause: str) -> str:
    """The team that ends a clause (由某人带队的督查组一行5人), without who leads it; empty where no team does."""
    team = _TEAM.search(clause)
    name = re.sub(r"^.*(?:率领?|带领|带队的|牵头的|为团长的|的)", "", team["team"]) if team else ""
    return "" if _SIGNERS.search(name.replace("代表团", "")) else name


def _works(index: int, sentence: Sentence) -> Iterator[Candidate]:
    """到某地开展帮扶工作: a visit whose purpose has no verb of its own."""
    story = sentence.story
    for match in _WORKS.finditer(story):
        begin = clause_begin(story, match.start())
        if not is_place(match["place"]) or not happened(sentence, begin, match.start()):
            continue
        name = _team(story[begin : match.start()]) + match[0]
        yield Candidate(
            name=name, span=absolute(sentence, match.start(), match.end()), noun=match["what"][-2:] or "工作", family="visit",
            type=match["what"][-2:] or "工作", index=index, at=match.start(), rule="visit-work",
            place=full_place(match["place"]), headline=sentence.headline,
        )  # fmt: skip
        return


def _on_the_spot(index: int, sentence: Sentence, match: re.Match[str], begin: int) -> Candidate:
    return _visit_candidate(index, sentence, sentence.text[begin : match.end()], match, "visit-on-the-spot", anew=True)


def _visit_candidate(
    index: int, sentence: Sentence, name: str, match: re.Match[str], rule: str, *, anew: bool = False
) -> Candidate:
    story = sentence.story
    begin = match.start("verb") if "verb" in match.groupdict() else match.start()
    verb = match["verb"] if "verb" in match.groupdict() else match[0]
    end = match.end()
    there = gone_to(story[: max(end, clause_end(story, end))]) or held_at(story[:end])
    return Candidate(
        name=name, span=absolute(sentence, begin, end), noun=verb, family="visit", type=_kind(verb), index=index, at=begin,
        rule=rule, place=full_place(sentence.text[there[0] : there[1]]) if there else _place_of_object(sentence, match),
        anew=anew or tells_anew(sentence, begin), headline=sentence.headline,
    )  # fmt: skip


def _place_of_object(sentence: Sentence, match: re.Match[str]) -> str | None:
    """The place with which the object of a visit begins (调研甲县教育工作); 对甲县开展评估 says whom, not where."""
    if "object" in match.groupdict():
        return None
    place = _OF_PLACE.match(sentence.story, match.end())
    return place["place"] if place and is_place(place["place"]) else None


def _kind(verb: str) -> str:
    """现场调研 is a 调研, 督导评估 a 督导."""
    plain = re.sub(r"^(?:实地|现场|专题|集中|联合)(?=..)", "", verb)
    return "督导" if plain.startswith("督导") else plain


def _talks(index: int, sentence: Sentence, lead: bool) -> Iterator[Candidate]:
    """Talks of a sentence; outside the lead only 还会见了某人一行, which tells of a meeting of its own."""
    story = sentence.story
    if not lead and "见" not in story:
        return
    for match in _talk().finditer(story):
        begin = clause_begin(story, match.start())
        if not happened(sentence, begin, match.start()) or story[match.end() : match.end() + 1] == "的":
            continue
        if not lead and not (match["meet"] and _PARTY_MET.search(match["whom"])):
            continue
        if match["meet"]:
            stop = _OBJECT_END.search(match["whom"])
            inside = stop is not None and "的" in match["whom"][stop.end() :]  # 会见来华出席某会并访问的某人
            whom = match["whom"][: stop.start()] if stop and not inside else match["whom"]
            name, noun, end = match["meet"][-2:] + whom, "会见", match.start("whom") + len(whom)
        else:
            noun, end = match["talk"], match.end()
            name = re.sub(r"(?:举行|进行|展开)了?(?=..)", "", re.sub("在[^，]{2,20}(?=举行|进行)", "", match[0]))
        place = held_at(story[begin:end])
        if place is None:
            begin, place = 0, gone_to(story[: match.start()])
        yield Candidate(
            name=name, span=absolute(sentence, match.start(), end), noun=noun, family="talk", type=noun, index=index,
            at=match.start(), rule="talk", anew=tells_anew(sentence, match.start()), headline=sentence.headline,
            place=full_place(sentence.text[begin + place[0] : begin + place[1]]) if place else None,
        )  # fmt: skip


def _activities(index: int, sentence: Sentence) -> Iterator[Candidate]:
    story = sentence.story
    for match in _activity().finditer(story):
        begin = clause_begin(story, match.start())
        if happened(sentence, begin, match.start()) and not _THAT.match(match["name"].lstrip("了")):
            there = gone_to(story[begin : match.start()] + "开展")
            yield Candidate(
                name=sentence.text[match.start("name") : match.end("name")].lstrip("了"),
                span=absolute(sentence, match.start("name"), match.end("name")), noun="活动", family="activity",
                type="活动", index=index, at=match.start(), rule="activity", headline=sentence.headline,
                place=full_place(sentence.text[begin + there[0] : begin + there[1]]) if there else None,
            )  # fmt: skip


def _signings(index: int, sentence: Sentence) -> Iterator[Candidate]:
    story = sentence.story
    for match in _signing().finditer(story):
        verb = match.end("place" if match["place"] else "parties")
        begin = clause_begin(story, verb)
        if not happened(sentence, begin, verb):
            continue
        parties = re.sub(
            rf"还(?=[和与同])|^(?:{DATE_CHARS}|双方|随后|现场|会上|仪式上|会后|并|共同|一同|见证|出席|参加)+",
            "",
            story[begin : match.end("parties")],
        )
        if _SIGNERS.search(parties):  # those who sign, not those who are bound
            continue
        if "与" not in parties and "和" not in parties and "同" not in parties:
            continue
        place = match["place"]
        yield Candidate(
            name=parties + (match["paper"] or "") + "签约仪式", span=absolute(sentence, begin, match.end()),
            noun="签约仪式", family="ceremony", type="签约仪式", index=index, at=verb, rule="signing",
            place=full_place(place) if place else None, headline=sentence.headline,
        )  # fmt: skip
