"""Where a text names documents, in 《》 or plainly, and which verb governs each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Document, DocumentEvent, Line, LineKind, Span
from zhiguan.rules.documents import ends_in_kind
from zhiguan.rules.lexis import alternation, conditioned

_VERBS = "document_verbs"
_CLOSED = re.compile(r"《(?P<title>[^《》\n]{2,160}(?:《[^《》\n]{1,80}》[^《》\n]{0,80})*)》")
_DRAFT = r"（[^（）\n]{0,10}(?:稿|草案)[^（）\n]{0,4}）"
_VERSION = re.compile(rf"{_DRAFT}|（[^（）\n]{{0,10}}(?:试行|修订版?)[^（）\n]{{0,4}}）")
_TALK = re.compile(r"的?(?:主旨|主题|专题|工作)?(?:报告|讲话|演讲|发言|致辞|党课|授课|讲座)")
_INNER = re.compile(r"〈(?P<title>[^〈〉\n]{4,80})〉")
_OPEN = re.compile(r"《(?P<title>[^《》。；\n]{2,80})(?=[。；\n]|$)")
_SENTENCE_END = "。！？\n"
_SENTENCE_REACH = (
    1000  # code points: what goes on without a full stop for longer is no prose, and would cost its square
)
_BODY_BEFORE = re.compile(r"(?P<body>[一-鿿]{2,24}(?:[委会府局厅部院室]|小组|指挥部))(?:的|关于)?$")
_REVISED = re.compile(r"新?(?:修订|修改|制定)(?:后)?的")
_SPOKEN_ON = re.compile(r"作了?(?:关于|题为|对)[》“]*$")
_VERBS_BEHIND = (
    (re.compile(r"(?:等)?的?(?:政策)?(?:解读|编制工作|编制的过程|编制情况)"), DocumentEvent.INTERPRETED),
    (
        re.compile(r"(?:等)?[^，。；]{0,6}(?:作|进行)了?(?:具体|详细|政策|专题|深入|深度|全面)*(?:说明|解读)"),
        DocumentEvent.INTERPRETED,
    ),
    (re.compile(r"(?:等)?[^，。；]{0,8}(?:作|进行)了?[^，。；]{0,4}汇报"), DocumentEvent.REVIEWED),
    (
        re.compile(
            r"(?:等)?[^，。；《》]{0,30}?进行了?(?:认真|分组|集中|逐条|专题|初次|再次)?(?:协商|审议|审查|审核|讨论|研究|评议|[一二三初]审)"
        ),
        DocumentEvent.REVIEWED,
    ),
    (re.compile(r"[^，。；]{0,12}(?:获|一致)?(?:表决|审议)?通过"), DocumentEvent.APPROVED),
    (re.compile(r"[^，。；]{0,16}(?<!新闻)(?:发布|印发|出台|公布)(?!会|的)"), DocumentEvent.RELEASED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One naming of a document: `marked` when it stands in 《》, `sure` when the wording alone makes it a document,
    `listed` when it stands in a list with others; `issuer` is a body's surface name right before it."""

    title: str
    span: Span
    event: DocumentEvent
    rule: str
    marked: bool = False
    sure: bool = False
    listed: bool = False
    issuer: str = ""


@cache
def _lead(kind: str, rest: int = 0) -> re.Pattern[str]:
    """What stands before a document's name, up to its last lead word with at least `rest` characters behind it."""
    behind = f"(?=.{{{rest}}})" if rest else ""
    return re.compile(f".*{conditioned('document_leads', f'{kind}-lead')}{behind}")


@cache
def _lead_ins() -> dict[str, re.Pattern[str]]:
    """The same by the rule that found the document."""
    law, report = _lead("law", 2), _lead("report", 4)
    return {
        "plan-law": law,
        "plan-bill": law,
        "plan-work-report": report,
        "plan-agreement": _lead("agreement", 4),
        "plan-report": _WHOSE,
    }


@cache
def _draft_lead() -> re.Pattern[str]:
    return re.compile(f"{_lead('draft').pattern}|^[对和及与]")


