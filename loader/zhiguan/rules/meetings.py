"""Events that an article reports as having happened: the main one first, then those held around it.

Candidates come from `gatherings` and `visits`; here those that mean one event are joined, dated and numbered. What is
announced, long past or only quoted in speech is left out.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from zhiguan.model import Division, Document, Evidence, LineKind, MeetingFact, Metadata, Span
from zhiguan.rules.dates import DateMention, find_dates, find_times, parse_edtf
from zhiguan.rules.deliberations import find_deliberations
from zhiguan.rules.digests import items_of
from zhiguan.rules.gatherings import find_gatherings
from zhiguan.rules.happenings import GENERIC, Candidate, find_nouns
from zhiguan.rules.narrative import Sentence, mask, sentences
from zhiguan.rules.sessions import session_of
from zhiguan.rules.visits import find_visits

_LEAD_SENTENCES = 3
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!度)")
_BACKGROUND_DAYS = 60
_LONGEST_VISIT = 30
_LABEL = re.compile(r"^(?P<key>时\s*间|地\s*点|会议时间|会议地点|活动时间|活动地点)\s*[：:]\s*(?P<value>.+)$")
_AT_IT = re.compile(r"(?<![一-鿿])会[上前后](?=[，,])")
_REFERS = re.compile(r"(?:^|[，。；：、“\s]|[本此这该]次|出席|参加|主持|列席|与|在|了)$")
_OPENING = re.compile(r"(?:[开闭]幕|开班|结业|开营)")
_ACCOMPANIED = re.compile(r"陪同[考察调研视走访慰问检查]{0,8}$")  # 陪同考察调研座谈 is about the visit
_RECEIVED = ("会见", "接见", "接待")
_ACT = re.compile(r"[一-鿿]{2,}仪式$")
_SESSION_PART = re.compile(r"[开闭]幕(?:会|式)")


@dataclass(slots=True)
class _Event:
    """An event under construction: its best candidate and all places of the text that name it."""

    best: Candidate
    members: list[Candidate] = field(default_factory=list)

    @property
    def family(self) -> str:
        return self.best.family


def find_meetings(document: Document, metadata: Metadata, home: Division | None) -> list[MeetingFact]:
    """The events of an article, m1 the main one; each lists all spans that name it or clearly refer to it, the fullest
    first. Relative and partial dates count from `metadata.published`. `home` is not needed today."""
    del home
    title = metadata.evidence.get("title")
    parts = sentences(document, title.span if title else None)
    if metadata.title and title is None:  # the headline came with a record, not in the text
        parts = [_outside(metadata.title), *parts]
    events = _join(_candidates(parts))
    if not events:
        return []
    calendar = _Calendar(document, metadata, parts, events)
    events = [event for event in events if not calendar.is_background(event)]
    facts = [_fact(document, number, event, calendar) for number, event in enumerate(events, 1)]
    facts = _referred(parts, facts, events)
    supported = [fact for fact in facts if fact.evidence]
    if supported or not facts:
        return [replace(fact, id=f"m{number}") for number, fact in enumerate(supported, 1)]
    # the first sentence stands in for an event that only a record's headline names
    lead = [Evidence(part.span, "event-headline-record") for part in parts if len(part.span)][:1]
    return [replace(facts[0], evidence=tuple(lead))] if lead else []


def _outside(title: str) -> Sentence:
    masked = mask(title)
    return Sentence(Span(0, 0), title, masked, len(masked), 0, headline=True)


def _candidates(parts: list[Sentence]) -> list[Candidate]:
    found: list[Candidate] = []
    items = items_of(parts)
    told = item = 0
    for index, sentence in enumerate(parts):
        if sentence.told == 0:
            continue
        if items[index] != item:  # each report of a digest has its own lead
            told, item = 0, items[index]
        lead = sentence.headline or (not sentence.caption and told < _LEAD_SENTENCES)
        told += not (sentence.headline or sentence.caption)
        rank = 0 if sentence.headline else told
        gatherings = [] if sentence.caption else find_gatherings(index, sentence)
        visits = [] if sentence.caption else find_visits(min(index, rank), sentence, lead)
        visits = [replace(visit, index=index) for visit in visits if not _inside(visit, gatherings)]
        if any(gathering.held for gathering in gatherings):  # 与会代表座谈交流 is what is done at a meeting
            visits = [visit for visit in visits if visit.rule != "talk" or visit.noun in ("会见", "会谈", "会晤")]
        told_in_groups = find_deliberations(index, sentence) if lead else []
        if told_in_groups:  # what is deliberated on, and where the group belongs to, are no events here
            name = told_in_groups[0].name
            gatherings = [found for found in gatherings if found.rule == "event-held" and found.name not in name]
            visits = []
        here = sorted([*gatherings, *visits, *told_in_groups], key=lambda candidate: candidate.at)
        here = [replace(candidate, item=item) for candidate in here] if item else here
        # a headline that came with a record stands nowhere in the text
        found += here if len(sentence.span) else [replace(candidate, span=Span(0, 0)) for candidate in here]
    return found


def _inside(visit: Candidate, gatherings: list[Candidate]) -> bool:
    return any(_overlap(visit.span, other.span) for other in gatherings if not other.bare)


def _overlap(one: Span, other: Span) -> bool:
    return one.begin < other.end and other.begin < one.end


def _join(candidates: list[Candidate]) -> list[_Event]:
    """Candidates that mean one event made one; those that only refer to an event (座谈会上) make none unless no event
    so far is of their kind."""
    events: list[_Event] = []
    for candidate in candidates:
        event = _event_of(candidate, events)
        if event is not None:
            event.members.append(candidate)
            event.best = _fuller(event.best, candidate)
        elif _stands_alone(candidate, events):
            events.append(_Event(candidate, [candidate]))
    if not events:  # 立即召开会议: all that the text says of its only event
        held = (candidate for candidate in candidates if candidate.held and candidate.bare)
        events = [_Event(candidate, [candidate]) for candidate in held][:1]
    return _main_first(events)


def _main_first(events: list[_Event]) -> list[_Event]:
    """Events of the running text as they come; one known from the headline alone goes last when there are others."""
    told = [event for event in events if any(not member.headline for member in event.members)]
    both = [event for event in told if any(member.headline for member in event.members)]
    text_only = [event for event in told if event not in both]
    return both + text_only + [event for event in events if event not in told]


def _stands_alone(candidate: Candidate, events: list[_Event]) -> bool:
    if candidate.bare and candidate.noun in GENERIC:
        return candidate.held and candidate.family == "ceremony" and candidate.verb == "举行"
    if candidate.rule == "event-attended":
        return not candidate.bare or candidate.noun not in GENERIC
    if candidate.rule == "event-reference":
        return bool(events) and candidate.family != "activity"
    return True


def _event_of(candidate: Candidate, events: list[_Event]) -> _Event | None:
    """The event that a candidate names again, the latest first."""
    for event in reversed(events):
        if _same(event, candidate):
            return event
    return None


def _same(event: _Event, candidate: Candidate) -> bool:
    best = event.best
    if candidate.item != best.item and not best.headline and (candidate.held or best.family == "visit"):
        return candidate.name == best.name  # each report of a digest tells of its own event
    received = best.noun in _RECEIVED or candidate.noun in _RECEIVED
    if received and best.family != candidate.family and not _generic(best, candidate):
        return False
    if best.family == candidate.family == "deliberation" and best.headline:
        return True
    one, other = session_of(best.name), session_of(candidate.name)
    if one and other and one.assembly == other.assembly and one.organ == other.organ:
        return one == other
    if candidate.bare and _OPENING.match(candidate.noun) and best.family in ("meeting", "training", "ceremony"):
        return not (candidate.held and candidate.anew)
    if candidate.bare or best.bare:
        again = candidate.held and candidate.anew and candidate.verb not in ("开始", "结束", "启动", "开幕", "闭幕")
        waiting = all(member.headline for member in event.members)
        return _same_kind(best, candidate) and (waiting or not (candidate.bare and again))
    if best.family != candidate.family and not (best.headline or candidate.rule in ("signing", "activity")):
        return False
    if best.family == "visit" or candidate.family == "visit":
        return best.family == candidate.family and candidate.rule != "visit-on-the-spot"
    like = likeness(best.name, candidate.name)
    if best.headline and not any(not member.headline for member in event.members):
        if best.type == candidate.type and best.noun not in GENERIC:
            return True
        return like >= 0.35 and (best.type == candidate.type or like >= 0.5 or candidate.noun in GENERIC)
    return like >= 0.6 or (like >= 0.4 and best.type == candidate.type and not candidate.held)


def _generic(one: Candidate, other: Candidate) -> bool:
    return any(candidate.bare and candidate.noun in GENERIC for candidate in (one, other))


def _same_kind(one: Candidate, other: Candidate) -> bool:
    if one.type == other.type or one.noun in other.name or other.noun in one.name:
        return True
    if any(
        noun.noun[:-2] in named.name
        for noun, named in ((one, other), (other, one))
        if noun.bare and _ACT.match(noun.noun)
    ):
        return True  # 签约仪式 of a 集中签约活动
    generic, plain = (one, other) if one.noun in GENERIC and one.bare else (other, one)
    return generic.bare and generic.noun in GENERIC and plain.family != "visit"


def likeness(one: str, other: str) -> float:
    """0..1: share of the shorter name's character pairs that the longer has, damped by how much longer that is."""
    first, second = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other))
    if not first or not second:
        return float(one == other)
    return (
        len(first & second)
        / min(len(first), len(second))
        * (0.6 + 0.4 * min(len(one), len(other)) / max(len(one), len(other)))
    )


