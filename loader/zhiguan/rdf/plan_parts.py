"""What a goal, task or action of a plan is in the graph."""

from zhiguan.model import PlanPartFact
from zhiguan.rdf import terms
from zhiguan.rdf.writer import QuadWriter


def describe_part(write: QuadWriter, node: str, fact: PlanPartFact, plan: str | None, group: str | None) -> None:
    """Write the part `node` of a plan and of a group of parts (IRIs, None where it has none)."""
    write.node(node, terms.TYPE, terms.PLAN_PART)
    write.node(node, terms.TYPE, terms.PLAN_PART_CLASSES[fact.kind])
    write.label(node, terms.LABEL, fact.label)
    write.typed(node, terms.LIST_ORDER, str(fact.order), terms.XSD_INTEGER)
    if fact.count is not None:
        write.typed(node, terms.STATED_COUNT, str(fact.count), terms.XSD_INTEGER)
    if plan:
        write.node(node, terms.PART_OF_PLAN, plan)
    if group:
        write.node(node, terms.IS_PART_OF, group)