@cache
def _verb_kinds() -> dict[str, DocumentEvent | None]:
    """Every verb with what it says happened; None where the thing is no document."""
    said: dict[str, DocumentEvent | None] = {"no-document": None, "studied": DocumentEvent.MENTIONED}
    said |= {event.value: event for event in DocumentEvent}
    return {entry.form: said[entry.cls] for entry in load_table(_VERBS)}


@cache
def _any_verb() -> re.Pattern[str]:
    return re.compile(alternation(_VERBS))


@cache
def _plain_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    law = alternation("document_kinds", "law")
    agreement = alternation("document_kinds", "agreement")
    return (
        (re.compile(
            rf"(?:通过了?|审议了?|修订了?|表决|、|和|，)(?:新修订的|修订后的|修改后的|新制定的)?(?P<title>[一-鿿]{{2,24}}?{law})(?<![方办做说看想用执司立普守合违依手书]法)(?=[、，。；和]|（)"
        ), "plan-law"),
        (re.compile(
            r"(?:(?:听取|审议|审查|通过)[^。；]{0,30}?|(?<=报告[、和])[^，。；、《》]{0,16}?)"
            r"(?P<title>关于(?:(?!审议结果|审查结果|代表资格|辞|任免|提请|、[^，。；、]{0,16}关于)[^，。；《》]){2,40}?"
            r"(?:情况|工作|计划|预算|决算)的?(?:综合|专项|年度|专题)?报告)(?!的决议)"
        ), "plan-report"),
        (re.compile(
            r"(?:听取|审议|审查|通报|讨论|(?<!工)作|就|征求|对|和|及|、)了?(?P<title>[一-鿿]{2,20}?工作报告)"
        ), "plan-work-report"),
        (re.compile(r"(?<![工合操写动制协劳耕])作了?(?P<title>[^，。；《》了]{2,40}?情况的?(?:综合|专项)?报告)(?=[，。；、]|$)", re.MULTILINE), "plan-report"),
        (re.compile(r"所作的?(?P<title>[一-鿿]{2,20}?工作报告)"), "plan-work-report-named"),
        (re.compile(
            rf"(?<![^，。；！？《》\n])(?P<title>[^，。；！？《》\n]{{2,80}}?{agreement})(?:签约|签署|签字)(?:仪式|活动|大会)"
        ), "plan-agreement"),
        (re.compile(
            rf"(?:签署|签订|签下|续签|签)了?(?!《)(?P<title>[^，。；！？《》的了]{{2,40}}?{agreement})(?!的)"
        ), "plan-agreement"),
        (re.compile(
            r"(?:关于|审议了?|讨论了?|通过了?|，|、|和)(?P<title>[一-鿿\d]{2,40}?(?:法|条例|规定)(?:修订|修正)?草案)"
        ), "plan-bill"),
        (re.compile(rf"对(?P<title>[一-鿿]{{2,30}}?{agreement})(?=(?:进行|作)了?(?:解读|说明))"), "plan-agreement"),
    )  # fmt: skip


_DRAFTED = re.compile(_DRAFT)
_DRAFT_RUN = re.compile(r"[^，。；、《》（）\n]{6,60}$")
_NO_DRAFT = re.compile(r"名[单录]$|决[议定]$|上述|^.{0,5}$")  # lists of people, and 报告（稿） which says nothing
_WHOSE = re.compile(r"[^关]{1,30}(?=关于)")  # 某委员会关于某事的报告
_COUNTED = re.compile(r"^(?:[一二三四五六七八九十两几多\d]+[个项部件份]|上述|以上|有关|相关|该|此|本)")
_READ_OUT = re.compile(r"(?<![工所])作了?$")
_UNDER_REVIEW = (DocumentEvent.APPROVED, DocumentEvent.REVIEWED)
_ONLY_UNDER = {  # without 《》 these are documents only where a body acts on them
    "plan-law": _UNDER_REVIEW,
    "plan-bill": _UNDER_REVIEW,
    "plan-report": (*_UNDER_REVIEW, DocumentEvent.RELEASED, DocumentEvent.INTERPRETED),
    "plan-work-report": (*_UNDER_REVIEW, DocumentEvent.RELEASED, DocumentEvent.INTERPRETED),
}
_FIVE_YEARS = re.compile(
    r"(?:[“\"]十[一二三四五六七八九]?五[”\"][一-鿿]{0,10}?(?:规划|计划)(?:纲要|建议)?)"
    r"|第十[一二三四五六七八九]?个五年(?:规划|计划)(?:和[\d〇○零一二三四五六七八九]{4}年远景目标)?(?:纲要|建议)?"
)
_RUN = re.compile(r"[一-鿿]{1,30}$")
_WHOLE_PLAN = re.compile(r"五[”\"](?:规划|计划)|个五年(?:规划|计划)")
_OF_A_PLACE = re.compile(r"^(?:[一-鿿]{1,8}?[省市区县州旗盟]|国家|全国|我[省市区县州])")


