"""One character for one meaning: composed, of normal width, visible, simplified, without notes on its reading."""

import html
import re
import unicodedata
from functools import cache
from operator import ne

from opencc import OpenCC

from zhiguan.clean.mapped import Edit, Mapped
from zhiguan.lexicon.loading import load_forms, load_table

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_INVISIBLE = re.compile(
    "\r(?=\n)|[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ufffc\ue000-\uf8ff]"
)
_ORDINARY = re.compile("[^\n -~\u3400-\u4dbf\u4e00-\u9fff、。《》【】“”‘’…—，：；！？（）·]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_TAG = re.compile(r"<!--.{0,500}?-->|</?([a-zA-Z][a-zA-Z0-9]{0,14})(?:\s[^<>]{0,500})?/?>", re.DOTALL)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿế"
_NOTE = re.compile(f"(?<=[{HAN}])[（(] ?([a-züêɡ{_TONED}]{{1,8}}) ?[)）]")
_TORN = re.compile(rf"(?<=[{HAN}])\?[a-zü]{{0,6}}[{_TONED}][a-zü]{{0,6}}[)）]")
_TONE = re.compile(f"[{_TONED}]")
_TRADITIONAL_SHARE = 20
_FEWEST_TRADITIONAL = 3
"""Text is traditional when more than one in so many Han characters, and so many in all, change under conversion."""


def normalise(text: Mapped) -> Mapped:
    """Invisible characters and markup out, NFC, widths and look-alikes made one; nothing else is changed."""
    if not _ORDINARY.search(text.text) and not _marked_up(text.text):
        return text
    text = text.sub(_INVISIBLE, "")
    if not unicodedata.is_normalized("NFC", text.text):
        text = text.edit(_compositions(text.text))
    if _marked_up(text.text):
        text = text.sub(_TAG, _tag_gap).sub(_ENTITY, lambda match: html.unescape(match.group()))
        text = text.sub(_INVISIBLE, "")
    return text.same_length(text.text.translate(_look_alikes()))


def _tag_gap(tag: re.Match[str]) -> str:
    """What a tag left over in plain text leaves behind: a line break where the element makes one."""
    return "\n" if tag[1] and tag[1].lower() in load_forms("html_elements", "breaking") | {"br"} else ""


def _marked_up(text: str) -> bool:
    return "<" in text or "&" in text


def _compositions(text: str) -> list[Edit]:
    """Edits that compose each base character with the marks behind it."""
    edits, begin = [], 0
    while begin < len(text):
        end = begin + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        composed = unicodedata.normalize("NFC", text[begin:end])
        if composed != text[begin:end]:
            edits.append((begin, end, composed))
        begin = end
    return edits


def _joins(char: str) -> bool:
    return char > "\u02ff" and (unicodedata.combining(char) > 0 or "\u1160" <= char <= "\u11ff")


@cache
def _look_alikes() -> dict[int, str]:
    """One character for each of its variants: full-width letters and digits, radicals, odd blanks, then the list's."""
    radicals = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "！（），：；？～"}
    blanks = dict.fromkeys([9, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    newlines = dict.fromkeys([0xB, 0xC, 0xD, 0x85, 0x2028, 0x2029], "\n")
    listed = {ord(entry.form): entry.note for entry in load_table("characters") if entry.cls == "variant"}
    return radicals | wide | blanks | newlines | listed


def drop_readings(text: Mapped) -> Mapped:
    """Without notes such as `區(qū)`, where the note is a reading of the character before it.

    A note without a tone mark (的(de)) counts only in a text that has notes with one: 微信(app) is never one. There,
    the rest of a note whose character was lost (`展?fàn)`) goes too.
    """
    notes = list(_NOTE.finditer(text.text))
    if not any(_TONE.search(note[1]) for note in notes):
        return text
    text = text.edit([(*note.span(), "") for note in notes if _is_reading(text.text[note.start() - 1], note[1])])
    return text.sub(_TORN, "")


@cache
def _readings(char: str) -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - 0.2 s to load, and few texts have such notes

    simplified = _converter("t2s").convert(char)
    found = ",".join(PINYIN_DICT.get(ord(form), "") for form in {char, simplified} if len(form) == 1)
    return frozenset(unicodedata.normalize("NFC", found).split(","))


def _is_reading(char: str, note: str) -> bool:
    return note.replace("ɡ", "g") in _readings(char)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def simplify(text: Mapped, *, taiwanese: bool = False) -> Mapped:
    """Traditional characters simplified; in simplified text only what no standard allows there (於 and 昇 stay)."""
    converted = _converter("t2s").convert(text.text)
    if converted == text.text:
        return text
    table = "tw2s" if taiwanese else "t2s"
    whole = _is_traditional(text.text, _convert(text.text, "t2s"))
    return text.same_length("\n".join(_simplify_line(line, table, whole) for line in text.text.split("\n")))


def _simplify_line(line: str, table: str, whole: bool) -> str:
    converted = _convert(line, "t2s")
    if whole or _is_traditional(line, converted):
        return _convert(line, table)
    if converted == line:
        return line
    return "".join(
        old if old in _standard() or _in_gb2312(old) else new for old, new in zip(line, converted, strict=True)
    )


def _is_traditional(text: str, converted: str) -> bool:
    changed: int = sum(map(ne, text, converted))
    return changed >= _FEWEST_TRADITIONAL and changed * _TRADITIONAL_SHARE > len(_HAN.findall(text))


def _convert(line: str, table: str) -> str:
    """Converted without change of length: character by character where a phrase would change it."""
    converter = _converter(table)
    converted = str(converter.convert(line))
    if len(converted) == len(line):
        return converted
    singles = (converter.convert(char) for char in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, singles, strict=True))


@cache
def _standard() -> frozenset[str]:
    return load_forms("characters", "standard")


@cache
def _in_gb2312(char: str) -> bool:
    return bool(char.encode("gb2312", "ignore"))
