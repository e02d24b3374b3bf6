"""In what manner a post is held (兼任, 挂职, 主持工作, 候补, 提名): words within its title, right before or right behind it."""

from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Capacity, Status
from zhiguan.rules.posts import Title


@cache
def _words(place: str) -> tuple[tuple[str, Capacity], ...]:
    pairs = [(entry.form, Capacity(entry.cls)) for entry in load_table("capacity_words") if entry.note == place]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def capacity_of(text: str, title: Title) -> Capacity | None:
    """The manner that the text gives to a title; None where it gives none."""
    if title.status is Status.ACTING:
        return Capacity.ACTING
    mention = text[title.begin : title.end]
    for form, capacity in _words("within"):
        if form in mention:
            return capacity
    for form, capacity in _words("before"):
        if text.endswith(form, 0, title.begin) or mention.startswith(form):
            return capacity
    return _said_behind(text, title.end)


def _said_behind(text: str, at: int) -> Capacity | None:
    """副局长（主持工作）甲: a remark in brackets right behind the title."""
    if text[at : at + 1] not in ("（", "("):
        return None
    return next((capacity for form, capacity in _words("behind") if text.startswith(form, at + 1)), None)