def find_papers(document: Document) -> Iterator[Paper]:
    """All namings of documents in the order of the text; signatures and source lines are left out."""
    for line in document.lines:
        if line.kind is LineKind.META:
            continue
        text = document.text
        papers = [*_marked(text, line), *_plain(text, line), *_drafts(text, line), *_five_year_plans(text, line)]
        yield from sorted(papers, key=lambda paper: paper.span.begin)


def _marked(text: str, line: Line) -> Iterator[Paper]:
    begin, end = line.span.begin, line.span.end
    last = begin
    for match in _CLOSED.finditer(text, begin, end):
        yield from _from_match(text, line, match)
        for inner in _INNER.finditer(text, match.start(), match.end()):  # 《关于办理〈甲规划〉审议意见的报告》
            span = Span(*inner.span())
            yield Paper(title=inner["title"], span=span, event=DocumentEvent.MENTIONED, rule="plan-title", marked=True)
        last = match.end()
    unclosed = _OPEN.search(text, last, end)
    if unclosed:
        yield from _from_match(text, line, unclosed)


def _from_match(text: str, line: Line, match: re.Match[str]) -> Iterator[Paper]:
    event = _event_over(text, line, match.start(), match.end())
    if event is None or (_TALK.match(text, match.end()) and not ends_in_kind(match["title"])):
        return
    version = _VERSION.match(text, match.end())
    before = text[max(line.span.begin, match.start() - 30) : match.start()]
    body = _BODY_BEFORE.search(_any_verb().sub("，", before).replace("，了", "，"))
    listed = before.endswith(("》", "》、", "》和", "》，", "》及", "》以及")) or text.startswith(
        ("《", "、《", "和《"), match.end()
    )
    yield Paper(
        title=match["title"] + (version[0] if version else ""), span=Span(match.start(), version.end() if version else match.end()),
        event=event, rule="plan-title", marked=True,
        listed=listed and event is not DocumentEvent.MENTIONED, issuer=body["body"] if body else "",
    )  # fmt: skip


def _plain(text: str, line: Line) -> Iterator[Paper]:
    for pattern, rule in _plain_patterns():
        for match in pattern.finditer(text, line.span.begin, line.span.end):
            end = match.end("title")
            lead = _lead_ins()[rule].match(match["title"]) if rule in _lead_ins() else None
            begin = match.start("title") + (lead.end() if lead else 0)
            if _in_brackets(text, line, begin) or _COUNTED.match(text[begin:end]):
                continue
            event = _event_over(text, line, begin, end)
            if rule in ("plan-work-report", "plan-report") and _is_read_out(text, line, match.start("title"), begin):
                event = DocumentEvent.REVIEWED
            if rule == "plan-agreement" and event is DocumentEvent.MENTIONED:
                event = DocumentEvent.SIGNED
            if rule == "plan-work-report-named":
                event = DocumentEvent.MENTIONED
            if event is not None and (event in _ONLY_UNDER.get(rule, (event,))):
                version = _VERSION.match(text, end)
                end = version.end() if version else end
                yield Paper(title=text[begin:end], span=Span(begin, end), event=event, rule=rule, sure=True)


def _drafts(text: str, line: Line) -> Iterator[Paper]:
    """某某实施意见（代拟稿） under review: its version in brackets makes words that end in a kind a document."""
    for version in _DRAFTED.finditer(text, line.span.begin, line.span.end):
        run = _DRAFT_RUN.search(text, max(line.span.begin, version.start() - 60), version.start())
        if run is None or not ends_in_kind(run[0]) or _in_brackets(text, line, version.start()):
            continue
        lead = _draft_lead().match(run[0])
        begin = run.start() + (lead.end() if lead else 0)
        event = _event_over(text, line, begin, version.end())
        if event in _UNDER_REVIEW and not _NO_DRAFT.search(text[begin : version.start()]):
            title, span = text[begin : version.end()], Span(begin, version.end())
            yield Paper(title=title, span=span, event=event, rule="plan-draft", sure=True)


