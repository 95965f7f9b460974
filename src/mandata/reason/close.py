"""Computes the closure of facts under OWL 2 RL and our own rules, with a step for each conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, Triple, parse

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.reason.engine.blank_names import BlankNames, rename_blank_nodes
from mandata.reason.engine.conclusions import inferred_of
from mandata.reason.engine.reasoner import Problem, Reasoner
from mandata.reason.facts import Closure, Contradiction, Fact, Step, fact_of
from mandata.reason.owl_rl.rule_table import REFLEXIVITY, RULES
from mandata.reason.owl_rl.unique_names import RULES_WITHOUT_MERGING, identity_contradictions
from mandata.reason.rules.restatement import find_restatements
from mandata.reason.rules.rule_file import read_rules

ENGINES: Final = ("native", "owlrl")


def close(  # noqa: PLR0913 - the facts, the rules and the semantics of names
    asserted: Iterable[Quad | Triple | Fact],
    ontology: Iterable[Quad | Triple | Fact] = (),
    rules: Path | None = None,
    engine: str = "native",
    *,
    computed: Mapping[Fact, Step] | None = None,
    unique_names: bool = False,
) -> Closure:
    """Return the closure of the facts and the ontology under OWL 2 RL and our own rules, to a joint fixpoint.

    Args:
        asserted: the statements of the graphs.
        ontology: the axioms, in the order of their file (so that blank nodes get the same names each time).
        rules: the folder of ``*.rq`` files; None for OWL alone.
        engine: ``native``, or ``owlrl``, which records no steps.
        computed: conclusions computed outside the engine, each with its step, such as restatements by wording.
        unique_names: the unique name assumption: nothing is merged, two IRIs that are the same are a contradiction.

    Raises:
        MandataError: the engine is unknown; a rule file is not valid, or requires the absence of what follows later.
    """
    own = read_rules(rules) if rules else ()
    facts, table = chain(ontology, asserted), RULES_WITHOUT_MERGING if unique_names else RULES
    return _run(Problem(facts, table, own, computed or {}, unique_names=unique_names), engine)


def close_as_built(asserted: list[Quad]) -> Closure:
    """Return the closure of the statements of a knowledge base, under the ontology, our own rules and wording."""
    return close(
        asserted,
        parse(path=str(shipped_path("ontology/mandata.ttl"))),
        shipped_path("ontology/rules"),
        computed=find_restatements(asserted),
        unique_names=True,
    )


def entail(triples: Iterable[Quad | Triple | Fact], engine: str = "native", *, useful: bool = False) -> Closure:
    """Return the closure of some triples under the whole OWL 2 RL rule table.

    Args:
        triples: the triples.
        engine: ``native`` or ``owlrl``.
        useful: whether to leave out trivial conclusions (reflexive or axiomatic).
    """
    return _run(Problem(triples, RULES if useful else RULES + REFLEXIVITY, whole=not useful), engine)


def _run(problem: Problem, engine: str) -> Closure:
    if engine not in ENGINES:
        raise MandataError("engine", f"no engine is called {engine}", "", f"use one of {', '.join(ENGINES)}")
    return _by_owlrl(problem) if engine == "owlrl" else Reasoner(problem, BlankNames()).closure()


def _by_owlrl(problem: Problem) -> Closure:
    """Apply owlrl and our own rules alternately until neither adds a fact."""
    from mandata.reason.owlrl_engine import owlrl_closure

    given = set(rename_blank_nodes(map(fact_of, problem.given)))
    facts = given | set(problem.computed)
    while True:
        closed, messages = owlrl_closure(facts)
        own = Reasoner(Problem(closed | facts, own=problem.own), None).closure()
        after = closed | facts | set(own.steps)
        if after == facts:
            break
        facts = after
    contradictions = [Contradiction("owlrl", says=message) for message in sorted(messages)]
    contradictions += identity_contradictions(facts) if problem.unique_names else ()
    return Closure(inferred_of(facts - given, whole=problem.whole), {}, tuple(contradictions))
