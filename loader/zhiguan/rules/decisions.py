"""Personnel actions: what a verb decided about somebody's post (任命, 当选, 提名, 免去, 辞去), who decided it, where and when.

Only a verb that says that something was decided makes an action; 担任 and 不再担任 tell of a state. A date is one that the
sentence gives, or that of the meeting which decided; the article's own day says nothing of when a post was taken up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import (
    ActionKind,
    Body,
    BodyKind,
    Division,
    Document,
    Evidence,
    MeetingFact,
    PersonnelFact,
    PostFact,
    Span,
)
from zhiguan.resolve.bodies import resolve_body
from zhiguan.rules.dates import find_dates
from zhiguan.rules.posts import Title, body_begin
from zhiguan.rules.titles import Holder
from zhiguan.segment import Sentence

_RULE = "personnel-verb"
_CLAUSE_MARK = re.compile(r"[，；。：、]")
_WORDS_BEFORE_VERB = 5
_BARE_MEETING = re.compile(r"(?:^|[，；：\n])(?:会议|大会|全会)")
_DECIDER = re.compile(
    r"(?:^|[，：；\n）)]|经|由)(?:[\d年月日上下午]*)(?P<body>[\u4e00-\u9fff]{2,30}?)"
    r"(?:第[一二三四五六七八九十百零\d]+次|主任会议|常务会议|全体会议|会议)*"
    r"(?=于|日前|近日|\d|决定|研究|依法|任免|发布|表决|通过|批准|同意|接受|公布|任命|免去|提名|选举|$)"
)
_TERM = re.compile(r"第?[一二三四五六七八九十百]+届")
_ADOPTED = re.compile(
    r"[（(](?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?P<body>[^（）()\n]{4,40}?)(?:通过|决定|任命|批准)[）)]"
)
"""What stands below the title of a list of appointments: (2024年5月7日某县第十届人大常委会第三次会议通过)."""
_NO_DECIDERS = frozenset((BodyKind.OTHER, BodyKind.VILLAGE))
_REACH = 120
"""Longest passage from a verb to the last of its titles that is still quoted as one."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the words before a verb say of the decision."""

    decided_by: Body | None = None
    meeting: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the article knows that decisions refer to."""

    text: str
    home: Division | None
    posts: Sequence[PostFact]
    meetings: Sequence[MeetingFact]
    reference: str | None


def find_actions(
    document: Document,
    named: Sequence[tuple[Sentence, list[Holder]]],
    posts: Sequence[PostFact],
    meetings: Sequence[MeetingFact],
    home: Division | None,
    reference: str | None,
) -> Iterator[PersonnelFact]:
    """Each decision about a post once, in the order of the text; `reference` is the day from which 昨日 counts."""
    setting = _Setting(document.text, home, posts, meetings, reference)
    seen: set[tuple[ActionKind, int]] = set()
    whole = _adopted(setting)
    frame, before = whole, -1
    for sentence, holders in named:
        for holder in (holder for holder in holders if holder.verb):
            kind = _kind(setting.text, holder, sentence)
            frame = _frame(setting, holder, sentence, frame if before == sentence.line else whole)
            before = sentence.line
            for title in holder.titles:
                post = _post(setting, holder, title)
                if kind is None or post is None or (kind, post) in seen:
                    continue
                seen.add((kind, post))
                yield PersonnelFact(
                    kind=kind,
                    post=post,
                    decided_by=frame.decided_by,
                    meeting=frame.meeting,
                    date=frame.date,
                    evidence=(Evidence(_span(holder, title), _RULE),),
                )


@cache
def _kinds() -> dict[str, str]:
    return {entry.form: entry.cls for entry in load_table("personnel_actions")}


@cache
def _forms(cls: str) -> tuple[str, ...]:
    return tuple(form for form, kind in _kinds().items() if kind == cls)


def _kind(text: str, holder: Holder, sentence: Sentence) -> ActionKind | None:
    """What the holder's verb decides; None where it decides nothing, is denied, or only asked for."""
    verb = holder.verb or holder.span
    found = _kinds().get(text[verb.begin : verb.end])
    if found is None or found in ("denies", "proposes", "reports"):
        return None
    words = _CLAUSE_MARK.split(text[sentence.span.begin : verb.begin])[-1][-_WORDS_BEFORE_VERB:]
    if any(form in words for form in _forms("denies")):
        return None
    if any(form in words for form in _forms("proposes")):
        return ActionKind.NOMINATION if found in ("appointment", "election", "nomination") else None
    return ActionKind(found)


