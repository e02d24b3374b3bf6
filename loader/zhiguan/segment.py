"""Documents into sentences, sentences into chunks: spans only, no text is changed.

A sentence ends at 。！？ or at its line's end; a chunk ends at any lesser mark. Each chunk knows the mark before it, since in
officialese the mark tells whether a title goes on (、), a new person begins (；) or a list is over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiguan.model import Document, LineKind, Span

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」』）]*")
_CHUNK = re.compile(
    r"[^、，；：,;:（）()《》〈〉“”‘’\"\s．.。！？!?—…·|●■▲◆★]+(?:·[^、，；：,;:（）()《》“”\s。！？]+)*"
)
_SMALL_BRACKET = re.compile(
    r"[（(](?:[\u4e00-\u9fff]{1,3}|[^（）()，。；：\n]{1,20}(?:级|工作|兼|兼任|挂职|驻会|院|校|局|中心|会|室|办|部|厅|署|组|队|[省市区县旗州]))"
    r"[）)](?=[\u4e00-\u9fff])"
)
"""An insertion that splits nothing: short (侨（台）工委), or a remark or another name of a body (副书记（主持工作）甲)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the kind of the line it stands in; `line` is that line's number."""

    span: Span
    kind: LineKind
    line: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of text without marks; `before` is what stands between it and the chunk before (marks and blanks)."""

    begin: int
    end: int
    before: str


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences of all lines, in order."""
    for number, line in enumerate(document.lines):
        text = document.text
        for found in _SENTENCE.finditer(text, line.span.begin, line.span.end):
            yield Sentence(Span(found.start(), found.end()), line.kind, number)


def chunks(text: str, span: Span) -> list[Chunk]:
    """The chunks of `text` inside `span`; an insertion in brackets inside a name (侨（台）工委) splits nothing."""
    inner = {found.start() for found in _SMALL_BRACKET.finditer(text, span.begin, span.end)}
    found: list[Chunk] = []
    last = span.begin
    for match in _CHUNK.finditer(text, span.begin, span.end):
        begin, end = match.span()
        before = text[last:begin]
        if found and before in ("（", "(", "）", ")") and _inside_name(text, found[-1], begin, inner):
            found[-1] = Chunk(found[-1].begin, end, found[-1].before)
        else:
            found.append(Chunk(begin, end, before))
        last = end
    return found


def _inside_name(text: str, previous: Chunk, begin: int, inner: set[int]) -> bool:
    """Whether the bracket before `begin` opens or closes a short insertion that belongs to the name around it."""
    if text[begin - 1] in "（(":
        return begin - 1 in inner
    return text.rfind("（", previous.begin, begin) in inner or text.rfind("(", previous.begin, begin) in inner
