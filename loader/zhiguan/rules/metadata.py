"""What an article says of itself: day of publication, publisher and authors; its headline is found in `headline`.

What a record said about its article (`Document.source`) wins over what the text says.
"""

import re
from functools import cache

from zhiguan.lexicon.loading import load_forms
from zhiguan.model import Document, Evidence, Line, LineKind, Metadata, Span
from zhiguan.rules.dates import find_dates, stamp
from zhiguan.rules.headline import find_headline, first_body
from zhiguan.rules.lexis import alternation

_WORDS = "metadata_words"
_LABELS = ("label-published", "label-source", "label-compiled", "label-author", "label-author-short", "label-other")
_NAME = r"[一-鿿㐀-䶿]{1,5}(?:·[一-鿿]{1,8})+|[一-鿿㐀-䶿]{2,4}"
_MONTH_DAY_STAMP = re.compile(r"(?<![\d-])(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])")
_PROGRAMME = re.compile(r"^《[^》]{2,12}》\s*(?P<day>(?:19|20)\d{6})(?!\d)")
_DATELINE_DAY = re.compile(r"(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:讯|电|消息|报道)")
_TODAY = re.compile(r"今[天日]?[（(](?:\d{1,2}月)?\d{1,2}日?[）)]日?")
_OWN_PAPER = re.compile(r"^[\s【]*本(?:报|网|台|刊|站)(?:[一-鿿]{0,6}(?:\d{1,2}月\d{1,2}日)?[讯电]|记者)")
_PHOTO = re.compile(r"\s*[/／]?\s*摄(?!影部)")
_LATE_LINES = 4


@cache
def _value_of(*classes: str) -> re.Pattern[str]:
    """`label: value` with the value up to the next label, a wide gap or a closing bracket."""
    label, any_label = alternation(_WORDS, *classes), alternation(_WORDS, *_LABELS)
    glued = r"|(?=[一-鿿]{4}\s*[：:])" if "label-published" in classes else ""  # 编辑：甲发布时间：2024-03-19
    return re.compile(
        rf"(?:(?<![一-鿿]){glued})(?:本文|文章|信息|稿件)?{label}\s*[：:]\s*(?P<value>[^\n）)】|]*?)"
        rf"(?=\s+(?:{any_label}|[一-鿿]{{2,6}}\s*[：:]|\d{{4}}[-/年.])|\s*{any_label}\s*[：:]|\s{{3,}}|[）)】|]|\s*$)",
        re.MULTILINE,
    )


