"""From the rows of the rule table and the axioms that are known to ground rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from mandata.rdf.namespaces import expand
from mandata.reason.engine.fact_index import Known
from mandata.reason.engine.ground_rules import Ground, Ids, Shape, Terms, shaped
from mandata.reason.owl_rl.rule_table import Row

_OF_AXIOMS: Final = frozenset({"member", "pair", "number", "not"})
_OF_LISTS: Final = frozenset({"every", "chain", "keys"})

Saying: TypeAlias = tuple[str, ...]
Named: TypeAlias = tuple[str | int, str | int, str | int]
Values: TypeAlias = dict[str, int]
"""The value of each variable that is known so far, by its name in the row."""

Solution: TypeAlias = tuple[Values, tuple[Ids, ...]]
"""Values that satisfy the axiom part of a row, and the axioms that do."""


class Form(NamedTuple):
    """A row, taken apart: what it asks of the axioms, what of all facts, which pairs differ, what follows.

    Where no list is to be unrolled, all rules of the row have one shape, and ``constants`` name what fills it; a rule
    concludes only what it asks where the two terms of an ``idle`` pair are one.
    """

    axioms: tuple[Saying, ...]
    facts: tuple[Saying, ...]
    differ: tuple[tuple[str, str], ...]
    then: tuple[Saying, ...]
    shape: Shape | None = None
    constants: tuple[str, ...] = ()
    idle: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, int] = MappingProxyType({})
    """Of a row that asks for one axiom alone: where its variables stand in it."""


@cache
def form_of(row: Row) -> Form:
    """Return a row's form."""
    axioms, said, then = (_sayings(text) for text in (row.axioms, row.facts, row.then))
    facts = tuple(saying for saying in said if saying[0] != "not")
    differ = tuple((saying[1], saying[2]) for saying in said if saying[0] == "not")
    form = Form(axioms, facts, differ, then)
    return form if any(saying[0] in _OF_LISTS for saying in facts) else _of_one_shape(form)


def _of_one_shape(form: Form) -> Form:
    """Note the shape that all rules of a row have."""
    given = {name for saying in form.axioms for name in saying if name[0] == "?"}
    names = dict.fromkeys(name for saying in (*form.facts, *form.then) for name in saying)
    variables = [name for name in names if name[0] == "?" and name not in given]
    constants = [name for name in names if name not in variables]
    numbers = {name: -1 - n for n, name in enumerate(variables)} | {name: n for n, name in enumerate(constants)}
    body, head = ([_three(numbers[name] for name in saying) for saying in part] for part in (form.facts, form.then))
    shape, slots = shaped(body, head, [(numbers[a], numbers[b]) for a, b in form.differ])
    pairs = combinations([name for name in constants if name[0] == "?"], 2)
    idle = tuple((a, b) for a, b in pairs if form.then and _same(a, b, form.then) <= _same(a, b, form.facts))
    places = _places(form.axioms[0]) if len(form.axioms) == 1 else {}
    return form._replace(shape=shape, constants=tuple(constants[slot] for slot in slots), idle=idle, places=places)


def _places(axiom: Saying) -> dict[str, int]:
    """Return where each variable of a pattern stands; nothing where one stands twice."""
    places = {name: place for place, name in enumerate(axiom) if name[0] == "?"}
    return places if len(places) == sum(name[0] == "?" for name in axiom) else {}


def _same(one: str, other: str, sayings: Iterable[Saying]) -> set[Saying]:
    """Return what is said where two names stand for one term."""
    return {tuple(one if name == other else name for name in saying) for saying in sayings}


def _sayings(text: str) -> tuple[Saying, ...]:
    return tuple(tuple(part.split()) for part in text.split(" . ")) if text else ()