def _fuller(one: Candidate, other: Candidate) -> Candidate:
    """The candidate with the better name: never a bare one, text before headline where both are alike long."""
    if one.bare != other.bare:
        return other if one.bare else one
    if one.family == "visit":
        fuller = len(one.name) < len(other.name) <= _LONGEST_VISIT
        aimless = one.name.endswith(one.noun) or one.headline or other.headline
        return other if fuller and (aimless or likeness(one.name, other.name) >= 0.5) else one
    if one.headline and not other.headline and not other.bare and likeness(one.name, other.name) < 0.35:
        return other  # the text names it, the headline says what it was about
    return other if len(other.name) > len(one.name) else one


class _Calendar:
    """The dates of the article by place, counted from the day of publication."""

    def __init__(self, document: Document, metadata: Metadata, parts: list[Sentence], events: list[_Event]) -> None:
        self._document, self._parts = document, parts
        self.published = parse_edtf(metadata.published)
        year = next(
            (int(found[1]) for event in events if (found := _NAME_YEAR.search(_unquoted(event.best.name)))), None
        )
        dates = find_dates(document.text, metadata.published, year)
        self._dates = [mention for mention in dates if parse_edtf(mention.edtf).day is not None]
        self._begins = [mention.span.begin for mention in self._dates]
        self.label_day, self.label_place = _labels(document, metadata)
        self.lead_day = self._lead_day()

    def _within(self, span: Span) -> list[DateMention]:
        low, high = bisect_left(self._begins, span.begin), bisect_left(self._begins, span.end)
        return [mention for mention in self._dates[low:high] if not self._quoted(span, mention)]

    def _quoted(self, span: Span, mention: DateMention) -> bool:
        before = self._document.text[span.begin : mention.span.begin]
        return before.count("《") > before.count("》")

    def _lead_day(self) -> DateMention | None:
        told = [part for part in self._parts if not part.headline and part.told and len(part.span)][:3]
        return next((mention for part in told for mention in self._within(part.span)), None)

    def day_of(self, candidate: Candidate) -> DateMention | None:
        """The date in the candidate's own sentence: the last before its verb, else the first after it."""
        part = self._parts[candidate.index]
        inside = self._within(part.span)
        at = part.span.begin + max(candidate.at, 0)
        before = [mention for mention in inside if mention.span.begin <= at]
        return before[-1] if before else next(iter(inside), None)

    def time_of(self, event: _Event) -> str | None:
        """A time of day that stands without a date before the verb of a sentence on the event."""
        for member in event.members:
            part = self._parts[member.index]
            for span, time in find_times(part.story):
                if span.begin <= member.at and not self._within(part.span):
                    return time
        return None

    def is_background(self, event: _Event) -> bool:
        """Whether every dated naming of the event lies well before the article's own time, or after it."""
        days = [day for member in event.members if not member.headline and (day := self.day_of(member))]
        return bool(days) and all(self._is_far(day.edtf) for day in days)

    def _is_far(self, edtf: str) -> bool:
        day, now = parse_edtf(edtf), self.published
        if now.year is None and self.lead_day is not None:
            now = parse_edtf(self.lead_day.edtf)
        if day.year is None or now.year is None or day.month is None or now.month is None:
            return False
        ago = (now.year - day.year) * 365 + (now.month - day.month) * 30.4 + ((now.day or 15) - (day.day or 15))
        return ago > _BACKGROUND_DAYS


