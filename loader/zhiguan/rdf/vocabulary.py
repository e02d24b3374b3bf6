"""Concepts of the published vocabulary by their Chinese labels, so that the mapping can link to them."""

from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.rdf import terms

POST_TITLES = "post-titles"
ACTIVITY_KINDS = "activity-kinds"


@cache
def concepts(scheme: str) -> dict[str, str]:
    """Chinese labels of a scheme's concepts, with the IRI of each concept."""
    return {entry.form: terms.ZGV + entry.note for entry in load_table("concepts") if entry.cls == scheme}


def title_concept(title: str) -> str | None:
    """The concept of a post's title, None where the vocabulary does not have it."""
    return concepts(POST_TITLES).get(title)


def activity_concept(word: str) -> str | None:
    """The kind of activity that a word means: its own, or that of its longest ending, for Chinese compounds have their
    head last (晋升仪式 is a 仪式). None where the vocabulary has neither."""
    kinds = concepts(ACTIVITY_KINDS)
    return next((kinds[word[begin:]] for begin in range(len(word)) if word[begin:] in kinds), None)
