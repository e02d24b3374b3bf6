"""Which representation of a thing a request asks for: its profile and its format.

A suffix of the path goes before `_mediatype`, that before Accept; `_profile` goes before Accept-Profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from zhiguan.serve.data import schema_org
from zhiguan.serve.http.negotiate import GRAPHS, HTML, TEXT, TRIPLES, Format, by_name, choose
from zhiguan.serve.http.profiles import (
    ALTERNATES,
    EVIDENCE,
    PLAIN,
    PROFILES,
    SCHEMA,
    Profile,
    choose_profile,
    profile_named,
)
from zhiguan.serve.linked.finding import Found
from zhiguan.serve.pages.problems import Problem

JSONLD = TRIPLES[1]
_TRIPLES_JSON_FIRST = (JSONLD, *(each for each in TRIPLES if each is not JSONLD))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is answered."""

    form: Format
    profile: Profile


def profiles_of(found: Found) -> Sequence[Profile]:
    """The views that there are of a thing, the usual one first."""
    if found.is_graph or found.kind == "text":
        return (EVIDENCE, ALTERNATES)
    return PROFILES if found.kind in schema_org.KINDS else (EVIDENCE, PLAIN, ALTERNATES)


def formats_of(found: Found, profile: Profile) -> Sequence[Format]:
    """The formats that there are of a view, the usual one first."""
    if profile is SCHEMA:
        return _TRIPLES_JSON_FIRST
    if profile is ALTERNATES:
        return (HTML, *TRIPLES)
    return (TEXT, HTML, *GRAPHS) if found.kind == "text" else (HTML, *GRAPHS)


def _profile(request: Request, offered: Sequence[Profile]) -> Profile:
    wanted = request.query_params.get("_profile")
    if wanted is None:
        return choose_profile(request.headers.get("accept-profile"), offered) or offered[0]
    profile = profile_named(wanted)
    if profile is None or profile not in offered:
        names = ", ".join(each.token for each in offered)
        raise Problem(400, f"There is no profile {wanted!r} of this.", f"Use one of: {names}.")
    return profile


def choose_representation(request: Request, found: Found) -> Chosen:
    """The representation to answer; 400 for a parameter that names none, 406 where Accept takes none."""
    profile = _profile(request, profiles_of(found))
    offered = formats_of(found, profile)
    wanted = request.query_params.get("_mediatype")
    if found.form is not None or wanted:
        form = by_name(found.form.name if found.form else wanted or "", offered)
        if form is None:
            asked = found.form.name if found.form else wanted
            raise Problem(400, f"There is no format {asked!r} of this profile.", f"Use one of: {_types(offered)}.")
        return Chosen(form, profile)
    form = choose(request.headers.get("accept"), offered)
    if form is None:
        raise Problem(406, "No format that Accept names is on offer.", f"Accept one of: {_types(offered)}.")
    return Chosen(form, profile)


def _types(offered: Sequence[Format]) -> str:
    return ", ".join(each.media[0] for each in offered)