def _unquoted(name: str) -> str:
    return re.sub(r"《[^》]*》", "", name)


def _labels(document: Document, metadata: Metadata) -> tuple[str | None, str | None]:
    """Day and place of an event that a table above the text gives (时间：…, 地点：…)."""
    day = place = None
    for line in document.lines:
        if line.kind not in (LineKind.LABEL, LineKind.HEAD):
            continue
        match = _LABEL.match(document.text[line.span.begin : line.span.end])
        if match and match["key"].endswith("间"):
            day = day or next((mention.edtf for mention in find_dates(match["value"], metadata.published)), None)
        elif match:
            place = place or match["value"].strip()
    return (day, place) if place else (None, None)


def _fact(document: Document, number: int, event: _Event, calendar: _Calendar) -> MeetingFact:
    best, main = event.best, number == 1
    dated = next((day for member in _by_worth(event) if (day := calendar.day_of(member))), None)
    told = any(not member.headline for member in event.members)
    if dated is None and (main or told):
        lead = calendar.lead_day
        dated = lead if lead and (main or "/" not in lead.edtf) else None
    place = next((member.place for member in _by_worth(event) if member.place), None)
    if main:
        place = place or calendar.label_place
    return MeetingFact(
        id=f"m{number}",
        name=_with_part(document, event),
        type=best.type,
        date=calendar.label_day if main and calendar.label_day else (dated.edtf if dated else None),
        time=(dated.time if dated else None) or calendar.time_of(event),
        place=place,
        evidence=_naming(event),
    )


