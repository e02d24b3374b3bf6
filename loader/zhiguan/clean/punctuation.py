"""Punctuation as Chinese prints it: full width beside Han, each mark once, sentence breaks mended."""

import re
from functools import cache

from zhiguan.clean.characters import HAN
from zhiguan.clean.mapped import Mapped
from zhiguan.lexicon.loading import load_forms

_WIDE = f"{HAN}，。、；：！？“”‘’《》（）【】…—"
_ASCII = re.compile(r"""[,;:!?()"?]|<<|>>""")
_TO_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_DOUBLED = re.compile(r"[,，] ?(?=[,，、。；;：！？])|、(?=[，,、。；;])")
_LOST = re.compile(rf"(?<=[{HAN}）》”])\?{{2,}}[A-Za-z]?(?=[{HAN}])")
_BOOK = re.compile(r"<<([^<>\n]{1,80})>>")
_BRACKETS = re.compile(rf"(?<=[{_WIDE}])\([^()\n]{{0,200}}\)|\([^()\n]{{0,200}}\)(?=[{_WIDE}])")
_BRACKETED_HAN = re.compile(rf"\((?=[^()\n]{{0,200}}[{HAN}])[^()\n]{{0,200}}\)")
_BESIDE_HAN = re.compile(rf"(?<=[{_WIDE}])[,;:!?()]|[,;:!?()](?=[{_WIDE}])")
_STRAIGHT = re.compile(rf'"(?=[^"\n]{{0,80}}[{HAN}])([^"\n]{{1,80}})"')


def punctuate(text: Mapped) -> Mapped:
    """Doubled scraper punctuation once (`,、` is `、`), `??` for a lost full stop, ASCII marks beside Han widened.

    Marks between digits or letters (09:18, URLs) have no Han beside them and stay.
    """
    if "|" in text.text or "丨" in text.text:
        text = text.same_length(_keys().sub(r"\1：", text.text))
    if _ASCII.search(text.text):
        text = _widen(text.sub(_LOST, "。"))
    return text.sub(_DOUBLED, "") if _DOUBLED.search(text.text) else text


@cache
def _keys() -> re.Pattern[str]:
    """A byline's key at the beginning of a line with a bar behind it, which stands for a colon."""
    forms = sorted(load_forms("noise", "byline"), key=len, reverse=True)
    return re.compile(rf"(?m)^( *(?:{'|'.join(map(re.escape, forms))}))[|丨](?=[^|丨\n]+$)")


def _widen(text: Mapped) -> Mapped:
    if "<<" in text.text:
        text = text.sub(_BOOK, lambda match: f"《{match[1]}》")
    wide = _BRACKETS.sub(_wide_brackets, text.text)
    wide = _BRACKETED_HAN.sub(_wide_brackets, wide)
    wide = _STRAIGHT.sub(r"“\1”", wide)
    return text.same_length(_BESIDE_HAN.sub(lambda match: match[0].translate(_TO_WIDE), wide))


def _wide_brackets(match: re.Match[str]) -> str:
    return f"（{match[0][1:-1]}）"
