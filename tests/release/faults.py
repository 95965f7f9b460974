"""Faults put into statements that are whole, each made from a seed alone: a release must never let them pass."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from mandata.rdf.namespaces import RDF, expand

Quad = Any
"""An ``ox.Quad``, of whose terms the kind is known here."""
TYPE = ox.NamedNode(RDF + "type")


@dataclass(frozen=True)
class Fault:
    """What goes and what comes; ``about`` are the things that a check may name."""

    kind: str
    gone: tuple[Quad, ...]
    come: tuple[Quad, ...]
    about: frozenset[str]


class Whole:
    """Statements without a fault, held for choosing one from."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = sorted(quads, key=str)
        self.of: dict[str, list[Quad]] = defaultdict(list)
        self.by_property: dict[str, list[Quad]] = defaultdict(list)
        self.classes: dict[str, set[str]] = defaultdict(set)
        for quad in self.quads:
            self.of[quad.subject.value].append(quad)
            self.by_property[quad.predicate.value].append(quad)
            if quad.predicate == TYPE:
                self.classes[quad.object.value].add(quad.subject.value)

    def with_property(self, *names: str) -> list[Quad]:
        return [quad for name in names for quad in self.by_property[expand(name)]]

    def instances(self, *names: str) -> list[str]:
        return sorted(set[str]().union(*(self.classes[expand(f"md:{name}")] for name in names)))


Make = Callable[[Whole, random.Random], Fault | None]


def batches(whole: Whole, kinds: Sequence[Make], number: int, at_once: int) -> Iterator[list[Fault]]:
    """Yield as many faults as are wanted, of all kinds in turn, each another one that changes the statements.

    No two of those that are put in ``at_once`` are about the same thing.
    """
    held, made, batch, touched = {*whole.quads}, set[Fault](), list[Fault](), set[str]()
    for seed in range(number):
        fault = next(one for one in _tried(kinds[seed % len(kinds)], whole, seed) if _is_new(one, held, made, touched))
        made.add(fault)
        batch.append(fault)
        touched |= fault.about
        if len(batch) == at_once or seed == number - 1:
            yield batch
            batch, touched = [], set()


def _tried(make: Make, whole: Whole, seed: int) -> Iterator[Fault]:
    chance = random.Random(seed)
    for _ in range(1000):
        if fault := make(whole, chance):
            yield fault


def _is_new(fault: Fault, held: set[Quad], made: set[Fault], touched: set[str]) -> bool:
    changes = not held.issuperset(fault.come) if fault.come else bool(fault.gone)
    return changes and fault not in made and not fault.about & touched


def with_faults(whole: Whole, made: Sequence[Fault]) -> list[Quad]:
    gone = {quad for fault in made for quad in fault.gone}
    return [quad for quad in whole.quads if quad not in gone] + [quad for fault in made for quad in fault.come]


def changed(kind: str, quad: Quad, value: Any) -> Fault:
    about = {quad.subject.value} | ({value.value} if isinstance(value, ox.NamedNode) else set())
    return Fault(kind, (quad,), (ox.Quad(quad.subject, quad.predicate, value, quad.graph_name),), frozenset(about))


def literal(value: str, like: Any) -> ox.Literal:
    return ox.Literal(value, language=like.language) if like.language else ox.Literal(value, datatype=like.datatype)
