"""The fast engine: pyshifty (Rust), which says the same as pySHACL in a fraction of the time (docs/validation.md)."""

from rdflib import Graph
from shifty import PreparedValidator

from zhiguan import resources
from zhiguan.errors import ZhiguanError
from zhiguan.validate.report import Report, merge_reports


class ShiftyGate:
    """pyshifty, its shapes compiled once.

    Its own defaults are set aside: the shapes are no data, nothing is inferred, a shape that it cannot run is an error.
    """

    name = "shifty"

    def __init__(self, shapes: str | None = None) -> None:
        turtle = resources.read_ontology("shapes.ttl") if shapes is None else shapes
        self._shapes = PreparedValidator(turtle.encode())

    def validate(self, triples: str) -> Report:
        """Check one graph as N-Triples. ZhiguanError when it is something else."""
        data = triples.encode()  # it takes a str for a path or an address
        try:
            found = self._shapes.validate_algebra(
                data,
                graph_mode="data",
                infer=False,
                minimum_severity="violation",
                sort_results=False,
                on_unsupported="error",
            )
        except ValueError as error:
            raise ZhiguanError(f"pyshifty cannot read or check the graph: {error}") from error
        if not found.violations:  # of any severity
            return Report(conforms=True, make=lambda: merge_reports([]))
        return Report(found.conforms, lambda: self._report(data))

    def _report(self, data: bytes) -> Graph:
        _, report, _ = self._shapes.validate(data, graph_mode="data", infer=False, on_unsupported="error")
        return report
