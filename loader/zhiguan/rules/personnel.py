"""Appointments, elections, removals and resignations: 任命A、B为…, 免去A的…职务, A当选为…, 接受A辞去…, A不再担任….

The verb says how the post is held from now on: elect (任命, 当选, 拟任), former (免去, 辞去, 曾任) or current (现任). A career note
(2005年任…) tells of a past post unless it lasts (至今).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import zip_longest

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Span, Status
from zhiguan.rules.named import TAKES, name_before_body, names_after, names_before
from zhiguan.rules.posts import Title, find_posts, make_title
from zhiguan.rules.titles import Holder
from zhiguan.segment import Sentence

_CLAUSE_END = re.compile(
    r"[；;。！？]|，(?=(?:并|决定|任命|免去|接受|选举|补选|同意|会议)|[^，；。]{0,40}(?:当选|辞去|任命|免去|担任|为))|$"
)
_LIST_END = re.compile(
    r"[。！？]|，(?=(?:并|决定|任命|免去|接受|选举|补选|同意|会议)|[^，；。]{0,40}(?:当选|辞去|任命|免去|担任))|$"
)
NUMBERED = re.compile(r"[\s　]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]\s*)?")
"""The number of an item of a list: 一、 or （二）."""
_LONGEST_BARE_HEAD = 12
_LIST_HEAD = re.compile(r"[\s　]*[：:]?[\s　]*$")
_RELIEVED = re.compile(r"(?:同志)?的(?=[^，。；]{2,40}(?:职务|职位)(?:自然|相应|同时)?(?P<verb>免(?:除|去)))")
_CLAUSE_MARK = re.compile(r"[，；。：]")
_BEFORE_VERB = re.compile(
    r"(?:以[0-9一二三四五六七八九十百全高满]+票(?:赞成)?|同志|再次|继续|新|全票|高票|满票|等?[两二三四五六七八九十百0-9]+(?:名|位|人)(?:代表|委员|同志|干部)?"
    r"|因[^，。；]{2,10}?(?:变动|需要|原因|调动|调整|年龄|退休|身体)(?:等?原因)?|等(?:同志|人)?|依法|已|来|被|拟|将|后|也|均|分别|先后|同时|还|其|开始|起|至今)+$"
)
_PRONOUN = re.compile(r"(?:其|他|她)(?:担任|兼任|所任)?的?")
_PAIR_MARK = re.compile(r"[、，；]")
_DUTIES = re.compile(r"职务|职责|职权")
_IN_PLACE_OF = frozenset(("代理", "代行"))
_YEAR = re.compile(r"(\d{4})年(?:\d{1,2}月)?[，]?(?:起|后|至\d{4}年(?:\d{1,2}月)?)?$")
_ORDINAL_TERM = re.compile(r"(?:第)?[一二三四五六七八九十百]+届")
_WORDS_BEHIND_POST = re.compile(
    r"(?:的?(?:职务|请求|一职|工作|职位|等职|等职务|资格|至今)|，|、|和|以及|及|与|并|（|。|；|$|”|》|候选人|拟?(?:任|提名|任职|任命|建议|预备)?人选)"
)

_VERB_FIRST = frozenset(
    (
        "任命",
        "决定任命",
        "任命了",
        "选举",
        "选举产生",
        "补选",
        "聘任",
        "推选",
        "推举",
        "提名",
        "决定提名",
        "通过任命",
        "批准任命",
        "拟任命",
        "拟提名",
        "聘请",
        "聘",
        "推荐",
        "增补",
        "选举出",
        "选举产生了",
        "推选出",
        "补选出",
        "选出",
        "决定",
        "推定",
        "选任",
        "确定",
        "研究确定",
    )
)
_BECOMING = frozenset(("任", "担任", "调任", "转任", "升任", "出任", "兼任", "当选", "改任", "就任", "接任", "继任"))
CAREER_NOTE = "career-note"
"""Rule of what somebody was in the past."""
PERSONNEL_RULES = ("appointed-or-elected", "removed-or-past", "in-post", CAREER_NOTE)
"""Rules of this module: what they name happened to somebody, who need not be present."""
_REMOVALS = frozenset(("免去", "免去了", "免", "决定免去", "免除", "撤销", "罢免", "终止"))


@dataclass(frozen=True, slots=True)
class _Act:
    """A personnel verb in the text and the status that it gives."""

    begin: int
    end: int
    verb: str
    status: Status


@cache
def _verbs() -> LongestMatch[Status | None]:
    table = load_table("personnel_verbs")
    return LongestMatch({entry.form: None if entry.cls == "none" else Status(entry.cls) for entry in table})


def _acts(text: str, span: Span) -> list[_Act]:
    found = _verbs().find(text[span.begin : span.end])
    acts = [_Act(span.begin + b, span.begin + e, text[span.begin + b : span.begin + e], s) for b, e, s in found if s]
    return [act for act in acts if act.verb not in _IN_PLACE_OF or _stands_in(text, act, span.end)]


def _stands_in(text: str, act: _Act, limit: int) -> bool:
    """Whether 代理 is a verb (A代理市长职务), not part of a title (、代理市长)."""
    duties = _DUTIES.search(text, act.end, _clause_end(text, act.end, limit))
    return duties is not None and text[act.begin - 1 : act.begin] not in ("、", "，", "兼")


def find_acts(text: str, sentence: Sentence, named: Sequence[Holder], subject: Span | None) -> list[Holder]:
    """The people whom `sentence` appoints, elects or removes, with the posts.

    `named` are the people that the sentence names with titles, `subject` is whom the passage is about: they are meant where
    the verb has no name before it (A，拟任…; 2016年任…).
    """
    holders: list[Holder] = []
    taken = sentence.span.begin
    acts = _acts(text, sentence.span)
    for act, following in zip_longest(acts, acts[1:]):
        if act.begin < taken:
            continue
        before = [holder.span for holder in (*named, *holders) if holder.span.end <= act.begin]
        ends = {holder.span.end: holder.span for holder in named}
        limit = following.begin if following else sentence.span.end
        past = bool(holders) and holders[-1].titles[-1].status is Status.FORMER and holders[-1].rule == CAREER_NOTE
        found = _read(text, act, Span(taken, limit), before[-1] if before else subject, ends, past=past)
        if found:
            holders += [replace(holder, verb=Span(act.begin, act.end)) for holder in found]
            taken = max(title.end for holder in found for title in holder.titles)
    return holders


def _read(
    text: str, act: _Act, span: Span, subject: Span | None, ends: Mapping[int, Span], *, past: bool
) -> list[Holder]:
    """The holders that one verb makes in `span`, [] where the passage does not fit its grammar.

    `ends` holds the people named with titles by where their names end; `past` is set in a career note.
    """
    limit = _clause_end(text, act.end, span.end)
    begin = act.end + (text[act.end : act.end + 1] == "：")
    if act.verb in _REMOVALS:
        return _removed(text, begin, span.end, act.status, subject)
    passive = text[act.begin - 1 : act.begin] == "被"
    if (
        act.verb in _VERB_FIRST
        and not passive
        and (holders := _named_by(text, begin, _pairs_end(text, begin, span.end), act.status, ends.values()))
    ):
        return holders
    if act.verb in _VERB_FIRST and not passive:
        return _going_on(text, begin, limit, act.status, subject)
    end = _verb_group(text, span.begin, act.begin)
    names = (
        [ends[end]]
        if end in ends and text[ends[end].begin - 1 : ends[end].begin] not in ("、", "和")
        else names_before(text, span.begin, end)
    )
    career = _YEAR.search(text, span.begin, names[0].begin if names else end) is not None
    nobody_else = end == span.begin or text[end - 1] in "，、；：。" or "其" in text[end : act.begin]
    if not names and subject and (career or nobody_else or passive):
        names = [subject]
    act = _dated(act, career or past, "至今" in text[act.end : limit])
    return _holders(text, names, _titles(text, act.end, limit, act.status), _rule(act))


def _going_on(text: str, begin: int, limit: int, status: Status, subject: Span | None) -> list[Holder]:
    """任命A为X，并决定为Y: who is meant was named before."""
    takes = TAKES.match(text, begin, limit)
    if not takes or not subject:
        return []
    return _holders(text, [subject], _titles(text, takes.end(), limit, status), "appointed-or-elected")


def _dated(act: _Act, past: bool, lasting: bool) -> _Act:
    """A career note's verb: what somebody became in some year is past, unless it lasts."""
    if not past or act.status is not Status.ELECT:
        return act
    return replace(act, status=Status.CURRENT if lasting else Status.FORMER)


