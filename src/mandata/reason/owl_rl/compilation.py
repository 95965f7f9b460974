"""Compiles the rows of the rule table against the known axioms into ground rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from mandata.rdf.namespaces import expand
from mandata.reason.engine.fact_index import Known
from mandata.reason.engine.ground_rules import GroundRule, Ids, Shape, Terms, shape_of
from mandata.reason.owl_rl.rule_table import RuleRow

_OF_AXIOMS: Final = frozenset({"member", "pair", "number", "not"})
_OF_LISTS: Final = frozenset({"every", "chain", "keys"})

Clause: TypeAlias = tuple[str, ...]
NamedPattern: TypeAlias = tuple[str | int, str | int, str | int]
Values: TypeAlias = dict[str, int]
"""The values of the variables bound so far, by name."""

Solution: TypeAlias = tuple[Values, tuple[Ids, ...]]
"""Values that satisfy the axiom part of a row, and the axioms matched."""


class ParsedRow(NamedTuple):
    """A parsed row: clauses on axioms, clauses on all facts, pairs that must differ, clauses that follow.

    If no list is to be unrolled, all rules of the row have one shape, and ``constants`` name the terms that fill it; if
    the two terms of an ``idle`` pair are equal, the rule concludes only its own premises.
    """

    axioms: tuple[Clause, ...]
    facts: tuple[Clause, ...]
    differ: tuple[tuple[str, str], ...]
    then: tuple[Clause, ...]
    shape: Shape | None = None
    constants: tuple[str, ...] = ()
    idle: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, int] = MappingProxyType({})
    """For a row with a single axiom clause: the position of each variable in it."""


@cache
def parse_row(row: RuleRow) -> ParsedRow:
    """Return a row, parsed."""
    axioms, premises, then = (_clauses(text) for text in (row.axioms, row.facts, row.then))
    facts = tuple(clause for clause in premises if clause[0] != "not")
    differ = tuple((clause[1], clause[2]) for clause in premises if clause[0] == "not")
    parsed = ParsedRow(axioms, facts, differ, then)
    return parsed if any(clause[0] in _OF_LISTS for clause in facts) else _with_shape(parsed)


def _with_shape(form: ParsedRow) -> ParsedRow:
    """Return a parsed row with the shape of all its rules."""
    of_axioms = {name for clause in form.axioms for name in clause if name[0] == "?"}
    names = dict.fromkeys(name for clause in (*form.facts, *form.then) for name in clause)
    variables = [name for name in names if name[0] == "?" and name not in of_axioms]
    constants = [name for name in names if name not in variables]
    numbers = {name: -1 - n for n, name in enumerate(variables)} | {name: n for n, name in enumerate(constants)}
    body, head = ([_three(numbers[name] for name in clause) for clause in part] for part in (form.facts, form.then))
    shape, slots = shape_of(body, head, [(numbers[a], numbers[b]) for a, b in form.differ])
    pairs = combinations([name for name in constants if name[0] == "?"], 2)
    idle = tuple((a, b) for a, b in pairs if form.then and _same(a, b, form.then) <= _same(a, b, form.facts))
    places = _places(form.axioms[0]) if len(form.axioms) == 1 else {}
    return form._replace(shape=shape, constants=tuple(constants[slot] for slot in slots), idle=idle, places=places)


def _places(axiom: Clause) -> dict[str, int]:
    """Return the position of each variable of a pattern; nothing if one occurs twice."""
    places = {name: place for place, name in enumerate(axiom) if name[0] == "?"}
    return places if len(places) == sum(name[0] == "?" for name in axiom) else {}


def _same(one: str, other: str, clauses: Iterable[Clause]) -> set[Clause]:
    """Return the clauses with one name replaced by another."""
    return {tuple(one if name == other else name for name in clause) for clause in clauses}


def _clauses(text: str) -> tuple[Clause, ...]:
    return tuple(tuple(part.split()) for part in text.split(" . ")) if text else ()


class Compiler:
    """Compiles rows to ground rules against the known axioms."""

    def __init__(self, terms: Terms, known: Known) -> None:
        self._terms, self._known = terms, known
        self._numbers: dict[str, int] = {}

    def compile(self, rows: Iterable[RuleRow], *, whole: bool) -> list[GroundRule]:
        """Return the ground rules of some rows.

        Without ``whole``, rules that only conclude that something is an ``owl:Thing`` are left out if no rule needs it.
        """
        grounds = [ground for row in rows for ground in self._grounds(row)]
        return grounds if whole else self._without_things(grounds)

    def axioms_of(self, rows: Iterable[RuleRow]) -> list[tuple[int, int]]:
        """Return the predicates, each with its object if it is constant (else -1), by which rows find their axioms."""
        found = {clause for row in rows for clause in parse_row(row).axioms if clause[0] not in _OF_AXIOMS}
        lists = {(self._term("rdf:first"), -1), (self._term("rdf:rest"), -1)}
        return sorted(lists | {(self._term(p), self._term(o) if o[0] != "?" else -1) for _, p, o in found})

    def _without_things(self, grounds: list[GroundRule]) -> list[GroundRule]:
        type_, thing = self._term("rdf:type"), self._term("owl:Thing")
        about = [ground for ground in grounds if thing in ground.constants]

        def everything(pattern: Ids) -> bool:
            return pattern[1] == type_ and pattern[2] == thing

        if any(everything(pattern) for ground in about for pattern in ground.body):
            return grounds
        empty = {ground for ground in about if ground.head and all(map(everything, ground.head))}
        return [ground for ground in grounds if ground not in empty]

    def _grounds(self, row: RuleRow) -> Iterator[GroundRule]:
        form = parse_row(row)
        if form.shape and form.places:
            yield from self._of_single_axioms(row.name, form, form.shape)
            return
        for values, axioms in self._solve(form.axioms, {}, ()):
            if not form.shape:
                rule = self._unrolled_rule(row, form, values, axioms)
                if rule and not (rule.head and set(rule.head) <= set(rule.body)):
                    yield rule
            elif not any(values[a] == values[b] for a, b in form.idle):
                constants = tuple([values[n] if n in values else self._term(n) for n in form.constants])
                yield GroundRule(row.name, axioms, form.shape, constants)

    def _of_single_axioms(self, name: str, form: ParsedRow, shape: Shape) -> Iterator[GroundRule]:
        """Yield the rules of a row with a single axiom clause, as most are, whose variables have fixed positions."""
        subject, predicate, value = (-1 if term[0] == "?" else self._term(term) for term in form.axioms[0])
        idle = [(form.places[a], form.places[b]) for a, b in form.idle]
        fills = [
            (form.places.get(term, -1), -1 if term in form.places else self._term(term)) for term in form.constants
        ]
        for axiom in self._known.match(subject, predicate, value):
            if not idle or not any(axiom[a] == axiom[b] for a, b in idle):
                constants = tuple([axiom[place] if place >= 0 else number for place, number in fills])
                yield GroundRule(name, (axiom,), shape, constants)

    def _unrolled_rule(
        self, row: RuleRow, form: ParsedRow, values: Values, axioms: tuple[Ids, ...]
    ) -> GroundRule | None:
        """Return a rule with its lists unrolled; None if a list is empty, so that the head would be unbound."""
        variables: dict[str, int] = {}
        body = [
            _number_pattern(pattern, variables) for clause in form.facts for pattern in self._unroll(clause, values)
        ]
        bound = set(variables)
        head = [_number_pattern(self._substitute(clause, values), variables) for clause in form.then]
        if set(variables) != bound:
            return None
        differ = [(variables[a], variables[b]) for a, b in form.differ]
        return GroundRule(row.name, axioms, *shape_of(body, head, differ))

    def _solve(self, parts: tuple[Clause, ...], values: Values, axioms: tuple[Ids, ...]) -> Iterator[Solution]:
        """Yield every solution of the axiom part of a row in the known axioms."""
        if not parts:
            yield values, axioms
        elif parts[0][0] in _OF_AXIOMS:
            for longer in self._ways(parts[0], values):
                yield from self._solve(parts[1:], longer, axioms)
        else:
            for longer, axiom in self._matches(parts[0], values):
                yield from self._solve(parts[1:], longer, (*axioms, axiom))

    def _ways(self, clause: Clause, values: Values) -> Iterator[Values]:
        match clause:
            case ("member", items, item):
                yield from ({**values, item: member} for member in dict.fromkeys(self._list(values[items])))
            case ("pair", items, left, right):
                members = self._list(values[items])
                pairs = dict.fromkeys(combinations(members, 2))
                yield from ({**values, left: a, right: b} for a, b in pairs if a == b or left != right)
            case ("number", number, expected):
                if _is_number(self._terms.term(values[number]), int(expected)):
                    yield values
            case ("not", name, other):
                if values[name] != self._term(other):
                    yield values

    def _matches(self, pattern: Clause, values: Values) -> Iterator[tuple[Values, Ids]]:
        """Yield the axioms that match a pattern, each with the values it binds."""
        subject, predicate, value = (values.get(name, -1) if name[0] == "?" else self._term(name) for name in pattern)
        unbound = [(name, i) for i, name in enumerate(pattern) if name[0] == "?" and name not in values]
        for fact in list(self._known.match(subject, predicate, value)):
            yield {**values, **{name: fact[i] for name, i in unbound}}, fact

    def _unroll(self, clause: Clause, values: Values) -> list[NamedPattern]:
        """Return the patterns for a clause: one for a fact, one for each member for a list keyword."""
        match clause:
            case ("every", items, each):
                return [(each, self._term("rdf:type"), member) for member in self._list(values[items])]
            case ("chain", items, start, end):
                path = self._list(values[items])
                stops = [start, *(f"?step{i}" for i in range(1, len(path))), end]
                return [(stops[i], member, stops[i + 1]) for i, member in enumerate(path)]
            case ("keys", items, left, right):
                members = list(enumerate(self._list(values[items])))
                return [(who, member, f"?key{i}") for i, member in members for who in (left, right)]
            case _:
                return [self._substitute(clause, values)]

    def _substitute(self, pattern: Clause, values: Values) -> NamedPattern:
        subject, predicate, value = (values.get(name, name) if name[0] == "?" else self._term(name) for name in pattern)
        return subject, predicate, value

    def _term(self, curie: str) -> int:
        found = self._numbers.get(curie)
        if found is None:
            found = self._numbers[curie] = self._terms.number(NamedNode(expand(curie)))
        return found

    def _list(self, head: int) -> list[int]:
        """Return the members of an RDF list, up to the point where it is broken or circular."""
        first, rest, nil = (self._term(curie) for curie in ("rdf:first", "rdf:rest", "rdf:nil"))
        members: list[int] = []
        seen: set[int] = set()
        while head != nil and head not in seen:
            seen.add(head)
            members += [value for _, _, value in self._known.match(head, first, -1)][:1]
            head = next((value for _, _, value in self._known.match(head, rest, -1)), nil)
        return members


def _number_pattern(pattern: NamedPattern, variables: dict[str, int]) -> Ids:
    return _three(
        term if isinstance(term, int) else variables.setdefault(term, -1 - len(variables)) for term in pattern
    )


def _three(numbers: Iterable[int]) -> Ids:
    subject, predicate, value = numbers
    return subject, predicate, value


def _is_number(term: object, expected: int) -> bool:
    try:
        return isinstance(term, Literal) and int(term.value) == expected
    except ValueError:
        return False
