"""Who did what at which meeting: people of a sentence, the verbs behind them, and the event that the sentence tells of.

People gather in a group until a verb takes them: A，B、C等出席会议 takes all three, A强调 only A. Behind a verb of saying stands what was
said, so nobody is taken there until somebody new is named. A few frames put the verb first: 会议由A主持, 参加会议的有A、B, 主持人：A.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.model import Document, Evidence, LineKind, MeetingFact, Role, Span
from zhiguan.rules.lexis import alternation
from zhiguan.rules.people import is_doctrine
from zhiguan.segment import Sentence, sentences

_WORDS = "attendance_words"
_FIRST_FRAME = re.compile(
    r"(?:(?:出席|参加|列席|陪同|随同|就座|前来|到会)[^，。；：]{0,16}的(?:还|领导|嘉宾|人员|同志|主要)*(?:有|是|为|包括)|负责人包括|成员包括|嘉宾包括)[：:]?"
    r"|(?:出席|参加|列席|陪同|就座|到会)[^，。；：]{0,16}的[^，。；：]{1,8}?(?:还)?(?:有|包括)[：:]"
)
_CHAIN = re.compile(r"[^，。；：]{0,12}(?:，?并|、|和|及)[^，。；：、]{0,8}")
_LOOSE_CHAIN = re.compile(
    r"[^，。；：]{0,12}，(?:[^，。；：、]{0,4}|(?:并|还|也|就|在|对|从|向|为|与|同|随后|现场|认真|仔细|详细|实地|深入|亲切|代表|结合|围绕|针对|充分|要)[^，。；：、]{0,7})"
)
_HEARS = re.compile(r"听取|审议|学习|根据|按照")
_DELEGATION = re.compile(r"[^。；]{0,6}率[^。；，]{0,16}代表团")
_WHOLE_GROUP = re.compile(r"先后|分别|依次|共同|一同|等")
_DATIVE = re.compile(r"(?:向|给|对|为)[^，。；]*$")
_UNDER_LEAD = re.compile(r"的?(?:陪同|带领|率领|见证|主持)下")
_FRAMED = re.compile(
    r"(?:同志|先生|女士)?(?:还|也)?(?:就|从|围绕|结合|针对)[^。；]{0,80}?(?=作(?:了|出)?[^为风用品者业]|提出|进行|讲话|发言|致辞|谈)"
)
_NO_OBJECT = frozenset(("", "。", "，", "；", "！", "\n"))
_SAYS_NEXT = frozenset("，：“")
_RELAYED = re.compile(r"传达[^。；]*?精神")
_TITLE_MARKS = re.compile(r"《[^》]*》")
_QUOTED = re.compile(r"《[^》]*》|“[^”]{12,}”")


@dataclass(frozen=True, slots=True)
class Seen:
    """A known person where the text names them."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deed:
    """A person in a role, and the passage that says so (from the name to the verb's end)."""

    name: str
    role: Role
    at: Span
    verb: Span


@dataclass(slots=True)
class _Scan:
    """What the pass over one sentence remembers: the people gathered and whether a verb has taken them."""

    text: str
    begin: int
    group: list[Seen] = field(default_factory=list)
    taken: bool = False
    spoken: bool = False
    last_verb: int = -1
    frame: Role | None = None
    deeds: list[Deed] = field(default_factory=list)

    def deed(self, people: Iterable[Seen], role: Role, verb: Span) -> None:
        self.deeds += [Deed(seen.name, role, seen.span, verb) for seen in people]


@cache
def _performed() -> re.Pattern[str]:
    """作…讲话 and what else one performs."""
    return re.compile(
        r"(?<![工合操动创写运制协著当看耕杰])作(?:了|出)?(?!为|风|用|品|者|业)[^，。；]{0,60}?"
        rf"(?P<what>{alternation(_WORDS, 'speech', 'presentation')})(?!会|的|《)"
    )


@cache
def _absent() -> re.Pattern[str]:
    """Words behind the name of somebody who is not present: who sends others, who invites, whom others mourn."""
    return re.compile(
        rf"(?:同志|先生|女士)?(?:特别|热情|盛情|诚挚|亲切|正式)?(?:的)?(?:特别)?{alternation(_WORDS, 'absent')}"
    )


