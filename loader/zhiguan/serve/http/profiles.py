"""Content negotiation by profile: which view of a thing is asked for, by header or in the address.

https://www.w3.org/TR/dx-prof-conneg/ (functional profiles cnpr:http and cnpr:qsa)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhiguan.serve.http.addresses import ONTOLOGY_BASE


@dataclass(frozen=True, slots=True)
class Profile:
    """A view of a thing: `token` is its word in `_profile=`."""

    token: str
    iri: str
    title_zh: str
    title_en: str


EVIDENCE = Profile(
    "evidence", ONTOLOGY_BASE + "profile/evidence", "事实及其出处", "Facts with the passages that say them"
)
PLAIN = Profile("plain", ONTOLOGY_BASE + "profile/plain", "事实", "Facts without their evidence")
SCHEMA = Profile("schema", "https://schema.org/", "schema.org 词汇", "In the words of schema.org")
ALTERNATES = Profile("alt", "http://www.w3.org/ns/dx/connegp/altr", "可用表示", "List of all representations")
PROFILES = (EVIDENCE, PLAIN, SCHEMA, ALTERNATES)
"""The views of a thing, the usual one first."""

_RANGE = re.compile(
    r"\s*(?:<([^<>\s]+)>|\"([^\"\s]+)\"|([^\s<>\";,]+))\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$",
    re.ASCII,
)


def profile_named(name: str) -> Profile | None:
    """The profile of that token or IRI (with or without the last slash)."""
    plain = name.strip("<>").rstrip("/")
    return next((each for each in PROFILES if plain in (each.token, each.iri.rstrip("/"))), None)


def choose_profile(header: str | None, offered: Sequence[Profile] = PROFILES) -> Profile | None:
    """The offered profile that Accept-Profile likes best; None where it names none of them (RFC 9110: then disregard it)."""
    liked: list[tuple[float, int, Profile]] = []
    for place, part in enumerate((header or "").split(",")):
        found = _RANGE.match(part)
        profile = profile_named(found[1] or found[2] or found[3]) if found else None
        if found and profile in offered and profile is not None:
            liked.append((-float(found[4] or 1), place, profile))
    best = min(liked, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] < 0 else None
