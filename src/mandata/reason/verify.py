"""Checks proofs without the engine: each step is an instance of its rule, and no proof rests on itself.

Nothing of the engine's code is used, only the rule table as W3C has it; what our own rules conclude is checked for its
ground alone (tests ask SPARQL itself what those rules construct).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode

from mandata.reason.facts import Fact, Step, Term, text_of
from mandata.reason.table import REFLEXIVITY, RULES, Row
from mandata.vocab import RDF, expand

_OUTSIDE: Final = frozenset({"wording", "dt-type2"})
_NAMES: Final = {row.name for row in RULES + REFLEXIVITY}
_LISTS: Final = frozenset({"member", "pair", "number", "not"})


def faults(steps: Mapping[Fact, Step], given: Iterable[Fact]) -> list[str]:
    """Return what is wrong with the proofs, a line each; nothing where every one holds."""
    stated = set(given)
    known = stated | set(steps)
    found = [
        f"{text_of(fact)}: {problem}" for fact, step in steps.items() if (problem := _fault(fact, step, known, stated))
    ]
    return found + [f"{text_of(fact)}: its proof rests on itself" for fact in _unfounded(steps, stated)]


def _unfounded(steps: Mapping[Fact, Step], stated: set[Fact]) -> list[Fact]:
    """Return the conclusions that cannot be reached from what is stated, by their own steps."""
    reached, waiting = set(stated), dict(steps)
    while True:
        ready = [fact for fact, step in waiting.items() if reached.issuperset((*step.axioms, *step.premises))]
        if not ready:
            return list(waiting)
        reached.update(ready)
        for fact in ready:
            del waiting[fact]


def _fault(fact: Fact, step: Step, known: set[Fact], stated: set[Fact]) -> str:
    missing = [each for each in (*step.axioms, *step.premises) if each not in known]
    if missing:
        return f"rests on what is neither stated nor concluded: {text_of(missing[0])}"
    if step.rule in _OUTSIDE or step.rule not in _NAMES:
        return ""
    rows = [row for row in RULES + REFLEXIVITY if row.name == step.rule]
    return "" if any(_follows(row, fact, step, stated) for row in rows) else f"is no instance of {step.rule}"


def _follows(row: Row, fact: Fact, step: Step, stated: set[Fact]) -> bool:
    """Tell whether some way to match the row's patterns with the step's facts gives this conclusion."""
    values: dict[str, Term] = {}
    patterns = [p for p in _parts(row.axioms) if p[0] not in _LISTS]
    if not _agree(patterns, step.axioms, values):
        return False
    ways = [values]
    for part in _parts(row.axioms):
        if part[0] == "member":
            ways = [{**way, part[2]: each} for way in ways for each in _members(way[part[1]], stated)]
    for way in ways:
        body = [pattern for part in _parts(row.facts) for pattern in _unrolled(part, way, stated)]
        bound = dict(way)
        if _agree(body, step.premises, bound) and any(_agree([p], (fact,), dict(bound)) for p in _parts(row.then)):
            return True
    return False


def _parts(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.split()) for part in text.split(" . ")] if text else []


def _agree(patterns: list[tuple[str, ...]], facts: tuple[Fact, ...], values: dict[str, Term]) -> bool:
    if len(patterns) != len(facts):
        return False
    for pattern, fact in zip(patterns, facts, strict=True):
        for name, term in zip(pattern, fact, strict=True):
            wanted = values.setdefault(name, term) if name[0] == "?" else NamedNode(expand(name))
            if wanted != term:
                return False
    return True


def _unrolled(part: tuple[str, ...], values: dict[str, Term], stated: set[Fact]) -> list[tuple[str, ...]]:
    """Return the patterns a list word stands for; each list member becomes a variable with its value noted."""
    if part[0] not in ("every", "chain", "keys"):
        return [part]
    names = []
    for number, member in enumerate(_members(values[part[1]], stated)):
        names.append(f"?member{number}")
        values[names[-1]] = member
    if part[0] == "every":
        return [(part[2], "rdf:type", name) for name in names]
    if part[0] == "chain":
        stops = [part[2], *(f"?stop{i}" for i in range(1, len(names))), part[3]]
        return [(stops[i], name, stops[i + 1]) for i, name in enumerate(names)]
    return [(who, name, f"?key{i}") for i, name in enumerate(names) for who in part[2:]]


def _members(head: Term, stated: set[Fact]) -> list[Term]:
    first, rest = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
    links = {(s, p): o for s, p, o in stated if p in (first, rest)}
    members: list[Term] = []
    while (head, first) in links and len(members) <= len(links):
        members.append(links[head, first])
        head = links.get((head, rest), NamedNode(RDF + "nil"))
    return members
