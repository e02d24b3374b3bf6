"""Post titles in a passage: the bare title (常务副区长), how it is held (代, 原, 拟任), and the body's words before it."""

import re
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Status
from zhiguan.resolve.divisions import find_divisions
from zhiguan.rules.names import ALONE, is_place, is_word, name_at

_TERM = re.compile(r"^(?:第?[一二三四五六七八九十百0-9]+届)")
_TERM_INSIDE = re.compile(r"第?[一二三四五六七八九十百0-9]+届")
_FORMERLY = re.compile(r"(?<=[\u4e00-\u9fff]{2})原(?=$|党|纪|常务|院党|局党|总|秘)")
_COUNTED = re.compile(r"(?:[一二两三四五六七八九十几多数各]|\d)+余?(?:位|名)")
_ANY_PLACE = re.compile(r"[市县区州]（[市县区州旗、]+）")
_CLOCK = re.compile(r"^.*\d(?:日|时|分|点|年|月|号)(?:上午|下午|晚上|晚|凌晨|中午|傍晚|许|左右)?")
_ASIDE = re.compile(r"[（(][^（）()\n]{0,24}[）)]")
_RANK = re.compile(r"(?<=区|队|军|院)(?:少|中|上)将$")
_LONG_ASIDE = re.compile(r"[（(][^（）()]{4,}[）)]")
_CANDIDATE = re.compile(r"候选人(?:提名人选|建议人选)?|提名人选|建议人选|人选")
_CONJUNCTIONS = "和与及暨并兼"
_DELEGATE_BODIES = ("人大", "人民代表大会", "党代会", "党", "妇代会", "团代会")
_LEVELS = ("地委", "行署", "市委", "县委", "区委", "州委")
_HEADS_BUILT_IN = frozenset("部局厅处科司")
_NOT_AFTER_ERA = frozenset("时现古当世年朝换")


@dataclass(frozen=True, slots=True)
class Post:
    """A title in the text: text[begin:end] holds prefix and core; `title` is the bare post, None for a mere group."""

    begin: int
    end: int
    title: str | None
    status: Status
    core: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the words of its body before it; text[begin:end] is the whole mention.

    `said_past` where a word (原, 前) marks it as past, which then holds for the titles behind it too.
    """

    begin: int
    end: int
    surface: str
    title: str
    status: Status
    said_past: bool = False


@cache
def _cores() -> LongestMatch[str]:
    return LongestMatch({entry.form: entry.cls for entry in load_table("post_titles")})


@cache
def _prefixes() -> tuple[tuple[str, Status], ...]:
    pairs = [(entry.form, Status(entry.cls)) for entry in load_table("post_prefixes")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _status_words() -> tuple[tuple[str, Status], ...]:
    pairs = [(entry.form, Status(entry.cls)) for entry in load_table("status_words")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _stops() -> LongestMatch[bool]:
    return LongestMatch({entry.form: entry.cls == "stop" for entry in load_table("left_stops")})


def _prefix(text: str, begin: int, at: int) -> tuple[int, str, Status]:
    """Where the prefix before `at` begins, the part of it that belongs to the bare post, and the status it gives."""
    for form, status in _prefixes():
        start = at - len(form)
        if start < begin or not text.startswith(form, start):
            continue
        if form[0] == "代" and start > begin and text[start - 1] in _NOT_AFTER_ERA:
            continue
        kept = "" if form in ("代", "代理", "候任") else form.removeprefix("代") if status is Status.ACTING else form
        return start, kept, status
    return at, "", Status.CURRENT


def holds_title(text: str, begin: int, end: int) -> bool:
    """Whether any word of the list of titles stands in text[begin:end]: most sentences hold none."""
    return next(_cores().find(text[begin:end]), None) is not None


def find_posts(text: str, begin: int, end: int) -> list[Post]:
    """The titles in text[begin:end], left to right, prefixes included."""
    found: list[Post] = []
    asides = [aside.span() for aside in _ASIDE.finditer(text, begin, end)]
    for at, stop, cls in _cores().find(text[begin:end]):
        if cls == "none" or (found and _repeats_in_aside(found[-1], begin + at, asides)):
            continue
        core = text[begin + at : begin + stop]
        start, kept, status = _prefix(text, begin, begin + at)
        stands_for_group = core == "代表" and not text[begin:start].endswith(_DELEGATE_BODIES)  # 学生代表, 专家代表
        title = kept + core if cls == "post" and not stands_for_group else None
        after = begin + stop
        if candidate := _CANDIDATE.match(text, after, end):
            after, status = candidate.end(), Status.ELECT
        found.append(Post(start, after, title, status, core if cls != "byline" else "byline"))
    return found


def _repeats_in_aside(before: Post, at: int, asides: list[tuple[int, int]]) -> bool:
    """Whether a title stands in a bracket right behind another: the post's second name (校长（院长）)."""
    return any(begin == before.end and begin < at < end for begin, end in asides)


