"""Results of many reports counted by shape, and written for people and for machines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import Graph

from zhiguan.validate.report import Report, Result, merge_reports

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Example:
    """A result and the article that it was found in, '' for the store as a whole."""

    article: str
    result: Result


@dataclass(slots=True)
class ShapeCount:
    """How often a shape, or a check of the whole store, found something, and the first of these."""

    severity: str
    shape: str
    message: tuple[str, ...]
    count: int = 0
    examples: list[Example] = field(default_factory=list)


class Tally:
    """Counts results by shape as reports come in. `kept` is the number of examples of each shape."""

    def __init__(self, kept: int = 3, *, whole: bool = False) -> None:
        self.checked = self.wrong = 0
        self._kept = kept
        self._counts: dict[tuple[str, str], ShapeCount] = {}
        self._graphs: list[Graph] | None = [] if whole else None

    def add(self, name: str, report: Report) -> None:
        """Count the report of one article."""
        self.checked += 1
        self.wrong += not report.conforms
        self._count(name, report)

    def add_store(self, report: Report) -> None:
        """Count the report of a check of the whole store, which is not one more article."""
        self._count("", report)

    def _count(self, name: str, report: Report) -> None:
        for result in report.results:
            key = result.severity, result.shape
            entry = self._counts.setdefault(key, ShapeCount(*key, result.message))
            entry.count += 1
            if len(entry.examples) < self._kept:
                entry.examples.append(Example(name, result))
        if self._graphs is not None and report.results:
            self._graphs.append(report.graph)

    @property
    def shapes(self) -> list[ShapeCount]:
        """The shapes that found something: violations first, then the most frequent."""
        return sorted(
            self._counts.values(), key=lambda entry: (SEVERITIES.index(entry.severity), -entry.count, entry.shape)
        )

    def text(self) -> str:
        """A line for each shape with its examples below, and last how many articles were checked."""
        return "\n".join([*self._lines(), f"{self.checked} checked, {self.wrong} wrong"])

    def _lines(self) -> Iterator[str]:
        for entry in self.shapes:
            yield f"{entry.severity} {entry.shape} ({entry.count}): {' / '.join(entry.message)}"
            for example in entry.examples:
                result = example.result
                yield "  " + " ".join(
                    filter(None, (example.article or "store", result.focus, result.path, result.value))
                )

    def json(self) -> str:
        """The same as JSON: `checked`, `wrong`, and `shapes`, each with its examples."""
        shapes = [
            {
                "severity": entry.severity,
                "shape": entry.shape,
                "count": entry.count,
                "message": list(entry.message),
                "examples": [_fields(example) for example in entry.examples],
            }
            for entry in self.shapes
        ]
        return json.dumps(
            {"checked": self.checked, "wrong": self.wrong, "shapes": shapes}, ensure_ascii=False, indent=2
        )

    def turtle(self) -> str:
        """All results as one SHACL validation report in Turtle; the tally must have been made with `whole`."""
        return merge_reports(self._graphs or []).serialize(format="turtle")


def _fields(example: Example) -> dict[str, str]:
    result = example.result
    return {"article": example.article, "focus": result.focus, "path": result.path, "value": result.value}
