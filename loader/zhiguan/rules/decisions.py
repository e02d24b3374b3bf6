"""Personnel actions: what a verb decided about somebody's post (任命, 当选, 提名, 免去, 辞去), who decided it, where and when.

Only a verb that says that something was decided makes an action; 任 and 不再担任 tell of a state, unless the sentence says
before them that it was decided (省委决定：…). What a sentence does not say of the decision is taken from its paragraph, then from
the session of an elected body that the article is about. The article's own day says nothing of when a post was taken up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.loading import load_forms, load_table
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
    Status,
)
from zhiguan.resolve.bodies import resolve_body
from zhiguan.rules.dates import find_dates
from zhiguan.rules.personnel import CAREER_NOTE
from zhiguan.rules.posts import Title, body_begin
from zhiguan.rules.titles import Holder
from zhiguan.segment import Sentence

_RULE = "personnel-verb"
_CLAUSE_MARK = re.compile(r"[，；。：、]")
_WORDS_BEFORE_VERB = 5
_BARE_MEETING = re.compile(r"(?:^|[，；：。\n]|[此本该]次|根据|按照|经)(?:会议|大会|全会)|(?:^|[，；：。\n])会上")
_REPORTED = re.compile(r"(?:消息|讯|电(?!话)|报道|获悉|从)")
_ANNOUNCED = re.compile(r"宣布|宣读|传达")
_EARLIER = re.compile(r"此前|之前|早前|曾")
_ITEM = re.compile(r"[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])?[\s　]*(?:决定)?")
_TITLED = re.compile(r"《[^》]*》")
_DECIDER = re.compile(
    r"(?:^|[，：；。\n）)]|经|由|根据|按照|宣布)(?:[\d年月日上下午]*)(?P<body>[\u4e00-\u9fff]{2,30}?)"
    r"(?:第[一二三四五六七八九十百零\d]+次|主任会议|常务会议|全体会议|会议上?，?|组成人员)*"
    r"(?=于|日前|近日|最近|昨|今|\d(?!\d?[日号](?:讯|电|消息|报))|的?决定|研究|依法|任免|发布|表决|通过|批准|同意|接受|公布|宣布|任命|免去|提名|选举|$)"
)
_CONVENER = re.compile(r"(?:^|[，：；。\n）)])(?P<body>[\u4e00-\u9fff]{2,20}?)(?=召开|举行)")
_TERM = re.compile(r"第?[一二三四五六七八九十百]+届")
_ADOPTED = re.compile(
    r"[（(](?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?P<body>[^（）()\n]{4,40}?)(?:通过|决定|任命|批准)[）)]"
)
"""What stands below the title of a list of appointments: (2024年5月7日某县第十届人大常委会第三次会议通过)."""
_NO_DECIDERS = frozenset((BodyKind.OTHER, BodyKind.VILLAGE))
_NO_KINDS = frozenset(("denies", "proposes", "reports"))
_LINES_ABOVE = 8
_MONTH = len("2024-05")
_REACH = 120
"""Longest passage from a verb to the last of its titles that is still quoted as one."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the words before a verb say of the decision."""

    decided_by: Body | None = None
    meeting: str | None = None
    date: str | None = None

    @property
    def day_open(self) -> bool:
        """Whether neither a day nor a meeting is known yet."""
        return self.date is None and self.meeting is None

    def or_else(self, other: "_Frame") -> "_Frame":
        """This, and what it leaves open from `other`; a day of its own is not that of the other's meeting."""
        return _Frame(
            self.decided_by or other.decided_by,
            self.meeting or (None if self.date else other.meeting),
            self.date or other.date,
        )


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
    frame, before, told = whole, -1, False
    for sentence, holders in named:
        for holder in (holder for holder in holders if holder.verb):
            begins = holder.span.begin == sentence.span.begin or setting.text[holder.span.begin - 1] in "；;"
            goes_on = told and begins and sentence.line - before <= 1
            kind = _kind(setting.text, holder, sentence, goes_on)
            if kind is None:
                continue
            frame = _frame(setting, holder, sentence, frame if goes_on or before == sentence.line else whole)
            before, told = sentence.line, goes_on or _told(setting.text, holder, sentence)
            for title in holder.titles:
                post = _post(setting, holder, title)
                if post is None or (kind, post) in seen:
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


def _kind(text: str, holder: Holder, sentence: Sentence, goes_on: bool) -> ActionKind | None:
    """What the holder's verb decides; None where it decides nothing, is denied, or only asked for. `goes_on`: the sentence
    begins with the person and follows one that tells what was decided (省委决定：甲任X。乙任Y。)."""
    verb = holder.verb or holder.span
    found = _kinds().get(text[verb.begin : verb.end])
    if found in ("appoints", "relieves"):
        found = _decided_state(holder, found) if goes_on or _told(text, holder, sentence) else None
    if found is None or found in _NO_KINDS:
        return None
    words = _CLAUSE_MARK.split(text[sentence.span.begin : verb.begin])[-1][-_WORDS_BEFORE_VERB:]
    if any(form in words for form in _forms("denies")):
        return None
    if any(form in words for form in _forms("proposes")):
        return ActionKind.NOMINATION if found in ("appointment", "election", "nomination") else None
    stands_for = any(
        text.startswith(form, title.end) for title in holder.titles for form in load_forms("candidate_words")
    )
    return ActionKind.NOMINATION if stands_for and found in ("appointment", "election") else ActionKind(found)


def _told(text: str, holder: Holder, sentence: Sentence) -> bool:
    """Whether the words before the holder's verb say that something was decided."""
    words = _TITLED.sub("", text[sentence.span.begin : (holder.verb or holder.span).begin])
    return any(form in words for form in load_forms("decision_words"))


def _decided_state(holder: Holder, found: str) -> str | None:
    """The kind of decision that 任 or 不再担任 tells of; None for what somebody was or is."""
    status = Status.FORMER if found == "relieves" else Status.ELECT
    held = holder.rule != CAREER_NOTE and holder.titles[0].status in (status, Status.ACTING)
    return {"relieves": "removal"}.get(found, "appointment") if held else None


def _post(setting: _Setting, holder: Holder, title: Title) -> int | None:
    """Index of the fact that says the same post of the person: the one that stands there, has the same mention, is the
    only one."""
    same = [i for i, p in enumerate(setting.posts) if (p.person, p.post) == (holder.name, title.title)]
    mention = setting.text[title.begin : title.end]
    there = [i for i in same if any(e.span.begin <= title.begin < e.span.end for e in setting.posts[i].evidence)]
    exact = [i for i in there or same if setting.posts[i].mention == mention]
    alike = [i for i in same if setting.posts[i].status is title.status]
    return next(iter(exact or there), alike[0] if len(alike) == 1 else same[0] if len(same) == 1 else None)


def _frame(setting: _Setting, holder: Holder, sentence: Sentence, before: _Frame) -> _Frame:
    """Who decided, where and when: the words before the verb in its sentence, those of the verb before it, those before
    them in the line, the session of which the article tells."""
    verb = holder.verb or holder.span
    if any(form in setting.text[sentence.span.begin : verb.begin] for form in _forms("reports")):
        return _Frame()  # A致电祝贺B当选: the day is that of the telegram
    line = setting.text.rfind("\n", 0, verb.begin) + 1
    begin = sentence.span.begin if sentence.span.covers(verb) else line
    frame = _said(setting, begin, verb.begin).or_else(before)
    if line < begin and (frame.day_open or not frame.decided_by):
        frame = frame.or_else(_said(setting, line, begin))
    if frame.day_open:
        frame = frame.or_else(_session(setting, verb.begin, frame))
    words = setting.text[line : verb.begin]
    if frame.decided_by and (not frame.day_open or _EARLIER.search(words)):
        return frame
    if frame.decided_by or _BARE_MEETING.search(words) or _ITEM.fullmatch(words):
        above = _told_above(setting, line)
        return frame.or_else(above) if frame.decided_by in (None, above.decided_by) else frame
    return frame


def _told_above(setting: _Setting, line: int) -> _Frame:
    """What the nearest of the lines above says that names a body which decided: that of a list's items, of 会议 alone."""
    for _ in range(_LINES_ABOVE):
        if line == 0:
            break
        end, line = line - 1, setting.text.rfind("\n", 0, line - 1) + 1
        frame = _said(setting, line, end)
        if frame.decided_by:
            return frame
    return _Frame()


def _said(setting: _Setting, begin: int, end: int) -> _Frame:
    """What text[begin:end] says of a decision."""
    words = setting.text[begin:end]
    meeting = _meeting(setting, Span(begin, max(begin, end)), words)
    dates = [d.edtf for d in find_dates(words, setting.reference) if not _REPORTED.match(words, d.span.end)]
    if dates and meeting and meeting.date and dates[-1][:_MONTH] != meeting.date[:_MONTH]:
        meeting = None  # 1989年6月，在全会上…: not the meeting of which the article tells
    date = dates[-1] if dates else meeting.date if meeting else None
    decider = _decider(setting, words)
    if decider and meeting and not meeting.term and _ANNOUNCED.search(words):
        meeting = None  # it was only told there what a body had decided elsewhere
    return _Frame(
        decider or (meeting.term.body if meeting and meeting.term else None),
        meeting.id if meeting else None,
        date if date and _is_past(date, setting.reference) else None,
    )


def _session(setting: _Setting, before: int, frame: _Frame) -> _Frame:
    """The last session of an elected body named before, where nothing says that another body decided."""
    sessions = [m for m in setting.meetings if m.term and m.evidence[0].span.begin < before]
    found = max(sessions, key=lambda m: m.evidence[0].span.begin, default=None)
    if found is None or found.term is None or frame.decided_by not in (None, found.term.body):
        return _Frame()
    return _Frame(found.term.body, found.id, found.date)


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
    """The meeting named in the words; where they say only 会议, the last of the line, else the main one, else the last."""
    here = [m for m in setting.meetings if span.covers(m.evidence[0].span)]
    if here:
        return here[-1]
    if not _BARE_MEETING.search(words):
        return None
    line = setting.text.rfind("\n", 0, span.begin) + 1
    earlier = [m for m in setting.meetings if m.evidence[0].span.begin < span.begin]
    return max(
        earlier, key=lambda m: (m.evidence[0].span.begin >= line, m.id == "m1", m.evidence[0].span.begin), default=None
    )


def _decider(setting: _Setting, words: str) -> Body | None:
    """The body that the words say decided it, the last one before the verb; else the last one that met."""
    for match in (*reversed([*_DECIDER.finditer(words)]), *reversed([*_CONVENER.finditer(words)])):
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
