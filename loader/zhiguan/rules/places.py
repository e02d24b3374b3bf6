"""Where an event took place: 在某地召开, 赴某地调研, 在京开幕."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.rules.lexis import alternation

_LONGEST = 30


_OTHER_VERB = re.compile(
    r"出席|参加|集体|会见|主持|共同|接受|听取|同(?!心)|与|组织|联合|隆重|分别|为|也(?!门)|就|给|向|被|对(?!外)"
)


@cache
def _abbreviations() -> dict[str, str]:
    return {entry.form: entry.note for entry in load_table("place_words") if entry.cls == "abbreviation"}


@cache
def _held_at() -> re.Pattern[str]:
    verb, adverb = alternation("event_verbs", "hold", "take-place"), alternation("event_verbs", "adverb")
    talk = alternation("event_verbs", "talk", "visit")
    return re.compile(
        rf"(?:在|(?<![长记任席员授总])于)(?P<place>[^，。；！？：\n]{{1,{_LONGEST}}}?)[，]?(?:{adverb}|同\S{{2,20}}?|与\S{{2,20}}?|主持)*"
        rf"(?:{verb}|{talk}|签署|签订|签约|进行|出席|参加)"
    )


@cache
def _gone_to() -> re.Pattern[str]:
    visit = alternation("event_verbs", "visit")
    return re.compile(
        r"(?:(?:先后|分别|一行)?(?:来到|赴|前往|深入|抵达|走进|到|抵|来)(?!自|会|的))(?P<place>[^，。；！？：、\n]{1,20}?)"
        rf"(?=[，。；！？、]|$|就|对|围绕|专题|开展|展开|进行|参加|出席|实地|现场(?!$)|集中|调查|投资|参观|学习|洽谈|交流|指导|推进|{visit}|随行)"
    )


def held_at(masked: str) -> tuple[int, int] | None:
    """Begin and end of the place in 在…举行, nearest to the verb."""
    best = None
    for match in _held_at().finditer(masked):
        begin = max(match.start("place"), match.start("place") + match["place"].rfind("在") + 1)
        other = _OTHER_VERB.search(masked, begin, match.end("place"))
        end = other.start() if other else match.end("place")
        if is_place(masked[begin:end]):
            best = (begin, end)
            break
    return best


def gone_to(masked: str) -> tuple[int, int] | None:
    """Begin and end of the place in 赴…调研, 来到…."""
    for match in _gone_to().finditer(masked):
        if is_place(match["place"]):
            return match.span("place")
    return None


def is_place(text: str) -> bool:
    """Whether 在 or 赴 plus `text` can say where, not when or how."""
    if text in _abbreviations():
        return True
    if (
        len(text) < 2
        or text[0] in "全“《各多"
        or (text[0] == "第" and not re.match(r"第[一二三四五六七八九十\d]{1,3}师", text))
        or text[:2] in ("部分", "有关", "一些", "相关")
        or re.search(r"\d+[年月日时点]", text)
    ):
        return False
    return not any(text.endswith(word) for word in load_forms("place_words", "not-place"))


def full_place(text: str) -> str:
    """The place as a name: one-character abbreviations written out (在京 -> 北京)."""
    return _abbreviations().get(text, text)
