"""How much the store holds, by class and by property, as VoID counts (https://www.w3.org/TR/void/#statistics)."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhiguan.serve.engine.backend import Reader, ask_rows


@dataclass(frozen=True, slots=True)
class Statistics:
    """`triples` counts a statement once in each graph that says it; `properties` counts so too; `classes` count things."""

    triples: int
    graphs: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


def count(store: Reader) -> Statistics:
    """Walk the whole store: about a second and a half for a million statements."""
    rows = ask_rows(store, "count-properties", {})
    properties = {row["property"].value: int(row["number"].value) for row in rows}
    classes = {row["class"].value: int(row["number"].value) for row in ask_rows(store, "count-classes", {})}
    graphs = int(ask_rows(store, "count-graphs", {})[0]["number"].value)
    return Statistics(sum(properties.values()), graphs, classes, properties)
