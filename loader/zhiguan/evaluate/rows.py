"""Facts as the rows that the named queries would answer for their article, without a store.

Each row has besides the query's columns `kind` and `rule`, by which confidence goes. A fact that the graph would hold once is one
row, the first one standing, as in the graph: `rdf.mapping` decides what is one thing, by its IRI.
"""

from collections.abc import Iterator

from zhiguan.evaluate.matching import Row
from zhiguan.lexicon.confidence import MEETING, PERSON, PLAN, body_kind, participation_kind, post_kind
from zhiguan.model import Body, BodyFact, Evidence, Facts, MeetingFact, PlanFact, PostFact
from zhiguan.rdf.edtf import bounds
from zhiguan.rdf.iris import Iris, fold

Rows = dict[str, list[Row]]
COLUMNS = {
    "articles": ("title", "published", "source", "author", "jurisdiction"),
    "people": ("person",),
    "posts": ("person", "post", "body", "status", "quote", "begin", "end"),
    "bodies": ("body",),
    "meetings": ("meeting", "type", "date", "time", "place"),
    "participation": ("meeting", "person", "role"),
    "plans": ("plan", "start", "end", "issuer", "event"),
}
"""Table -> columns of the named query of that name, but the article."""

_IRIS = Iris()


def make_rows(facts: Facts) -> Rows:
    """The rows of every table, and as `metadata` what the text says of itself, a row a field, with its rule."""
    home = facts.jurisdiction.code if facts.jurisdiction else f"article:{facts.document.source.id}"
    meetings = {fact.id: _meeting_key(fact, home) for fact in reversed(facts.meetings)}
    names = {fact.id: _line(fact.name) for fact in facts.meetings}
    return {
        "articles": [_article(facts)],
        "metadata": list(_metadata(facts)),
        "people": _people(facts),
        "posts": _posts(facts, home),
        "bodies": _bodies(facts, home),
        "meetings": _meetings(facts, meetings),
        "participation": _participation(facts, meetings, names),
        "plans": _plans(facts),
    }


def _line(text: str | None) -> str:
    """A label as the graph has it: in one line."""
    return " ".join((text or "").split())


def _read(kind: str, evidence: tuple[Evidence, ...]) -> Row:
    """What the confidence in a fact goes by: its kind, and the rule of the passage that the graph quotes."""
    return {"kind": kind, "rule": evidence[0].rule}


def _sorted(rows: dict[tuple[str, ...], Row], *columns: str) -> list[Row]:
    return sorted(rows.values(), key=lambda row: tuple(row[column] for column in columns))


def _article(facts: Facts) -> Row:
    metadata = facts.metadata
    return {
        "title": _line(metadata.title),
        "published": metadata.published or "",
        "source": metadata.publisher or "",
        "author": ";".join(sorted(set(metadata.authors))),
        "jurisdiction": facts.jurisdiction.full_name if facts.jurisdiction else "",
    }


def _metadata(facts: Facts) -> Iterator[Row]:
    for field, evidence in sorted(facts.metadata.evidence.items()):
        value = getattr(facts.metadata, field)
        yield {
            "field": field,
            "value": value if isinstance(value, str) else ";".join(value),
            **_read(field, (evidence,)),
        }


def _people(facts: Facts) -> list[Row]:
    rows: dict[tuple[str, ...], Row] = {}
    for fact in facts.people:
        rows.setdefault((fact.name, fact.scope.code), {"person": fact.name, **_read(PERSON, fact.evidence)})
    return _sorted(rows, "person")


def _posts(facts: Facts, home: str) -> list[Row]:
    rows: dict[tuple[str, ...], Row] = {}
    for fact in facts.posts:
        body = _body_key(fact.body, home) if fact.body else ""
        rows.setdefault((fact.person, fact.post, body, fact.status), _post(facts, fact))
    return sorted(rows.values(), key=lambda row: (int(row["begin"]), row["person"], row["post"]))


