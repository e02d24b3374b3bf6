"""Everybody whom an article names: with titles, by personnel verbs, in lists, as subjects of what one does at meetings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Document, LineKind, Span, Status
from zhiguan.rules.names import is_division, is_word, name_before
from zhiguan.rules.personnel import ListHead, find_acts, find_listed, find_relieved, list_head
from zhiguan.rules.posts import Title, body_begin, find_posts
from zhiguan.rules.subjects import subject_of
from zhiguan.rules.titles import Holder, find_holders, name_lists
from zhiguan.segment import Sentence, chunks, sentences

_STRONG = (
    "主持",
    "出席",
    "参加",
    "讲话",
    "致辞",
    "致词",
    "指出",
    "强调",
    "表示",
    "要求",
    "宣读",
    "介绍",
    "汇报",
    "通报",
    "发言",
    "陪同",
    "列席",
    "会见",
    "调研",
    "视察",
    "率队",
    "带队",
)
_PIECE_MARK = re.compile(r"[、，：；（）。“”《》\s]|和|与|及")
_NEW_TERM = re.compile(r"(?:新一届|新当选的)[^，。；]{0,24}?(?:包括|成员|名单|班子|有|是|为|：)")
_COUNTED = re.compile(r"等[一二三四五六七八九十百0-9]+(?:位|名)")
_LIKE_BODIES = re.compile(
    r"(?:[\u4e00-\u9fff]{2,12}、)*[\u4e00-\u9fff]{1,12}(?P<mark>镇|乡|街道|县|区|市|局|厅|村|社区)、$"
)
_WORKPLACE_END = re.compile(
    r"(?:学|中|院|校|园|馆|所|局|厅|委|部|办|会|社|厂|场|公司|集团|银行|街道|镇|乡|村|区|县|市|中心|协会)$"
)
_DOCTRINE = re.compile(
    r"(?:同志|总书记|主席)*(?:关于|新时代|[一-龥]{0,6}思想|(?:重要|系列)[一-龥]{0,4}(?:讲话|指示|批示|论述|贺信|回信)|为核心|在[^，。]{0,20}重要讲话|对[^，。]{0,20}重要(?:指示|批示)|视察|考察[^，。]{0,12}(?:讲话|指示)|给[^，。]{0,20}回信)"
)
_CITED = re.compile(
    r"(?:同志)?总书记(?![^，。；]{0,10}(?:主持|出席|会见|会谈|来到|考察|视察|颁|致辞|宣布))|主席(?:的|提出|倡导|倡议|特使|一道|关于|多次)"
    r"|(?:同志)?总书记(?:指出|强调|多次|高度|始终|深情|亲自|的|对|在[^，。]{0,30}(?:指出|强调))"
)


def find_people(document: Document) -> list[tuple[Sentence, list[Holder]]]:
    """Each sentence that names people, with its holders; reporters' and editors' lines are left out by the caller."""
    found: list[tuple[Sentence, list[Holder]]] = []
    known: dict[str, None] = {}
    subject: Span | None = None
    line = -1
    head: ListHead | None = None
    for sentence in _readable(document):
        if sentence.line != line:
            subject, line = None, sentence.line
        holders = _newly_elected(document.text, sentence, find_holders(document.text, sentence, known))
        known.update(_named(document.text, holders))
        subject = subject_of(document.text, sentence, known) or subject
        acts = find_acts(document.text, sentence, holders, subject) + find_relieved(document.text, sentence)
        if head and not acts:
            acts = find_listed(document.text, sentence, head)
        head = list_head(document.text, sentence) or (head if acts else None)
        holders = _each_their_own(document.text, sentence, _without(holders, acts)) + acts
        holders += _workplace_list(document.text, sentence)
        taken = [holder.span for holder in holders]
        alone = [*name_lists(document.text, sentence), *_verb_subjects(document.text, sentence)]
        holders += [holder for holder in alone if not any(span.covers(holder.span) for span in taken)]
        known.update(_named(document.text, holders))
        if holders:
            found.append((sentence, holders))
    return found


def _newly_elected(text: str, sentence: Sentence, holders: list[Holder]) -> list[Holder]:
    """新一届班子成员包括书记A、副书记B: the posts behind those words are what people have just been elected to."""
    fresh = _NEW_TERM.search(text, sentence.span.begin, sentence.span.end)
    if not fresh:
        return holders
    return [
        replace(h, titles=tuple(replace(t, status=Status.ELECT) if _was_held(t, fresh) else t for t in h.titles))
        for h in holders
    ]


def _was_held(title: Title, fresh: re.Match[str]) -> bool:
    return title.begin >= fresh.end() and title.status is Status.CURRENT


def _named(text: str, holders: list[Holder]) -> dict[str, None]:
    """The names of people who are more than the authors of a doctrine."""
    return dict.fromkeys(holder.name for holder in holders if not is_doctrine(text, holder.span))


def _readable(document: Document) -> Iterator[Sentence]:
    return (sentence for sentence in sentences(document) if sentence.kind is not LineKind.META)


def _without(holders: list[Holder], acts: list[Holder]) -> list[Holder]:
    """Holders whose title an act explains better (当选副县长 is no 副县长 of the name behind it) are left out."""
    claimed = {(title.begin, title.end) for act in acts for title in act.titles}
    return [h for h in holders if not any((title.begin, title.end) in claimed for title in h.titles)]


def _each_their_own(text: str, sentence: Sentence, holders: list[Holder]) -> list[Holder]:
    """甲镇、乙镇、丙镇镇长A、B、C: as many bodies of one kind before the title as names behind it are one for each."""
    sharing: dict[Title, list[int]] = {}
    for number, holder in enumerate(holders):
        if holder.titles:
            sharing.setdefault(holder.titles[-1], []).append(number)
    found = list(holders)
    for title, numbers in sharing.items():
        listed = _LIKE_BODIES.search(text[sentence.span.begin : title.begin]) if len(numbers) > 1 else None
        if not listed or listed["mark"] not in title.surface:
            continue
        words = listed[0][body_begin(listed[0], 0, len(listed[0])) : -1].split("、")
        if len(words) + 1 != len(numbers) or not all(word.endswith(listed["mark"]) for word in words):
            continue
        tail = title.surface.partition(listed["mark"])[2]
        for number, word in zip(numbers, words, strict=False):
            own = replace(title, surface=word + tail)
            found[number] = replace(found[number], titles=(*found[number].titles[:-1], own))
    return found


def _workplace_list(text: str, sentence: Sentence) -> list[Holder]:
    """一中甲、二中乙等十位校长: the title stands once behind the list, each name behind its own body."""
    holders: list[Holder] = []
    for counted in _COUNTED.finditer(text, sentence.span.begin, sentence.span.end):
        posts = find_posts(text, counted.end(), min(counted.end() + 8, sentence.span.end))
        if not posts or posts[0].title is None or posts[0].begin != counted.end():
            continue
        for chunk in chunks(text, Span(sentence.span.begin, counted.start())):
            span = name_before(text, chunk.begin + 2, chunk.end, 1.5)
            if not span or not _WORKPLACE_END.search(text[chunk.begin : span.begin]):
                continue
            title = Title(chunk.begin, chunk.end, text[chunk.begin : span.begin], posts[0].title, posts[0].status)
            holders.append(Holder(text[span.begin : span.end], span, (title,), "title-behind-list"))
    return holders if len(holders) >= 2 else []


@cache
def _verbs() -> LongestMatch[str]:
    return LongestMatch({entry.form: entry.cls for entry in load_table("role_verbs") if entry.cls != "none"})


def _verb_subjects(text: str, sentence: Sentence) -> list[Holder]:
    """Names that stand as subjects right before what people do at meetings (A主持会议, B、C出席)."""
    holders: list[Holder] = []
    taken = sentence.span.begin
    for begin, end, _ in _verbs().find(text[sentence.span.begin : sentence.span.end]):
        at, stop = sentence.span.begin + begin, sentence.span.begin + end
        if at < taken or not text.startswith(_STRONG, at):
            continue
        for span in _names_up_to(text, taken, at):
            holders.append(Holder(text[span.begin : span.end], span, (), "verb-subject"))
        taken = stop
    return holders


def _names_up_to(text: str, begin: int, end: int) -> list[Span]:
    names: list[Span] = []
    while end > begin:
        start = max((mark.end() for mark in _PIECE_MARK.finditer(text, begin, end)), default=begin)
        span = name_before(text, start, end)
        plain = span and span.begin == start and not _stands_for_more(text[span.begin : span.end])
        if not span or not plain or find_posts(text, span.begin, span.end):
            break
        names.append(span)
        if start == begin or text[start - 1] not in "、和与及":
            break
        end = start - 1
    return names


def _stands_for_more(name: str) -> bool:
    """Whether what looks like a name is a word or a city."""
    return is_word(name) or is_division(name)


def is_doctrine(text: str, span: Span) -> bool:
    """Whether a name stands for a doctrine or an instruction that others cite (…同志为核心, …总书记关于…的论述)."""
    return _DOCTRINE.match(text, span.end) is not None or _CITED.match(text, span.end) is not None
