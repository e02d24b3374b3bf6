"""Where a person's name ends: surname and given name, or a transcribed name, judged by what surrounds it.

Chinese text has no blanks, so 郝琳陪同视察 may be 郝琳 or 郝琳陪. Each candidate length gets a score from four witnesses: the
surname, the given name's characters, what follows (a mark, a verb, a dictionary word), and how the same characters stand
elsewhere in the article. The lists are data; the weights below were set by reading, not fitted.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zhiguan.lexicon.loading import load_forms, load_rows, load_table
from zhiguan.model import Span

AFTER_TITLE = 1.5
"""Least score of a name that stands right behind a title: the title itself is the main witness."""
_EASED = 0.8
"""How much less suffices behind a title where nothing but a name can begin."""
ALONE = 3.0
"""Least score of a name that nothing but its own shape and its verb speaks for."""

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+")
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与及]")
_ORGANISATION_ENDS = frozenset("部局委办厅处科室司署县镇乡市省区村会院校组队所站")
_PRONOUNS = frozenset("他她它们的了是我你这")
_AFTER_DOTTED = frozenset("等和与及的将对在向就于说称以")
_NO_NAME_ENDS = frozenset("等时后以于也并就将已曾称说对向为在致作须仍均既被")
_NO_RARE_ENDS = _ORGANISATION_ENDS | frozenset("学园厂店馆台社团家员者人们")
_NEVER_IN_NAMES = frozenset("的了在是不我你他她它有这那个们找提谈要把被让给和与及或各该其从将已很更最都也又再")
_LONGEST_FOLLOWER = 8
_LONGEST_PLAIN = 6
_RARE_IN_NAMES = 20
_USUAL_IN_NAMES = 60
_FUNCTION_WORDS = frozenset(("d", "p", "c", "m", "q", "r", "s", "f", "u", "v", "vn", "vd", "ad", "t"))
"""Parts of speech of words that hardly ever are names as a whole: verbs, adverbs, pronouns, numbers, times."""


@dataclass(frozen=True, slots=True)
class _Lists:
    surnames: dict[str, str]
    given: dict[str, int]
    syllables: dict[str, str]
    words: dict[str, str]
    followers: frozenset[str]
    address: frozenset[str]
    places: frozenset[str]
    omens: frozenset[str]


@cache
def _lists() -> _Lists:
    given = {cells[0]: int(cells[2]) for cells in load_rows("given_names") if cells[1] == "given"}
    return _Lists(
        surnames={entry.form: entry.cls for entry in load_table("surnames")},
        given=given,
        syllables={entry.form: entry.cls for entry in load_table("name_syllables")},
        words={entry.form: entry.cls for entry in load_table("words")},
        followers=frozenset(
            entry.form
            for table in ("followers", "role_verbs", "personnel_verbs")
            for entry in load_table(table)
            if entry.cls != "none"
        ),
        address=load_forms("followers", "address"),
        places=load_forms("not_names"),
        omens=load_forms("given_words"),
    )


def is_word(text: str) -> bool:
    """Whether `text` is a common dictionary word that is no name."""
    return text in _lists().words


def follower(text: str, begin: int, limit: int) -> str:
    """The longest word at `begin` that may follow a name (verb or particle), or ''."""
    known = _lists().followers
    for length in range(min(_LONGEST_FOLLOWER, limit - begin), 0, -1):
        if (word := text[begin : begin + length]) in known:
            return word
    return ""


def _tail_score(text: str, end: int, limit: int) -> float:
    """How well what follows `end` marks the end of a name."""
    if end >= limit:
        return 3.0
    if not _HAN.match(text, end):
        return 2.5
    word = follower(text, end, limit)
    if word in _lists().address:
        return 3.5
    if len(word) >= 2:
        return 2.5
    if word:
        return 1.5
    return 1.2 if is_word(text[end : end + 2]) or is_word(text[end : end + 3]) else -3.0


def _surname(name: str) -> tuple[int, float]:
    """Length of the surname that `name` begins with, and its score."""
    known = _lists().surnames
    if len(name) >= 3 and name[:2] in known:
        return 2, 3.0
    kind = known.get(name[0])
    if kind is None:
        return 0, -4.0
    return 1, 2.0 if kind == "common" else 0.8


def _given_score(given: str) -> float:
    """How usual the characters of a given name are."""
    counts = _lists().given
    if len(given) == 2 and given[0] == given[1]:
        return 1.0
    total = 0.0
    for character in given:
        count = counts.get(character, 0)
        total += 1.0 if count >= 100 else 0.5 if count >= 20 else 0.0 if count else -0.4
    return total / len(given)


@lru_cache(maxsize=16384)
def _shape_score(name: str) -> float:
    """Surname, given name and dictionary together; very low where the shape is no name's."""
    if name[-1] in _ORGANISATION_ENDS or name[-1] in _NO_NAME_ENDS or not _PRONOUNS.isdisjoint(name):
        return -4.0
    length, score = _surname(name)
    given = name[length:]
    if given in _lists().followers and len(given) == 2:
        return -4.0  # 时|强调
    if length and 1 <= len(given) <= 2:
        return score + _given_score(given) - _doubt(given, rare=score < 2.0)
    return 1.5 if _of_syllables(name) else -4.0


