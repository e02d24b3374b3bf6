"""Runs of titles and names: 区委副书记、区长A，副区长B、C；D（某局局长）.

One pass over a sentence's chunks. A title that nobody has taken yet waits for the next name; a name takes all waiting titles;
a bare name behind 、 shares the titles of the name before it. Marks decide: ； and 。 end everything, 、 and ， keep waiting
titles, only 、 和 与 及 carry a title on to the next name.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace

from zhiguan.lexicon.loading import load_forms
from zhiguan.model import LineKind, Span, Status
from zhiguan.rules.names import AFTER_TITLE, ALONE, follower, is_division, is_word, name_at, name_before, whole_name
from zhiguan.rules.posts import Post, Title, behind_aside, find_posts, holds_title, make_title, splits_word
from zhiguan.segment import Chunk, Sentence, chunks

_MIDDLE = re.compile(r"、(?:[\u3400-\u9fff]{2,6}|[\u3400-\u9fff·]{4,20})、")
_SHARING = ("、", "和", "与", "及", "以及")
_KEEPING = ("、", "，", ",", "·", ".", "．", "", "；、")
_BODY_END = re.compile(r"(?:公司|集团|大学|学院|学校|研究院|研究所|医院|协会|商会|银行|合作社|事务所|基金会)$")
_STAND_INS = frozenset(("代表", "特别代表", "特使"))
_JURISDICTION_MARKS = frozenset("省市区县州旗盟镇乡")
_NO_CIVIL_TITLE_BEHIND = ("代表", "成员", "委员", "常委", "领导", "秘书", "指挥", "特别代表", "特使")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as named once, with the titles that the same passage gives; no titles for a mere group (区领导A、B).

    `verb` is the word of appointment or removal that gives the titles (任命, 免去), None where no such word does.
    """

    name: str
    span: Span
    titles: tuple[Title, ...]
    rule: str
    verb: Span | None = None


@dataclass(slots=True)
class _Run:
    """What the pass over one sentence remembers."""

    text: str
    known: Container[str] = ()
    holders: list[Holder] = field(default_factory=list)
    waiting: list[Title] = field(default_factory=list)
    group: bool = False  # a mere group (区领导) waits for its names
    last: Holder | None = None  # the person that a 、 may follow
    first: Holder | None = None  # a name that opens a table row, waiting for titles behind it
    opener: Holder | None = None  # a bare name before a bracket, which may hold its titles
    bracket: int | None = None  # how many titles waited when a bracket opened
    byline: bool = False  # names that follow are those of reporters and editors

    def drop(self) -> None:
        self.waiting, self.group, self.last = [], False, None

    def name(self, span: Span, titles: tuple[Title, ...], rule: str) -> None:
        self.last = Holder(self.text[span.begin : span.end], span, titles, rule)
        self.holders.append(self.last)
        self.waiting, self.group = [], False


def find_holders(text: str, sentence: Sentence, known: Container[str] = ()) -> list[Holder]:
    """The people whom `sentence` names with or beside a title, in the order of the text; `known` were named before."""
    if sentence.kind is not LineKind.LABEL and not holds_title(text, sentence.span.begin, sentence.span.end):
        return []
    run = _Run(text, known)
    for chunk in chunks(text, sentence.span):
        _marks(run, chunk)
        posts = find_posts(text, chunk.begin, chunk.end)
        if posts:
            _titled(run, chunk, posts)
        else:
            _bare(run, chunk, sentence.kind)
        if run.last and run.last.span.end < chunk.end:
            run.last = None  # words behind the name end its list
    if run.opener and run.bracket is not None:
        _close_bracket(run, "）")
    opener = run.first or _row_opener(run, sentence.kind)
    if opener and run.waiting:
        _give(run, opener, "name-before-title-row")
    return run.holders


def _row_opener(run: _Run, kind: LineKind) -> Holder | None:
    """The name behind a row's label (嘉宾：A  某局局长), whose titles stand behind it."""
    opens = kind is LineKind.LABEL and len(run.holders) == 1 and not run.holders[0].titles
    return run.holders[0] if opens else None


