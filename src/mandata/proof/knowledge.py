"""A knowledge base opened for explanations: its facts, steps and rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from mandata.kb.knowledge_base import KnowledgeBase
from mandata.package_data import shipped_path
from mandata.proof.conflict import Conflicts, explain_conflicts
from mandata.proof.explainer import Proof, Prover
from mandata.proof.fact_lookup import StoreFacts
from mandata.proof.justifications import SupportFinder
from mandata.proof.known_facts import KnowledgeBaseFacts
from mandata.proof.rederivation import RemainingFacts
from mandata.proof.retraction import Withdrawal, facts_drawn_from, withdraw, withdraw_by_closing
from mandata.proof.rule_instances import Instances
from mandata.proof.verbalizer import Verbalizer
from mandata.rdf.local_names import graph, read_name
from mandata.rdf.namespaces import ID
from mandata.reason.engine.blank_names import rename_blank_nodes
from mandata.reason.engine.fact_index import FactIndex
from mandata.reason.engine.ground_rules import Terms
from mandata.reason.facts import Closure, Contradiction, Fact, fact_of
from mandata.reason.owl_rl.rule_table import RULES
from mandata.reason.rules.rule_file import read_rules
from mandata.reason.steps import StepFile


class Knowledge:
    """What explanations look up in a knowledge base, as it was when it was opened.

    Proofs are read from the recorded steps. Only ``closure`` and what needs it reason again over the whole, once, and
    report that to ``progress``.
    """

    def __init__(self, kb: Path | KnowledgeBase, progress: Callable[[str], object] = lambda _: None) -> None:
        self.base, self._progress = kb if isinstance(kb, KnowledgeBase) else KnowledgeBase(kb), progress
        self.store = self.base.store
        self.evidence = self.base.evidence
        self.facts = StoreFacts(self.store, self.evidence)
        self.rules = read_rules(shipped_path("ontology/rules"))
        self._verbalizers: dict[str, Verbalizer] = {}

    def verbalizer(self, language: str) -> Verbalizer:
        """Return the verbalizer for a language."""
        if language not in self._verbalizers:
            self._verbalizers[language] = Verbalizer(
                self.facts, {rule.name: rule.sentences for rule in self.rules}, language
            )
        return self._verbalizers[language]

    @property
    def steps(self) -> StepFile:
        """The recorded steps."""
        return self.base.steps

    @cached_property
    def _prover(self) -> Prover:
        return Prover(self.steps, self.facts)

    def proof(self, fact: Fact) -> Proof | None:
        """Return the proof of a fact; None if it is neither stated nor concluded."""
        return self._prover.proof(fact)

    @cached_property
    def asserted(self) -> list[ox.Quad]:
        """The asserted statements, each in its graph."""
        return list(self.base.asserted)

    @cached_property
    def stated(self) -> set[Fact]:
        """The stated facts of all graphs."""
        return set(map(fact_of, self.asserted))

    @cached_property
    def closure(self) -> Closure:
        """The closure of the asserted statements, computed again, with steps and contradictions."""
        from mandata.reason.close import close_as_built

        asserted = self.asserted
        self._progress("reasoning")
        return close_as_built(asserted)

    @cached_property
    def _terms(self) -> Terms:
        return Terms()

    @cached_property
    def known(self) -> KnowledgeBaseFacts:
        """All known facts, looked up pattern by pattern."""
        axioms = rename_blank_nodes(map(fact_of, ox.parse(path=str(shipped_path("ontology/mandata.ttl")))))
        return KnowledgeBaseFacts(self._terms, axioms, self.facts, self.steps)

    @cached_property
    def instances(self) -> Instances:
        """The rule instances over all known facts."""
        return Instances(self._terms, self.known, self._schema, self.steps, self.rules)

    @cached_property
    def _schema(self) -> FactIndex:
        return self.known.schema(RULES)

    @cached_property
    def supports(self) -> SupportFinder:
        """The finder of minimal sets of stated facts."""
        return SupportFinder(self.instances, self.known.is_stated)

    def conflicts(self, found: Sequence[Contradiction]) -> Conflicts:
        """Return the explanations of contradictions, with a repair of all of them."""
        return explain_conflicts(found, self.steps, self.facts, self.supports)

    def without(self, part: ox.NamedNode) -> Withdrawal:
        """Return what becomes of the conclusions if a part of a document is withdrawn."""
        from mandata.proof.lost_wording import lost_wording

        own = ox.NamedNode(graph(read_name(part.value.removeprefix(ID)).document))
        gone = facts_drawn_from(part, self.facts)
        lost = lost_wording(own, set(gone), self.facts, self.steps)
        if lost.others:
            return self.without_by_closing(part)
        return withdraw(gone, lost.facts, self.known.unlimited, self._over, self.steps)

    def without_by_closing(self, part: ox.NamedNode) -> Withdrawal:
        """Return the same as ``without`` by reasoning again over all facts that are left, at the cost of the whole."""
        gone = facts_drawn_from(part, self.facts)
        self._progress(f"reasoning without {len(gone)} of {len(self.stated)} stated facts")
        return withdraw_by_closing(gone, self.stated, self.closure, self._closing())

    def _over(self, left: RemainingFacts) -> Instances:
        """Return the rule instances over fewer facts, without the steps that were computed outside the engine."""
        return Instances(self._terms, left, self._schema, {}, self.rules)

    def _closing(self) -> Callable[[set[Fact]], Closure]:
        """Return a function that closes fewer facts as all were; their graphs decide whose wording is compared."""
        from mandata.reason.close import close_as_built

        def close_again(left: set[Fact]) -> Closure:
            return close_as_built([quad for quad in self.asserted if fact_of(quad) in left])

        return close_again
