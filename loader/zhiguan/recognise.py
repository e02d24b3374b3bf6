"""One cleaned article into its facts: the rules find, the resolution names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from zhiguan.lexicon.loading import load_forms
from zhiguan.model import (
    Body,
    BodyFact,
    BodyKind,
    Division,
    Document,
    DocumentEvent,
    Evidence,
    Facts,
    MeetingFact,
    Metadata,
    ParticipationFact,
    PersonFact,
    PlanFact,
    PostFact,
    Role,
    Span,
    Status,
)
from zhiguan.resolve.bodies import refer_back, resolve_body
from zhiguan.resolve.carry import across_sentences
from zhiguan.resolve.jurisdiction import find_home
from zhiguan.resolve.persons import person_scope
from zhiguan.rules.bodies import find_bodies
from zhiguan.rules.capacity import capacity_of
from zhiguan.rules.decisions import find_actions
from zhiguan.rules.meetings import find_meetings
from zhiguan.rules.metadata import find_metadata
from zhiguan.rules.participation import Deed, deed_evidence, deeds_by_meeting
from zhiguan.rules.people import find_people, is_doctrine
from zhiguan.rules.personnel import PERSONNEL_RULES
from zhiguan.rules.plan_news import find_plan_statuses, with_number
from zhiguan.rules.plan_parts import find_plan_parts
from zhiguan.rules.plans import find_plans
from zhiguan.rules.posts import Title, body_begin
from zhiguan.rules.relations import find_relations
from zhiguan.rules.terms import find_terms, with_session
from zhiguan.rules.titles import Holder
from zhiguan.segment import Sentence

_STATE = "国家"
"""国家主席 says the same behind a foreign president, but not behind the person's own foreign post."""
_LEAST_BODY_NAME = 2
_TEAMS = {"组长": "组", "团长": "团", "队长": "队"}
_MENTION_REACH = 120
"""Longest passage from a title to the last of the names that share it that is still quoted as one."""

Named = list[tuple[Sentence, list[Holder]]]


def recognise(document: Document) -> Facts:
    """All facts of `document`, every one with its evidence; bodies canonical, people scoped."""
    metadata = find_metadata(document)
    named = _of_the_article(document, metadata, find_people(document))
    home = find_home(document, metadata, [holder.name for _, holders in named for holder in holders])
    bodies = find_bodies(document, home)
    posts = _posts(document, named, home, bodies)
    meetings = [with_session(meeting, home) for meeting in find_meetings(document, metadata, home)]
    people = _people(named, posts, home)
    deeds = list(_deeds(document, people, meetings, named))
    plans = find_plans(document, meetings, home, lambda surface: _owner(surface, home, bodies))
    plans = [_presented(with_number(document, plan), deeds) for plan in plans]
    return Facts(
        document=document,
        metadata=metadata,
        jurisdiction=home,
        people=people,
        posts=posts,
        bodies=_bodies(bodies, posts),
        meetings=tuple(meetings),
        participation=tuple(_participation(deeds, posts)),
        plans=tuple(plans),
        plan_parts=tuple(find_plan_parts(document, plans)),
        plan_statuses=tuple(find_plan_statuses(document, plans, metadata.published)),
        actions=tuple(find_actions(document, named, posts, meetings, home, metadata.published)),
        terms=tuple(find_terms(document, meetings, home)),
        relations=tuple(find_relations(document, home)),
    )


def _of_the_article(document: Document, metadata: Metadata, named: Named) -> Named:
    """The holders without the article's own authors and without names that only stand for a doctrine."""
    authors = set(metadata.authors)
    text = document.text
    return [(s, [h for h in hs if h.name not in authors and not is_doctrine(text, h.span)]) for s, hs in named]