def _marks(run: _Run, chunk: Chunk) -> None:
    """Let the marks before a chunk close what they close."""
    marks = chunk.before.strip()
    if "）" in marks or ")" in marks:
        _close_bracket(run, marks)
    if "（" in marks or "(" in marks:
        run.bracket = len(run.waiting)
        if run.last and run.text[run.last.span.end : run.last.span.end + 1] in ("（", "("):
            run.opener = run.last
    if "；" in marks or "。" in marks or ";" in marks:
        run.drop()
    elif marks not in _SHARING and marks not in ("", "（", "）", "("):
        run.last = None if marks != "、" else run.last


def _close_bracket(run: _Run, marks: str) -> None:
    """Titles in brackets behind a name belong to it, unless a name follows the bracket at once."""
    follows = marks in ("）", ")")
    if run.bracket is not None and run.waiting and run.opener:
        _give(run, run.opener, "title-in-brackets")
    elif run.bracket is not None and run.last and run.waiting and not follows:
        _give(run, run.last, "title-in-brackets")
    run.bracket, run.opener = None, None


def _give(run: _Run, holder: Holder, rule: str) -> None:
    """Give the waiting titles to somebody named before them."""
    run.holders.append(Holder(holder.name, holder.span, tuple(run.waiting), rule))
    run.waiting = []


def _titled(run: _Run, chunk: Chunk, posts: list[Post]) -> None:
    """A chunk with titles in it: each takes the words before it, then a name, the next title or nothing follows."""
    text, left = run.text, _shared_before(run, chunk, posts[0])
    for number, post in enumerate(posts):
        if post.begin < left or splits_word(text, post, chunk.end):
            continue
        following = posts[number + 1] if number + 1 < len(posts) else None
        if following and following.begin == post.end and following.core in _STAND_INS:
            continue  # 总干事|代表: whoever comes for the holder
        if post.core == "byline":
            span = name_at(text, post.end, chunk.end)
            run.byline = post.end == chunk.end or span is not None
            left = span.end if span else left
            continue
        run.byline = False
        if _behind_name(run, left, post, chunk):
            left = post.end
            continue
        behind = behind_aside(text, post.end, chunk.end)
        span = None if following and following.begin == behind else name_at(text, behind, chunk.end)
        if (
            span is None
            and following
            and text[following.begin - 1] != "团"
            and whole_name(text, behind, following.begin)
        ):
            span = Span(behind, following.begin)  # 主席甲副主席乙: nothing marks the name's end but the next title
        if span and following and _opens_body(text, span, following):
            span = None
        if span and following and following.begin < span.end:
            span = None
        if span:
            left = _named(run, left, post, span, chunk)
        elif post.end == chunk.end or (following and _own_title(text, post, following)):
            _wait(run, left, post)
            left = post.end
        elif following is None:
            run.drop()


def _shared_before(run: _Run, chunk: Chunk, post: Post) -> int:
    """A listed name joined to the next title (A、B和秘书长C): it shares the titles; returns where the rest begins."""
    text = run.text
    if not run.last or chunk.before.strip() not in _SHARING:
        return chunk.begin
    span = name_at(text, chunk.begin, post.begin)
    if not span or follower(text, span.end, post.begin) not in ("和", "与", "及", "以及"):
        return chunk.begin
    run.name(span, run.last.titles, "shared-title" if run.last.titles else "group-name")
    return span.end


def _opens_body(text: str, span: Span, following: Post) -> bool:
    """Whether what looks like a name begins the next title's body (全国人大代表|盛达控股集团董事长)."""
    words = text[span.begin : following.begin]
    return _BODY_END.search(words) is not None and not follower(text, span.end, following.begin)


def _own_title(text: str, post: Post, following: Post) -> bool:
    """Whether a title that another follows without a mark stands for itself (县委常委|副县长), not for a body (主任|办公会)."""
    between = text[behind_aside(text, post.end, following.begin) : following.begin]
    if "包括" in between or "还有" in between:
        return False  # 常委还包括副书记A: a heading, nobody's title
    return (
        not between
        or _BODY_END.search(between) is not None
        or between[0] in "兼、"
        or any(c in _JURISDICTION_MARKS for c in between[:4])
    )


def _wait(run: _Run, left: int, post: Post) -> None:
    if title := make_title(run.text, left, post):
        run.waiting.append(_carried(run, title))
        run.last = None
    else:
        run.group, run.waiting, run.last = True, [], None


