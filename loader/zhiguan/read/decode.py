"""Bytes to text: UTF-8 or GB18030 strictly, then what a detector says; never a guess that leaves damage behind."""

import codecs
import re

from zhiguan.read.values import UnreadableError

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_FREQUENT = re.compile("[的一是在不了有和人中大上這这為为個个國国會会]")
_DETECTED = ["big5", "big5hkscs", "gb18030", "hz", "utf_16_le", "utf_16_be"]
_CURE = "save it as UTF-8 and load it again"


def decode(data: bytes) -> str:
    """The text of `data` without a byte order mark, newlines kept as they are.

    Raises UnreadableError for an empty, binary, truncated or unrecognisably encoded article.
    """
    if not data.strip():
        raise UnreadableError("it is empty: save the article again")
    text = _decode(data)
    if len(_CONTROL.findall(text)) * 100 > len(text) or "\x00" in text:
        raise UnreadableError("it is binary, not text: save the article as text or HTML")
    if not text.strip():
        raise UnreadableError("it holds nothing but blanks: save the article again")
    return text


def _decode(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        return _strict(data, "utf-16")
    if b"\x00" in data:
        raise UnreadableError("it is binary, not text: save the article as text or HTML")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _decode_double_byte(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"broken {encoding} at byte {error.start}: {_CURE}") from None


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """GB18030 reads most damaged UTF-8 without complaint, as nonsense; so look for valid UTF-8 Han first."""
    text = data.decode("utf-8", "replace")
    valid, broken = len(_HAN.findall(text)), text.count("\ufffd")
    if valid >= 5 and valid * 5 >= broken:
        where = "cut off at its end" if error.end >= len(data) - 4 else f"broken at byte {error.start}"
        raise UnreadableError(f"UTF-8 {where}, or a mixture of encodings: fetch the article again or {_CURE}")


def _decode_double_byte(data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _detect(data)
    other = data.decode("big5hkscs", "ignore")
    if len(_FREQUENT.findall(other)) > 2 * len(_FREQUENT.findall(text)):
        return _strict(data, "big5hkscs")
    return text


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load and hardly ever needed

    best = from_bytes(data, cp_isolation=_DETECTED).best()
    text = str(best) if best else ""
    if not text or len(_HAN.findall(text)) * 2 < len(text.strip()):
        raise UnreadableError(f"unknown or mixed encoding, neither UTF-8 nor GB18030 nor Big5: {_CURE}")
    return text.removeprefix("\ufeff")
