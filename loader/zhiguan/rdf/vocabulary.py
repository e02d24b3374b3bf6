"""Concepts of the published vocabulary by their Chinese labels, so that the mapping can link to them."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.rdf import terms

POST_TITLES = "post-titles"
ACTIVITY_KINDS = "activity-kinds"
DOCUMENT_KINDS = "document-kinds"

_IN_BRACKETS = re.compile(r"[（(〔][^（）()〔〕]*[）)〕]$")


@cache
def concepts(scheme: str) -> dict[str, str]:
    """Chinese labels of a scheme's concepts, with the IRI of each concept."""
    return {entry.form: terms.ZGV + entry.note for entry in load_table("concepts") if entry.cls == scheme}


def title_concept(title: str) -> str | None:
    """The concept of a post's title, None where the vocabulary does not have it."""
    return concepts(POST_TITLES).get(title)


def activity_concept(word: str) -> str | None:
    """The kind of activity that a word means. None where the vocabulary has neither the word nor an ending of it."""
    return _by_ending(ACTIVITY_KINDS, word)


def document_concept(title: str) -> str | None:
    """The kind of document that a title's last word means, its year in brackets left out; None where there is none."""
    return _by_ending(DOCUMENT_KINDS, _IN_BRACKETS.sub("", title))


def _by_ending(scheme: str, words: str) -> str | None:
    """The concept of the words or of their longest ending, for Chinese compounds have their head last (晋升仪式 is a 仪式)."""
    known = concepts(scheme)
    return next((known[words[begin:]] for begin in range(len(words)) if words[begin:] in known), None)


@cache
def _broader(scheme: str) -> dict[str, str]:
    """Concept -> the one above it."""
    above = f"{scheme}-broader"
    return {terms.ZGV + entry.form: terms.ZGV + entry.note for entry in load_table("concepts") if entry.cls == above}


@cache
def activity_class(concept: str | None) -> str | None:
    """The ontology's class for a kind of activity: its own or that of the nearest kind above it."""
    while concept is not None and concept not in terms.ACTIVITY_CLASSES:
        concept = _broader(ACTIVITY_KINDS).get(concept)
    return terms.ACTIVITY_CLASSES[concept] if concept else None
