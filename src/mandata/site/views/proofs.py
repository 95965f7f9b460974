"""Why inferred statements hold, as told by whoever can prove them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText, prefixed

_PLAIN: Final = frozenset({"md:cites", "md:isCitedBy", "md:mentions", "md:isPartOf"})


@dataclass(frozen=True, slots=True)
class EvidenceQuotation:
    """Words that a proof rests on: the part where they stand and the piece of evidence, by their IRIs."""

    part: str
    evidence: str
    quotation: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProofText:
    """A proof in words: its sentences, each with its depth, the words it rests on, and what is weak in it."""

    sentences: tuple[tuple[int, str], ...]
    quotations: tuple[EvidenceQuotation, ...] = ()
    remarks: tuple[str, ...] = ()


ProofWriter = Callable[[ox.Triple, str], ProofText | None]
"""Returns why a statement holds, in a language; None where it follows by one axiom, which needs no proof on a page."""


def no_proof(_: ox.Triple, __: str) -> ProofText | None:
    """Return no proof: for a site made where nothing can be proved."""
    return None


_Reasons = tuple[tuple[tuple[int, str], ...], tuple[EvidenceQuotation, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a proof; ``opens``: how many lists begin before it, ``closes``: how many end after it."""

    text: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class ProofView:
    """Inferred statements that one chain of reasons proves; the sentences are written as lists within lists."""

    anchor: str
    statements: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[tuple[Link, LiteralText, Link], ...]
    remarks: tuple[str, ...]


def proofs(labels: Labels, things: Iterable[str], write_proof: ProofWriter) -> tuple[ProofView, ...]:
    """Return the proofs of what was inferred of some things, where it follows from several statements.

    That a whole cites and names what its parts do is plain on its page.
    """
    return proofs_of(labels, _inferred_statements(labels, things), write_proof)


def proofs_of(labels: Labels, statements: Iterable[ox.Triple], write_proof: ProofWriter) -> tuple[ProofView, ...]:
    """Return the proofs of some statements; those with the same reasons together."""
    found: dict[_Reasons, list[str]] = {}
    for proof in filter(None, (write_proof(statement, labels.language) for statement in statements)):
        (_, statement), *reasons = proof.sentences
        found.setdefault((tuple(reasons), proof.quotations, proof.remarks), []).append(statement)
    return tuple(
        ProofView(
            f"why-{at}",
            tuple(dict.fromkeys(statements)),
            tuple(_nest(reasons)),
            _quotations(labels, quotations),
            remarks,
        )
        for at, ((reasons, quotations, remarks), statements) in enumerate(found.items(), 1)
    )


def _inferred_statements(labels: Labels, things: Iterable[str]) -> Iterator[ox.Triple]:
    for thing in things:
        for triple in sorted(labels.collection.inferred_about(thing), key=str):
            if prefixed(triple.predicate.value) not in _PLAIN:
                yield triple


def _quotations(labels: Labels, quotations: Iterable[EvidenceQuotation]) -> tuple[tuple[Link, LiteralText, Link], ...]:
    found = (
        (labels.link(rest.part), LiteralText(rest.quotation, rest.language), _evidence(labels, rest))
        for rest in quotations
    )
    return tuple(dict.fromkeys(found))


def _evidence(labels: Labels, rest: EvidenceQuotation) -> Link:
    """Return the link to a piece of evidence, which is listed on the page of its document."""
    name = labels.texts["span"].format(start=rest.start, end=rest.end)
    return Link(LiteralText(name, labels.language), labels.addresses.of(rest.evidence))


def _nest(sentences: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    """Yield sentences with how many lists begin before, and how many end after each."""
    depths = [depth for depth, _ in sentences]
    levels = sorted(set(depths))
    flat = [levels.index(depth) + 1 for depth in depths]
    for at, (_, text) in enumerate(sentences):
        before = flat[at - 1] if at else 0
        after = flat[at + 1] if at + 1 < len(flat) else 0
        yield Sentence(text, max(0, flat[at] - before), max(0, flat[at] - after))