def _carried(run: _Run, title: Title) -> Title:
    """A title behind one that 原 or 前 marks as past is past as well (省政府原党组成员、副省长)."""
    past = run.waiting and run.waiting[-1].said_past and title.status is Status.CURRENT
    return replace(title, status=Status.FORMER, said_past=True) if past else title


def _named(run: _Run, left: int, post: Post, span: Span, chunk: Chunk) -> int:
    """A title with its name behind it; returns where the rest of the chunk begins."""
    title = make_title(run.text, left, post)
    title = _carried(run, title) if title else None
    doubtful = is_word(run.text[span.begin : span.end]) or name_at(run.text, span.begin, chunk.end, ALONE) is None
    if title is None and doubtful:
        run.drop()
        return left
    titles = (*run.waiting, title) if title else tuple(run.waiting)
    rule = "title-run" if len(titles) > 1 else "title-name" if titles else "group-name"
    run.name(span, titles, rule)
    return _rest(run, span.end, chunk)


def _rest(run: _Run, at: int, chunk: Chunk) -> int:
    """Names joined to a named person without a mark (A和B): returns where they end."""
    text = run.text
    while run.last and (word := follower(text, at, chunk.end)) in ("和", "与", "及", "以及", "暨"):
        span = name_at(text, at + len(word), chunk.end, AFTER_TITLE + 0.5)
        if not span or (find_posts(text, at + len(word), chunk.end) and not _free(text, span, chunk)):
            break
        run.name(span, run.last.titles, "shared-title")
        at = span.end
    return at


def _free(text: str, span: Span, chunk: Chunk) -> bool:
    """Whether a name stands clear of the titles that follow it in the chunk."""
    posts = find_posts(text, span.begin, chunk.end)
    return all(post.begin >= span.end for post in posts) and len(follower(text, span.end, chunk.end)) >= 2


def _behind_name(run: _Run, left: int, post: Post, chunk: Chunk) -> bool:
    """A title right behind a name (A教授, A县长): the name takes the waiting titles and this one."""
    text = run.text
    if post.title is None or post.title in _NO_CIVIL_TITLE_BEHIND:
        return False
    if run.last and run.last.span.end == post.begin and not _own_name_follows(text, post, chunk):
        title = Title(post.begin, post.end, "", post.title, post.status)
        run.holders.append(Holder(run.last.name, run.last.span, (title,), "title-behind-name"))
        return True
    if span := _known_before(run, left, post):
        run.name(span, (*run.waiting, Title(post.begin, post.end, "", post.title, post.status)), "title-behind-name")
        return True
    if (
        left != chunk.begin
        or _name_follows(text, post, chunk)
        or not whole_name(text, left, post.begin)
        or _no_name_before(text, left, post)
    ):
        return False
    title = Title(left, post.end, "", post.title, post.status)
    run.name(Span(left, post.begin), (*run.waiting, title), "title-behind-name")
    return True


def _known_before(run: _Run, left: int, post: Post) -> Span | None:
    """The person named before who stands right before the title (学习甲主席重要讲话): the title is a form of address."""
    for begin in range(max(left, post.begin - 4), post.begin - 1):
        if run.text[begin : post.begin] in run.known:
            return Span(begin, post.begin)
    return None


def _own_name_follows(text: str, post: Post, chunk: Chunk) -> bool:
    """Whether a title between two names without a mark (书记甲县长乙) is the second's."""
    return _name_follows(text, post, chunk) and name_at(text, post.end, chunk.end, ALONE) is not None


def _name_follows(text: str, post: Post, chunk: Chunk) -> bool:
    """Whether the title belongs to a name behind it (韩国|总统|A), not to the words before it."""
    span = name_at(text, post.end, chunk.end)
    return span is not None and not is_word(text[span.begin : span.end])


def _no_name_before(text: str, left: int, post: Post) -> bool:
    """Whether what looks like a name is a word or a place that the title belongs to (宣传|部长, 郑州|市长)."""
    words = text[left : post.begin]
    return is_word(words) or words + post.core[0] in load_forms("divisions")


