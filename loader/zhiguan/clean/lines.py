"""What each line of an article is by itself: noise, the mark of the article's end, or something to keep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from zhiguan.clean.characters import HAN
from zhiguan.lexicon.index import AllMatches, LongestMatch
from zhiguan.lexicon.loading import load_forms, load_table

SENTENCE_END = "。！？；…"
_HAN = re.compile(f"[{HAN}]")
_BULLETS = re.compile(r"[\s·●■◆▪▶►★☆※○◎□◇△▲>|】）)\]]+")
_IMAGE = re.compile(r"^(?:[\w\-]+(?: ?\(\d+\)| ?（\d+）)?\.(?:jpe?g|png|gif|bmp|webp|svg)\s*)+$", re.IGNORECASE)
_TOKENS = re.compile(r"[\s:：|/>»›·,，、\-【】\[\]（）()]+")
_NUMBERED = re.compile(r"[:：]?\d*$")
_DAY = r"(?:(?:19|20)\d\d ?[-/.年] ?\d{1,2}(?: ?[-/.月] ?\d{1,2} ?日?)?|(?:19|20)\d{6}|\d{1,2}[-/月]\d{1,2}日?)"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
DATE = re.compile(rf"^[\[【（(]?(?:{_DAY}(?:[\sT]*{_CLOCK})?|{_CLOCK})[\]】）)]?$")
_DATED = re.compile(rf"(?<!\S)(?:{_DAY}(?:[\sT]*{_CLOCK})?|{_CLOCK})(?!\S)")
_STAMPED = re.compile(rf"[{HAN}]{{2,4}}[:：]\s*(?:19|20)\d\d[-/.]\d")
_CRUMBS = re.compile(rf"[{HAN}]\s*(?:>|»|›)\s*[{HAN}《]|首页\s*[\-—/]")
_EMPTY_KEY = re.compile(rf"^[{HAN}]{{2,6}} ?[:：]$")
_LABELLED = re.compile(rf"^[{HAN} ]{{2,10}}：")
_COLUMNS = re.compile(rf"[{HAN}] {{2,}}[{HAN}]")
_NAME = re.compile(rf"^[{HAN}]{{2,4}}$")
_REPORT = re.compile(rf"[{HAN}]+ ?摄(?:影)?[）]?$|^[{HAN}]{{2,8}}(?:记者|通讯员)[ ：]")
_MENU_PIECES = 4
_SHORTEST_MENU = 16
_LONGEST_POST = 6
_SHORT = 60
_LONG = 80


class Verdict(Enum):
    """What a line is, seen alone.

    IMAGE is a picture's name; TAIL is noise that also ends the article; LABEL a table's row; SAID `…：…` under no known label; SAID and SHORT are
    judged by their neighbours.
    """

    NOISE = "noise"
    IMAGE = "image"
    TAIL = "tail"
    DATE = "date"
    META = "meta"
    LABEL = "label"
    SAID = "said"
    BODY = "body"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text without the blanks and bullets around it, and what it is."""

    begin: int
    end: int
    text: str
    verdict: Verdict


def rows(text: str) -> Iterator[Row]:
    """The lines of `text` that are not blank, each with its verdict."""
    hits = list(_words().find(text))
    begin, used = 0, 0
    for line in text.split("\n"):
        end = begin + len(line)
        first = used
        while used < len(hits) and hits[used][1] <= end:
            used += 1
        start, stop = _bare(line)
        if start < stop:
            found = tuple((place - begin - start, form, cls) for place, _, (form, cls) in hits[first:used])
            yield _row(line[start:stop], begin + start, found)
        begin = end + 1


Hits = tuple[tuple[int, str, str], ...]
"""(place in the line, form, class) of each word of the noise list."""


def _row(line: str, begin: int, hits: Hits) -> Row:
    verdict = judge(line, hits)
    if verdict in {Verdict.META, Verdict.BODY, Verdict.DATE}:
        line = _trim(line)
    return Row(begin, begin + len(line), line, verdict)


