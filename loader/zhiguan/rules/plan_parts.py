"""Goals, tasks and actions that a text states of the plans it names: 20项重点任务68个子任务, 六大行动——甲、乙和丙, 到2027年….

An article without a plan has none: 八项行动 of a speech, 三大工程 of a news item and catchwords with numerals (四个意识)
are parts of no document that the article names. A group that no plan can be given to is left out as well, unless it
lists all of its items.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from zhiguan.lexicon.loading import load_table
from zhiguan.model import Document, Evidence, LineKind, PlanFact, PlanPartFact, PlanPartKind, Span
from zhiguan.rules.lexis import alternation
from zhiguan.rules.part_lists import WORDS, items_before, items_behind
from zhiguan.rules.plan_owners import Owners
from zhiguan.segment import Sentence, sentences

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_INEXACT = r"(?<![0-9一二三四五六七八九十百千万两数几近上约超逾第每各首另余多这那.．/:-])"
_GOAL = re.compile(
    r"(?:(?<=[，；：、“。\n])|^)(?:力争|确保|争取)?到20\d{2}年(?:底|末)?，?(?P<what>(?:(?!，(?:并|同时|为|以|(?:力争)?到20\d{2}年))[^。；\n]){6,})",
    re.MULTILINE,
)
_DONE = re.compile(r"已|累计|截至|同比|比上年|较上年")
_GOAL_TAIL = re.compile(r"的[一-鿿]{0,4}目标$")
_GOAL_LIMIT = 100
"""Characters of a goal told as a sentence; a longer one is cut at its last comma."""
_HINT = re.compile("[项大个条]|到20")


@dataclass(frozen=True, slots=True)
class _Group:
    """A number of parts at a place in the text: 六大行动; `name` is what they are called (行动)."""

    span: Span
    sentence: Span
    kind: PlanPartKind
    count: int
    name: str


@dataclass(slots=True)
class _Part:
    """A part under construction: where it is named, and what it belongs to."""

    kind: PlanPartKind
    label: str
    evidence: list[Evidence]
    name: str = ""
    count: int | None = None
    plan: int | None = None
    parent: "_Part | None" = None
    items: "list[_Part]" = field(default_factory=list)


@cache
def _kinds() -> dict[str, PlanPartKind]:
    said = {kind.value: kind for kind in PlanPartKind} | {"alone": PlanPartKind.ACTION}
    return {entry.form: said[entry.cls] for entry in load_table(WORDS) if entry.cls in said}


@cache
def _group() -> re.Pattern[str]:
    nouns = alternation(WORDS, "goal", "task", "action", "none")
    alone = alternation(WORDS, "alone")  # 五大专项, but not 五大专项资金
    verbs = alternation(WORDS, "state", "push", "split", "turn-speech", "turn-meeting")
    free = rf"(?:(?!{verbs}|[的和与及为等在从将把被以了是有不已])[一-鿿]){{2,4}}?"  # 15项水利改革任务
    return re.compile(
        rf"{alternation(WORDS, 'slogan')}"
        rf"|{_INEXACT}(?P<count>\d{{1,4}}|[一二三四五六七八九十两][一二三四五六七八九十百零]{{0,4}})[项大个条]"
        rf"(?:(?<=项){free})??{alternation(WORDS, 'modifier')}{{0,3}}?(?P<noun>{nouns}|{alone}(?![一-鿿]))"
    )


@cache
def _split() -> re.Pattern[str]:
    return re.compile(rf"，?(?:并)?(?:{alternation(WORDS, 'split')}+(?:为|成|出|了)?)?")


@cache
def _stating() -> re.Pattern[str]:
    return re.compile(rf"{alternation(WORDS, 'state', 'push')}(?:了|好|以)?“?$")


def find_plan_parts(document: Document, plans: Sequence[PlanFact]) -> list[PlanPartFact]:
    """The stated parts of an article's plans, each group before its items."""
    if not plans or not _HINT.search(document.text):
        return []
    owners = Owners(document.text, plans)
    parts: list[_Part] = []
    for sentence in sentences(document):
        if sentence.kind is not LineKind.META:
            _read_sentence(document, sentence, owners, parts)
    return _facts([part for part in parts if part.plan is not None or len(part.items) == part.count], plans)


def count_of(numeral: str) -> int:
    """Value of Arabic digits or of a Chinese numeral below a thousand (二十六, 两百, 一百零二)."""
    if numeral.isascii():
        return int(numeral)
    hundreds, hundred, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _DIGITS.get(hundreds, 1) if hundred else 0
    value += 10 * _DIGITS.get(tens, 1) if ten else 0
    return value + _DIGITS.get(ones.removeprefix("零"), 0)


