"""Closes facts under OWL 2 RL and our own rules: everything that follows, each conclusion with its step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Quad, Triple

from mandata.errors import MandataError
from mandata.reason.facts import Closure, Contradiction, Fact, Step, Term, fact_of, sorted_triples, text_of, trivial
from mandata.reason.reasoner import Problem, Reasoner
from mandata.reason.rulefile import read_rules
from mandata.reason.table import REFLEXIVITY, RULES

ENGINES: Final = ("native", "owlrl")


def close(
    asserted: Iterable[Quad | Triple | Fact],
    ontology: Iterable[Quad | Triple | Fact] = (),
    rules: Path | None = None,
    engine: str = "native",
    *,
    computed: Mapping[Fact, Step] | None = None,
) -> Closure:
    """Return all that follows from the facts, the ontology, our own rules and what was computed, to a joint fixpoint.

    Args:
        asserted: the statements of the graphs.
        ontology: the axioms, in the order of their file (so that blank nodes are named the same each time).
        rules: the folder of ``*.rq`` files; None for OWL alone.
        engine: ``native``, or ``owlrl``, which keeps no steps.
        computed: conclusions reached outside, each with its step, such as restatements by wording.

    Raises:
        MandataError: an unknown engine; a rule file that is not a rule, or asks for the absence of what follows later.
    """
    given = _renamed([*(fact_of(t) for t in ontology), *(fact_of(t) for t in asserted)])
    return _run(Problem(given, RULES, read_rules(rules) if rules else (), computed or {}), engine)


def entail(triples: Iterable[Quad | Triple | Fact], engine: str = "native", *, useful: bool = False) -> Closure:
    """Return what OWL 2 RL's whole table concludes; without what is reflexive or axiomatic, if ``useful``."""
    table = RULES if useful else RULES + REFLEXIVITY
    return _run(Problem(_renamed([fact_of(t) for t in triples]), table, whole=not useful), engine)


def _run(problem: Problem, engine: str) -> Closure:
    if engine not in ENGINES:
        raise MandataError("engine", f"no engine is called {engine}", "", f"use one of {', '.join(ENGINES)}")
    return _by_owlrl(problem) if engine == "owlrl" else Reasoner(problem).closure()


def _by_owlrl(problem: Problem) -> Closure:
    """Let owlrl and our own rules take turns until neither finds more."""
    from mandata.reason.owlrl_door import owlrl_closure

    facts = set(problem.given) | set(problem.computed)
    while True:
        closed, messages = owlrl_closure(facts)
        reasoner = Reasoner(Problem(sorted(closed | facts, key=text_of), own=problem.own))
        reasoner.closure()
        after = set(reasoner.facts())
        if after == facts:
            break
        facts = after
    found = {fact for fact in facts - set(problem.given) if problem.whole or not trivial(fact)}
    contradictions = tuple(Contradiction("owlrl", says=message) for message in sorted(messages))
    return Closure(sorted_triples(found), {}, contradictions)


def _renamed(facts: list[Fact]) -> list[Fact]:
    """Name blank nodes by the order in which they come, so that a parser's random names leave no trace."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: Term) -> Term:
        return names.setdefault(term, BlankNode(f"b{len(names)}")) if isinstance(term, BlankNode) else term

    return [(named(s), named(p), named(o)) for s, p, o in facts]