def _bare(run: _Run, chunk: Chunk, kind: LineKind) -> None:
    """A chunk without a title: a name that takes waiting titles, shares the last ones, or opens a table row."""
    text, marks = run.text, chunk.before.strip()
    if run.byline:
        run.byline = marks in ("", "、", "：", "，", "/") and name_at(text, chunk.begin, chunk.end) is not None
    elif run.waiting or run.group:
        _take_waiting(run, chunk, marks)
    elif run.last and not marks and chunk.before:
        _spaced(run, chunk)
    elif run.last and marks in _SHARING:
        span = name_at(text, chunk.begin, chunk.end)
        if span and _clear(text, span, chunk):
            run.name(span, run.last.titles, "shared-title" if run.last.titles else "group-name")
            _rest(run, span.end, chunk)
        else:
            run.drop()
    else:
        run.drop()
        if text[chunk.end : chunk.end + 1] == "（" and whole_name(text, chunk.begin, chunk.end):
            run.opener = Holder(text[chunk.begin : chunk.end], Span(chunk.begin, chunk.end), (), "title-in-brackets")
        if kind is LineKind.LABEL and whole_name(text, chunk.begin, chunk.end):
            run.first = Holder(text[chunk.begin : chunk.end], Span(chunk.begin, chunk.end), (), "name-before-title-row")


def _spaced(run: _Run, chunk: Chunk) -> None:
    """A name behind a blank (区领导 A B C) goes on with the list; anything else ends it."""
    if run.last and whole_name(run.text, chunk.begin, chunk.end):
        titles, rule = run.last.titles, "shared-title" if run.last.titles else "group-name"
        run.name(Span(chunk.begin, chunk.end), titles, rule)
    else:
        run.drop()


def _clear(text: str, span: Span, chunk: Chunk) -> bool:
    """Whether a listed name ends its chunk or is followed by a word that can only follow a name."""
    behind = follower(text, span.end, chunk.end)
    if span.end == chunk.end or len(behind) >= 2 or behind in ("和", "与", "及", "等"):
        return True
    return name_at(text, span.begin, chunk.end, ALONE) is not None


def _take_waiting(run: _Run, chunk: Chunk, marks: str) -> None:
    """Waiting titles meet a name behind a blank, a bracket or a colon; behind a comma they go on waiting or fall."""
    span = name_at(run.text, chunk.begin, chunk.end) if marks in ("", "）", ")", "：", ":", "“", "”") else None
    if span and (marks or chunk.before):
        run.name(span, tuple(run.waiting), "title-mark-name" if run.waiting else "group-name")
        _rest(run, span.end, chunk)
    else:
        run.drop()


def name_lists(text: str, sentence: Sentence, least: int = 3) -> list[Holder]:
    """Names in a row without any title (A、B、C出席): every run of at least `least` chunks that are names.

    The first may have words before it, the last behind it; those between are names and nothing else.
    """
    if not _MIDDLE.search(text, sentence.span.begin, sentence.span.end):
        return []
    found: list[Holder] = []
    row: list[Span] = []
    pieces = chunks(text, sentence.span)
    for chunk, ahead in zip(pieces, _joined(pieces), strict=True):
        if chunk.before.strip() != "、":
            found += _row(text, row, least)
            row = []
        span = _listed(text, chunk, opens=not row) if row or ahead >= least else None
        if span:
            row.append(span)
        if span is None or span.end != chunk.end:
            found += _row(text, row, least)
            row = []
    return found + _row(text, row, least)


def _joined(pieces: list[Chunk]) -> list[int]:
    """For each chunk the length of the row that 、 joins from it on."""
    lengths: list[int] = []
    for number in range(len(pieces) - 1, -1, -1):
        joins = lengths and pieces[number + 1].before.strip() == "、"
        lengths.append(lengths[-1] + 1 if joins else 1)
    return lengths[::-1]


def _listed(text: str, chunk: Chunk, *, opens: bool) -> Span | None:
    if opens:
        return name_before(text, chunk.begin, chunk.end)
    return name_at(text, chunk.begin, chunk.end, ALONE - 0.6)


def _row(text: str, row: list[Span], least: int) -> list[Holder]:
    if len(row) < least or 2 * sum(is_division(text[s.begin : s.end]) for s in row) >= len(row):
        return []
    return [Holder(text[span.begin : span.end], span, (), "name-list") for span in row]
