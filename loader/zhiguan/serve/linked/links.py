"""Link headers: a thing's other representations, its own IRI, the pages of its description (RFC 8288)."""

from collections.abc import Iterator
from urllib.parse import quote

from zhiguan.serve.http.negotiate import HTML, TRIPLES
from zhiguan.serve.http.profiles import ALTERNATES
from zhiguan.serve.linked.choosing import Chosen, formats_of, profiles_of
from zhiguan.serve.linked.finding import Found

_SAFE = "/:?#[]@!$&'()*+,;=-._~%"


def link(target: str, rel: str, **attributes: str) -> str:
    """One link. Whatever could end it, or the header's line, is percent-encoded."""
    more = "".join(f'; {name}="{quote(value, safe=_SAFE + " ")}"' for name, value in attributes.items())
    return f'<{quote(target, safe=_SAFE)}>; rel="{rel}"{more}'


def _asked(found: Found, chosen: Chosen) -> str:
    return "" if chosen.profile is profiles_of(found)[0] else f"_profile={chosen.profile.token}"


def location(found: Found, chosen: Chosen, page: int) -> str:
    """Where this very representation is got without negotiation (Content-Location)."""
    asked = "&".join(filter(None, (_asked(found, chosen), f"page={page}" if page > 1 else "")))
    return quote(f"{found.path}.{chosen.form.name}" + (f"?{asked}" if asked else ""), safe=_SAFE)


def _formats(found: Found, chosen: Chosen) -> Iterator[str]:
    """The same view in each format."""
    asked = _asked(found, chosen)
    for form in formats_of(found, chosen.profile):
        target = f"{found.path}.{form.name}" + (f"?{asked}" if asked else "")
        yield link(target, "alternate", type=form.media[0])


def _profiles(found: Found, chosen: Chosen) -> Iterator[str]:
    """The other views, and what they are called."""
    yield link(chosen.profile.iri, "profile")
    for profile in profiles_of(found):
        form = formats_of(found, profile)[0]
        if profile is not chosen.profile:
            target = f"{found.path}?_profile={profile.token}"
            yield link(target, "alternate", type=form.media[0], formats=profile.iri)
        yield link("http://www.w3.org/ns/dx/prof/Profile", "type", token=profile.token, anchor=profile.iri)


def _pages(found: Found, page: int, more: bool) -> Iterator[str]:
    if page > 1:
        yield link(f"{found.path}?page=1", "first")
        yield link(f"{found.path}?page={page - 1}", "prev")
    if more:
        yield link(f"{found.path}?page={page + 1}", "next")


def link_header(found: Found, chosen: Chosen, root: str, license_iri: str | None, page: int, more: bool) -> str:
    """The whole header of a representation."""
    links = [*_formats(found, chosen), *_profiles(found, chosen), *_pages(found, page, more)]
    links.append(link(found.iri, "canonical"))
    if chosen.profile is not ALTERNATES:
        links.append(link(found.iri, "describes"))
    if chosen.form is HTML:
        links.append(link(f"{found.path}.{TRIPLES[0].name}", "describedby", type=TRIPLES[0].media[0]))
    if license_iri:
        links.append(link(license_iri, "license"))
    links.append(link(f"{root}sparql", "service"))
    return ", ".join(links)
