"""Numbers the terms of many facts in the order of their text, so that the order of the input does not matter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Quad, Triple

from mandata.errors import MandataError
from mandata.reason.engine.blank_names import BlankNames
from mandata.reason.engine.fact_table import Column, key
from mandata.reason.engine.ground_rules import Terms
from mandata.reason.facts import Fact, Term


class NumberedFacts(NamedTuple):
    """Terms, numbered in the order of their text; the keys of the facts by predicate, sorted, each fact once.

    The first ``literals`` terms are literals; ``typed`` are those with a datatype other than a string's.
    """

    terms: Terms
    facts: dict[int, Column]
    literals: int
    typed: list[int]


def number_terms(facts: Iterable[Quad | Triple | Fact], names: BlankNames | None = None) -> NumberedFacts:
    """Return the terms of some facts and the facts in numbers; with ``names``, blank nodes are renamed.

    Raises:
        MandataError: a fact is about a triple.
    """
    seen: dict[Term | Triple, int] = {}
    numbers = array("i")
    number, append = seen.setdefault, numbers.append
    for fact in facts:
        subject, predicate, value = fact if isinstance(fact, tuple) else (fact.subject, fact.predicate, fact.object)
        append(number(subject, len(seen)))
        append(number(predicate, len(seen)))
        append(number(value, len(seen)))
    terms = [names.rename(term) if names else term for term in _without_triples(seen)]
    texts = [str(term) for term in terms]
    order = sorted(range(len(terms)), key=texts.__getitem__)
    literals = sum(1 for text in texts if text[0] == '"')
    typed = [number for number, which in enumerate(order[:literals]) if texts[which][-1] == ">"]
    rank = np.zeros(len(terms), dtype=np.int64)
    rank[order] = np.arange(len(terms))
    columns = rank[np.array(numbers, dtype=np.int32)].reshape(-1, 3)
    return NumberedFacts(Terms(terms[each] for each in order), _by_predicate(columns), literals, typed)


def _without_triples(terms: Iterable[Term | Triple]) -> Iterator[Term]:
    for term in terms:
        if isinstance(term, Triple):
            raise MandataError("rdf", f"a triple about a triple is not reasoned over: {term}", "", "state it plainly")
        yield term


def _by_predicate(columns: NDArray[np.int64]) -> dict[int, Column]:
    """Return the keys of facts by predicate, sorted, each once."""
    columns = columns[columns[:, 1].argsort(kind="stable")]
    predicates, starts = np.unique(columns[:, 1], return_index=True)
    keys = key(columns[:, 0], columns[:, 2])
    ends = np.append(starts, len(columns))[1:]
    spans = zip(predicates.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return {predicate: np.unique(keys[start:end]) for predicate, start, end in spans}


class TextOrder:
    """The order of all terms by their text; the first ``ranked`` are numbered in it, rules have added the others."""

    def __init__(self, terms: Terms, ranked: int) -> None:
        self._terms, self._ranked = terms, ranked
        self._later = sorted((str(term), ranked + n) for n, term in enumerate(terms.since(ranked)))
        step = len(self._later) + 1
        self.ranks = np.empty(len(terms), dtype=np.int64)
        self.ranks[:ranked] = np.arange(ranked) * step
        for place, (text, number) in enumerate(self._later):
            self.ranks[number] = self._before(text) * step - len(self._later) + place

    def _before(self, text: str) -> int:
        return bisect_left(range(self._ranked), text, key=lambda number: str(self._terms.term(number)))

    def starting(self, start: str) -> NDArray[np.bool_]:
        """Return, for each term by its number, whether its text starts with ``start``."""
        found = np.zeros(len(self.ranks), dtype=np.bool_)
        found[self._before(start) : self._before(start + "\U0010ffff")] = True
        found[[number for text, number in self._later if text.startswith(start)]] = True
        return found