def _doubt(given: str, *, rare: bool) -> float:
    """What speaks against a given name that is a word (谈|经验, 方|先后); little does where it is one of good omen (永恒)."""
    if not is_word(given) or given[0] == given[-1]:  # 飒飒, 奕奕: doubled, as many given names are
        return 0.0
    if given in _lists().omens:
        return 0.3
    counts, kind = _lists().given, _lists().words[given]
    usual = kind not in _FUNCTION_WORDS and all(counts.get(c, 0) >= _USUAL_IN_NAMES for c in given)
    if usual:
        return 0.8 if rare else 0.4
    return 2.5 if rare else 1.2


def _of_syllables(name: str) -> bool:
    """Whether a name is written with the characters that transcribe Tibetan, Mongolian, Uyghur or Kazakh names."""
    if name[0] == "和":  # joins two names more often than it begins a transcribed one
        return False
    kinds = [_lists().syllables.get(c, "") for c in name]
    core = kinds.count("syllable")
    return len(name) <= _LONGEST_PLAIN and all(kinds) and 2 * core >= len(kinds)


def _word_score(text: str, begin: int, end: int, limit: int) -> float:
    """What the dictionary says against the cut begin:end."""
    score = 0.0
    if kind := _lists().words.get(text[begin:end]):
        function = kind in _FUNCTION_WORDS
        marked = end >= limit or (not function and _tail_score(text, end, limit) >= 2.5)
        score -= 0.8 if text[begin:end] in _lists().omens else 1.2 if marked else 2.0
    elif is_word(text[begin : begin + 2]) and end > begin + 2:
        score -= 0.7
    if end < limit and len(follower(text, end, limit)) < 2 and is_word(text[end - 1 : end + 1]):
        score -= 1.5
    return score


def _repeat_score(text: str, begin: int, end: int) -> float:
    """How the same characters stand elsewhere: a longer name that always comes whole, a shorter that comes without."""
    short, long = text[begin : begin + 2], text[begin : begin + 3]
    often, whole = text.count(short), text.count(long)
    if often < 2:
        return 0.0
    if end - begin == 3:
        return 1.2 if whole == often else -0.5
    return 1.0 if end - begin == 2 and whole < often else 0.0


def score(text: str, begin: int, end: int, limit: int) -> float:
    """Score of text[begin:end] as a name in a passage that ends at `limit`."""
    name = text[begin:end]
    if not _HAN.fullmatch(name) or name in _lists().places:
        return -9.0
    shape = _shape_score(name)
    if shape <= -4.0:
        return shape
    return (
        shape
        + _tail_score(text, end, limit)
        + _word_score(text, begin, end, limit)
        + _repeat_score(text, begin, end)
        - 2.0
    )


def _dotted(text: str, begin: int, limit: int) -> Span | None:
    """A transcribed name with middle dots; what follows its last part is cut off."""
    found = _DOTTED.match(text, begin, limit)
    if not found:
        return None
    first = text.index("·", begin)
    if any(len(follower(text, at, first)) >= 2 for at in range(begin + 2, first)):
        return None  # 甲致电乙·丙: the dotted name comes later
    last = text.rfind("·", begin, found.end()) + 1
    end = found.end()
    for cut in range(last + 1, found.end()):
        word = follower(text, cut, limit)
        if cut == last + 1 and len(word) < 2:
            continue
        if len(word) >= 2 or text[cut] in _AFTER_DOTTED or (word and text[cut] not in _lists().syllables):
            end = cut
            break
    return Span(begin, end)