def _rule(act: _Act) -> str:
    if act.status is Status.FORMER and act.verb in _BECOMING:
        return CAREER_NOTE
    return {Status.ELECT: "appointed-or-elected", Status.FORMER: "removed-or-past"}.get(act.status, "in-post")


def _pairs_end(text: str, begin: int, end: int) -> int:
    """Where a list of appointments (任命A为X，B为Y) ends: at the next verb's clause or the sentence's end."""
    found = _LIST_END.search(text, begin, end)
    return found.start() if found else end


def _clause_end(text: str, begin: int, end: int) -> int:
    found = _CLAUSE_END.search(text, begin, end)
    return found.start() if found else end


def _removed(text: str, begin: int, limit: int, status: Status, subject: Span | None) -> list[Holder]:
    """免去A、B的X职务; 免去其X职务 is said of the subject."""
    if pronoun := _PRONOUN.match(text, begin, limit):
        titles = _titles(text, pronoun.end(), limit, status)
        return _holders(text, [subject], titles, "removed-or-past") if subject else []
    holders: list[Holder] = []
    while begin < limit:
        names, at = names_after(text, begin, limit)
        if not names or not text.startswith("的", at):
            names, at = name_before_body(text, begin, limit)
        if not names:
            break
        end = _clause_end(text, at, limit)
        holders += _holders(text, names, _titles(text, at, end, status), "removed-or-past")
        begin = end + 1
    return holders


