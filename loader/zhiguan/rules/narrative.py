"""The sentences in which an article tells what happened, told apart from what people said there.

Punctuation inside quotation marks, titles and brackets is masked, so that clause patterns do not break a name apart.
"""

import re
from dataclasses import dataclass
from functools import cache

from zhiguan.model import Document, LineKind, Span
from zhiguan.rules.lexis import alternation

_QUOTED = re.compile(r"“[^“”\n]{0,160}”|《[^《》\n]{0,160}》|（[^（）\n]{0,160}）|\([^()\n]{0,160}\)|‘[^‘’\n]{0,80}’")
_LONGEST = 2000  # code points: what goes on without a full stop for longer is no prose, and would cost its square
_COLUMN = re.compile(r"【[^】\n]{0,60}】")
_PUNCTUATION = re.compile(r"[，。；：！？、,;:!? ]")
_SENTENCE = re.compile(r"[^。！？\n]*[^。！？\n\s][^。！？\n]*[。！？]*")
_CLAUSE_END = frozenset("，。；！？：,;!?: \n\u3000丨")
_CLAUSE_MARK = re.compile("[，。；！？：,;!?: \n\u3000丨]")
_MASK = "＿"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `masked` has the same length as the text, from `begin` on; `told` is where speech begins (else its
    end); `headline` marks the article's title, `caption` lines that are no running text."""

    span: Span
    text: str
    masked: str
    told: int
    paragraph: int
    headline: bool = False
    caption: bool = False

    @property
    def story(self) -> str:
        """The masked part that tells, without what is only said."""
        return self.masked[: self.told]


def mask(text: str) -> str:
    """`text` with the punctuation inside quotation marks, titles and brackets replaced, length kept; a column's name
    in 【】 becomes nothing but marks."""
    text = _COLUMN.sub(lambda match: "，" * len(match[0]), text)
    return _QUOTED.sub(lambda match: _PUNCTUATION.sub(_MASK, match[0]), text)


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(rf"{alternation('event_verbs', 'speech')}(?:说|道)?[，：,:]|[：:]“")


@cache
def _back_to_story() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:[^，。]{0,14}(?:会上|会后|会前|仪式上|随后|当天|当日|期间|座谈中|调研中|会见后)|\d{1,2}月\d{1,2}日"
        r"|\d{1,2}日|[（(]|[^。]*(?:主持|参加|出席|陪同|列席|到会)[^，。]{0,14}。?$)"
    )


def sentences(document: Document, headline: Span | None) -> list[Sentence]:
    """The headline first, then the sentences of the running text and of captions, in order."""
    found = [_sentence(document.text, headline, 0, headline=True)] if headline else []
    for number, line in enumerate(document.lines, 1):
        if line.kind is LineKind.META or (headline is not None and line.span.covers(headline)):
            continue
        caption = line.kind in (LineKind.CAPTION, LineKind.HEAD)
        found += _of_paragraph(document.text, line.span, number, caption=caption)
    return found


def _of_paragraph(text: str, span: Span, number: int, *, caption: bool) -> list[Sentence]:
    paragraph = mask(text[span.begin : span.end])
    found: list[Sentence] = []
    speaking = False
    for match in _SENTENCE.finditer(paragraph):
        place = Span(span.begin + match.start(), span.begin + match.end())
        masked = match[0]
        if speaking and not _back_to_story().match(masked):
            told = 0
        else:
            speech = _speech().search(masked)
            told = speech.end() if speech else len(masked)
            speaking = speech is not None
        told = min(told, _LONGEST)
        found.append(Sentence(place, text[place.begin : place.end], masked, told, number, caption=caption))
    return found


def _sentence(text: str, span: Span, number: int, *, headline: bool) -> Sentence:
    masked = mask(text[span.begin : span.end])
    return Sentence(span, text[span.begin : span.end], masked, len(masked), number, headline=headline)


def clause_begin(masked: str, position: int) -> int:
    """Where the clause that holds `position` begins."""
    while position > 0 and masked[position - 1] not in _CLAUSE_END:
        position -= 1
    return position


def clause_end(masked: str, position: int) -> int:
    """Where the clause that holds `position` ends: the next mark or the end."""
    mark = _CLAUSE_MARK.search(masked, position)
    return mark.start() if mark else len(masked)
