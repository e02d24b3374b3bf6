"""Which namesakes are one person: the same name in the same home scope.

A name alone identifies nobody (thousands are called 王伟). The home scope is the prefecture-level city, or the municipality,
province or nation above it, of the body whose post the person holds; of several the narrowest, since a provincial seat often
goes with a city post and the city paper names only the latter. Without a post it is the article's own scope.
"""

from collections.abc import Iterable

from zhiguan.model import Body, Division
from zhiguan.resolve.divisions import NATION, home_scope

_WIDTH = {"county": 0, "town": 0, "prefecture": 1, "province": 2, "nation": 3}


def person_scope(bodies: Iterable[Body | None], home: Division | None) -> Division:
    """The home scope of somebody who holds posts in `bodies`, in an article of the jurisdiction `home`."""
    scopes = [home_scope(body.division) for body in bodies if body and body.division]
    if scopes:
        return min(scopes, key=lambda scope: _WIDTH[scope.level])  # the first of equals, in the order of the text
    return home_scope(home) if home else NATION
