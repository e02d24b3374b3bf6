"""Write a valid and an invalid example of each shape: `valid/<shape>.ttl` and `invalid/<shape>.ttl`.

    python -m tests.shapes.build

The examples are cut from the invented article of `tests/rdf`, whole or spoilt as `tests/rdf/test_shapes.py` says: a node
is left out where the graph without it says the same of the shape. So each is as small as the other shapes allow.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import ORG, PROV, RDF, SH
from tests.rdf.conftest import DIVISIONS, make_facts
from tests.rdf.test_shapes import INCOMPLETE, SPOILT, ZG, Change, both, pick, repeats, spoil

from zhiguan import resources
from zhiguan.rdf import to_nquads
from zhiguan.results import PREFIXES
from zhiguan.validate import ShiftyGate

HERE = Path(__file__).resolve().parent
SHAPES = "https://w3id.org/zhiguan/shapes#"
GATE = ShiftyGate()
_POINTERS = tuple(str(each) for each in (ZG.attests, ZG.document, ZG.post, PROV.used))
"""Properties that make what they point to whole: a fact wants its attestation, a plan its event, a post its tenure."""
_TRIES = 6
Verdict = Callable[[list[str]], bool]
"""Whether a graph, as lines of N-Triples, still is the example that it should be."""


ADDED: dict[str, Change] = {"repost-of-one": repeats(("b", "a")), "repost-of-first": repeats(("b", "a"))}
"""What the article does not say, for shapes of graphs that are drawn from several."""


def _nothing(graph: Graph) -> None:
    """Change nothing."""


def results(lines: list[str]) -> set[str]:
    """Names of the shapes that the graph violates, warnings included."""
    return {result.shape for result in GATE.validate("".join(lines)).results}


def shrink(lines: list[str], keep: Verdict) -> list[str]:
    """The graph without the nodes that `keep` does not need."""
    assert keep(lines)
    nodes: dict[str, set[str]] = {}
    for line in lines:
        nodes.setdefault(line.split(" ", 1)[0], set()).add(line)
    return _without(lines, list(nodes.values()), keep)


def _without(lines: list[str], groups: list[set[str]], keep: Verdict) -> list[str]:
    """Leave out what can be: all groups at once, else each half of them."""
    out = set().union(*groups)
    rest = [line for line in lines if line not in out]
    if keep(rest):
        return rest
    if len(groups) == 1:
        return lines
    middle = len(groups) // 2
    return _without(_without(lines, groups[:middle], keep), groups[middle:], keep)


def around(lines: list[str], focus: str, inverse: tuple[str, ...]) -> list[str]:
    """A node with all that it points to, directly or not, and with what points to any of these by `inverse` (IRIs)."""
    by_subject: dict[str, list[str]] = {}
    pointing: dict[str, str] = {}
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        by_subject.setdefault(subject, []).append(line)
        if predicate.strip("<>") in inverse:
            pointing.setdefault(rest.removesuffix(" .\n"), subject)
    found: dict[str, None] = {}
    waiting = [focus]
    while waiting:
        node = waiting.pop()
        if node not in found and node in by_subject:
            found[node] = None
            waiting += [line.split(" ", 2)[2].removesuffix(" .\n") for line in by_subject[node]]
            waiting += [pointing[node]] if node in pointing else []
    return [line for node in found for line in by_subject[node]]


def smallest(lines: list[str], focuses: list[str], keep: Verdict) -> list[str]:
    """The smallest surroundings of one of the nodes that will do, else the whole graph; shrunk."""
    near = [around(lines, focus, _POINTERS) for focus in focuses]
    for part in sorted(near, key=len)[:_TRIES]:
        if keep(part):
            return shrink(part, keep)
    return shrink(lines, keep)


def example(change: Change) -> list[str]:
    """The article's graph, changed, as sorted lines of N-Triples."""
    facts = make_facts()
    nquads = to_nquads(facts, divisions=DIVISIONS.get, origin_digest="0" * 64, origin_name="example-1.txt")
    return sorted(line for line in spoil(nquads, change).splitlines(keepends=True) if line.strip())