@cache
def _dateline() -> re.Pattern[str]:
    outlet = alternation(_WORDS, "outlet")
    return re.compile(
        rf"^[\s【]*(?P<outlet>[\w]{{0,10}}?{outlet}(?![网报社台刊])(?:·[\w·]{{2,10}})?)(?P<place>[一-鿿]{{0,6}}?)"
        r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?(?:讯|电|消息)(?=[\s（(：:】])"
    )


@cache
def _named_stamp() -> re.Pattern[str]:
    """甲县教育局 2024-03-19, 甲网  03-19, 《甲日报》（2024年03月19日 第01版）: a name and a date, nothing else."""
    outlet = alternation(_WORDS, "outlet")
    return re.compile(
        rf"^\s*《?(?P<name>[\w·]{{0,14}}?(?:{outlet}|[局委厅校院]|中心|政府|办公室|大学|小学|中学|幼儿园))》?[\s（(]+"
        r"(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{2}-\d{2}(?!\d))[\s\d:：第版）)]*$"
    )


@cache
def _signature() -> re.Pattern[str]:
    return re.compile(
        rf"[（(](?P<outlet>\w{{0,10}}{alternation(_WORDS, 'outlet')})\s*[/／]\s*(?P<names>[^（）()\n]{{2,30}})[）)]"
    )


@cache
def _author_run() -> re.Pattern[str]:
    label = alternation(_WORDS, "label-author", "label-author-short")
    short = alternation(_WORDS, "label-author-short")
    return re.compile(
        rf"(?<![一-鿿])(?:[一-鿿]{{0,8}}?{alternation(_WORDS, 'label-author')}\s*[：:|｜]?\s*|{short}\s*[\s：:/／|｜]\s*)"
        rf"(?:{label}\s*[：:]?\s*)?"
        rf"(?P<names>(?:{_NAME})(?:[\s、，,]+(?:{label}\s*[：:]?\s*)?(?:{_NAME}))*)(?P<after>\s*报道)?"
        r"(?=\s*(?:[）)/|】]|$|\s|[，,]?文/图))",
        re.MULTILINE,
    )


def find_metadata(document: Document) -> Metadata:
    """Title, day of publication (EDTF), publisher and authors of an article, each with its evidence."""
    source, body = document.source, first_body(document)
    evidence: dict[str, Evidence] = {}
    headline = find_headline(document)
    title = source.title
    if title is None and headline is not None:
        title = document.text[headline.span.begin : headline.span.end]
        evidence["title"] = headline
    published = source.published or _read(_published(document, body), "published", evidence)
    publisher = source.publisher or _read(_publisher(document, body, headline), "publisher", evidence)
    authors = source.authors
    if not authors:
        authors, proof = _authors(document, body)
        if proof is not None:
            evidence["authors"] = proof
    return Metadata(title=title, published=published, publisher=publisher, authors=authors, evidence=evidence)


def _read(found: tuple[str, Evidence] | None, name: str, evidence: dict[str, Evidence]) -> str | None:
    if found is None:
        return None
    evidence[name] = found[1]
    return found[0]


def _line_text(document: Document, line: Line) -> str:
    return document.text[line.span.begin : line.span.end]


def _is_paragraph(line: Line, body: int) -> bool:
    return line.kind is LineKind.BODY and line.span.begin >= body


def _published(document: Document, body: int) -> tuple[str, Evidence] | None:
    furniture = [line for line in document.lines if not _is_paragraph(line, body)]
    for line in furniture:
        found = _labelled_day(document, line)
        if found is not None:
            return found
    for line in furniture:
        found = _bare_stamp(document, line, body)
        if found is not None:
            return found
    return _day_in_text(document, body)


def _labelled_day(document: Document, line: Line) -> tuple[str, Evidence] | None:
    """发布时间：2021-03-12 15:29. A table of an event (时间 beside 地点) says when the event was, not the article."""
    text = _line_text(document, line)
    for match in _value_of("label-published").finditer(text):
        day = stamp(text[match.start() :])
        if day is None or (match[0].startswith(("时间", "日期")) and line.kind is LineKind.LABEL):
            continue
        if not (match[0].startswith("时间") and "地点" in document.text):
            return day.edtf, _proof(line, day.span, match.start(), "published-label")
    return None


def _bare_stamp(document: Document, line: Line, body: int) -> tuple[str, Evidence] | None:
    """A date that stands on a line of its own, with a source, or after the name of a programme."""
    if line.kind is LineKind.LABEL:
        return None
    text = _line_text(document, line)
    programme = _PROGRAMME.match(text)
    day = stamp(text)
    if day is not None and (programme or _is_stamp_line(text, day.span)):
        return day.edtf, _proof(line, day.span, 0, "published-programme" if programme else "published-stamp")
    short = _MONTH_DAY_STAMP.search(text)
    if short and day is None and line.span.begin < body and len(text) <= 30:
        span = Span(*short.span())
        return f"XXXX-{short['month']}-{short['day']}", _proof(line, span, 0, "published-month-day")
    return None


def _is_stamp_line(text: str, span: Span) -> bool:
    rest = text[: span.begin] + text[span.end :]
    return (
        len(rest.strip()) <= 10
        or _named_stamp().match(text) is not None
        or _value_of("label-source", "label-author").search(text) is not None
    )


def _day_in_text(document: Document, body: int) -> tuple[str, Evidence] | None:
    """本报某地2月24日讯, else 今(8)日: the day of writing stands for the day of publication."""
    text = document.text
    dateline = _DATELINE_DAY.search(text, body, min(len(text), body + 60))
    if dateline:
        for day in find_dates(dateline["day"]):
            return day.edtf, Evidence(Span(*dateline.span("day")), "published-dateline")
    today = _TODAY.search(text, body)
    if today:
        for day in find_dates(today[0]):
            return day.edtf, Evidence(Span(*today.span()), "published-today")
    return None


def _proof(line: Line, span: Span, offset: int, rule: str) -> Evidence:
    begin = line.span.begin + offset
    return Evidence(Span(begin + span.begin, begin + span.end), rule)


def _publisher(document: Document, body: int, headline: Evidence | None) -> tuple[str, Evidence] | None:
    text = document.text
    for match in _value_of("label-source").finditer(text):
        begin, end = _outlet_span(match["value"])
        value = match["value"][begin:end]
        if 2 <= len(value) <= 30 and "。" not in value and value not in load_forms(_WORDS, "no-source"):
            span = Span(match.start("value") + begin, match.start("value") + end)
            return value, Evidence(span, "publisher-label")
    for line in document.lines:
        found = _publisher_of_line(document, line, body)
        if found is not None:
            return found
    signed = _signature().search(text, body)
    if signed:
        return signed["outlet"], Evidence(Span(*signed.span("outlet")), "publisher-signature")
    if headline is not None:
        prefix = re.match(r"[（(【]([一-鿿]{4,16})[）)】][：:]", text[headline.span.begin : headline.span.end])
        if prefix:
            begin = headline.span.begin
            return prefix[1], Evidence(Span(begin + prefix.start(1), begin + prefix.end(1)), "publisher-prefix")
    return None


def _outlet_span(value: str) -> tuple[int, int]:
    """Where the outlet stands in what follows 来源: without the path above it (甲网 > 要闻) and the names behind it."""
    begin = len(value) - len(value.lstrip(" ，,;；《"))
    end = len(value.rstrip(" ，,;；》"))
    path = re.search(r"\s*[>›»＞]", value)
    end = min(end, path.start()) if path else end
    signed = re.fullmatch(
        rf"(\S*{alternation(_WORDS, 'outlet')})\s+(?:{_NAME})(?:[\s、]+(?:{_NAME}))*", value[begin:end]
    )
    return (begin, begin + signed.end(1)) if signed else (begin, end)


def _publisher_of_line(document: Document, line: Line, body: int) -> tuple[str, Evidence] | None:
    text = _line_text(document, line)
    if line.span.begin < body:
        match = _named_stamp().match(text)
        return (match["name"], _proof(line, Span(*match.span("name")), 0, "publisher-stamp")) if match else None
    dateline = _dateline().match(text)
    if dateline and not dateline["outlet"].startswith("本"):
        begin = line.span.begin
        return dateline["outlet"], Evidence(
            Span(begin + dateline.start("outlet"), begin + dateline.end("outlet")), "publisher-dateline"
        )
    return _paper_above(document, body) if _OWN_PAPER.match(text) else None


def _paper_above(document: Document, body: int) -> tuple[str, Evidence] | None:
    """The name of the newspaper on the page's head that 本报 refers to."""
    for line in document.lines:
        if line.span.begin >= body:
            return None
        match = re.match(
            r"[一-鿿]{2,8}(?:日报|晚报|时报|晨报|早报|商报|导报|[市教军民]报)(?=\s|$)", _line_text(document, line)
        )
        if match:
            return match[0], Evidence(Span(line.span.begin, line.span.begin + match.end()), "publisher-masthead")
    return None


def _authors(document: Document, body: int) -> tuple[tuple[str, ...], Evidence | None]:
    for index, line in enumerate(document.lines):
        text = _line_text(document, line)
        late = index >= len(document.lines) - _LATE_LINES
        for begin, end in _author_zones(text, _is_paragraph(line, body), late):
            match = _author_run().search(text, begin, end)
            if match and not _PHOTO.match(text, match.end()):
                names = _names(match["names"] + (match["after"] or ""))
                if names:
                    return names, _proof(line, Span(*match.span("names")), 0, "authors-label")
        if line.span.begin > body and _all_names(text):
            return tuple(text.strip("（）() ").split()), Evidence(line.span, "authors-line")
    signed = _signature().search(document.text, body)
    if signed and _names(signed["names"]):
        return _names(signed["names"]), Evidence(Span(*signed.span("names")), "authors-signature")
    names, proof = _signed_at_end(document, body)
    return (names, proof) if names else _named_with_source(document)


def _signed_at_end(document: Document, body: int) -> tuple[tuple[str, ...], Evidence | None]:
    """（张三 李四） that closes the text."""
    for line in document.lines[-_LATE_LINES:]:
        match = re.search(
            r"[（(](?P<names>[一-鿿]{2,3}(?:[\s、][一-鿿]{2,3}){0,3})[）)]\s*$", _line_text(document, line)
        )
        if match and line.span.begin >= body and all(map(_is_plain_name, re.split(r"[\s、]", match["names"]))):
            return _names(match["names"]), _proof(line, Span(*match.span("names")), 0, "authors-closing")
    return (), None


def _author_zones(text: str, paragraph: bool, late: bool) -> list[tuple[int, int]]:
    """Where a line may name its authors: all of a short line, else the brackets at a paragraph's head or end."""
    if not paragraph or len(text) <= 30:
        return [(0, len(text))] if len(text) <= 120 else []
    zones = [(match.start(), match.end()) for match in re.finditer(r"[（(][^（）()\n]{2,60}[）)]", text[:90])]
    tail = re.search(r"[（(][^（）()\n]{2,60}[）)]\s*$", text)
    if tail:
        zones.append((tail.start(), tail.end()))
    return zones if late or zones else []


def _names(run: str) -> tuple[str, ...]:
    """The names of a run such as 张三、李四 通讯员王五; 某地 before 报道 is no name."""
    run = re.sub(r"[一-鿿]{2,4}\s*报道$", "", run)
    run = re.sub(rf"(?<![一-鿿]){alternation(_WORDS, 'label-author')}\s*[：:]?", "、", run)
    tokens = (token.strip() for token in re.split(r"[\s、，,]+", run))
    return tuple(dict.fromkeys(token for token in tokens if re.fullmatch(_NAME, token) and not _no_person(token)))


def _named_with_source(document: Document) -> tuple[tuple[str, ...], Evidence | None]:
    """来源：甲日报 张三: who wrote it stands behind the outlet."""
    for line in document.lines:
        match = None if line.kind is LineKind.BODY else _value_of("label-source").search(_line_text(document, line))
        if match is None:
            continue
        _, end = _outlet_span(match["value"])
        rest = match["value"][end:].strip(" 》")
        names = _names(rest) if re.fullmatch(rf"(?:{_NAME})(?:[\s、]+(?:{_NAME}))*", rest) else ()
        if names:
            return names, _proof(line, Span(match.start("value") + end, match.end("value")), 0, "authors-source")
    return (), None


def _no_person(token: str) -> bool:
    if token in load_forms(_WORDS, "no-author"):
        return True
    return re.search(r"..[室局委办组部院报网台站]$|中心$", token) is not None or _is_label(token)


def _is_label(token: str) -> bool:
    return any(token in load_forms(_WORDS, cls) for cls in _LABELS)


def _all_names(text: str) -> bool:
    """Whether a line holds two or more personal names and nothing else."""
    tokens = text.strip("（）() ").split()
    return 2 <= len(tokens) <= 5 and all(_is_plain_name(token) for token in tokens)


def _is_plain_name(token: str) -> bool:
    return 2 <= len(token) <= 3 and token[0] in load_forms("surnames") and re.fullmatch(_NAME, token) is not None