@cache
def _remote() -> re.Pattern[str]:
    """Words of doing from afar: by letter, by telephone, by a note on a file."""
    letter = alternation(_WORDS, "letter")
    return re.compile(rf"{alternation(_WORDS, 'remote')}|[致发]{{1,2}}[来去]?[^，。；]{{0,2}}{letter}")


@cache
def _verbs() -> LongestMatch[Role | None]:
    table = load_table("role_verbs")
    return LongestMatch({entry.form: None if entry.cls == "none" else Role(entry.cls) for entry in table})


@cache
def _labels() -> tuple[tuple[str, Role], ...]:
    pairs = [(entry.form, Role(entry.cls)) for entry in load_table("role_labels")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def find_deeds(document: Document, sentence: Sentence, finder: LongestMatch[str], barred: Sequence[Span]) -> list[Deed]:
    """The roles that `sentence` gives to the people whom `finder` knows; names inside `barred` spans do nothing."""
    text, span = document.text, sentence.span
    titles = [Span(*found.span()) for found in _TITLE_MARKS.finditer(text, span.begin, span.end)]
    relayed = [Span(*found.span()) for found in _RELAYED.finditer(text, span.begin, span.end)]
    closed = (*barred, *titles, *relayed)
    seen = [person for person in _people(text, span, finder) if not any(b.covers(person.span) for b in closed)]
    if not seen:
        return []
    scan = _Scan(text, span.begin)
    scan.frame = _label(text, sentence, seen[0])
    verbs = list(_spoken_verbs(text, span, seen))
    frames = [Span(*found.span()) for found in _FIRST_FRAME.finditer(text, span.begin, span.end)]
    for _, item, role in sorted(_events(seen, verbs, frames), key=lambda event: event[0]):
        _step(scan, item, role)
    if scan.frame and scan.group and not scan.taken:
        hosted = [deed.verb for deed in scan.deeds if deed.role is Role.HOST and scan.frame is Role.GUEST]
        scan.deed(scan.group, scan.frame, hosted[-1] if hosted else scan.group[-1].span)
    return scan.deeds


def _spoken_verbs(text: str, span: Span, seen: Sequence[Seen]) -> Iterator[tuple[Span, Role]]:
    """The role verbs of a passage: 作…讲话 as a whole, then single verbs outside of it, of quotations and of 就…作 frames."""
    table = _verbs()
    whole = []
    for found in _performed().finditer(text, span.begin, span.end):
        role = Role.SPEAKER if found["what"] in load_forms(_WORDS, "speech") else Role.PRESENTER
        whole.append((Span(*found.span()), role))
    closed = [Span(*found.span()) for found in _QUOTED.finditer(text, span.begin, span.end)]
    closed += [Span(*frame.span()) for person in seen if (frame := _FRAMED.match(text, person.span.end, span.end))]
    closed += [verb for verb, _ in whole]
    yield from whole
    words = list(table.find(text[span.begin : span.end]))
    begins = {begin for begin, _, known in words if known}
    for begin, end, known in words:
        at = Span(span.begin + begin, span.begin + end)
        if text[at.begin : at.end] in load_forms(_WORDS, "together") and end in begins:
            continue  # 一同|会见: the next verb says what they did
        if known and not any(area.begin <= at.begin < area.end for area in closed):
            yield at, known


def _events(
    seen: list[Seen], verbs: list[tuple[Span, Role]], frames: list[Span]
) -> Iterator[tuple[int, Seen | Span, Role | None]]:
    names = [person.span for person in seen]
    for person in seen:
        yield person.span.begin, person, None
    for span, role in verbs:
        inside_name = any(name.begin < span.end and span.begin < name.end for name in names)
        if not inside_name and not any(frame.covers(span) for frame in frames):
            yield span.begin, span, role
    for frame in frames:
        yield frame.begin, frame, None


def _people(text: str, span: Span, finder: LongestMatch[str]) -> Iterator[Seen]:
    """The known people in a passage, those cited as a doctrine or absent (受A委托, 应A邀请) left out."""
    for begin, end, name in finder.find(text[span.begin : span.end]):
        at = Span(span.begin + begin, span.begin + end)
        if not is_doctrine(text, at) and not _absent().match(text, at.end):
            yield Seen(name, at)


def _label(text: str, sentence: Sentence, first: Seen) -> Role | None:
    """The role that a label before the first name gives (主持人：A; 嘉宾：B)."""
    opening = text[sentence.span.begin : first.span.begin]
    for form, role in _labels():
        if opening.startswith(f"【{form}】"):
            return role
    head = re.sub(r"[\s：:]+|[是为有]$", "", opening)
    head = re.sub(r"[是为有]$", "", head)
    for form, role in _labels():
        row = sentence.kind is LineKind.LABEL or len(form) >= 4
        if head == form or (row and head.endswith(form) and len(form) >= 2 and len(head) <= len(form) + 8):
            return role
    return None


def _step(scan: _Scan, item: Seen | Span, role: Role | None) -> None:
    """Move over one person, frame or verb."""
    if isinstance(item, Seen):
        if scan.taken:
            scan.group, scan.taken, scan.spoken = [], False, False
        scan.group.append(item)
    elif role is None:
        scan.group, scan.taken, scan.frame = [], False, Role.ATTENDEE
    else:
        _verb(scan, item, role)


def _verb(scan: _Scan, verb: Span, role: Role) -> None:
    """Let a verb take the people gathered before it."""
    if not scan.group or scan.spoken:
        return
    text = scan.text
    between = text[scan.group[-1].span.end if not scan.taken else scan.last_verb : verb.begin]
    if (scan.taken and not _chained(scan, between)) or "。" in between or "；" in between:
        return
    if _remote().search(between):
        scan.taken, scan.spoken = True, True
        return
    if scan.frame is Role.GUEST:
        _receive(scan, verb)
        if not scan.group:
            return
    if role is not Role.ATTENDEE and _HEARS.search(between):
        return
    if _UNDER_LEAD.match(text, verb.begin) and "在" in text[scan.begin : verb.begin]:
        _led(scan, verb)
        return
    role = _sharper(text, scan, verb, role)
    people = _subjects(scan, between, role)
    if not people or (role is not Role.ATTENDEE and _distance(text, scan, between) > _REACH[role]):
        return
    scan.deed(people, role, verb)
    if role is Role.AWARDER:
        scan.deed((seen for seen in scan.group if seen not in people), Role.ATTENDEE, verb)
    scan.taken, scan.last_verb, scan.frame = True, verb.end, Role.GUEST if role is Role.HOST else None
    scan.spoken = role in (Role.SPEAKER, Role.PRESENTER) and text[verb.end : verb.end + 1] in _SAYS_NEXT


def _receive(scan: _Scan, verb: Span) -> None:
    """A会见B，C参加: those up to the next comma are the guests, the others stay for the next verb."""
    guests = scan.group[:1]
    for previous, seen in pairwise(scan.group):
        if "，" in scan.text[previous.span.end : seen.span.begin]:
            break
        guests.append(seen)
    hosts = {deed.name: deed.verb for deed in scan.deeds if deed.role is Role.HOST}
    received = next(reversed(hosts.values()), verb)  # guests belong to the reception, whatever comes behind it
    scan.deed((seen for seen in guests if seen.name not in hosts), Role.GUEST, received)
    scan.group, scan.frame = scan.group[len(guests) :], None


def _chained(scan: _Scan, between: str) -> bool:
    """Whether a second verb goes on with the subject of the first (出席会议并讲话); behind a mere comma only for one person.

    A verb right behind another is its object (参加|会见).
    """
    if not between:
        return False
    if _CHAIN.fullmatch(between):
        return True
    return len(scan.group) == 1 and _LOOSE_CHAIN.fullmatch(between) is not None


_REACH = {Role.CHAIR: 24, Role.SPEAKER: 22, Role.PRESENTER: 60, Role.AWARDER: 60, Role.HOST: 16, Role.GUEST: 16}
"""How many characters may stand between a person and the verb of each role; attendance lists may be longer."""


def _distance(text: str, scan: _Scan, between: str) -> int:
    """Characters between a person and the verb, a frame (就…, 从…方面) not counted."""
    framed = None if scan.taken else _FRAMED.match(text, scan.group[-1].span.end)
    return len(between) - (framed.end() - framed.start() if framed else 0)


def _sharper(text: str, scan: _Scan, verb: Span, role: Role) -> Role:
    """A delegation's leader is its host's guest; who is given a prize gives none; who receives nobody named sits by."""
    start = scan.group[-1].span.end
    if role is Role.AWARDER and text[start : verb.begin].endswith(("被", "获", "获得")):
        return Role.ATTENDEE  # A被授予…: who receives
    if role is Role.ATTENDEE and _DELEGATION.match(text, start):
        return Role.GUEST
    if role is Role.HOST and text[verb.end : verb.end + 1] in _NO_OBJECT:
        return Role.ATTENDEE  # B、C一同会见。: they sit beside the host
    return role


def _subjects(scan: _Scan, between: str, role: Role) -> list[Seen]:
    """Those of the group who do what the verb says: not the people it is done to, and of a long list only its last run."""
    text = scan.text
    people: list[Seen] = []
    dative = False
    previous = scan.begin
    for number, seen in enumerate(scan.group):
        gap = text[previous : seen.span.begin]
        if number and _DATIVE.search(gap) and role is not Role.ATTENDEE:
            dative = True
        if not dative:
            if role is not Role.ATTENDEE and re.search(r"[，；]", gap) and not _WHOLE_GROUP.search(between):
                people = []
            people.append(seen)
        previous = seen.span.end
    return people


def _led(scan: _Scan, verb: Span) -> None:
    """在A、B陪同下: those behind 在 are present, the others stay for the next verb."""
    at = scan.text.rfind("在", scan.begin, verb.begin)
    led = [seen for seen in scan.group if seen.span.begin > at]
    scan.deed(led, Role.ATTENDEE, verb)
    scan.group = [seen for seen in scan.group if seen.span.begin <= at]


def meetings_of(
    text: str, sentence: Sentence, deed: Deed, meetings: Sequence[MeetingFact], current: MeetingFact | None
) -> list[MeetingFact]:
    """The meetings that a deed belongs to: the one named nearest to its verb in the sentence, else the current one.

    One verb may govern two (主持召开甲会议和乙会议): all those that follow it without a comma.
    """
    named = [(e.span, m) for m in meetings for e in m.evidence if sentence.span.covers(e.span)]
    if not named:
        return [current] if current else []
    governed = {
        m.id: m for span, m in named if span.begin >= deed.verb.end and "，" not in text[deed.verb.end : span.begin]
    }
    if len(governed) > 1:
        return list(governed.values())
    return [min(named, key=lambda pair: abs(pair[0].begin - deed.verb.begin))[1]]


def deeds_by_meeting(
    document: Document, names: Iterable[str], meetings: Sequence[MeetingFact], barred: Sequence[Span]
) -> Iterator[tuple[MeetingFact | None, Deed, Sentence]]:
    """Every deed of the named people with its meeting (None in an article that tells of none), in the text's order."""
    known = list(names)
    if not known:
        return
    main = meetings[0] if meetings else None
    finder = LongestMatch.of(known)
    line, current = -1, main
    label: Role | None = None
    for sentence in sentences(document):
        if sentence.kind is LineKind.META:
            continue
        if sentence.line != line:
            line, current = sentence.line, main
        inside = [m for m in meetings if any(sentence.span.covers(e.span) for e in m.evidence)]
        current = inside[0] if inside else current
        deeds = find_deeds(document, sentence, finder, barred)
        if sentence.kind is LineKind.LABEL:
            deeds, label = _row(document, sentence, finder, deeds, label)
        else:
            label = None
        for deed in deeds:
            found = meetings_of(document.text, sentence, deed, meetings, current)
            yield from ((meeting, deed, sentence) for meeting in found)
            if not found:
                yield None, deed, sentence


def _row(
    document: Document, sentence: Sentence, finder: LongestMatch[str], deeds: list[Deed], label: Role | None
) -> tuple[list[Deed], Role | None]:
    """A table's row: without a label of its own it takes the row's above; a name with a colon behind it speaks next."""
    seen = list(_people(document.text, sentence.span, finder))
    if not seen:
        return deeds, None
    if document.text[sentence.span.begin : sentence.span.end].rstrip().endswith("："):
        return [Deed(person.name, Role.PRESENTER, person.span, person.span) for person in seen[-1:]], None
    if not deeds and label:
        deeds = [Deed(person.name, label, person.span, person.span) for person in seen[:1]]
    return deeds, deeds[0].role if deeds else None


def deed_evidence(deed: Deed) -> Evidence:
    """The passage from the person's name to the verb, or the name alone where the verb is far or stands first."""
    far = deed.verb.end <= deed.at.end or deed.verb.end - deed.at.begin > 120
    span = deed.at if far else Span(deed.at.begin, deed.verb.end)
    return Evidence(span, f"role-{deed.role.value}")
