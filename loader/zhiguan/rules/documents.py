"""Titles of official documents: which are such, when two mean one document, and the period that a title states.

Kinds of documents follow 党政机关公文处理工作条例 (2012), article 8, and common usage; five-year plans are counted from
the first (1953-1957); after the second, three years passed before the third began in 1966.
"""

import re
from functools import cache

from zhiguan.rules.lexis import alternation

_KINDS = "document_kinds"
_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九十")}
_NUMBER = "[一二三四五六七八九十]{1,3}"
_RANGE = re.compile(r"(?P<start>(?:19|20)\d{2})年?\s*(?:[-—–~～－]+|至|到)\s*(?P<end>(?:19|20)?\d{2})年?(?!\d)")
_FIVE_YEARS = re.compile(rf"第(?P<long>{_NUMBER})个五年(?:规划|计划)|(?<![一-鿿])[“\"']?(?P<short>{_NUMBER})五[”\"']?")
_BARE_FIVE_YEARS = re.compile(rf"[“\"]{_NUMBER}五[”\"](?:规划|计划)(?:纲要)?")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:度)?(?!版|修订|以来)")
_HORIZON = re.compile(r"(?:19|20)\d{2}年(?:远景|愿景)")
_PERSONNEL = re.compile(
    r"同志的?(?:任职|免职|任免|辞职|辞去)[^《》]{0,16}决定|(?:接受|批准|同意)[一-鿿·]{2,12}(?:同志)?(?:等[一-鿿\d]{0,6})?(?:辞去|辞职|请辞)|任免名单|任免职|(?:任命|免去|撤销)[一-鿿·]{2,8}(?:等)?(?:同志)?(?:的)?职务"
)
_SPAM = re.compile(r"^.{0,40}(?:官方网站|官网入口|登录入口|手机官网|APP下载|app下载|平台官网)")
_INNER = re.compile(r"〈[^〈〉]*〉(?:[（(][^（）()]*[）)])?")
_LOOKS_BACK = re.compile(r"(?:执行|完成|落实|整改|审计|决算)(?:的|审查)?(?:情况|结果)|决算")
_PARENTHESES = re.compile(r"[（(][^（）()]*[）)]")
_TITLE_QUOTES = re.compile(r"[《》〈〉“”‘’\"'\s]")
_LONGER = (
    ("人民政府", "政府"), ("中国共产党", ""), ("中共", ""), ("人民代表大会常务委员会", "人大常委会"), ("人民代表大会", "人大"),
    ("第十二个五年", "十二五"), ("第十三个五年", "十三五"), ("第十四个五年", "十四五"), ("第十五个五年", "十五五"),
    ("委员会", "委"),
)  # fmt: skip


@cache
def _ends_in_kind() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_KINDS, 'plan', 'act', 'report')}$")


@cache
def _ends_in_plan() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_KINDS, 'plan')}$")


@cache
def _ends_otherwise() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_KINDS, 'no-plan')}$")


@cache
def _only_kind() -> re.Pattern[str]:
    return re.compile(rf"(?:以下简称|新版)?{alternation(_KINDS, 'plan', 'act', 'report')}")


def is_kind(title: str) -> bool:
    """《纲要》, 《通知》: no title but a word that points back to one."""
    return _only_kind().fullmatch(title) is not None


def ends_in_kind(title: str) -> bool:
    """Whether the last word of a title is a kind of document."""
    return _ends_in_kind().search(core(title)) is not None


def clean_title(title: str) -> str:
    """A title without 《》 and blanks around Chinese, and without an advertisement that a hacked page put before it."""
    text = _SPAM.sub("", title.strip("《》 \n"))
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text) or title


def core(title: str) -> str:
    """The title without brackets at its end (草案, 讨论稿, a period)."""
    text = title
    while (cut := re.sub(r"[（(][^（）()]*[）)]$", "", text)) != text:
        text = cut
    return text


def is_document(title: str, *, acted_on: bool) -> bool:
    """Whether a title is an official document's: by its last word, or because a body acts on it (`acted_on`)."""
    plain = core(title)
    if not 2 <= len(plain) <= 120 or is_kind(plain) or _PERSONNEL.search(title) or _ends_otherwise().search(plain):
        return False
    return acted_on or _ends_in_kind().search(plain) is not None


def same_document(one: str, other: str, *, paraphrase: bool) -> bool:
    """Whether two titles name one document; a paraphrase may leave out the issuer's and the kind's full form."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    if not paraphrase:
        return False
    short, long = sorted((first, second), key=len)
    if long.endswith(short) and len(short) >= 4:
        return True
    return len(short) >= 6 and _subsequence(short, long) and short[-2:] == long[-2:]


def same_five_years(one: str, other: str) -> bool:
    """Whether one title only says of which five years it is (“十四五”规划) and the other is a plan for them."""
    bare = _BARE_FIVE_YEARS.fullmatch(one) or _BARE_FIVE_YEARS.fullmatch(other)
    return bare is not None and period_of(one) == period_of(other)


def _plain(title: str) -> str:
    text = _PARENTHESES.sub("", _TITLE_QUOTES.sub("", title))
    for long, short in _LONGER:
        text = text.replace(long, short)
    return text


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def period_of(title: str) -> tuple[str | None, str | None]:
    """First and last year of the period that a title states, as EDTF years.

    (2023—2025年) and 第十四个五年规划 say it; a lone year does for plans and schemes, but not for reports on a year,
    nor does an edition (2013年版) or a horizon (2035年远景目标).
    """
    title = _INNER.sub("", title)
    if _LOOKS_BACK.search(title):
        return None, None
    span = _RANGE.search(title)
    if span:
        end = span["end"]
        return span["start"], end if len(end) == 4 else span["start"][:2] + end
    numbered = _FIVE_YEARS.search(title)
    if numbered and not _only_about(title):
        number = _number(numbered["long"] or numbered["short"])
        first = 1966 + 5 * (number - 3) if number >= 3 else 1953 + 5 * (number - 1)
        return str(first), str(first + 4)
    year = _YEAR.search(_HORIZON.sub("", title))
    if year and _ends_in_plan().search(core(title)):
        return year["year"], year["year"]
    return None, None


def _only_about(title: str) -> bool:
    """关于“六五”普法工作情况的报告 reports on a period and is no plan for it."""
    return re.search(r"(?:报告|通知|通报|决议|决定)$", core(title)) is not None


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS[text]
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
