"""Concepts of the published vocabulary by their Chinese labels, so that the mapping can link to them."""

from functools import cache

import pyoxigraph as ox

from zhiguan import resources
from zhiguan.rdf import terms

_IN_SCHEME = ox.NamedNode(terms.SKOS + "inScheme")
_LABELS = (ox.NamedNode(terms.SKOS + "prefLabel"), ox.NamedNode(terms.SKOS + "altLabel"))

POST_TITLES = terms.ZGV + "post-titles"
ACTIVITY_KINDS = terms.ZGV + "activity-kinds"


@cache
def concepts(scheme: str) -> dict[str, str]:
    """Chinese preferred and alternative labels of a scheme's concepts, with the IRI of each concept."""
    quads = list(ox.parse(resources.read_ontology("vocabulary.ttl"), format=ox.RdfFormat.TURTLE))
    members = {quad.subject for quad in quads if quad.predicate == _IN_SCHEME and quad.object == ox.NamedNode(scheme)}
    return {
        quad.object.value: quad.subject.value
        for quad in quads
        if quad.predicate in _LABELS
        and quad.subject in members
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.object.language == "zh"
    }


def title_concept(title: str) -> str | None:
    """The concept of a post's title, None where the vocabulary does not have it."""
    return concepts(POST_TITLES).get(title)


def activity_concept(word: str) -> str | None:
    """The kind of activity that a word means: its own, or that of its longest ending, for Chinese compounds have their
    head last (晋升仪式 is a 仪式). None where the vocabulary has neither."""
    kinds = concepts(ACTIVITY_KINDS)
    return next((kinds[word[begin:]] for begin in range(len(word)) if word[begin:] in kinds), None)
