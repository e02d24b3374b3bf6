"""One small interface over the SHACL engines, and the rule by which they keep watch over each other."""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from zhiguan.errors import ZhiguanError
from zhiguan.validate.graphs import split_graphs
from zhiguan.validate.reference import PyshaclGate
from zhiguan.validate.report import Report, merge_reports
from zhiguan.validate.swift import ShiftyGate

SAMPLED = 100
"""One in so many accepted graphs is checked by the reference too."""


class Gate(Protocol):
    """A SHACL engine that holds the shapes of the ontology."""

    name: str

    def validate(self, triples: str) -> Report:
        """Check one graph as N-Triples. ZhiguanError when it is something else."""


class DisagreementError(ZhiguanError):
    """Two engines give one graph different verdicts; one of them has a fault."""


class Validator:
    """A gate that is watched by a reference. Not to be shared between threads."""

    def __init__(self, gate: Gate | None = None, reference: Gate | None = None) -> None:
        self._gate = gate or ShiftyGate()
        self._reference = reference or PyshaclGate()

    def validate(self, text: str) -> Report:
        """Check N-Quads or N-Triples, each graph by itself. ZhiguanError when the text is neither, DisagreementError where
        the gate and the reference differ."""
        reports = [self.check(name, triples) for name, triples in split_graphs(text)]
        if len(reports) == 1:
            return reports[0]
        conforms = all(report.conforms for report in reports)
        return Report(conforms, lambda: merge_reports(report.graph for report in reports))

    def check(self, name: str, triples: str) -> Report:
        """Check one graph, given its IRI and its triples as N-Triples. What the gate refuses, and one in a hundred of
        what it accepts, goes to the reference, whose report is the one that counts."""
        report = self._gate.validate(triples)
        if self._gate is self._reference or (report.conforms and not is_sampled(name)):
            return report
        second = self._reference.validate(triples)
        if second.conforms != report.conforms:
            raise DisagreementError(
                f"the validators disagree on {name or 'the graph'}: {self._gate.name} says that it {_verdict(report)}, "
                f"{self._reference.name} that it {_verdict(second)}; please report this, with the article"
            )
        return second


GATES: Mapping[str, Callable[[], Gate]] = MappingProxyType({"shifty": ShiftyGate, "pyshacl": PyshaclGate})
"""The engines by the names that users give them."""


def make_validator(name: str = "shifty") -> Validator:
    """A validator whose gate is one of `GATES`, watched by pySHACL unless it is pySHACL."""
    gate = GATES[name]()
    return Validator(gate, gate if isinstance(gate, PyshaclGate) else None)


def is_sampled(name: str) -> bool:
    """Whether the reference looks at a graph although the gate accepts it; always the same for the same IRI."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % SAMPLED == 0


def _verdict(report: Report) -> str:
    return "conforms" if report.conforms else f"violates the shapes ({report.violations[0]})"