def _give_bodies(graph: Graph) -> None:
    """Put the posts without a body into one: the article leaves one out on purpose."""
    for post in set(graph.subjects(RDF.type, ZG.Post)) - set(graph.subjects(ORG.postIn)):
        body = pick(graph, ZG.Body, ORG.classification)
        graph.add((post, ORG.postIn, body))
        for tenure in graph.subjects(ZG.post, post):
            graph.add((tenure, ORG.organization, body))


def _give_days(graph: Graph) -> None:
    """Date the personnel actions that the article does not date."""
    dated = pick(graph, ZG.PersonnelAction, ZG.effectiveDate)
    days = (ZG.effectiveDate, ZG.effectiveEarliest, ZG.effectiveLatest)
    for action in set(graph.subjects(RDF.type, ZG.PersonnelAction)) - set(graph.subjects(ZG.effectiveDate)):
        for each in days:
            graph.add((action, each, graph.value(dated, each)))  # type: ignore[arg-type]


def invalid(shape: str, change: Change) -> list[str]:
    """A small graph that this shape refuses, and no other."""
    orders = (
        [_give_bodies, _give_days, change],
        [_give_days, change, _give_bodies],
        [_give_days, change],
        [_give_bodies, change],
    )
    wholes = (whole for order in orders if (whole := _attempt(order)) and results(whole) == {shape})
    whole = next(wholes)
    focuses = [result.focus for result in GATE.validate("".join(whole)).results]
    return smallest(whole, focuses, lambda rest: results(rest) == {shape})


def _attempt(order: list[Change]) -> list[str] | None:
    """The example after these changes; None where a change finds no longer what it spoils."""
    try:
        return example(both(*order))
    except StopIteration:
        return None


def valid(shapes: Graph, shape: str) -> list[str]:
    """A small graph that has what the shape speaks of, and that all shapes accept."""
    node = URIRef(SHAPES + shape)
    owners = {node, *shapes.subjects(SH.property, node), *shapes.subjects(SH.sparql, node)}
    marks = [
        f" {RDF.type.n3()} {target.n3()} ." for owner in owners for target in shapes.objects(owner, SH.targetClass)
    ]
    marks += [f" {target.n3()} " for owner in owners for target in shapes.objects(owner, SH.targetSubjectsOf)]
    path = shapes.value(node, SH.path)

    def uses(rest: list[str]) -> bool:
        aimed = {line.split(" ", 1)[0] for line in rest if any(mark in line for mark in marks)}
        path_used = any(line.startswith(f"{one} <{path}> ") for one in aimed for line in rest)
        return bool(aimed) and (path_used or not needs_path)

    whole, needs_path = example(both(_give_bodies, _give_days, ADDED.get(shape, _nothing))), False
    needs_path = isinstance(path, URIRef) and any(f" <{path}> " in line for line in whole)
    aimed = [line.split(" ", 1)[0] for line in whole if any(mark in line for mark in marks)]
    return smallest(whole, aimed, lambda rest: uses(rest) and not results(rest))


def _read(path: Path) -> list[str] | None:
    if not path.is_file():
        return None
    return Graph().parse(path, format="turtle").serialize(format="nt").splitlines(keepends=True)


def _write(path: Path, lines: list[str]) -> None:
    graph = Graph().parse(data="".join(lines), format="nt")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(graph.serialize(format="turtle"), encoding="utf-8")


def main() -> int:
    """Write the examples that are missing or no longer hold, and drop those whose shape is gone."""
    shapes = Graph().parse(data=resources.read_ontology("shapes.ttl"), format="turtle")
    changes = SPOILT | INCOMPLETE
    for path in (*HERE.glob("valid/*.ttl"), *HERE.glob("invalid/*.ttl")):
        if path.stem not in changes:
            path.unlink()
    for shape, change in changes.items():
        wrong, right = HERE / "invalid" / f"{shape}.ttl", HERE / "valid" / f"{shape}.ttl"
        if (held := _read(wrong)) is None or results(held) != {shape}:
            _write(wrong, invalid(shape, change))
        if (held := _read(right)) is None or results(held):
            _write(right, valid(shapes, shape))
    return 0


if __name__ == "__main__":
    sys.exit(main())
