"""Text that remembers where each of its characters came from."""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace text[begin:end] by a string."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """`begins[i]`..`ends[i]` is the range of the source that `text[i]` stands for; both grow with i."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Mapped":
        """A text that is its own source."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def same_length(self, text: str) -> "Mapped":
        """The same positions under other characters."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters for {len(self.text)}")
        return Mapped(text, self.begins, self.ends)

    def sub(self, pattern: re.Pattern[str], replace: str | Callable[[re.Match[str]], str]) -> "Mapped":
        """Like `pattern.sub`, with the map kept; `replace` is a plain string or a function of the match."""
        if isinstance(replace, str):
            return self.edit([(*match.span(), replace) for match in pattern.finditer(self.text)])
        return self.edit([(*match.span(), replace(match)) for match in pattern.finditer(self.text)])

    def edit(self, edits: Iterable[Edit]) -> "Mapped":
        """With each passage replaced; the edits are in order and do not overlap.

        A replacement of equal length maps character by character, any other one as a whole.
        """
        parts: list[str] = []
        begins, ends = array("I"), array("I")
        done = 0
        for begin, end, new in edits:
            parts += self.text[done:begin], new
            _extend(begins, self.begins[done:begin])
            _extend(ends, self.ends[done:begin])
            if len(new) == end - begin:
                _extend(begins, self.begins[begin:end])
                _extend(ends, self.ends[begin:end])
            elif new:
                _extend(begins, [self.begins[begin]] * len(new))
                _extend(ends, [self.ends[end - 1]] * len(new))
            done = end
        if not parts:
            return self
        parts.append(self.text[done:])
        _extend(begins, self.begins[done:])
        _extend(ends, self.ends[done:])
        return Mapped("".join(parts), begins, ends)

    def pick(self, spans: Sequence[tuple[int, int]]) -> "Mapped":
        """The given ranges in order, joined by newlines; a newline stands for the character behind its range."""
        if self._is_whole(spans):
            return self
        begins, ends = array("I"), array("I")
        for index, (begin, end) in enumerate(spans):
            stop = end if index == len(spans) - 1 else end + 1
            _extend(begins, self.begins[begin:stop])
            _extend(ends, self.ends[begin:stop])
        return Mapped("\n".join(self.text[begin:end] for begin, end in spans), begins, ends)

    def _is_whole(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether the ranges are all lines of the text, whole."""
        edges = [-1, *(edge for span in spans for edge in span), len(self.text)]
        steps = [after - before for before, after in zip(edges[:-1:2], edges[1::2], strict=True)]
        return bool(spans) and steps == [1] * len(spans) + [0]


def _extend(target: "array[int]", values: Sequence[int]) -> None:
    target.extend(values)
