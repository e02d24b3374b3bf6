"""From the words for a body in a title (市教委, 区委, nothing at all before 副区长) to the body by its full name.

`home` is the article's home jurisdiction and `previous` the body of the title before in the same run: a level word
(市, 区) means the nearest such division seen from `previous`, then from `home`.
"""

import re
from dataclasses import replace
from functools import lru_cache

from zhiguan.model import Body, BodyKind, Division
from zhiguan.resolve.abbreviations import expand, kind_by_ending, national
from zhiguan.resolve.carry import carried_on, means_named_firm, refer_back
from zhiguan.resolve.context import body_words
from zhiguan.resolve.naming import as_body
from zhiguan.resolve.posts import body_of_post, core, keeps_previous
from zhiguan.resolve.reading import Reader

__all__ = ["refer_back", "resolve_body"]


@lru_cache(maxsize=8192)
def resolve_body(
    surface: str, *, home: Division | None, post: str | None = None, previous: Body | None = None
) -> Body | None:
    """The body that `surface` names as it stands in a title before the bare `post`.

    An empty surface is read from the post (副区长: the district's government) or carried on from `previous`. A surface
    that cannot be resolved gives a body of that name with `resolved` False; None only where nothing at all is known.
    """
    words, post = _with_organ(body_words(surface), post)
    words, post = _of_the_state(words, post, previous)
    words = _of_china(_with_office(words, post or ""))
    if not words or (home is None and words in ("政府", "人民政府")):
        return _implied(home, post, previous)
    if previous is not None and not words.startswith(_NATIONAL) and (carried := carried_on(words, previous)):
        return carried if previous.resolved else replace(carried, resolved=False)
    named = Reader(home, previous, post or "").read(words)
    if named is not None:
        body = as_body(named)
        return replace(body, resolved=False) if means_named_firm(words) else body
    found = kind_by_ending(words)
    kind = found[0] if found else BodyKind.OTHER
    return Body(name=expand(words), kind=kind, division=home, resolved=bool(found and found[1]))


_NATIONAL = ("中央", "全国", "国务院")
"""Begins of bodies that stand for themselves and are no part of the body before them."""
_ORGAN_IN_POST = re.compile(
    "(党委|党组|党工委|党总支|党支部|纪委|团委|区委|市委|县委|旗委|州委|省委|工会|管委会|办事处|人大|政协)(?=.)(?!代表|委员$)"
)


def _with_organ(words: str, post: str | None) -> tuple[str, str | None]:
    """A party organ at the begin of the post (党委书记) goes with the surface."""
    match = _ORGAN_IN_POST.match(post or "")
    if not match or post is None:
        return words, post
    return words + match[0], post[match.end() :]


def _of_the_state(words: str, post: str | None, previous: Body | None) -> tuple[str, str | None]:
    """国家主席 and 国家副主席 stand for the People's Republic, unless a foreign body was named right before."""
    abroad = previous is not None and not previous.resolved and words == "国家"
    if words not in ("国家", "中国国家") or core(post or "") != "主席" or abroad:
        return words, post
    return "", f"国家{post}"


def _of_china(words: str) -> str:
    """The central body that the country's name stands before (中国国务院, 中华人民共和国外交部); the military commission of
    the state is another than the party's."""
    country = next((name for name in ("中华人民共和国", "中国") if words.startswith(name)), "")
    known = national() if country else {}
    rest = words.removeprefix(country)
    return rest if words not in known and rest in known and known[rest][1] is not BodyKind.MILITARY else words


def _with_office(words: str, post: str) -> str:
    """The surface with the syllable that it shares with the post (组织部长, 教育局长 cut before 部长, 局长)."""
    head = core(post)
    if len(words) > 1 and len(head) == 2 and head[1] == "长" and head[0] in "部局厅院处科所站" and words[-1] != head[0]:
        return words + head[0]
    return words


def _implied(home: Division | None, post: str | None, previous: Body | None) -> Body | None:
    """The body of a bare post: what the post itself says, else the body before."""
    if post is None:
        return previous
    if named := body_of_post(post, previous, home):
        return as_body(named)
    if previous is None:
        return None
    return _institution_of(previous) if not keeps_previous(post, previous) else previous


def _institution_of(body: Body) -> Body:
    """The body whose party organ `body` is: a director after a party secretary leads the institution itself."""
    if body.parent is None or body.kind is not BodyKind.PARTY:
        return body
    found = kind_by_ending(body.parent)
    kind = found[0] if found else BodyKind.OTHER
    return Body(name=body.parent, kind=kind, division=body.division)
