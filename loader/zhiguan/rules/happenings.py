"""Candidates for events, as the finders of gatherings and of visits hand them to `meetings`."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Span
from zhiguan.rules.lexis import alternation
from zhiguan.rules.narrative import Sentence

GENERIC = frozenset({"会议", "大会", "全会", "活动", "仪式", "会谈", "工作会谈", "全体会议", "典礼", "全体会"})
_HAN_OR_DIGITS = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PART = r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚)"
_CLOCK = r"(?:\d{1,2}(?:[时点](?:\d{1,2}分|半)?许?|[：:]\d{2}))"
DATE_CHARS = (  # a date or a time of day, or both, as part of larger patterns
    rf"(?:(?:(?:(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}})年|[今去]年)?(?:{_HAN_OR_DIGITS}月)?{_HAN_OR_DIGITS}"
    rf"(?:日?(?:[-—–~至到]+)(?:{_HAN_OR_DIGITS}月)?{_HAN_OR_DIGITS})? ?日|[今昨前][天日]|[今昨][（(]\d{{1,2}}[）)]日)"
    rf"(?:[（(][^（）()]{{1,8}}[）)])?{_PART}?{_CLOCK}?|{_PART}{_CLOCK}?)"
)


_FAMILY = {"numbered": "meeting"}
_OF_STUDY = re.compile(r"精神|讲话")
_STUDY = re.compile(
    r"(?:(?:书面|专题|集中|认真|深入|全面)?(?:传达|学习|贯彻|落实|领会|学深悟透|围绕|根据|按照|遵照|结合|对照|听取并传达)|为深入|为认真)了?"
    r"[^，。；：！？]{0,160}(?:精神|重要讲话|讲话(?:要求|内容|指示)|时的讲话)"
)
_ONCE = re.compile(r"\s*(?:早在|还在)?(?:去年|前年|上年|此前|上个?月|年初|多年前|(?:19|20)\d{2}年(?=[，底初末以]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A word for a kind of event where it stands in a sentence."""

    begin: int
    end: int
    form: str
    family: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be an event. `at` is where its verb stands in the sentence `index`; `bare` names have no more than the
    kind (座谈会); `held` says that a verb tells it took place; `anew` that the clause tells of a further event; `item` is the report of a digest that it
    stands in, 0 where the article is one report."""

    name: str
    span: Span
    noun: str
    family: str
    type: str
    index: int
    at: int
    rule: str
    place: str | None = None
    bare: bool = False
    held: bool = True
    anew: bool = False
    headline: bool = False
    verb: str = ""
    item: int = 0


@cache
def _nouns() -> LongestMatch[tuple[str, str]]:
    entries = load_table("event_kinds")
    return LongestMatch({entry.form: (entry.cls, entry.note or entry.form) for entry in entries})


@lru_cache(maxsize=256)  # the same sentences are asked for their events and for what refers to them
def find_nouns(story: str) -> tuple[Noun, ...]:
    """The words for kinds of events in a sentence, longest match; 推进会议 counts as 推进会."""
    found = []
    studied = _studied(story)
    for begin, end, (family, kind) in _nouns().find(story):
        if family == "none" or any(first <= begin and end <= last for first, last in studied):
            continue
        if family == "numbered" and story[begin - 1 : begin] != "次":
            continue  # 常委会 is a body, 第16次常委会 a session of it
        stop = end + 1 if story[end : end + 1] == "议" and story[end - 1] == "会" else end
        found.append(Noun(begin=begin, end=stop, form=story[begin:stop], family=_FAMILY.get(family, family), type=kind))
    return tuple(found)


def _studied(story: str) -> list[tuple[int, int]]:
    """Where a sentence only names what was studied or carried out: 传达学习某会议精神, 根据某次调研时的讲话."""
    if not _OF_STUDY.search(story):
        return []
    return [match.span() for match in _STUDY.finditer(story)]


def is_studied(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether the words at `begin`..`end` are part of what was only studied."""
    return any(first <= begin and end <= last for first, last in _studied(sentence.story))


@cache
def _not_yet() -> re.Pattern[str]:
    future = [word for word in _forms("event_verbs", "future") if len(word) > 1]
    return re.compile(
        "|".join(map(re.escape, sorted(future, key=len, reverse=True)))
        + r"|(?<![上中少大军名健小即])将(?!军|领|士|校|才|至)|(?<![主重需只])[要须需拟应](?:在[^，]{0,20}|及时|专门|适时)?$|关于$"
    )


@cache
def _long_ago() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "past"))


@cache
def _anew() -> re.Pattern[str]:
    return re.compile(alternation("event_verbs", "sequence"))


def _forms(name: str, cls: str) -> list[str]:
    return [entry.form for entry in load_table(name) if entry.cls == cls]


def happened(sentence: Sentence, begin: int, verb: int) -> bool:
    """Whether nothing between the clause's begin and the verb says that the event is yet to come or long past."""
    clause = sentence.story[0 if sentence.headline else begin : verb]
    if _ONCE.match(sentence.story):
        return False
    return not (_not_yet().search(clause) or _long_ago().search(clause))


def tells_anew(sentence: Sentence, verb: int) -> bool:
    """Whether the words shortly before the verb tell of a further event (随后, 会后, 并)."""
    return _anew().search(sentence.story[max(0, verb - 24) : verb]) is not None


def absolute(sentence: Sentence, begin: int, end: int) -> Span:
    """A range of the sentence as a span of the document."""
    return Span(sentence.span.begin + begin, sentence.span.begin + end)
