"""Which session of which assembly a name means: 政协十三届四次会议 and 中国人民政治协商会议第十三届委员会第四次会议 are one."""

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ORDINAL = re.compile(r"第?(?P<number>[一二三四五六七八九十百零〇\d]{1,5})(?P<unit>[届次])")
_ASSEMBLIES = (
    ("consultative", re.compile(r"政协|政治协商会议")),
    ("congress", re.compile(r"人大|人民代表大会|人代会")),
    ("party", re.compile(r"中国共产党|中共|党代|党员代表")),
)
_ORGANS = re.compile(r"主席团|常务委员会|常委会|主任会议|主席会议|预备会|全体会议|全体大会")
_SAME_ORGAN = {"常务委员会": "常委会", "全体大会": "全体会议"}


@dataclass(frozen=True, slots=True)
class Session:
    """A session: its assembly, the organ that sits (empty for the whole) and all ordinals of its name, in order."""

    assembly: str
    organ: str
    ordinals: tuple[tuple[int, str], ...]


@lru_cache(maxsize=256)  # every name of an article is compared with every other
def session_of(name: str) -> Session | None:
    """The session that `name` means; None where it gives no assembly or fewer than two ordinals (届 and 次)."""
    ordinals = tuple((numeral(match["number"]), match["unit"]) for match in _ORDINAL.finditer(name))
    assembly = next((key for key, pattern in _ASSEMBLIES if pattern.search(name)), None)
    if assembly is None or len(ordinals) < 2:
        return None
    organs = _ORGANS.findall(name)
    organ = _SAME_ORGAN.get(organs[-1], organs[-1]) if organs else ""
    return Session(assembly, organ, ordinals)


def numeral(text: str) -> int:
    """1..199 from digits or Chinese numerals."""
    if text.isdecimal() and text.isascii():
        return int(text)
    total = digit = 0
    for char in text:
        if char == "百":
            total, digit = total + 100 * max(digit, 1), 0
        elif char == "十":
            total, digit = total + 10 * max(digit, 1), 0
        elif char in _NUMERALS:
            digit = _NUMERALS[char]
    return total + digit
