"""All representations of a thing, in the Alternate Representations Data Model of content negotiation by profile.

https://www.w3.org/TR/dx-prof-conneg/#altr
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from zhiguan.serve.http.addresses import PREFIXES
from zhiguan.serve.http.negotiate import Format
from zhiguan.serve.http.profiles import Profile

_ALTR = "http://www.w3.org/ns/dx/connegp/altr#"
_PROF = "http://www.w3.org/ns/dx/prof/"
_DCTERMS, _TYPE = PREFIXES["dcterms"], NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True, slots=True)
class Alternate:
    """One representation; `address` is where it is got without any negotiation."""

    profile: Profile
    form: Format
    address: str


def alternates(path: str, offered: Sequence[tuple[Profile, Sequence[Format]]]) -> list[Alternate]:
    """All representations of the thing at `path`, the usual one first."""
    usual = offered[0][0]
    return [
        Alternate(profile, form, f"{path}.{form.name}" + ("" if profile is usual else f"?_profile={profile.token}"))
        for profile, forms in offered
        for form in forms
    ]


def alternates_triples(iri: str, found: Sequence[Alternate], root: str) -> list[Triple]:
    """The representations as RDF; addresses are made absolute with `root`."""
    return [triple for number, each in enumerate(found) for triple in _triples(NamedNode(iri), number, each, root)]


def _triples(thing: NamedNode, number: int, each: Alternate, root: str) -> Iterator[Triple]:
    node, profile = BlankNode(f"r{number}"), NamedNode(each.profile.iri)
    names = ("hasRepresentation", "hasDefaultRepresentation") if number == 0 else ("hasRepresentation",)
    for name in names:
        yield Triple(thing, NamedNode(_ALTR + name), node)
    yield Triple(node, _TYPE, NamedNode(_ALTR + "Representation"))
    yield Triple(node, NamedNode(_DCTERMS + "conformsTo"), profile)
    yield Triple(node, NamedNode(_DCTERMS + "format"), Literal(each.form.media[0]))
    yield Triple(node, NamedNode(PREFIXES["dcterms"] + "source"), NamedNode(root.rstrip("/") + each.address))
    yield Triple(profile, _TYPE, NamedNode(_PROF + "Profile"))
    yield Triple(profile, NamedNode(_PROF + "hasToken"), Literal(each.profile.token))


def profile_triples(profile: Profile) -> list[Triple]:
    """A profile of ours described (https://www.w3.org/TR/dx-prof/)."""
    node = NamedNode(profile.iri)
    title = NamedNode(_DCTERMS + "title")
    return [
        Triple(node, _TYPE, NamedNode(_PROF + "Profile")),
        Triple(node, NamedNode(_PROF + "hasToken"), Literal(profile.token)),
        Triple(node, title, Literal(profile.title_zh, language="zh")),
        Triple(node, title, Literal(profile.title_en, language="en")),
    ]