def _is_read_out(text: str, line: Line, *begins: int) -> bool:
    """Whether 作 stands right before the report, or before whose report it is."""
    return any(_READ_OUT.search(text, max(line.span.begin, begin - 3), begin) for begin in begins)


def _five_year_plans(text: str, line: Line) -> Iterator[Paper]:
    """某省“十四五”规划, or “十四五”规划 alone; “十四五”时期 is only a period."""
    if text.find("五", line.span.begin, line.span.end) < 0:
        return
    for match in _FIVE_YEARS.finditer(text, line.span.begin, line.span.end):
        run = _RUN.search(text, max(line.span.begin, match.start() - 30), match.start())
        owner = _lead("plan").sub("", run[0]) if run else ""
        owner = owner if _OF_A_PLACE.match(owner) else ""
        begin = match.start() - len(owner)
        if _in_brackets(text, line, begin) or not (owner or _WHOLE_PLAN.search(match[0])):
            continue
        event = _event_over(text, line, begin, match.end())
        if event is not None:
            title = owner + match[0]
            yield Paper(title=title, span=Span(begin, match.end()), event=event, rule="plan-five-years", sure=True)


def _in_brackets(text: str, line: Line, position: int) -> bool:
    before = text[max(line.span.begin, position - _SENTENCE_REACH) : position]
    return before.rfind("《") > before.rfind("》")


def _event_over(text: str, line: Line, begin: int, end: int) -> DocumentEvent | None:
    """What the sentence says happened to the document at `begin`..`end`; None where it is a book, film or speech.

    A verb right behind the list (《甲》《乙》正式发布, 《甲》解读) wins, then the verbs before it from the nearest on: the
    nearest decides, but under 审议 and 听取 a 说明 or 报告 is only the form of the review.
    """
    low, high = max(line.span.begin, begin - _SENTENCE_REACH), min(line.span.end, end + _SENTENCE_REACH)
    start = max(low, *(text.rfind(mark, low, begin) + 1 for mark in _SENTENCE_END))
    stop = min(found if (found := text.find(mark, end, high)) >= 0 else high for mark in _SENTENCE_END)
    after = _after_list(text, end, stop)
    before = _outside_titles(text[start:begin])
    behind = _behind(after)
    if behind is not None:
        return behind
    return _ahead(before)


def _outside_titles(text: str) -> str:
    """`text` with what stands in 《》 blanked, so that verbs in titles govern nothing."""
    return re.sub(r"《[^《》]*》", lambda match: "》" * len(match[0]), text)


def _after_list(text: str, end: int, stop: int) -> str:
    """What follows the document and those listed behind it."""
    rest = text[end:stop]
    return re.sub(r"^(?:(?:[、和及与]|以及)?《[^《》]*》)+", "", rest)


def _behind(after: str) -> DocumentEvent | None:
    head = re.split(r"[，；]", after, maxsplit=1)[0]
    for pattern, event in _VERBS_BEHIND:
        if pattern.match(head):
            return event
    return None


def _ahead(before: str) -> DocumentEvent | None:
    before = _REVISED.sub("", before)
    kinds = _verb_kinds()
    verbs = [(match.end(), kinds[match[0]], match[0]) for match in _any_verb().finditer(before)]
    if not verbs:
        return DocumentEvent.MENTIONED
    end, nearest, word = verbs[-1]
    if nearest is None:
        return None if re.fullmatch(r"[^，。；]{0,14}", before[end:]) else DocumentEvent.MENTIONED
    events = {event for _, event, _ in verbs}
    if _SPOKEN_ON.search(before):  # 听取某人作关于《…》的说明
        return DocumentEvent.REVIEWED if DocumentEvent.REVIEWED in events else DocumentEvent.INTERPRETED
    if nearest is DocumentEvent.INTERPRETED and DocumentEvent.REVIEWED in events and "介绍" not in word:
        return DocumentEvent.REVIEWED
    return nearest