def _naming(event: _Event) -> tuple[Evidence, ...]:
    """The spans of all candidates, the best first; a headline that a record gave has none."""
    members = [event.best, *_by_worth(event)]
    return tuple(dict.fromkeys(Evidence(member.span, member.rule) for member in members if len(member.span)))


def _by_worth(event: _Event) -> list[Candidate]:
    """The best candidate first, then those of the running text, headlines last."""
    first = [] if event.family == "visit" else [event.best]  # a tour begins with its first stop
    return [*first, *sorted(event.members, key=lambda member: (member.headline, member.index))]


def _with_part(document: Document, event: _Event) -> str:
    """第三次会议 that 闭幕 is the 闭幕会 where the text calls it so."""
    name, verb = event.best.name, event.best.verb
    if verb in ("开幕", "闭幕") and not _SESSION_PART.search(name):
        for part in (f"{verb}会", f"{verb}式"):
            if part in document.text:
                return name + part
    return name


def _referred(parts: list[Sentence], facts: list[MeetingFact], events: list[_Event]) -> list[MeetingFact]:
    """The facts with the later mentions of each event (会上, 座谈会上, 会议) added to its evidence."""
    found: dict[str, list[Evidence]] = {fact.id: list(fact.evidence) for fact in facts}
    gathered = [fact for fact, event in zip(facts, events, strict=True) if event.family not in ("visit", "talk")]
    current = gathered[0] if gathered else None
    for part in parts:
        for span, form, kind in _mentions(part):
            target = _meant(form, kind, span, facts) or (current if form in GENERIC else None)
            if target is not None:
                found[target.id].append(Evidence(span, "event-mention"))
                current = target if target in gathered else current
    return [replace(fact, evidence=_distinct(found[fact.id])) for fact in facts]


def _mentions(part: Sentence) -> list[tuple[Span, str, str]]:
    """Words that refer to an event: span, kind word and type; 会上 and a kind word at a clause's begin or after 出席."""
    found = [(Span(*match.span()), "会议", "") for match in _AT_IT.finditer(part.masked)]
    for noun in find_nouns(part.masked):
        if _ACCOMPANIED.search(part.masked, max(0, noun.begin - 12), noun.begin):
            continue
        if noun.form not in GENERIC or _REFERS.search(part.masked[max(0, noun.begin - 3) : noun.begin]):
            found.append((Span(noun.begin, noun.end), noun.form, noun.type))
    begin = part.span.begin
    found = [(Span(begin + span.begin, begin + span.end), form, kind) for span, form, kind in found]
    return sorted(found) if len(part.span) else []


def _meant(form: str, kind: str, span: Span, facts: list[MeetingFact]) -> MeetingFact | None:
    """The event of that kind named last before the mention, else the first of that kind."""
    if form in GENERIC:
        return None
    alike = [fact for fact in facts if form in fact.name or kind == fact.type]
    before = [fact for fact in alike if fact.evidence and fact.evidence[0].span.begin <= span.begin]
    return before[-1] if before else next(iter(alike), None)


def _distinct(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """The fullest naming first, then the rest in the text's order, mentions inside another one left out."""
    kept: list[Evidence] = []
    for item in evidence:
        if not any(other.span.covers(item.span) for other in kept):
            kept.append(item)
    return (*kept[:1], *sorted(kept[1:], key=lambda item: item.span)) if kept else ()