def _foreign_or_rare(text: str, begin: int, limit: int) -> Span | None:
    """A whole passage of two to six characters that is no word: a name without a listed surname."""
    if joined := _JOINED.search(text, begin, limit):
        limit = joined.start()
    while limit > begin and text[limit - 1] in _NO_NAME_ENDS:
        limit -= 1
    passage = text[begin:limit]
    plain = 2 <= len(passage) <= 4 and _HAN.fullmatch(passage) and passage[-1] not in _NO_RARE_ENDS
    if not plain or _lists().surnames.get(passage[0]) == "common":
        return None
    rare = any(_lists().given.get(c, 0) < _RARE_IN_NAMES or c in _NEVER_IN_NAMES for c in passage)
    if rare or passage in _lists().places or follower(text, begin, limit) or any(is_word(passage[:n]) for n in (2, 3)):
        return None
    return Span(begin, limit)


def is_place(text: str) -> bool:
    """Whether `text` is a place or a word that looks like a name but is none."""
    return text in _lists().places or text in load_forms("divisions")


def is_division(text: str) -> bool:
    """Whether `text` is the short name of a city or county (常州, 唐山), which a row of names must not be."""
    return any(text + mark in load_forms("divisions") for mark in "市县")


def name_at(text: str, begin: int, limit: int, least: float = AFTER_TITLE) -> Span | None:
    """The name that begins at `begin`, in a passage that ends at `limit`; None where there is none.

    With `least` at AFTER_TITLE or below, a whole passage that is no word counts too, so that names without a listed
    surname are found behind titles.
    """
    if begin >= limit:
        return None
    if dotted := _dotted(text, begin, limit):
        return dotted
    if len(follower(text, begin, limit)) >= 2:
        return None  # a verb (强调) is no name
    longest = _longest_plain(text, begin, limit)
    scored = [(score(text, begin, begin + length, limit), length) for length in range(2, longest + 1)]
    best, length = max(scored, default=(-9.0, 0))
    if best >= least or (best >= least - _EASED and least <= AFTER_TITLE and _only_a_name(text, begin, length, limit)):
        return Span(begin, begin + length)
    return _foreign_or_rare(text, begin, limit) if least <= AFTER_TITLE else None


def _only_a_name(text: str, begin: int, length: int, limit: int) -> bool:
    """Whether nothing but a name can begin here: a common surname with which no word begins, a known word behind the name."""
    if _lists().surnames.get(text[begin]) != "common" or follower(text, begin, limit):
        return False
    words = (text[begin : begin + 2], text[begin : begin + 3], text[begin + 1 : begin + length])
    end = begin + length
    return not any(is_word(w) or is_place(w) for w in words) and _tail_score(text, end, limit) >= 1.5


def _longest_plain(text: str, begin: int, limit: int) -> int:
    """How many characters a plain name at `begin` may have: 3 behind a surname, 4 behind a double one, else syllables."""
    lists = _lists()
    longest = 4 if text[begin : begin + 2] in lists.surnames else 3 if text[begin] in lists.surnames else 0
    if text[begin] in lists.syllables:
        longest = _LONGEST_PLAIN
    return min(longest, limit - begin)


def whole_name(text: str, begin: int, end: int) -> bool:
    """Whether text[begin:end] is exactly one name by its own shape."""
    found = name_at(text, begin, end, ALONE)
    return found is not None and found.end == end


def name_before(text: str, begin: int, end: int, least: float = ALONE) -> Span | None:
    """The name that ends exactly at `end` and begins at or after `begin`: the whole passage, else its best tail.

    A tail of a longer passage must score 1.2 more than `least`, unless a verb that takes names stands right before it;
    a whole passage may score as much less.
    """
    whole = name_at(text, begin, end, least - 1.2 if least < ALONE else least)
    if whole and whole.end == end:
        return whole
    scored = [(score(text, at, end, end), -at) for at in range(max(begin, end - 4), end - 1)]
    best, at = max(scored, default=(-9.0, 0))
    at = -at
    led = text[max(begin, at - 2) : at] in _lists().followers
    return Span(at, end) if best >= least + (0.0 if led else 1.2) else None
