"""All that a knowledge base knows, stated or concluded, looked up one pattern at a time: nothing is loaded.

What was stated is looked up in the store, what was concluded in the file of steps, the axioms in the ontology.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from mandata.proof.fact_lookup import StoreFacts
from mandata.reason.engine.fact_index import FactIndex, Known
from mandata.reason.engine.ground_rules import Ids, Terms
from mandata.reason.facts import Fact, text_of
from mandata.reason.owl_rl.compilation import Compiler
from mandata.reason.owl_rl.rule_table import RuleRow
from mandata.reason.steps import StepFile

MOST_MATCHES: Final = 500
"""How many facts are looked up of one pattern, at most: so an answer costs no more if every document names a State."""
_MOST_KEPT: Final = 100_000
_FEW: Final = 50
"""How many matches of one pattern are kept to be given again."""


class StoredFacts:
    """The facts of a knowledge base as rules match them (``Known``), their terms numbered as they are met.

    ``cut`` becomes true once a pattern has more matches than are looked up.
    """

    def __init__(self, terms: Terms, axioms: Iterable[Fact], facts: StoreFacts, steps: StepFile) -> None:
        self._terms, self._facts, self._steps = terms, facts, steps
        self.cut = False
        self._axioms = FactIndex()
        for fact in axioms:
            self._axioms.add(terms.encode(fact))
        self._found = lru_cache(_MOST_KEPT)(self._look_up)

    def schema(self, table: Iterable[RuleRow]) -> FactIndex:
        """Return the axioms, and the conclusions in which rules of a table find axioms: few, in whatever collection."""
        found = FactIndex()
        for fact in self._axioms.known:
            found.add(fact)
        term = self._terms.term
        for predicate, value in Compiler(self._terms, found).axioms_of(table):
            for concluded in self._steps.match(None, term(predicate), term(value) if value >= 0 else None):
                found.add(self._terms.encode(concluded))
        return found

    def is_stated(self, fact: Ids) -> bool:
        """Tell whether a fact stands in the graph of a document, of records, of reference data or of a scheme."""
        return next(self._stated(*fact), None) is not None

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return bool(self._found(*fact))

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return next(self._known(-1, predicate, -1), None) is not None

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that agree, sorted, at most ``MOST_MATCHES``; a negative number agrees with anything."""
        return iter(self._found(subject, predicate, value))

    @property
    def whole(self) -> Known:
        """The same facts, of which every match is given, one by one as it is asked for."""
        return _Whole(self._known)

    def _look_up(self, subject: int, predicate: int, value: int) -> tuple[Ids, ...]:
        found: dict[Ids, None] = {}
        for fact in self._known(subject, predicate, value):
            if len(found) == MOST_MATCHES and fact not in found:
                self.cut = True
                break
            found[fact] = None
        return tuple(sorted(found, key=lambda ids: text_of(self._terms.decode(ids))))

    def _known(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        yield from self._axioms.match(subject, predicate, value)
        yield from self._stated(subject, predicate, value)
        yield from self._concluded(subject, predicate, value)

    def _stated(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        said, of, what = (self._terms.term(number) if number >= 0 else None for number in (subject, predicate, value))
        yield from map(self._terms.encode, self._facts.stated(said, of, what))

    def _concluded(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        said, of, what = (self._terms.term(number) if number >= 0 else None for number in (subject, predicate, value))
        for each in self._steps.predicates if of is None else (of,):
            yield from map(self._terms.encode, self._steps.match(said, each, what))


class _Whole:
    """Facts that are matched one by one; a fact may be given twice."""

    def __init__(self, every: Callable[[int, int, int], Iterator[Ids]]) -> None:
        self._every = every
        self._few = lru_cache(_MOST_KEPT)(lambda *pattern: tuple(islice(every(*pattern), _FEW + 1)))

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that agree; a negative number agrees with anything."""
        few = self._few(subject, predicate, value)
        return iter(few) if len(few) <= _FEW else self._every(subject, predicate, value)

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return next(self.match(*fact), None) is not None

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return next(self.match(-1, predicate, -1), None) is not None