def _posts(document: Document, named: Named, home: Division | None, bodies: Iterable[BodyFact]) -> tuple[PostFact, ...]:
    """A fact for each person, post and body, in the order of the text; the first mention gives the evidence."""
    facts: dict[tuple[str, str, str], PostFact] = {}
    resolved: dict[tuple[int, int, str], Body | None] = {}
    previous: Body | None = None
    for _, holders in named:
        previous = across_sentences(previous, home)
        for holder in holders:
            for number, title in enumerate(holder.titles):
                if _repeats(holder, title, facts):
                    continue
                place = (title.begin, title.end, title.surface)
                if place not in resolved:
                    opens = number == 0 and title.surface == _STATE
                    context = None if opens or _addressed(holder, title) else previous
                    body = resolve_body(title.surface, home=home, post=title.title, previous=context)
                    body = _in_context(_named_body(body), title, resolved.values(), bodies)
                    body = body or _team(document.text, title, home)
                    resolved[place] = _of_its_state(body, holder.titles[:number], title)
                if resolved[place] is None and _addressed(holder, title):
                    continue  # A主席, of what nobody says
                body = previous = resolved[place]
                fact = _post(document, holder, title, body)
                facts.setdefault((fact.person, fact.post, body.name if body else ""), fact)
    return tuple(_distinct(list(facts.values())))


def _of_its_state(body: Body | None, before: Sequence[Title], title: Title) -> Body | None:
    """The body, but not a Chinese one for somebody whose first post is abroad (越共中央总书记、国家主席): its bare words."""
    abroad = any(_abroad().match(prior.surface) for prior in before)
    if not abroad or body is None or body.division is None:
        return body
    return Body(name=title.surface, kind=BodyKind.OTHER, resolved=False) if title.surface else None


@cache
def _abroad() -> re.Pattern[str]:
    """A body's words that begin with a foreign country or party; 巴林左旗 and 朝鲜族自治州 lie at home."""
    forms = "|".join(sorted(load_forms("not_names", "country"), key=len, reverse=True))
    return re.compile(f"(?:{forms})(?!族|[左右]|[市县区旗乡镇])")


def _addressed(holder: Holder, title: Title) -> bool:
    """Whether a lone title behind a name is a form of address (A主席), which says nothing of the body named before."""
    return holder.rule == "title-behind-name" and not title.surface and len(holder.titles) == 1 and not _is_rank(title)


def _is_rank(title: Title) -> bool:
    return title.title.endswith(("教授", "研究员", "工程师", "院士"))


def _repeats(holder: Holder, title: Title, known: Iterable[tuple[str, str, str]]) -> bool:
    """Whether a form of address (A主席) only repeats a post of the person that is known already."""
    if not _addressed(holder, title):
        return False
    return any(person == holder.name and post.endswith(title.title) for person, post, _ in known)


def _named_body(body: Body | None) -> Body | None:
    """The body unless its words name none: a single character (俄, 美) or a place-holder (某基地)."""
    return body if body and len(body.name) >= _LEAST_BODY_NAME and "某" not in body.name else None


def _in_context(
    body: Body | None, title: Title, earlier: Iterable[Body | None], bodies: Iterable[BodyFact]
) -> Body | None:
    """A body known by a short name only (领导小组, 指导组, 公司) is the one named before that it refers back to."""
    if body is None or body.resolved:
        return body
    named = [fact.body for fact in bodies if fact.evidence[0].span.begin < title.begin]
    return refer_back(title.surface, [*named, *(known for known in earlier if known)]) or body


def _owner(surface: str, home: Division | None, bodies: Iterable[BodyFact]) -> Body | None:
    """The body whose plan or report it is; a short name means one that the text names elsewhere."""
    body = resolve_body(surface, home=home)
    return body if body is None or body.resolved else refer_back(surface, [fact.body for fact in bodies]) or body


def _team(text: str, title: Title, home: Division | None) -> Body | None:
    """The team that a bare head leads (省督导组一行在组长A带领下): the last one named before it in the passage."""
    team = _TEAMS.get(title.title.removeprefix("副"))
    if team is None or title.surface:
        return None
    named = [*re.finditer(rf"[\u4e00-\u9fff]{{2,16}}{team}(?![长员织])", text[max(0, title.begin - 120) : title.begin])]
    if not named:
        return None
    words = named[-1].group()
    return _named_body(resolve_body(words[body_begin(words, 0, len(words)) :], home=home))


def _post(document: Document, holder: Holder, title: Title, body: Body | None) -> PostFact:
    span = Span(min(title.begin, holder.span.begin), max(title.end, holder.span.end))
    if len(span) > _MENTION_REACH:
        span = Span(title.begin, title.end)
    return PostFact(
        person=holder.name,
        post=title.title,
        body=body,
        status=title.status,
        mention=document.text[title.begin : title.end],
        capacity=capacity_of(document.text, title),
        evidence=(Evidence(span, holder.rule),),
    )


