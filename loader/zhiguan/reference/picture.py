"""A picture of the model, drawn from the ontology's domains and ranges on a grid that is kept beside it."""

import math
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from xml.sax.saxutils import escape

from zhiguan.rdf import terms
from zhiguan.reference.reading import Reference, shorten

_WIDTH, _HEIGHT = 190, 64
_STEP_X, _STEP_Y = 310, 190
_MARGIN = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the picture; `x` and `y` are the middle of its box, in pixels."""

    name: str
    x: float
    y: float

    def border(self, other: "Box") -> tuple[float, float]:
        """Where the line to the middle of another box leaves this one."""
        dx, dy = other.x - self.x, other.y - self.y
        scale = min(_WIDTH / 2 / abs(dx) if dx else math.inf, _HEIGHT / 2 / abs(dy) if dy else math.inf)
        return self.x + dx * scale, self.y + dy * scale


def read_boxes() -> dict[str, Box]:
    """The boxes by the names of their classes."""
    text = (files("zhiguan.reference") / "picture.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        name: Box(name, _MARGIN + _WIDTH / 2 + float(column) * _STEP_X, _MARGIN + _HEIGHT / 2 + float(row) * _STEP_Y)
        for name, column, row in rows
    }


def arrows(reference: Reference) -> dict[tuple[str, str], list[str]]:
    """Names of the properties from one box to another, by the classes at their ends.

    What joins two classes is said by domains and ranges, and for reused properties by the shapes.
    """
    boxes = read_boxes()
    own = ((term.iri, begin, end) for term in reference.terms.values() for begin in term.domains for end in term.ranges)
    shaped = ((s.path, begin, end) for s in reference.shapes for begin in s.targets for end in s.classes)
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path, begin, end in (*own, *shaped):
        ends = begin.removeprefix(terms.ZG), end.removeprefix(terms.ZG)
        if ends[0] in boxes and ends[1] in boxes:
            found[ends].add(shorten(path).removeprefix("zg:"))
    return {ends: sorted(names) for ends, names in found.items()}


def _arrow(begin: Box, end: Box, names: list[str], bend: float) -> str:
    (x1, y1), (x2, y2) = begin.border(end), end.border(begin)
    length = math.hypot(x2 - x1, y2 - y1) or 1
    off_x, off_y = -(y2 - y1) / length * bend, (x2 - x1) / length * bend
    mid_x, mid_y = (x1 + x2) / 2 + off_x, (y1 + y2) / 2 + off_y
    lines = "".join(
        f'<tspan x="{mid_x:.0f}" dy="{"1.15em" if index else "0"}">{escape(name)}</tspan>'
        for index, name in enumerate(names)
    )
    path = f"M{x1:.0f},{y1:.0f} Q{mid_x:.0f},{mid_y:.0f} {x2:.0f},{y2:.0f}"
    return (
        f'<path class="arrow" d="{path}" marker-end="url(#head)"/>'
        f'<text class="name" x="{mid_x:.0f}" y="{mid_y - 6 - 7 * (len(names) - 1):.0f}">{lines}</text>'
    )


def _loop(box: Box, names: list[str]) -> str:
    top = box.y - _HEIGHT / 2
    path = f"M{box.x - 30:.0f},{top:.0f} C{box.x - 40:.0f},{top - 34:.0f} {box.x + 40:.0f},{top - 34:.0f} {box.x + 30:.0f},{top:.0f}"
    return (
        f'<path class="arrow" d="{path}" marker-end="url(#head)"/>'
        f'<text class="name" x="{box.x:.0f}" y="{top - 28:.0f}">{escape(", ".join(names))}</text>'
    )


def _box(box: Box, reference: Reference, href: str) -> str:
    label = reference.terms[terms.ZG + box.name].label
    return (
        f'<a href="{href.format(box.name)}"><rect x="{box.x - _WIDTH / 2:.0f}" y="{box.y - _HEIGHT / 2:.0f}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" rx="8"/><text class="zh" x="{box.x:.0f}" y="{box.y - 4:.0f}">{escape(label.zh)}</text>'
        f'<text class="en" x="{box.x:.0f}" y="{box.y + 18:.0f}">{escape(box.name)}</text></a>'
    )


def draw(reference: Reference, href: str = "term/{}.html") -> str:
    """The picture as SVG; `href` is where a class is explained, its name put for {}."""
    boxes = {name: box for name, box in read_boxes().items() if terms.ZG + name in reference.terms}
    pairs = arrows(reference)
    parts = []
    for (begin, end), names in sorted(pairs.items()):
        if begin == end:
            parts.append(_loop(boxes[begin], names))
        else:
            bend = 26.0 if (end, begin) in pairs or boxes[begin].y == boxes[end].y else 0.0
            parts.append(_arrow(boxes[begin], boxes[end], names, bend))
    parts += [_box(box, reference, href) for box in boxes.values()]
    width = max(box.x for box in boxes.values()) + _WIDTH / 2 + _MARGIN
    height = max(box.y for box in boxes.values()) + _HEIGHT / 2 + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="classes and the properties between them"><defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" '
        f'markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0 L10,5 L0,10 z"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )
