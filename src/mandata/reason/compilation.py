"""From the rows of the rule table and the axioms that are known to ground rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from mandata.reason.ground import Ground, Ids, Terms
from mandata.reason.index import Index
from mandata.reason.table import Row
from mandata.vocab import OWL, RDF, expand

_FIRST: Final = NamedNode(RDF + "first")
_REST: Final = NamedNode(RDF + "rest")
_NIL: Final = NamedNode(RDF + "nil")
_TYPE: Final = NamedNode(RDF + "type")
_THING: Final = NamedNode(OWL + "Thing")
_SAYINGS: Final = frozenset({"member", "pair", "every", "chain", "keys", "number", "not"})

Saying: TypeAlias = tuple[str, ...]
Known: TypeAlias = dict[str, int]
"""The value of each variable that is known so far, by its name in the row."""


@cache
def sayings(text: str) -> tuple[Saying, ...]:
    """Return what one part of a row says, each pattern or list word with its arguments."""
    return tuple(tuple(part.split()) for part in text.split(" . ")) if text else ()


class Compiler:
    """Makes ground rules of rows against the axioms known to an index."""

    def __init__(self, terms: Terms, index: Index) -> None:
        self._terms, self._index = terms, index

    def compile(self, rules: Iterable[Row], *, whole: bool) -> list[Ground]:
        """Return the ground rules, each once.

        Without ``whole``, rules are left out that only conclude that something is a thing, where no rule asks for it.
        """
        grounds = list(dict.fromkeys(ground for row in rules for ground in self._grounds(row)))
        useful = [ground for ground in grounds if not ground.head or not set(ground.head) <= set(ground.body)]
        return useful if whole else self._without_things(useful)

    def _without_things(self, grounds: list[Ground]) -> list[Ground]:
        type_, thing = self._terms.number(_TYPE), self._terms.number(_THING)

        def everything(pattern: Ids) -> bool:
            return pattern[1] == type_ and pattern[2] == thing

        if any(everything(pattern) for ground in grounds for pattern in ground.body):
            return grounds
        return [ground for ground in grounds if not ground.head or not all(map(everything, ground.head))]

    def _grounds(self, row: Row) -> Iterator[Ground]:
        for known in self._solve(sayings(row.axioms), {}):
            axioms = tuple(self._ids(s, known) for s in sayings(row.axioms) if s[0] not in _SAYINGS)
            variables: dict[str, int] = {}
            body = [p for s in sayings(row.facts) for p in self._unrolled(s, known)]
            head = [self._named(s, known) for s in sayings(row.then)]
            yield Ground(
                row.name,
                axioms,
                tuple(_numbered(p, variables) for p in body),
                tuple(_numbered(p, variables) for p in head),
            )

    def _solve(self, parts: tuple[Saying, ...], known: Known) -> Iterator[Known]:
        """Yield every way in which the axioms known satisfy the axiom part of a row."""
        if not parts:
            yield known
            return
        for longer in self._ways(parts[0], known):
            yield from self._solve(parts[1:], longer)

    def _ways(self, saying: Saying, known: Known) -> Iterator[Known]:
        match saying:
            case ("member", items, item):
                yield from ({**known, item: member} for member in dict.fromkeys(self._list(known[items])))
            case ("pair", items, left, right):
                members = self._list(known[items])
                yield from (
                    {**known, left: a, right: b} for i, a in enumerate(members) for b in members[i + 1 :] if a != b
                )
            case ("number", number, wanted):
                if _is_number(self._terms.term(known[number]), int(wanted)):
                    yield known
            case ("not", name, other):
                if known[name] != self._term(other):
                    yield known
            case (_, _, _):
                yield from self._matches(saying, known)
            case _:
                message = f"the rule table says what no one understands: {' '.join(saying)}"
                raise ValueError(message)

    def _matches(self, pattern: Saying, known: Known) -> Iterator[Known]:
        ids = [known.get(name, -1) if name[0] == "?" else self._term(name) for name in pattern]
        for fact in list(self._index.match(ids[0], ids[1], ids[2])):
            longer = dict(known)
            if all(name[0] != "?" or longer.setdefault(name, n) == n for name, n in zip(pattern, fact, strict=True)):
                yield longer

    def _unrolled(self, saying: Saying, known: Known) -> list[tuple[str | int, str | int, str | int]]:
        """Return the patterns that a fact or a list word stands for."""
        type_ = self._terms.number(_TYPE)
        match saying:
            case ("every", items, each):
                return [(each, type_, member) for member in self._list(known[items])]
            case ("chain", items, start, end):
                path = self._list(known[items])
                stops = [start, *(f"?step{i}" for i in range(1, len(path))), end]
                return [(stops[i], member, stops[i + 1]) for i, member in enumerate(path)]
            case ("keys", items, left, right):
                members = list(enumerate(self._list(known[items])))
                return [(who, member, f"?key{i}") for i, member in members for who in (left, right)]
            case _:
                return [self._named(saying, known)]

    def _named(self, pattern: Saying, known: Known) -> tuple[str | int, str | int, str | int]:
        subject, predicate, value = (known.get(name, name) if name[0] == "?" else self._term(name) for name in pattern)
        return subject, predicate, value

    def _ids(self, pattern: Saying, known: Known) -> Ids:
        subject, predicate, value = (known[name] if name[0] == "?" else self._term(name) for name in pattern)
        return subject, predicate, value

    def _term(self, curie: str) -> int:
        return self._terms.number(NamedNode(expand(curie)))

    def _list(self, head: int) -> list[int]:
        """Return the members of an RDF list; as far as it goes, where it is broken or runs in a circle."""
        first, rest, nil = (self._terms.number(term) for term in (_FIRST, _REST, _NIL))
        members: list[int] = []
        seen: set[int] = set()
        while head != nil and head not in seen:
            seen.add(head)
            members += self._index.objects(head, first)[:1]
            head = next(iter(self._index.objects(head, rest)), nil)
        return members


def _numbered(pattern: tuple[str | int, str | int, str | int], variables: dict[str, int]) -> Ids:
    subject, predicate, value = (
        term if isinstance(term, int) else variables.setdefault(term, -1 - len(variables)) for term in pattern
    )
    return subject, predicate, value


def _is_number(term: object, wanted: int) -> bool:
    try:
        return isinstance(term, Literal) and int(term.value) == wanted
    except ValueError:
        return False
