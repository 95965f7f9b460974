"""All known facts of a knowledge base, stated or concluded, looked up one pattern at a time.

Stated facts are looked up in the store, conclusions in the file of steps, axioms in the ontology.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from mandata.proof.fact_lookup import StoreFacts
from mandata.reason.engine.fact_index import FactIndex, Known
from mandata.reason.engine.ground_rules import Ids, Terms
from mandata.reason.facts import Fact, Term, text_of
from mandata.reason.owl_rl.compilation import Compiler
from mandata.reason.owl_rl.rule_table import RuleRow
from mandata.reason.steps import StepFile

MOST_MATCHES: Final = 500
"""The most facts looked up for one pattern, so that the cost of an answer does not grow with the knowledge base."""
_CACHE_SIZE: Final = 100_000
_FEW: Final = 50
"""How many matches of one pattern are cached at most."""


class KnowledgeBaseFacts:
    """The facts of a knowledge base as rules match them (``Known``), their terms numbered as they are looked up.

    ``cut`` becomes true if a pattern has more matches than are looked up.
    """

    def __init__(self, terms: Terms, axioms: Iterable[Fact], facts: StoreFacts, steps: StepFile) -> None:
        self._terms, self._facts, self._steps = terms, facts, steps
        self.cut = False
        self._axioms = FactIndex()
        for fact in axioms:
            self._axioms.add(terms.encode(fact))
        self._found = lru_cache(_CACHE_SIZE)(self._look_up)

    def schema(self, table: Iterable[RuleRow]) -> FactIndex:
        """Return the axioms, stated or concluded, of the rules of a table: few, however large the collection."""
        found = FactIndex()
        for fact in self._axioms.known:
            found.add(fact)
        term = self._terms.term
        for predicate, value in Compiler(self._terms, found).axioms_of(table):
            for concluded in self._steps.match(None, term(predicate), term(value) if value >= 0 else None):
                found.add(self._terms.encode(concluded))
        return found

    def is_stated(self, fact: Ids) -> bool:
        """Return whether a fact is stated in the graph of a document, of records, of reference data or of a scheme."""
        return next(self._stated_matches(*fact), None) is not None

    def holds(self, fact: Ids) -> bool:
        """Return whether the fact is known."""
        return bool(self._found(*fact))

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return next(self._matches(-1, predicate, -1), None) is not None

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that match, sorted, at most ``MOST_MATCHES``; a negative number matches any term."""
        return iter(self._found(subject, predicate, value))

    @property
    def unlimited(self) -> Known:
        """The same facts without a limit on the matches of a pattern."""
        return _UnlimitedMatches(self._matches)

    def _look_up(self, subject: int, predicate: int, value: int) -> tuple[Ids, ...]:
        found: dict[Ids, None] = {}
        for fact in self._matches(subject, predicate, value):
            if len(found) == MOST_MATCHES and fact not in found:
                self.cut = True
                break
            found[fact] = None
        return tuple(sorted(found, key=lambda ids: text_of(self._terms.decode(ids))))

    def _matches(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        yield from self._axioms.match(subject, predicate, value)
        yield from self._stated_matches(subject, predicate, value)
        yield from self._conclusions(subject, predicate, value)

    def _stated_matches(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        pattern = self._pattern(subject, predicate, value)
        yield from map(self._terms.encode, self._facts.stated_facts(*pattern))

    def _conclusions(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        subject_term, predicate_term, object_term = self._pattern(subject, predicate, value)
        for each in self._steps.predicates if predicate_term is None else (predicate_term,):
            yield from map(self._terms.encode, self._steps.match(subject_term, each, object_term))

    def _pattern(self, *numbers: int) -> tuple[Term | None, Term | None, Term | None]:
        subject, predicate, value = (self._terms.term(number) if number >= 0 else None for number in numbers)
        return subject, predicate, value


class _UnlimitedMatches:
    """Facts without a limit on the matches; a fact may be yielded twice."""

    def __init__(self, every: Callable[[int, int, int], Iterator[Ids]]) -> None:
        self._every = every
        self._few = lru_cache(_CACHE_SIZE)(lambda *pattern: tuple(islice(every(*pattern), _FEW + 1)))

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that match; a negative number matches any term."""
        few = self._few(subject, predicate, value)
        return iter(few) if len(few) <= _FEW else self._every(subject, predicate, value)

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return next(self.match(*fact), None) is not None

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return next(self.match(-1, predicate, -1), None) is not None