@cache
def _words() -> AllMatches[tuple[str, str]]:
    classes = {"disclaimer", "self", "notice", "advert", "spam", "tail", "breadcrumb", "byline", "label"}
    by_form: dict[str, list[str]] = {}
    for entry in load_table("noise"):
        if entry.cls in classes:
            by_form.setdefault(entry.form, []).append(entry.cls)
    return AllMatches({form: (form, " ".join(found)) for form, found in by_form.items()})


def _bare(line: str) -> tuple[int, int]:
    """The range of the line without blanks, bullets and rules around it."""
    start, stop = 0, len(line)
    if not line or (line[0] > "〿" and line[-1] in SENTENCE_END):
        return start, stop
    if found := _BULLETS.match(line):
        start = found.end()
    while stop > start and line[stop - 1] in " |■>\t":
        stop -= 1
    return start, stop


def judge(line: str, hits: Hits) -> Verdict:
    """What the line is by its words and shape alone."""
    running = len(line) > _LONG and ("。" in line or line.count("，") > 2)
    if running and not any("notice" in cls and place == 0 for place, _, cls in hits):
        return Verdict.BODY
    if _is_image(line):
        return Verdict.IMAGE
    if not _HAN.search(line):
        return Verdict.DATE if DATE.match(line) or _DATED.search(line) else Verdict.NOISE
    if _is_furniture(line, hits) or _is_advert(line, hits):
        return Verdict.NOISE
    opening = _opening(line, hits)
    if "tail" in opening:
        return Verdict.TAIL
    if "byline" in opening and _EMPTY_KEY.match(line):
        return Verdict.NOISE
    if _is_meta(line, hits):
        return Verdict.META
    if line[-1] in SENTENCE_END or "。" in line or len(line) > _LONG:
        return Verdict.BODY
    if "label" in opening or _COLUMNS.search(line) or _is_speaker(line):
        return Verdict.LABEL
    if line[-1] in "：:" or _LABELLED.match(line):
        return Verdict.SAID
    return Verdict.BODY if len(line) >= _SHORT and "，" in line else Verdict.SHORT


def _opening(line: str, hits: Hits) -> str:
    """Classes of the word that the line begins with, where a colon, a blank or the line's end follows it."""
    first = 1 if line[0] in "【[（(" else 0
    classes = [
        cls
        for place, form, cls in hits
        if place == first and line[place + len(form) : place + len(form) + 1].strip(" 】]：:>|") == ""
    ]
    return " ".join(classes)


def _is_furniture(line: str, hits: Hits) -> bool:
    """Menus, buttons, counters: lines made of nothing else."""
    if len(line) > _LONG * 2 and "|" not in line:
        return False
    tokens = [token for token in _TOKENS.split(line) if token]
    barred = line.count("|") >= _MENU_PIECES and not _key(line, hits)
    return barred or all(map(_is_button, tokens)) or _is_menu(line)


def _is_image(line: str) -> bool:
    """A picture's file name, or nothing but words that stand in its place (图片图片)."""
    if _IMAGE.match(line):
        return True
    return _image_words().match(line) is not None


@cache
def _image_words() -> re.Pattern[str]:
    forms = sorted(load_forms("noise", "image"), key=len, reverse=True)
    return re.compile(rf"[【\[（(]?(?:{'|'.join(map(re.escape, forms))})+[】\]）)]?$")


def _is_menu(line: str) -> bool:
    """Whether the line is a menu printed without gaps: several channel names make up half of it."""
    if "，" in line or "。" in line or len(line) < _SHORTEST_MENU:
        return False
    words = [end - begin for begin, end, _ in _menu_words().find(line) if end - begin > 1]
    return len(words) >= _MENU_PIECES and sum(words) * 2 >= len(line)


@cache
def _menu_words() -> LongestMatch[str]:
    return LongestMatch.of(sorted(load_forms("noise", "nav")))


