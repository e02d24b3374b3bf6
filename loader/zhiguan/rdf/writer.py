"""N-Quads text of one graph, written as strings: building RDF objects first would take ten times as long."""

import re

LANGUAGE = "zh-Hans"
"""Language of all names in the data: the cleaning step has made them simplified."""

_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')
_NAMED_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _escape_one(match: re.Match[str]) -> str:
    char = match[0]
    return _NAMED_ESCAPES.get(char) or f"\\u{ord(char):04X}"


def escape(text: str) -> str:
    """Text as it stands between quotation marks in canonical N-Quads (W3C RDF 1.2 N-Quads, section 3)."""
    return _SPECIAL.sub(_escape_one, text) if _SPECIAL.search(text) else text


class QuadWriter:
    """Collects the quads of one graph; a quad written twice counts once. Subjects, predicates and nodes are IRIs."""

    def __init__(self, graph: str) -> None:
        self._tail = f" <{graph}> .\n"
        self._lines: set[str] = set()

    def node(self, subject: str, predicate: str, value: str) -> None:
        """A statement about another node."""
        self._lines.add(f"<{subject}> <{predicate}> <{value}>{self._tail}")

    def text(self, subject: str, predicate: str, value: str) -> None:
        """A plain literal."""
        self._lines.add(f'<{subject}> <{predicate}> "{escape(value)}"{self._tail}')

    def label(self, subject: str, predicate: str, value: str) -> None:
        """A name or title in the language of the data, in one line: blanks and line breaks within become one space."""
        self._lines.add(f'<{subject}> <{predicate}> "{escape(" ".join(value.split()))}"@{LANGUAGE}{self._tail}')

    def typed(self, subject: str, predicate: str, value: str, datatype: str) -> None:
        """A typed literal in its canonical lexical form."""
        self._lines.add(f'<{subject}> <{predicate}> "{escape(value)}"^^<{datatype}>{self._tail}')

    def dump(self) -> str:
        """All quads, sorted, one a line."""
        return "".join(sorted(self._lines))