def _distinct(facts: list[PostFact]) -> Iterator[PostFact]:
    """Facts without those that a fuller one repeats: same person and post, the body unknown or a shortened name."""
    for fact in facts:
        fuller = (other for other in facts if other is not fact and _fuller(other, fact))
        if next(fuller, None) is None:
            yield fact


def _fuller(other: PostFact, fact: PostFact) -> bool:
    if (other.person, other.post) != (fact.person, fact.post) or not other.body:
        return False
    if fact.body is None:
        return True
    return not fact.body.resolved and len(other.body.name) > len(fact.body.name) and fact.body.name in other.body.name


def _people(named: Named, posts: Iterable[PostFact], home: Division | None) -> tuple[PersonFact, ...]:
    bodies: dict[str, list[Body | None]] = {}
    for post in posts:
        bodies.setdefault(post.person, []).append(post.body)
    first: dict[str, Evidence] = {}
    for _, holders in named:
        for holder in holders:
            first.setdefault(holder.name, Evidence(holder.span, holder.rule))
    return tuple(
        PersonFact(name=name, scope=person_scope(bodies.get(name, ()), home), evidence=(evidence,))
        for name, evidence in first.items()
    )


def _bodies(found: Iterable[BodyFact], posts: Iterable[PostFact]) -> tuple[BodyFact, ...]:
    """The bodies named in the text and those that the posts are in, each once."""
    facts = {fact.body.name: fact for fact in found if _named_body(fact.body)}
    for post in posts:
        if post.body:
            facts.setdefault(post.body.name, BodyFact(body=post.body, evidence=post.evidence))
    return tuple(facts.values())


@dataclass(frozen=True, slots=True)
class _Done:
    """A deed at its meeting, None in an article that tells of no meeting."""

    meeting: MeetingFact | None
    deed: Deed
    sentence: Sentence


def _deeds(
    document: Document, people: Iterable[PersonFact], meetings: Sequence[MeetingFact], named: Named
) -> Iterator[_Done]:
    """What the people did; those whom a sentence only appoints or removes did nothing there."""
    barred = [h.span for _, holders in named for h in holders if h.rule in PERSONNEL_RULES]
    for meeting, deed, sentence in deeds_by_meeting(document, [p.name for p in people], meetings, barred):
        yield _Done(meeting, deed, sentence)


def _participation(deeds: Iterable[_Done], posts: tuple[PostFact, ...]) -> Iterator[ParticipationFact]:
    """One fact for each meeting, person and role; `order` counts within meeting and role."""
    seen: set[tuple[str, str, Role]] = set()
    counts: dict[tuple[str, Role], int] = {}
    for done in deeds:
        if done.meeting is None or (key := (done.meeting.id, done.deed.name, done.deed.role)) in seen:
            continue
        seen.add(key)
        counts[key[0], key[2]] = order = counts.get((key[0], key[2]), 0) + 1
        yield ParticipationFact(
            meeting=done.meeting.id,
            person=done.deed.name,
            role=done.deed.role,
            order=order,
            posts=_capacity(done, posts),
            evidence=(deed_evidence(done.deed),),
        )


def _capacity(done: _Done, posts: tuple[PostFact, ...]) -> tuple[int, ...]:
    """The posts that the same sentence gives the person, else all that they hold."""
    held = [i for i, p in enumerate(posts) if p.person == done.deed.name and p.status is not Status.FORMER]
    here = [i for i in held if any(done.sentence.span.covers(e.span) for e in posts[i].evidence)]
    return tuple(here or held)


def _presented(plan: PlanFact, deeds: Iterable[_Done]) -> PlanFact:
    """The plan with those who presented it: the nearest presenter before its title in the same sentence."""
    if plan.event is DocumentEvent.MENTIONED or plan.people:
        return plan
    span = plan.evidence[0].span
    before = [
        done.deed
        for done in deeds
        if done.deed.role is Role.PRESENTER and done.sentence.span.covers(span) and done.deed.at.end <= span.begin
    ]
    return replace(plan, people=(before[-1].name,)) if before else plan
