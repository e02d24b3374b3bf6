"""`zhiguan explain`: an article in the terminal with what was recognised in it, and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from zhiguan.cli.common import fail, reading_options, say
from zhiguan.read.values import ReadOptions

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from zhiguan.model import Document, Evidence, Facts

    Fact = tuple[str, str, tuple[Evidence, ...]]

STYLES = {
    "metadata": "underline",
    "plan": "blue",
    "plan part": "italic blue",
    "plan status": "none",
    "meeting": "magenta",
    "body": "green",
    "post": "cyan",
    "decision": "bold red",
    "term": "italic magenta",
    "relation": "none",
    "participation": "none",
    "person": "bold yellow",
}
"""Kind of fact -> rich style, in the order of painting: a person's name shows within the title that holds it."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@reading_options
def explain(paths: tuple[str, ...], reading: ReadOptions) -> None:
    """Show what was recognised in an article.

    The text with each recognised piece coloured, and below each fact with the passages that say it and the rules
    that read them there. FILE is what `load` takes.

    \b
    Example:
      zhiguan explain article.txt
      FORCE_COLOR=1 zhiguan explain article.html | less -R
    """
    from rich.console import Console

    from zhiguan.model import Facts
    from zhiguan.pipeline import extract

    console = Console(highlight=False)
    problems = 0
    for item in extract(paths, reading):
        if isinstance(item, Facts):
            show(item, console)
        else:
            problems += 1
            say(item.reason)
    if problems:
        fail()


def show(facts: "Facts", console: "Console") -> None:
    """Print one article: its text in colours, the legend, the facts with their rules."""
    from rich.padding import Padding
    from rich.text import Text

    found = list(list_facts(facts))
    console.rule(Text(facts.document.source.id))
    console.print(paint(facts.document, found))
    console.rule(legend())
    for kind, words, evidence in found:
        console.print(Text.assemble((f"{kind} ", STYLES[kind]), words))
        for item in evidence:
            quote = facts.document.quote(item.span)
            exact = " ".join(quote.exact.split())
            line = Text(f"{item.rule}  {quote.begin}–{quote.end}  {exact}", style="dim")
            console.print(Padding(line, (0, 0, 0, 2)))


def paint(document: "Document", found: list["Fact"]) -> "Text":
    """The cleaned text with the evidence of each kind of fact in its style."""
    from rich.text import Text

    text = Text(document.text)
    for kind, style in STYLES.items():
        for _, _, evidence in (fact for fact in found if fact[0] == kind):
            for item in evidence:
                text.stylize(style, item.span.begin, item.span.end)
    return text


def legend() -> "Text":
    """The kinds of facts, each in its own style."""
    from rich.text import Text

    shown = ((kind, style) for kind, style in STYLES.items() if style != "none")
    return Text(" · ").join(Text(kind, style=style) for kind, style in shown)


def list_facts(facts: "Facts") -> Iterator["Fact"]:
    """Each fact as its kind, one line of words, and its evidence."""
    metadata = facts.metadata
    for name, evidence in sorted(metadata.evidence.items()):
        yield "metadata", f"{name}: {_value(getattr(metadata, name))}", (evidence,)
    if facts.jurisdiction:
        yield "metadata", f"jurisdiction: {facts.jurisdiction.full_name}", ()
    for person in facts.people:
        yield "person", f"{person.name} ({person.scope.full_name})", person.evidence
    for post in facts.posts:
        body = post.body.name if post.body else "?"
        yield "post", f"{post.person}: {post.post} @ {body}, {post.status}", post.evidence
    for fact in facts.bodies:
        yield "body", f"{fact.body.name} ({fact.body.kind})", fact.evidence
    yield from _events(facts)
    yield from _order(facts)


def _events(facts: "Facts") -> Iterator["Fact"]:
    for meeting in facts.meetings:
        parts = (meeting.name, meeting.type, meeting.date, meeting.time, meeting.place)
        yield "meeting", f"{meeting.id} {', '.join(part for part in parts if part)}", meeting.evidence
    for part in facts.participation:
        yield "participation", f"{part.meeting} {part.role} {part.order}. {part.person}", part.evidence
    for plan in facts.plans:
        period = f" {plan.start or ''}/{plan.end or ''}" if plan.start or plan.end else ""
        issuers = "、".join(body.name for body in plan.issuers)
        yield "plan", f"{plan.title}{period}, {plan.event}{issuers and ' by ' + issuers}", plan.evidence
    for item in facts.plan_parts:
        within = facts.plan_parts[item.parent].label if item.parent is not None else item.plan or "?"
        yield "plan part", f"{item.kind} {item.label}, {item.order} of {within}", item.evidence


def _value(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _order(facts: "Facts") -> Iterator["Fact"]:
    """Decisions about posts, terms, relations between bodies, statuses of plans."""
    for action in facts.actions:
        post = facts.posts[action.post]
        body = post.body.name if post.body else "?"
        by = action.decided_by.name if action.decided_by else "?"
        yield (
            "decision",
            f"{action.kind}: {post.person}, {post.post} @ {body}; {by}, {action.date or '?'}",
            action.evidence,
        )
    for fact in facts.terms:
        yield "term", f"{fact.term.body.name}, {fact.term.number}", fact.evidence
    for relation in facts.relations:
        yield "relation", f"{relation.subject.name} {relation.kind} {relation.other.name}", relation.evidence
    for status in facts.plan_statuses:
        yield "plan status", f"{status.plan}: {status.status}, {status.as_of or '?'}", status.evidence
