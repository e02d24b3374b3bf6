"""Facts as plain JSON values: the output of `zhiguan extract`. Offsets count code points of the text as it was read."""

from collections.abc import Iterable, Sequence
from typing import Any

from zhiguan.lexicon.confidence import (
    ACTION,
    MEETING,
    PERSON,
    PLAN,
    PLAN_PART,
    PLAN_STATUS,
    RELATION,
    TERM,
    body_kind,
    confidence,
    participation_kind,
    post_kind,
)
from zhiguan.model import (
    Body,
    BodyFact,
    Document,
    Evidence,
    Facts,
    MeetingFact,
    ParticipationFact,
    PersonFact,
    PersonnelFact,
    PlanFact,
    PlanPartFact,
    PlanStatusFact,
    PostFact,
    RelationFact,
    Term,
    TermFact,
)

Json = dict[str, Any]


def facts_to_json(facts: Facts) -> Json:
    """One article's facts; each fact with the passages that say it and the rules that read them there."""
    source, metadata = facts.document.source, facts.metadata
    return {
        "article": source.id,
        "origin": source.origin,
        "title": metadata.title,
        "published": metadata.published,
        "source": metadata.publisher,
        "authors": list(metadata.authors),
        "url": source.url,
        "jurisdiction": facts.jurisdiction.full_name if facts.jurisdiction else None,
        "metadata_evidence": {
            name: _field(facts.document, name, evidence) for name, evidence in sorted(metadata.evidence.items())
        },
        "people": [_person(facts.document, fact) for fact in facts.people],
        "posts": [_post(facts.document, fact) for fact in facts.posts],
        "bodies": [_body_fact(facts.document, fact) for fact in facts.bodies],
        "meetings": [_meeting(facts.document, fact) for fact in facts.meetings],
        "participation": [_participation(facts, fact) for fact in facts.participation],
        "plans": [_plan(facts.document, fact) for fact in facts.plans],
        "plan_parts": [_plan_part(facts.document, fact) for fact in facts.plan_parts],
        "plan_statuses": [_plan_status(facts.document, fact) for fact in facts.plan_statuses],
        "actions": [_action(facts, fact) for fact in facts.actions],
        "terms": [_term_fact(facts.document, fact) for fact in facts.terms],
        "relations": [_relation(facts.document, fact) for fact in facts.relations],
    }


def _read(document: Document, kind: str, evidence: Sequence[Evidence]) -> Json:
    """How far the fact can be trusted, by the rule that the graph names too, and where the text says it."""
    return {"confidence": float(confidence(kind, evidence[0].rule)), "evidence": _evidence(document, evidence)}


def _evidence(document: Document, evidence: Iterable[Evidence]) -> list[Json]:
    quotes = ((document.quote(item.span), item.rule) for item in evidence)
    return [{"begin": quote.begin, "end": quote.end, "quote": quote.exact, "rule": rule} for quote, rule in quotes]


def _field(document: Document, name: str, evidence: Evidence) -> Json:
    passage = _evidence(document, (evidence,))[0]
    return {**passage, "confidence": float(confidence(name, evidence.rule))}


def _body(body: Body | None) -> Json | None:
    if body is None:
        return None
    return {
        "name": body.name,
        "kind": body.kind.value,
        "division": body.division.code if body.division else None,
        "resolved": body.resolved,
    }


def _person(document: Document, fact: PersonFact) -> Json:
    return {"name": fact.name, "scope": fact.scope.full_name, **_read(document, PERSON, fact.evidence)}


def _post(document: Document, fact: PostFact) -> Json:
    return {
        "person": fact.person,
        "post": fact.post,
        "body": _body(fact.body),
        "status": fact.status.value,
        "capacity": fact.capacity.value if fact.capacity else None,
        "mention": fact.mention,
        **_read(document, post_kind(fact.body), fact.evidence),
    }


def _body_fact(document: Document, fact: BodyFact) -> Json:
    return {**(_body(fact.body) or {}), **_read(document, body_kind(fact.body), fact.evidence)}


def _meeting(document: Document, fact: MeetingFact) -> Json:
    return {
        "id": fact.id,
        "name": fact.name,
        "type": fact.type,
        "date": fact.date,
        "time": fact.time,
        "place": fact.place,
        "term": _term(fact.term),
        "session": fact.session,
        **_read(document, MEETING, fact.evidence),
    }


def _participation(facts: Facts, fact: ParticipationFact) -> Json:
    return {
        "meeting": fact.meeting,
        "person": fact.person,
        "role": fact.role.value,
        "order": fact.order,
        "posts": [facts.posts[index].mention for index in fact.posts],
        **_read(facts.document, participation_kind(facts), fact.evidence),
    }


def _plan(document: Document, fact: PlanFact) -> Json:
    return {
        "title": fact.title,
        "number": fact.number,
        "start": fact.start,
        "end": fact.end,
        "issuers": [body.name for body in fact.issuers],
        "event": fact.event.value,
        "meeting": fact.meeting,
        "people": list(fact.people),
        **_read(document, PLAN, fact.evidence),
    }


def _plan_part(document: Document, fact: PlanPartFact) -> Json:
    return {
        "kind": fact.kind.value,
        "label": fact.label,
        "count": fact.count,
        "plan": fact.plan,
        "parent": fact.parent,
        "order": fact.order,
        **_read(document, PLAN_PART, fact.evidence),
    }


def _plan_status(document: Document, fact: PlanStatusFact) -> Json:
    return {
        "plan": fact.plan,
        "status": fact.status.value,
        "as_of": fact.as_of,
        **_read(document, PLAN_STATUS, fact.evidence),
    }


def _action(facts: Facts, fact: PersonnelFact) -> Json:
    post = facts.posts[fact.post]
    return {
        "kind": fact.kind.value,
        "person": post.person,
        "post": post.post,
        "body": _body(post.body),
        "decided_by": fact.decided_by.name if fact.decided_by else None,
        "meeting": fact.meeting,
        "date": fact.date,
        **_read(facts.document, ACTION, fact.evidence),
    }


def _term(term: Term | None) -> Json | None:
    return None if term is None else {"body": term.body.name, "number": term.number}


def _term_fact(document: Document, fact: TermFact) -> Json:
    return {**(_term(fact.term) or {}), **_read(document, TERM, fact.evidence)}


def _relation(document: Document, fact: RelationFact) -> Json:
    return {
        "kind": fact.kind.value,
        "subject": fact.subject.name,
        "other": fact.other.name,
        **_read(document, RELATION, fact.evidence),
    }