class Compiler:
    """Makes ground rules of rows against the axioms known."""

    def __init__(self, terms: Terms, known: Known) -> None:
        self._terms, self._known = terms, known
        self._numbers: dict[str, int] = {}

    def compile(self, rows: Iterable[Row], *, whole: bool) -> list[Ground]:
        """Return the ground rules.

        Without ``whole``, rules are left out that only conclude that something is a thing, where no rule asks for it.
        """
        grounds = [ground for row in rows for ground in self._grounds(row)]
        return grounds if whole else self._without_things(grounds)

    def axioms_of(self, rows: Iterable[Row]) -> list[tuple[int, int]]:
        """Return the predicates, each with its object where one is named (else -1), by which rows find their axioms."""
        found = {saying for row in rows for saying in form_of(row).axioms if saying[0] not in _OF_AXIOMS}
        lists = {(self._term("rdf:first"), -1), (self._term("rdf:rest"), -1)}
        return sorted(lists | {(self._term(p), self._term(o) if o[0] != "?" else -1) for _, p, o in found})

    def _without_things(self, grounds: list[Ground]) -> list[Ground]:
        type_, thing = self._term("rdf:type"), self._term("owl:Thing")
        about = [ground for ground in grounds if thing in ground.constants]

        def everything(pattern: Ids) -> bool:
            return pattern[1] == type_ and pattern[2] == thing

        if any(everything(pattern) for ground in about for pattern in ground.body):
            return grounds
        empty = {ground for ground in about if ground.head and all(map(everything, ground.head))}
        return [ground for ground in grounds if ground not in empty]

    def _grounds(self, row: Row) -> Iterator[Ground]:
        form = form_of(row)
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
                yield Ground(row.name, axioms, form.shape, constants)

    def _of_single_axioms(self, name: str, form: Form, shape: Shape) -> Iterator[Ground]:
        """Yield the rules of a row that asks for one axiom alone, as most do: what stands where is told beforehand."""
        subject, predicate, value = (-1 if term[0] == "?" else self._term(term) for term in form.axioms[0])
        idle = [(form.places[a], form.places[b]) for a, b in form.idle]
        fills = [
            (form.places.get(term, -1), -1 if term in form.places else self._term(term)) for term in form.constants
        ]
        for axiom in self._known.match(subject, predicate, value):
            if not idle or not any(axiom[a] == axiom[b] for a, b in idle):
                constants = tuple([axiom[place] if place >= 0 else number for place, number in fills])
                yield Ground(name, (axiom,), shape, constants)

    def _unrolled_rule(self, row: Row, form: Form, values: Values, axioms: tuple[Ids, ...]) -> Ground | None:
        """Return a rule whose lists are unrolled; None where a list is empty, so that nothing would bind the head."""
        variables: dict[str, int] = {}
        body = [_numbered(pattern, variables) for saying in form.facts for pattern in self._unrolled(saying, values)]
        bound = set(variables)
        head = [_numbered(self._named(saying, values), variables) for saying in form.then]
        if set(variables) != bound:
            return None
        differ = [(variables[a], variables[b]) for a, b in form.differ]
        return Ground(row.name, axioms, *shaped(body, head, differ))

    def _solve(self, parts: tuple[Saying, ...], values: Values, axioms: tuple[Ids, ...]) -> Iterator[Solution]:
        """Yield every way in which the axioms known satisfy the axiom part of a row."""
        if not parts:
            yield values, axioms
        elif parts[0][0] in _OF_AXIOMS:
            for longer in self._ways(parts[0], values):
                yield from self._solve(parts[1:], longer, axioms)
        else:
            for longer, axiom in self._matches(parts[0], values):
                yield from self._solve(parts[1:], longer, (*axioms, axiom))

    def _ways(self, saying: Saying, values: Values) -> Iterator[Values]:
        match saying:
            case ("member", items, item):
                yield from ({**values, item: member} for member in dict.fromkeys(self._list(values[items])))
            case ("pair", items, left, right):
                members = self._list(values[items])
                pairs = dict.fromkeys(combinations(members, 2))
                yield from ({**values, left: a, right: b} for a, b in pairs if a == b or left != right)
            case ("number", number, wanted):
                if _is_number(self._terms.term(values[number]), int(wanted)):
                    yield values
            case ("not", name, other):
                if values[name] != self._term(other):
                    yield values

    def _matches(self, pattern: Saying, values: Values) -> Iterator[tuple[Values, Ids]]:
        """Yield the axioms that match a pattern, each with the values known then."""
        subject, predicate, value = (values.get(name, -1) if name[0] == "?" else self._term(name) for name in pattern)
        unbound = [(name, i) for i, name in enumerate(pattern) if name[0] == "?" and name not in values]
        for fact in list(self._known.match(subject, predicate, value)):
            yield {**values, **{name: fact[i] for name, i in unbound}}, fact

    def _unrolled(self, saying: Saying, values: Values) -> list[Named]:
        """Return the patterns that a fact or a list word stands for."""
        match saying:
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
                return [self._named(saying, values)]

    def _named(self, pattern: Saying, values: Values) -> Named:
        subject, predicate, value = (values.get(name, name) if name[0] == "?" else self._term(name) for name in pattern)
        return subject, predicate, value

    def _term(self, curie: str) -> int:
        found = self._numbers.get(curie)
        if found is None:
            found = self._numbers[curie] = self._terms.number(NamedNode(expand(curie)))
        return found

    def _list(self, head: int) -> list[int]:
        """Return the members of an RDF list; as far as it goes, where it is broken or runs in a circle."""
        first, rest, nil = (self._term(curie) for curie in ("rdf:first", "rdf:rest", "rdf:nil"))
        members: list[int] = []
        seen: set[int] = set()
        while head != nil and head not in seen:
            seen.add(head)
            members += [value for _, _, value in self._known.match(head, first, -1)][:1]
            head = next((value for _, _, value in self._known.match(head, rest, -1)), nil)
        return members


def _numbered(pattern: Named, variables: dict[str, int]) -> Ids:
    return _three(
        term if isinstance(term, int) else variables.setdefault(term, -1 - len(variables)) for term in pattern
    )


def _three(numbers: Iterable[int]) -> Ids:
    subject, predicate, value = numbers
    return subject, predicate, value


def _is_number(term: object, wanted: int) -> bool:
    try:
        return isinstance(term, Literal) and int(term.value) == wanted
    except ValueError:
        return False