def behind_aside(text: str, at: int, limit: int) -> int:
    """Where the text goes on behind a remark in brackets at `at` (副县长（挂职）甲), or `at` itself."""
    aside = _ASIDE.match(text, at, limit)
    return aside.end() if aside and aside.end() < limit else at


def splits_word(text: str, post: Post, limit: int) -> bool:
    """Whether the title's last character belongs to a word that begins there (校长|期: 长期, 水利部长|江: 长江)."""
    if post.end >= limit:
        return False
    across = text[post.end - 1 : post.end + 1]
    if is_place(across) or is_place(text[post.end - 1 : post.end + 2]):
        return name_at(text, post.end, limit, ALONE) is None
    return is_word(across) and name_at(text, post.end, limit) is None


def body_begin(text: str, begin: int, end: int) -> int:
    """Where the words of a body begin in text[begin:end]: behind the last word that cannot belong to a body's name."""
    passage = text[begin:end]
    at = begin
    if clock := _CLOCK.match(passage):
        at = begin + clock.end()
    for _, stop, is_stop in _stops().find(passage):
        if is_stop and begin + stop > at:
            at = begin + stop
    while at < end and text[at] in _CONJUNCTIONS and not _opens_place(text[at:end]):
        at += 1
    return at


def _opens_place(words: str) -> bool:
    """Whether the first character belongs to a division's name (和田地委, 前进区), and is no conjunction or word of time."""
    places = find_divisions(words)
    if not places or places[0].begin:
        return False
    return places[0].full or words.startswith(_LEVELS, places[0].end)


def _held(surface: str, status: Status) -> tuple[str, Status, int]:
    """The surface without words that say how the post is held, the status, and how many characters were cut."""
    cut = 0
    for form, said in _status_words():
        if surface.startswith(form) and not (len(form) == 1 and _opens_place(surface)):
            surface, cut = surface[len(form) :], len(form)
            status = said if said is not Status.CURRENT else status
            break
    if _FORMERLY.search(surface):  # 省人大常委会原|副主任: the word stands behind the body
        surface, status = _FORMERLY.sub("", surface), Status.FORMER
    return surface, status, cut


def _past_term(surface: str, post: str) -> bool:
    """Whether a leading ordinal term tells of a past office (十届市政协副主席); delegates and members serve terms openly."""
    return bool(_TERM.match(surface)) and not post.endswith(("代表", "委员"))


def _complete(surface: str, core: str) -> str:
    """组织|部长 names the 组织部: the head's own character is lent to the body."""
    head = core[0]
    lends = len(core) == 2 and core[1] == "长" and head in _HEADS_BUILT_IN
    if not lends or len(surface) < 2 or surface.endswith(head) or surface[-1] in "省市区县州旗镇乡委府院":
        return surface
    return surface + head


def make_title(text: str, begin: int, post: Post) -> Title | None:
    """The title that ends with `post`, its body's words looked for from `begin` on; None for mere groups."""
    if post.title is None:
        return None
    start = body_begin(text, begin, post.begin)
    if _COUNTED.search(text, start, post.begin) or _ANY_PLACE.search(text, start, post.begin):
        return None  # 两位女市长, 十位校长: a number of people, no post; 县（市、区）委: no place is named
    surface, status, cut = _held(text[start : post.begin], post.status)
    start += cut
    said_past = status is Status.FORMER
    if _past_term(surface, post.title) and status is Status.CURRENT:
        status = Status.FORMER
    surface = _RANK.sub("", surface)
    surface = _LONG_ASIDE.sub("", _TERM_INSIDE.sub("", surface))
    return Title(start, post.end, _complete(surface, post.core.removeprefix("副")), post.title, status, said_past)
