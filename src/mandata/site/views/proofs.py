"""Why inferred statements hold, as told by whoever can prove them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mandata.site.labels import Link, Shown
from mandata.site.resources import Words, prefixed

_PLAIN: Final = frozenset({"md:cites", "md:isCitedBy", "md:mentions", "md:isPartOf"})


@dataclass(frozen=True, slots=True)
class Rest:
    """Words that a proof rests on: the part where they stand and the piece of evidence, by their IRIs."""

    part: str
    evidence: str
    quotation: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A proof in words: its sentences, each with its depth, the words it rests on, and what is weak in it."""

    sentences: tuple[tuple[int, str], ...]
    rests: tuple[Rest, ...] = ()
    remarks: tuple[str, ...] = ()


Tell = Callable[[ox.Triple, str], Told | None]
"""Returns why a statement holds, in a language; None where it follows by one axiom, which needs no proof on a page."""


def untold(_: ox.Triple, __: str) -> Told | None:
    """Return no proof: for a site made where nothing can be proved."""
    return None


_Reasons = tuple[tuple[tuple[int, str], ...], tuple[Rest, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a proof; ``opens``: how many lists begin before it, ``closes``: how many end after it."""

    text: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Inferred statements that one chain of reasons proves; the sentences are written as lists within lists."""

    anchor: str
    statements: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    rests: tuple[tuple[Link, Words, Link], ...]
    remarks: tuple[str, ...]


def proofs(shown: Shown, things: Iterable[str], tell: Tell) -> tuple[Proof, ...]:
    """Return the proofs of what was inferred of some things, where it follows from several statements.

    That a whole cites and names what its parts do is plain on its page.
    """
    return proofs_of(shown, _followed(shown, things), tell)


def proofs_of(shown: Shown, statements: Iterable[ox.Triple], tell: Tell) -> tuple[Proof, ...]:
    """Return the proofs of some statements; those with the same reasons together."""
    found: dict[_Reasons, list[str]] = {}
    for told in filter(None, (tell(statement, shown.language) for statement in statements)):
        (_, statement), *reasons = told.sentences
        found.setdefault((tuple(reasons), told.rests, told.remarks), []).append(statement)
    return tuple(
        Proof(f"why-{at}", tuple(dict.fromkeys(statements)), tuple(_nested(reasons)), _rests(shown, rests), remarks)
        for at, ((reasons, rests, remarks), statements) in enumerate(found.items(), 1)
    )


def _followed(shown: Shown, things: Iterable[str]) -> Iterator[ox.Triple]:
    for thing in things:
        for triple in sorted(shown.collection.concluded(thing), key=str):
            if prefixed(triple.predicate.value) not in _PLAIN:
                yield triple


def _rests(shown: Shown, rests: Iterable[Rest]) -> tuple[tuple[Link, Words, Link], ...]:
    found = ((shown.link(rest.part), Words(rest.quotation, rest.language), _evidence(shown, rest)) for rest in rests)
    return tuple(dict.fromkeys(found))


def _evidence(shown: Shown, rest: Rest) -> Link:
    """Return the link to a piece of evidence, which is listed on the page of its document."""
    name = shown.say["span"].format(start=rest.start, end=rest.end)
    return Link(Words(name, shown.language), shown.addresses.of(rest.evidence))


def _nested(sentences: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    """Yield sentences with how many lists begin before, and how many end after each."""
    depths = [depth for depth, _ in sentences]
    levels = sorted(set(depths))
    flat = [levels.index(depth) + 1 for depth in depths]
    for at, (_, text) in enumerate(sentences):
        before = flat[at - 1] if at else 0
        after = flat[at + 1] if at + 1 < len(flat) else 0
        yield Sentence(text, max(0, flat[at] - before), max(0, flat[at] - after))
