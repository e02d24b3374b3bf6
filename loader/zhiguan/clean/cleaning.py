"""The clean stage: `Source` to `Document`."""

from zhiguan.clean.characters import drop_readings, normalise, simplify
from zhiguan.clean.layout import close_gaps, join_lines
from zhiguan.clean.lines import rows
from zhiguan.clean.mapped import Mapped
from zhiguan.clean.markup import main_text
from zhiguan.clean.noise import article_lines
from zhiguan.clean.punctuation import punctuate
from zhiguan.model import Document, Line, Source, Span


def clean(source: Source) -> Document:
    """The article without noise, simplified, of normal width, with the map back to `source.text`.

    Cleaning what is clean changes nothing. Raises ReadError for an HTML page too large or too deep to be an article.
    """
    text = main_text(source.text) if source.media == "text/html" else Mapped.of(source.text)
    text = simplify(drop_readings(normalise(text)), taiwanese=_taiwanese(source.text))
    text = close_gaps(punctuate(join_lines(text)))
    kept = article_lines(list(rows(text.text)))
    text = text.pick([(row.begin, row.end) for row, _ in kept])
    lines, begin = [], 0
    for row, kind in kept:
        end = begin + row.end - row.begin
        lines.append(Line(Span(begin, end), kind))
        begin = end + 1
    return Document(source=source, text=text.text, begins=text.begins, ends=text.ends, lines=tuple(lines))


def _taiwanese(text: str) -> bool:
    """Whether signs of the Taiwanese standard are seen, which OpenCC converts by a table of its own."""
    return "著" in text or "「" in text
