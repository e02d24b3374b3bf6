"""Deliberations in groups and reports to old cadres: 参加某代表团审议, 进行分组讨论, 向老干部通报某情况."""

import re
from collections.abc import Iterator

from zhiguan.rules.happenings import Candidate, absolute, happened
from zhiguan.rules.narrative import Sentence, clause_begin
from zhiguan.rules.places import full_place, is_place

_DEED = r"(?P<deed>审议|讨论|审查|协商|座谈)"
_GROUP = r"(?:代表团|分团|小组|联组|分组|界别|委员组|讨论组|团组)"
_FORMS = (
    re.compile(rf"(?:参加|参与|来到|前往)了?(?P<name>[^，。；：！？]{{0,60}}{_GROUP}[^，。；：！？的]{{0,12}}?的?{_DEED})(?!的|组)"),
    re.compile(rf"(?:在|于)(?P<name>[^，。；：！？在]{{0,20}}{_GROUP}(?:[^，。；：！？]{{0,4}}参加|一起)?{_DEED}(?!时)(?P<what>[^，。；：！？]{{2,40}}))"),
    re.compile(r"(?:委员|代表)们?(?P<name>分组(?P<deed>讨论|审议))(?!的)"),
    re.compile(r"(?:进行|开展|举行|参加)了?(?P<name>(?:分组|小组|联组|分团|集中)(?P<deed>讨论|审议|协商|审查))(?!的)"),
    re.compile(r"(?P<name>向[^，。；：！？]{0,10}(?:老干部|老同志|老领导|离退休干部|党外人士|各民主党派)[^，。；：！？]{0,10}?(?P<deed>通报)[^，。；：！？]{2,30}情况)"),
)  # fmt: skip
_AT_A_GROUP = re.compile(
    rf"(?:来到|参加|到|在)(?P<group>[^，。；：！？]{{0,40}}?{_GROUP})[，,](?:(?:与|同|和)[^，。；]{{1,10}}一[起道同](?P<deed>审议|审查|讨论)[^，。；]{{2,40}}|听取[^，。；]{{0,40}}?(?:意见|建议|发言))"
)
_SESSION = re.compile(r"(?<![^，。；：！？])(?P<name>[^，。；：！？]{4,40}会议)举行了?$")
_TOLD_AT = re.compile(r"在(?P<place>[^，。；：！？在]{1,16}?)(?:集中|专门|分别)?$")
_LEAD_IN = re.compile(r"^的|^.*(?:先后|分别|所在的?|还|共同|一同|下午|上午|在(?=.{2,}代表团))")


def find_deliberations(index: int, sentence: Sentence) -> list[Candidate]:
    """The deliberations of a sentence, at most one for each form of words; only the lead and the headline are asked."""
    if not re.search("审议|讨论|审查|协商|座谈|通报", sentence.story):
        return []
    return list(_found(index, sentence))[:1]


def _found(index: int, sentence: Sentence) -> Iterator[Candidate]:
    story = sentence.story
    at_group = _AT_A_GROUP.search(story)
    if at_group:
        lead_in = _LEAD_IN.match(at_group["group"])
        begin = at_group.start("group") + (lead_in.end() if lead_in else 0)
        end = at_group.end("deed" if at_group["deed"] else "group")
        name = sentence.text[begin : at_group.end("group")] + (at_group["deed"] or "讨论")
        yield _candidate(index, sentence, at_group, begin, end, name)
        return
    for form in _FORMS:
        match = form.search(story)
        if match and happened(sentence, clause_begin(story, match.start()), match.start()):
            begin, end = match.span("name")
            lead_in = _LEAD_IN.match(match["name"])
            begin += lead_in.end() if lead_in else 0
            session = _SESSION.search(story, 0, begin)
            name = (session["name"] if session else "") + sentence.text[begin:end]
            yield _candidate(index, sentence, match, begin, end, name)
            return


def _candidate(index: int, sentence: Sentence, match: re.Match[str], begin: int, end: int, name: str) -> Candidate:
    deed = {"通报": "情况通报", None: "讨论"}.get(match["deed"], match["deed"])
    place = _TOLD_AT.search(sentence.story, 0, begin) if deed == "情况通报" else None
    return Candidate(
        name=name.lstrip("了"), span=absolute(sentence, begin, end), noun=match["deed"] or deed, family="deliberation", type=deed,
        index=index, at=begin, rule="deliberation", headline=sentence.headline,
        place=full_place(place["place"]) if place and is_place(place["place"]) else None,
    )  # fmt: skip
