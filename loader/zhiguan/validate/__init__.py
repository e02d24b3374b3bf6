"""The gate before the store: RDF of an article against the shapes of the ontology, in memory.

Only a violation keeps an article out; a warning says that something is not known. Articles are looked at one by one: a
dump of many is taken apart by graph, because what holds for one article (one list order, one name) need not for all.

Two engines look: `ShiftyGate` (pyshifty, fast) at every article, and `PyshaclGate` (pySHACL, the reference of the field)
at all that the first refuses and at a sample of what it accepts. Where their verdicts differ, neither is believed.
"""

from zhiguan.validate.gate import GATES, DisagreementError, Gate, Validator, make_validator
from zhiguan.validate.graphs import rdflib_term, split_graphs
from zhiguan.validate.reference import PyshaclGate
from zhiguan.validate.report import Finding, Report, Result, merge_reports, report_findings
from zhiguan.validate.swift import ShiftyGate
from zhiguan.validate.tally import Tally

__all__ = [
    "GATES",
    "DisagreementError",
    "Finding",
    "Gate",
    "PyshaclGate",
    "Report",
    "Result",
    "ShiftyGate",
    "Tally",
    "Validator",
    "make_validator",
    "merge_reports",
    "rdflib_term",
    "report_findings",
    "split_graphs",
]