def _named_by(text: str, begin: int, limit: int, status: Status, named: Iterable[Span] = ()) -> list[Holder]:
    """任命A、B为X; 任命A为X、B为Y; `named` are the people who have titles before their names (任命某局局长A为X)."""
    holders: list[Holder] = []
    while begin < limit:
        names, at = names_after(text, begin, limit)
        takes = TAKES.match(text, at, limit)
        if not takes:
            names, at = _introduced(text, begin, limit, named)
            takes = TAKES.match(text, at, limit)
        if not names or not takes:
            break
        end = _next_appointed(text, takes.end(), limit)
        holders += _holders(text, names, _titles(text, takes.end(), end, status), "appointed-or-elected")
        begin = end + 1
    return holders


def _introduced(text: str, begin: int, limit: int, named: Iterable[Span]) -> tuple[list[Span], int]:
    """The first person named with titles from `begin` on, and where the remarks behind the name end."""
    for span in named:
        if begin < span.begin < limit and not _CLAUSE_MARK.search(text, begin, span.begin):
            return names_after(text, span.begin, limit)
    return [], begin


def _next_appointed(text: str, begin: int, limit: int) -> int:
    """Where the mark before the next 、B为 stands, `limit` where nobody else is appointed."""
    for mark in _PAIR_MARK.finditer(text, begin, limit):
        names, at = names_after(text, mark.end(), limit)
        if names and TAKES.match(text, at, limit):
            return mark.start()
    return limit


def _verb_group(text: str, begin: int, end: int) -> int:
    """Where the words between a name and its verb begin: 同志, votes, 等N名, adverbs."""
    adverbs = _BEFORE_VERB.search(text[begin:end])
    return begin + adverbs.start() if adverbs else end


def _titles(text: str, begin: int, limit: int, status: Status) -> list[Title]:
    """The titles that stand in text[begin:limit], a list with 、 和 以及; words behind a title must let it end."""
    titles: list[Title] = []
    left = begin
    for post in find_posts(text, begin, limit):
        if post.begin < left or post.title is None or not _WORDS_BEHIND_POST.match(text, post.end, limit):
            continue
        start = left
        while start < post.begin and text[start] in "、，和及以与的":
            start += 1
        if any(mark in text[start : post.begin] for mark in "，。；："):
            break
        if title := make_title(text, start, post):
            by_term = (
                title.status is Status.FORMER and not title.said_past
            )  # 第十四届…: the term that the verb speaks of
            held = status if by_term or title.status is Status.CURRENT else title.status
            titles.append(replace(title, status=held, surface=_ORDINAL_TERM.sub("", title.surface)))
            left = post.end
    return titles


def _holders(text: str, names: list[Span], titles: list[Title], rule: str) -> list[Holder]:
    if not titles:
        return []
    if len(names) > 1 and (shares := _shares(titles, len(names))):
        return [Holder(text[s.begin : s.end], s, (title,), rule) for s, title in zip(names, shares, strict=True)]
    return [Holder(text[span.begin : span.end], span, tuple(titles), rule) for span in names]


def _shares(titles: list[Title], people: int) -> list[Title]:
    """One title for as many bodies as people (甲、乙分别当选东江市、西江市市长): each person's own; [] where none is."""
    bodies = titles[0].surface.split("、")
    if len(titles) > 1 or len(bodies) != people:
        return []
    return [replace(titles[0], surface=body) for body in bodies]


@dataclass(frozen=True, slots=True)
class ListHead:
    """A verb that ends its line (任命：), and governs the lines below."""

    removes: bool
    status: Status
    verb: Span


def list_head(text: str, sentence: Sentence) -> ListHead | None:
    """The verb that heads a list of appointments or removals, where the sentence ends with it."""
    if text[sentence.span.end - 1] != "：" and len(sentence.span) > _LONGEST_BARE_HEAD:
        return None
    acts = _acts(text, sentence.span)
    if not acts or not _LIST_HEAD.fullmatch(text, acts[-1].end, sentence.span.end):
        return None
    act = acts[-1]
    if act.verb not in _VERB_FIRST | _REMOVALS:
        return None
    return ListHead(act.verb in _REMOVALS, act.status, Span(act.begin, act.end))


def find_listed(text: str, sentence: Sentence, head: ListHead) -> list[Holder]:
    """The people of one line below a list's head (甲为某局局长；)."""
    numbered = NUMBERED.match(text, sentence.span.begin, sentence.span.end)
    begin = numbered.end() if numbered else sentence.span.begin
    read = partial(_removed, subject=None) if head.removes else _named_by
    return [replace(holder, verb=head.verb) for holder in read(text, begin, sentence.span.end, head.status)]


def find_relieved(text: str, sentence: Sentence) -> list[Holder]:
    """A的X职务自然免除: the verb stands last."""
    holders: list[Holder] = []
    for found in _RELIEVED.finditer(text, sentence.span.begin, sentence.span.end):
        names = names_before(text, sentence.span.begin, found.start())
        limit = _clause_end(text, found.end(), sentence.span.end)
        relieved = _holders(text, names, _titles(text, found.end(), limit, Status.FORMER), "removed-or-past")
        holders += [replace(holder, verb=Span(*found.span("verb"))) for holder in relieved]
    return holders