def _post(setting: _Setting, holder: Holder, title: Title) -> int | None:
    """Index of the fact that says the same post of the person: the one with the same mention, else the only one."""
    same = [i for i, p in enumerate(setting.posts) if (p.person, p.post) == (holder.name, title.title)]
    mention = setting.text[title.begin : title.end]
    exact = [i for i in same if setting.posts[i].mention == mention]
    return next(iter(exact), same[0] if len(same) == 1 else None)


def _frame(setting: _Setting, holder: Holder, sentence: Sentence, before: _Frame) -> _Frame:
    """Who decided, where and when: the words before the verb, else those of the verb before it in the line."""
    verb = holder.verb or holder.span
    if any(form in setting.text[sentence.span.begin : verb.begin] for form in _forms("reports")):
        return _Frame()  # A致电祝贺B当选: the day is that of the telegram
    begin = sentence.span.begin if sentence.span.covers(verb) else setting.text.rfind("\n", 0, verb.begin) + 1
    words = setting.text[begin : verb.begin]
    meeting = _meeting(setting, Span(begin, max(begin, verb.begin)), words)
    dates = [found.edtf for found in find_dates(words, setting.reference)]
    date = dates[-1] if dates else meeting.date if meeting else None
    decider = _decider(setting, words) or (meeting.term.body if meeting and meeting.term else None)
    return _Frame(
        decider or before.decided_by,
        meeting.id if meeting else None if dates else before.meeting,
        date if date and _is_past(date, setting.reference) else before.date,
    )


def _is_past(date: str, reference: str | None) -> bool:
    """Whether a day of a known year is not after the day of the report: nobody reports a decision before it is made."""
    return not date.startswith("XXXX") and (reference is None or date[: len(reference)] <= reference)


def _adopted(setting: _Setting) -> _Frame:
    """The body and the day below the title of a list; nothing where there is no such line."""
    found = _ADOPTED.search(setting.text)
    if found is None:
        return _Frame()
    days = [day.edtf for day in find_dates(found["day"], setting.reference)]
    return _Frame(_decider(setting, found["body"]), None, days[0] if days else None)


def _meeting(setting: _Setting, span: Span, words: str) -> MeetingFact | None:
    """The meeting named in the words; where they say only 会议, the main one, else the last one named before."""
    here = [m for m in setting.meetings if span.covers(m.evidence[0].span)]
    if here:
        return here[-1]
    if not _BARE_MEETING.search(words):
        return None
    earlier = [m for m in setting.meetings if m.evidence[0].span.begin < span.begin]
    return max(earlier, key=lambda m: (m.id == "m1", m.evidence[0].span.begin), default=None)


def _decider(setting: _Setting, words: str) -> Body | None:
    """The body that the words say decided it: the last one before the verb."""
    for match in reversed([*_DECIDER.finditer(words)]):
        surface = _TERM.sub("", match["body"])
        surface = surface[body_begin(surface, 0, len(surface)) :]
        body = resolve_body(surface, home=setting.home) if surface else None
        if body and body.resolved and body.kind not in _NO_DECIDERS:
            return body
    return None


def _span(holder: Holder, title: Title) -> Span:
    """The passage from the verb to the title, or the title and the name where the verb heads a list far above."""
    verb = holder.verb or holder.span
    ends = (holder.span, Span(title.begin, title.end))
    whole = Span(min(verb.begin, *(s.begin for s in ends)), max(verb.end, *(s.end for s in ends)))
    return whole if len(whole) <= _REACH else Span(min(s.begin for s in ends), max(s.end for s in ends))
