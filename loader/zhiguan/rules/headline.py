"""The headline of an article: the line above its first paragraph that the paragraphs take up again."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_forms
from zhiguan.model import Document, Evidence, Line, LineKind, Span
from zhiguan.rules.lexis import alternation

_WORDS = "metadata_words"
_SHORTEST, _LONGEST = 6, 90
_PARAGRAPH = 30
_TAKEN_UP = 0.3
_LEAD = 600
_STAMP = re.compile(
    r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}|(?<!\d)\d{2}-\d{2} \d{2}:\d{2}|^\d{2}-\d{2}$|\d{2}:\d{2}:\d{2}"
)
_SITE_SUFFIX = re.compile(
    r"\s*[_|｜]\s*[^_|｜\s]{2,24}$|\s*[-—–]\s*[一-鿿]{2,16}(?:人民政府|政府网|门户网站|政府网站|网站|新闻网)$|\s+[-—–]+\s+[一-鿿]{2,16}(?:网|政府|频道|门户|委员会|日报|晚报|新闻)$"
)
_PLACE_FIRST = re.compile(r"[一-鿿]{1,6}[省市县区州旗镇乡]：[^：]{6,}$")  # 甲市：召开推进会 is no table row
_ONLY_A_PLACE = re.compile(r"[一-鿿]{2,14}(?:省|市|县|自治[区州县旗]|[市新]区|州|旗|镇|乡|街道)[\s●■◆▲]*")
_MARKUP = re.compile(r"[<>›»→{}]|https?:|www\.|\.(?:com|cn|jpg|png)", re.IGNORECASE)


@cache
def _section() -> re.Pattern[str]:
    section = alternation(_WORDS, "section")
    return re.compile(
        rf"^\s*(?:[【\[（(]{section}[】\]）)]\s*|(?:{section}[\s：:|]+)(?=\S{{6}})|(?:校园|时政)?要闻(?=[一-鿿“《]{{8}}))"
    )


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(alternation(_WORDS, "furniture"))


@cache
def _labels() -> re.Pattern[str]:
    label = alternation(_WORDS, "label-published", "label-source", "label-author", "label-other")
    return re.compile(rf"(?:^|[\s（(]){label}\s*[：:]")


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(rf"{alternation(_WORDS, 'caption-end')}[）)]?$")


def first_body(document: Document) -> int:
    """Where the first paragraph of running text begins; the text's end when there is none."""
    for line in document.lines:
        if _is_body(document.text[line.span.begin : line.span.end], line.kind):
            return line.span.begin
    return next((line.span.begin for line in document.lines if line.kind is LineKind.BODY), len(document.text))


def _is_body(text: str, kind: LineKind) -> bool:
    if kind not in (LineKind.BODY, LineKind.HEAD):
        return False
    return len(text) >= _PARAGRAPH and "。" in text


def find_headline(document: Document) -> Evidence | None:
    """The headline's span, sections and site names cut off; None where the text starts with its first paragraph."""
    body = first_body(document)
    lead = document.text[body : body + _LEAD]
    candidates = [(line, span) for line in document.lines if (span := _candidate(document, line, body)) is not None]
    for _, span in candidates:
        if _taken_up(document.text[span.begin : span.end], lead) >= _TAKEN_UP:
            return Evidence(span, "headline")
    for line, span in reversed(candidates):
        if line.kind is LineKind.HEAD and len(span) >= 10:
            return Evidence(span, "headline-alone")
    return None


def _candidate(document: Document, line: Line, body: int) -> Span | None:
    if line.span.begin >= body or line.kind is LineKind.CAPTION:
        return None
    text = document.text[line.span.begin : line.span.end]
    if line.kind is LineKind.LABEL and not _PLACE_FIRST.match(text):
        return None
    span = _cut(text, line.span.begin)
    kept = document.text[span.begin : span.end]
    return span if _looks_like_headline(kept) else None


def _cut(text: str, begin: int) -> Span:
    """The line without a section's name in front and a site's name behind."""
    head = _section().match(text)
    suffix = _SITE_SUFFIX.search(text)
    start = head.end() if head else len(text) - len(text.lstrip())
    stop = suffix.start() if suffix and suffix.start() - start >= _SHORTEST else len(text.rstrip())
    return Span(begin + start, begin + max(start, stop))


def _looks_like_headline(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or text[-1] in "。；：:，,、" or text.count("|") > 1:
        return False
    if text in load_forms(_WORDS, "section") or _ONLY_A_PLACE.fullmatch(text) or _caption().search(text):
        return False
    if (
        len(_STAMP.sub("", text)) <= len(text) / 2
        or _MARKUP.search(text)
        or _labels().search(text)
        or re.match(r"^《[^》]+》\s*\d{8}", text)
    ):
        return False
    if re.match(r"^第?[A-Z]?\d+版", text) or not re.search(r"[一-鿿]{3}", text):
        return False
    return not _furniture().search(text)


def _taken_up(title: str, lead: str) -> float:
    """Share of the headline's character pairs that stand in the lead."""
    plain = re.sub(r"[\s“”‘’，,：:！!？?、]", "", title)
    pairs = [plain[i : i + 2] for i in range(len(plain) - 1)]
    return sum(pair in lead for pair in pairs) / len(pairs) if pairs else 0.0
