"""Finds the restatements by wording that are lost with facts of a document, comparing only its own paragraphs again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad

from mandata.proof.fact_lookup import StoreFacts
from mandata.rdf.namespaces import GRAPH, ID, MD
from mandata.reason.facts import WORDING, Fact, Term, fact_of
from mandata.reason.rules.restatement import find_restatements, first_statements
from mandata.reason.steps import StepFile

_MENTIONS, _MANDATE_OF, _HAS_FUNCTION, _TEXT, _RESTATES = (
    NamedNode(MD + name) for name in ("mentions", "mandateOf", "hasFunction", "text", "restates")
)
_DATES: Final = (NamedNode(MD + "adoptedOn"), NamedNode(MD + "datedOn"))


@dataclass(frozen=True, slots=True)
class LostWording:
    """The conclusions by wording that would not be found again.

    ``others``: others would be found instead, for the functions of a mandate are now those of another document.
    """

    facts: frozenset[Fact]
    others: bool


def lost_wording(own: NamedNode, gone: set[Fact], facts: StoreFacts, steps: StepFile) -> LostWording:
    """Return what is lost if some facts of one document are withdrawn.

    Args:
        own: the graph of the document.
        gone: the facts that are withdrawn.
        facts: the facts of the knowledge base.
        steps: the recorded steps.
    """
    before = list(dict.fromkeys(_compared_statements(own, facts)))
    after = [quad for quad in before if fact_of(quad) not in gone]
    was, now = find_restatements(before), find_restatements(after)
    first, first_now = first_statements(before), first_statements(after)
    lost = set(was) - set(now)
    for _, predicate, value in gone:
        if predicate == _HAS_FUNCTION:
            lost.update(_of_function(value, steps))
    moved = {mandate for mandate in first_now if first[mandate] != first_now[mandate]}
    return LostWording(frozenset(lost), bool(moved or set(now) - set(was)))


def _compared_statements(own: NamedNode, facts: StoreFacts) -> Iterator[Quad]:
    """Yield the statements that the comparison of a document's paragraphs needs: its own, and those on mandates."""
    here = list(facts.quads(graph=own))
    yield from here
    bearers = {quad.object for quad in here if quad.predicate == _MENTIONS}
    mandates: set[Term] = {one for bearer in bearers for one in facts.subjects(_MANDATE_OF, bearer)}  # type: ignore[arg-type]
    mandates |= {quad.subject for quad in here if quad.predicate == _HAS_FUNCTION}  # type: ignore[misc]
    for mandate in sorted(mandates, key=str):
        yield from facts.quads(mandate, _MANDATE_OF)
        for stated in facts.quads(mandate, _HAS_FUNCTION):
            yield stated
            yield from facts.quads(stated.object, _TEXT)  # type: ignore[arg-type]
            document = NamedNode(str(getattr(stated.graph_name, "value", "")).replace(GRAPH, ID, 1) or ID)
            for predicate in _DATES:
                yield from facts.quads(document, predicate)


def _of_function(function: Term, steps: StepFile) -> Iterator[Fact]:
    """Yield the conclusions by wording about restatements of a function."""
    for fact in steps.match(None, _RESTATES, function):
        step = steps.get(fact)
        if step and step.rule == WORDING:
            yield fact
            restatement = NamedNode(f"{str(fact[0]).strip('<>')}.restates-{str(function).strip('<>').removeprefix(ID)}")
            for predicate in steps.predicates:
                yield from (one for one in steps.match(restatement, predicate, None) if _by_wording(one, steps))


def _by_wording(fact: Fact, steps: StepFile) -> bool:
    step = steps.get(fact)
    return step is not None and step.rule == WORDING
