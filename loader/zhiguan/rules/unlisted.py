"""Bodies that no list has: of the nation by their first word, schools and firms as written, towns that share an organ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiguan.lexicon.loading import load_forms
from zhiguan.model import Body, Division
from zhiguan.resolve.abbreviations import endings, generic_words
from zhiguan.resolve.bodies import resolve_body
from zhiguan.resolve.divisions import towns_of
from zhiguan.rules.edges import FIRM, left_edge, plain, sentence_words, site, sub_body, written

_TOWN_LIST = re.compile(
    "(?P<names>[一-鿿]{1,4}(?:、[一-鿿]{1,4})+)[两二三四五六七八九十\\d]+个?(?P<kind>镇|乡|街道)(?P<organ>人大|党委|政府|党工委)"
)
_STATE = re.compile(
    "(?:国家(?!级)|全国|中央)[一-鿿]{2,14}?(?:委员会办公室|委员会|领导小组办公室|领导小组|办公室|总局|中心)(?![一-鿿]?[组全])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A body in a line, and the rule that found it there."""

    begin: int
    end: int
    body: Body
    rule: str


def is_generic(surface: str) -> bool:
    """Whether the words stand for any such body (有关部门)."""
    return surface in generic_words() or surface.startswith(("各", "有关", "相关", "部分", "全体", "所有"))


def of_the_state(text: str, home: Division | None, found: list[Found]) -> list[Found]:
    """Bodies of the nation that no list has (国家教材委员会办公室), by their first word."""
    bodies = []
    for match in _STATE.finditer(text):
        if sentence_words().search(match[0][2:]) or any(i.begin < match.end() and match.start() < i.end for i in found):
            continue
        if body := resolve_body(match[0], home=home, post=None, previous=None):
            bodies.append(Found(match.start(), match.end(), body, "body-full-name"))
    return bodies


def as_written(text: str, home: Division | None, found: list[Found]) -> Iterator[Found]:
    """Schools, firms, associations and groups without a place or level in front."""
    for match in written().finditer(text):
        if any(item.begin < match.end() and match.start() < item.end for item in found):
            continue
        begin = left_edge(text, match.start())
        if begin is None or any(item.begin < match.end() and begin < item.end for item in found):
            continue
        sub = sub_body().match(text, match.end())
        end = sub.end() if sub and not sentence_words().search(sub[0]) else match.end()
        end = firm.end() if (firm := FIRM.match(text, end)) else end
        surface = text[begin:end]
        if is_generic(surface) or surface in endings() or end - begin - len(match[0]) < 2:
            continue
        if (begin and text[begin - 1] in "各多") or re.search("[二三四五六七八九十两]个?[镇乡街]", surface):
            continue
        if (
            site().search(surface)
            or sentence_words().search(surface)
            or surface.endswith("中小学")
            or re.search("^\\d|^[全每多几数一]", surface)
        ):
            continue
        if surface[: -len(match[0])] in load_forms("words") and match[0] in plain():
            continue
        if body := resolve_body(surface, home=home, post=None, previous=None):
            yield Found(begin, end, body, "body-as-written")


def town_lists(text: str, home: Division | None) -> Iterator[Found]:
    """Towns whose common organ is said once at the end (甲、乙、丙三镇人大)."""
    if home is None:
        return
    for match in _TOWN_LIST.finditer(text):
        begin = match.start()
        for name in match["names"].split("、"):
            full = next((t.name for t in towns_of(home.code) if t.name.startswith(name)), name + match["kind"])
            if body := resolve_body(full + match["organ"], home=home, post="主席", previous=None):
                yield Found(begin, begin + max(len(name), 2), body, "body-shared-suffix")
            begin += len(name) + 1