def _post(facts: Facts, fact: PostFact) -> Row:
    quote = facts.document.quote(fact.evidence[0].span)
    return {
        "person": fact.person,
        "post": _line(fact.post),
        "body": _line(fact.body.name) if fact.body else "",
        "status": fact.status.value,
        "quote": quote.exact,
        "begin": str(quote.begin),
        "end": str(quote.end),
        **_read(post_kind(fact.body), fact.evidence),
    }


def _body_key(body: Body, home: str) -> str:
    return _IRIS.body(body, home)


def _named(facts: Facts) -> Iterator[BodyFact]:
    """The bodies of the graph: those named in the text, and those that posts, plans, terms and decisions imply."""
    yield from facts.bodies
    for post in facts.posts:
        if post.body:
            yield BodyFact(body=post.body, evidence=post.evidence)
    for plan in facts.plans:
        for body in plan.issuers:
            yield BodyFact(body=body, evidence=plan.evidence)
    for term in facts.terms:
        yield BodyFact(body=term.term.body, evidence=term.evidence)
    for action in facts.actions:
        if action.decided_by:
            yield BodyFact(body=action.decided_by, evidence=action.evidence)


def _bodies(facts: Facts, home: str) -> list[Row]:
    rows: dict[tuple[str, ...], Row] = {}
    for fact in _named(facts):
        row = {"body": _line(fact.body.name), **_read(body_kind(fact.body), fact.evidence)}
        rows.setdefault((_body_key(fact.body, home),), row)
    return _sorted(rows, "body")


def _meeting_key(fact: MeetingFact, home: str) -> str:
    """A meeting of one known day is the same in every article of its home, another one stays in its article."""
    found = bounds(fact.date) if fact.date else None
    if found and found.earliest == found.latest:
        return _IRIS.meeting(fact.name, found.earliest.isoformat(), home)
    return _IRIS.meeting_of("", fact.name, fact.date)


def _meetings(facts: Facts, keys: dict[str, str]) -> list[Row]:
    rows: dict[tuple[str, ...], Row] = {}
    for fact in facts.meetings:
        row = {
            "meeting": _line(fact.name),
            "type": _line(fact.type),
            "date": fact.date or "",
            "time": fact.time or "",
            "place": _line(fact.place),
            **_read(MEETING, fact.evidence),
        }
        rows.setdefault((keys[fact.id],), row)
    return _sorted(rows, "date", "meeting")


def _participation(facts: Facts, keys: dict[str, str], names: dict[str, str]) -> list[Row]:
    first = {keys[fact.id]: names[fact.id] for fact in reversed(facts.meetings)}
    rows: dict[tuple[str, ...], Row] = {}
    for fact in facts.participation:
        key = keys[fact.meeting]
        row = {
            "meeting": first[key],
            "person": fact.person,
            "role": fact.role.value,
            "order": f"{fact.order:06d}",
            **_read(participation_kind(facts), fact.evidence),
        }
        rows.setdefault((key, fact.person, fact.role), row)
    return _sorted(rows, "meeting", "order", "person", "role")


def _plans(facts: Facts) -> list[Row]:
    """A row for each plan and what happened to it; issuers are the plan's, whatever the event."""
    plans: dict[str, list[PlanFact]] = {}
    for fact in facts.plans:
        plans.setdefault(fold(fact.title), []).append(fact)
    rows: dict[tuple[str, ...], Row] = {}
    for key, same in plans.items():
        for fact in same:
            rows.setdefault((key, fact.event), _plan(same, fact))
    return _sorted(rows, "plan", "event")


def _plan(same: list[PlanFact], fact: PlanFact) -> Row:
    issuers = {_line(body.name) for plan in same for body in plan.issuers}
    return {
        "plan": _line(same[0].title),
        "start": same[0].start or "",
        "end": same[0].end or "",
        "issuer": ";".join(sorted(issuers)),
        "event": fact.event.value,
        **_read(PLAN, fact.evidence),
    }
