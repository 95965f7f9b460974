"""Steps as rows of numbers: terms sorted by text, facts sorted by their terms, rules with their axioms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from mandata.reason.facts import Fact, Step, Term

NumberTriple: TypeAlias = tuple[int, int, int]


class StepTables(NamedTuple):
    """The rows of each table; numbers begin with 0.

    A fact has its number, its terms, and, if it was concluded, its rule and the numbers of its premises; a premise has
    a row for each conclusion that depends on it.
    """

    terms: list[tuple[int, str]]
    rules: list[tuple[int, str, str]]
    facts: list[tuple[int, int, int, int, int | None, str | None]]
    premises: list[tuple[int, int]]


def build_tables(steps: Mapping[Fact, Step]) -> StepTables:
    """Return the tables of some steps, the same for the same steps in any order."""
    numbers = _FactNumbering()
    made = [
        (numbers.of(fact), (step.rule, tuple(map(numbers.of, step.axioms))), tuple(map(numbers.of, step.premises)))
        for fact, step in steps.items()
    ]
    terms, ranks = numbers.in_order()
    facts, number_of = _sort_facts(numbers.facts, ranks)
    by_rule = {rule: (rule[0], _join_numbers(rule[1], number_of)) for rule in {rule for _, rule, _ in made}}
    rules = {rule: number for number, rule in enumerate(sorted(set(by_rule.values())))}
    concluded = {
        number_of[fact]: (rules[by_rule[rule]], [number_of[one] for one in premises]) for fact, rule, premises in made
    }
    rows: list[tuple[int, int, int, int, int | None, str | None]] = []
    for number, ids in enumerate(facts):
        rule_number, premises = concluded.get(number, (None, None))
        rows.append((number, *ids, rule_number, None if premises is None else " ".join(map(str, premises))))
    used = sorted({(one, number) for number, (_, premises) in concluded.items() for one in premises})
    return StepTables(
        list(enumerate(terms)),
        [(number, name, axioms) for (name, axioms), number in rules.items()],
        rows,
        used,
    )


class _FactNumbering:
    """Numbers terms and facts in the order of arrival."""

    def __init__(self) -> None:
        self._terms: dict[Term, int] = {}
        self._facts: dict[NumberTriple, int] = {}

    def of(self, fact: Fact) -> int:
        """Return the number of a fact."""
        terms = self._terms
        subject, predicate, value = fact
        ids = (
            terms.setdefault(subject, len(terms)),
            terms.setdefault(predicate, len(terms)),
            terms.setdefault(value, len(terms)),
        )
        return self._facts.setdefault(ids, len(self._facts))

    @property
    def facts(self) -> Iterable[NumberTriple]:
        """The facts, in the order of their numbers."""
        return self._facts

    def in_order(self) -> tuple[list[str], list[int]]:
        """Return the texts of the terms, sorted, and the rank of each term among them, by its number."""
        texts = list(map(str, self._terms))
        order = sorted(range(len(texts)), key=texts.__getitem__)
        ranks = [0] * len(texts)
        for rank, number in enumerate(order):
            ranks[number] = rank
        return [texts[number] for number in order], ranks


def _sort_facts(facts: Iterable[NumberTriple], ranks: list[int]) -> tuple[list[NumberTriple], list[int]]:
    """Return the facts as ranks of terms, sorted, and the position of each among them, by its old number."""
    ranked = [(ranks[s], ranks[p], ranks[o]) for s, p, o in facts]
    order = sorted(range(len(ranked)), key=ranked.__getitem__)
    places = [0] * len(ranked)
    for place, number in enumerate(order):
        places[number] = place
    return [ranked[number] for number in order], places


def _join_numbers(facts: Iterable[int], number_of: list[int]) -> str:
    return " ".join(str(number_of[fact]) for fact in facts)