def _groups(text: str, sentence: Span) -> Iterator[_Group]:
    for match in _group().finditer(text, sentence.begin, sentence.end):
        kind = _kinds().get(match["noun"] or "")
        if kind is None or _in_title(text, sentence, match.start()):
            continue
        count = count_of(match["count"])
        if count > 1:  # 一项任务 says nothing of how many there are
            yield _Group(
                Span(match.start(), match.end()), sentence, kind, count, text[match.end("count") + 1 : match.end()]
            )


def _in_title(text: str, sentence: Span, position: int) -> bool:
    return text.rfind("《", sentence.begin, position) > text.rfind("》", sentence.begin, position)


def _read_sentence(document: Document, sentence: Sentence, owners: Owners, parts: list[_Part]) -> None:
    text, paragraph = document.text, document.lines[sentence.line].span.begin
    groups = [*_groups(text, sentence.span)]
    above: tuple[_Group, _Part] | None = None
    for group in groups:
        items = items_behind(text, group.span.end, sentence.span.end, group.count)
        items = items or items_before(text, sentence.span.begin, group.span.begin, group.count)
        stated = bool(items) or _stating().search(text, sentence.span.begin, group.span.begin) is not None
        plan = owners.owner(group.span, sentence.span, paragraph, stated=stated)
        parent = above[1] if above and _divides(text, above[0], group) else None
        part = _known(parts, _part(text, group, plan if parent is None or plan is not None else parent.plan, parent))
        if not part.items:
            part.items = [_item(text, group, span, part) for span in items]
        above = (group, part)
    parts += _goals(text, sentence.span, paragraph, groups, owners)


def _part(text: str, group: _Group, plan: int | None, parent: _Part | None) -> _Part:
    evidence = [Evidence(group.span, "plan-part-number")]
    return _Part(group.kind, text[group.span.begin : group.span.end], evidence, group.name, group.count, plan, parent)


def _item(text: str, group: _Group, span: Span, parent: _Part) -> _Part:
    return _Part(group.kind, text[span.begin : span.end], [Evidence(span, "plan-part-list")], parent=parent)


def _divides(text: str, above: _Group, below: _Group) -> bool:
    """20项重点任务68个子任务, 11项任务细化为30条举措: the second number divides the first."""
    between = text[above.span.end : below.span.begin]
    sub = "子" in below.name or (below.count > above.count and between.strip("，并") != "")
    return sub and _split().fullmatch(between) is not None


def _known(parts: list[_Part], part: _Part) -> _Part:
    """The part named before that `part` repeats, now with its place and plan; else `part` itself, added."""
    for known in parts:
        same = (known.kind, known.count, known.name) == (part.kind, part.count, part.name)
        if same and (known.plan == part.plan or None in (known.plan, part.plan)):
            known.evidence += part.evidence
            known.plan = part.plan if known.plan is None else known.plan
            return known
    parts.append(part)
    return part


def _goals(text: str, sentence: Span, paragraph: int, groups: list[_Group], owners: Owners) -> Iterator[_Part]:
    """到2027年，…: where a plan says what is to be reached by a year; what was reached already is none."""
    for match in _GOAL.finditer(text, sentence.begin, sentence.end):
        span = _cut(text, Span(match.start(), match.end()))
        if _DONE.search(match["what"]) or any(span.covers(group.span) for group in groups):
            continue
        plan = owners.owner(span, sentence, paragraph, stated=False)
        if plan is not None:
            label = text[span.begin : span.end]
            yield _Part(PlanPartKind.GOAL, label, [Evidence(span, "plan-part-by-year")], plan=plan)


def _cut(text: str, span: Span) -> Span:
    end = span.end
    if len(span) > _GOAL_LIMIT:
        comma = text.rfind("，", span.begin + 20, span.begin + _GOAL_LIMIT)
        end = comma if comma > 0 else span.begin + _GOAL_LIMIT
    while text[end - 1] in "，”’」』） 　":
        end -= 1
    tail = _GOAL_TAIL.search(text, span.begin, end)
    return Span(span.begin, tail.start() if tail else end)


def _facts(parts: list[_Part], plans: Sequence[PlanFact]) -> list[PlanPartFact]:
    facts: list[PlanPartFact] = []
    numbers: dict[int, int] = {}
    orders: dict[tuple[int | None, int | None], int] = {}

    def add(part: _Part, plan: int | None) -> None:
        parent = numbers.get(id(part.parent)) if part.parent else None
        orders[plan, parent] = orders.get((plan, parent), 0) + 1
        numbers[id(part)] = len(facts)
        facts.append(
            PlanPartFact(
                kind=part.kind, label=part.label, count=part.count, plan=plans[plan].title if plan is not None else None,
                parent=parent, order=orders[plan, parent], evidence=tuple(dict.fromkeys(part.evidence)),
            )
        )  # fmt: skip
        for item in part.items:
            add(item, plan)

    for part in parts:
        add(part, part.plan)
    return facts