@cache
def _buttons() -> frozenset[str]:
    return load_forms("noise", "widget") | load_forms("noise", "nav") | load_forms("noise", "image")


def _is_button(token: str) -> bool:
    bare = _NUMBERED.sub("", token)
    return bare in _buttons() or not bare


def _is_advert(line: str, hits: Hits) -> bool:
    """Breadcrumbs, spam, advertisements and notices about rights, by how many of their words a line has."""
    if any(place == 0 and _opens_advert(line, form, cls, hits) for place, form, cls in hits):
        return True
    adverts, selves, rights = (sum(name in cls for _, _, cls in hits) for name in ("advert", "self", "disclaimer"))
    if "。" in line:
        return (selves > 0 and rights >= 3 and len(line) <= _LONG * 2) or (adverts >= 3 and len(line) <= _SHORT)
    if _CRUMBS.search(line) or sum("spam" in cls for _, _, cls in hits) >= 3:
        return True
    return (adverts >= 2 and len(line) <= _SHORT) or (rights >= 2 and "，" not in line[:_SHORT])


def _opens_advert(line: str, form: str, cls: str, hits: Hits) -> bool:
    """Whether the word at the line's beginning makes it a breadcrumb or a notice."""
    if "breadcrumb" in cls and line[len(form) : len(form) + 2].lstrip()[:1] in {"：", ":", ">"}:
        return True
    return "notice" in cls and _is_notice(line, form, hits)


def _is_notice(line: str, form: str, hits: Hits) -> bool:
    rest = line[len(form) :].lstrip()
    others = sum("disclaimer" in cls for place, _, cls in hits if place >= len(form))
    return others > 0 or (rest[:1] in {"：", ":"} and sum(char.isdigit() for char in rest) >= 5)


def _is_meta(line: str, hits: Hits) -> bool:
    """Date, source and author lines: short, made of keys with values, dates and names."""
    if len(line) > _LONG or "。" in line or line[-1] in "：:":
        return False
    if _key(line, hits) or DATE.match(line) or _REPORT.search(line[-20:] if len(line) <= 16 else ""):
        return True
    if _DATED.search(line):
        return len(_HAN.findall(_DATED.sub("", line))) <= 16
    tokens = line.strip("（）()").split()
    return len(tokens) > 1 and all(_NAME.match(token) and is_name(token) for token in tokens)


def _key(line: str, hits: Hits) -> bool:
    """Whether a byline's key stands in the line with a colon, or a word for reporters with a blank behind it."""
    if "label" in _opening(line, hits):
        return _STAMPED.match(line) is not None
    for place, form, cls in hits:
        if "byline" not in cls:
            continue
        following = line[place + len(form) : place + len(form) + 3].lstrip()[:1]
        if following in {"：", ":"} and (place < 3 or line[place - 1] in " （)）】"):
            return True
        if form in load_forms("noise", "reporter") and line[place + len(form) : place + len(form) + 1] in {" ", "/"}:
            return True
    return False


def is_name(token: str) -> bool:
    """Whether a token of two to four characters begins with a surname."""
    return token[0] in load_forms("surnames") or token[:2] in load_forms("surnames")


def _is_speaker(line: str) -> bool:
    """Whether the line is a title, a gap and a name: whose words follow."""
    title, _, name = line.rpartition(" ")
    return " " not in title and _NAME.match(name) is not None and is_name(name) and _ends_in_post(title)


def _ends_in_post(title: str) -> bool:
    posts = load_forms("post_titles")
    return any(title[-length:] in posts for length in range(2, min(len(title), _LONGEST_POST) + 1))


def _trim(line: str) -> str:
    """Without buttons, counters and rules at the line's end; a bracket goes only with the buttons in it."""
    rest = line
    while " " in rest:
        rest, _, last = rest.rpartition(" ")
        bare = last.strip("|[]【】（）")
        if bare and (last.isdigit() or not _is_button(bare)):
            break
        if bare or not last.strip("|"):
            line = rest.rstrip(" |[【（")
    return line
