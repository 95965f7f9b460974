"""Views of the proofs of inferred statements; the proofs are written by a function that is given to the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mandata.rdf.namespaces import prefixed_name
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText

_OBVIOUS_PROPERTIES: Final = frozenset({"md:cites", "md:isCitedBy", "md:mentions", "md:isPartOf"})


@dataclass(frozen=True, slots=True)
class EvidenceQuotation:
    """A quotation on which a proof rests, with the IRIs of its part and its evidence, and its offsets in the file."""

    part: str
    evidence: str
    quotation: str
    language: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProofText:
    """A proof in words: sentences, each with its depth in the proof tree, evidence, and remarks on what is weak."""

    sentences: tuple[tuple[int, str], ...]
    quotations: tuple[EvidenceQuotation, ...] = ()
    remarks: tuple[str, ...] = ()


ProofWriter = Callable[[ox.Triple, str], ProofText | None]
"""Returns the proof of a statement in a language; None if it follows by one axiom, which needs no proof on a page."""


def no_proof(_: ox.Triple, __: str) -> ProofText | None:
    """Return None, as the proof writer of a site without inference steps."""
    return None


_Reasons = tuple[tuple[tuple[int, str], ...], tuple[EvidenceQuotation, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a proof; ``opens`` is how many lists begin before it, ``closes`` how many end after it."""

    text: str
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class ProofView:
    """Inferred statements with the same proof; its sentences form nested lists."""

    anchor: str
    statements: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[tuple[Link, LiteralText, Link], ...]
    remarks: tuple[str, ...]


def proofs(labels: Labels, things: Iterable[str], write_proof: ProofWriter) -> tuple[ProofView, ...]:
    """Return the proofs of the inferred statements about some things.

    That a whole cites and mentions what its parts do is obvious on its page, and left out.

    Args:
        labels: the labels of a language.
        things: the IRIs of the things.
        write_proof: writes the proof of a statement, or returns None to leave it out.
    """
    return proofs_of(labels, _inferred_statements(labels, things), write_proof)


def proofs_of(labels: Labels, statements: Iterable[ox.Triple], write_proof: ProofWriter) -> tuple[ProofView, ...]:
    """Return the proofs of statements; those with the same reasons are one proof.

    Args:
        labels: the labels of a language.
        statements: the inferred statements.
        write_proof: writes the proof of a statement, or returns None to leave it out.
    """
    statements_by_reasons: dict[_Reasons, list[str]] = {}
    for proof in filter(None, (write_proof(statement, labels.language) for statement in statements)):
        (_, statement), *reasons = proof.sentences
        statements_by_reasons.setdefault((tuple(reasons), proof.quotations, proof.remarks), []).append(statement)
    return tuple(
        ProofView(
            f"why-{at}",
            tuple(dict.fromkeys(statements)),
            tuple(_nest(reasons)),
            _quotations(labels, quotations),
            remarks,
        )
        for at, ((reasons, quotations, remarks), statements) in enumerate(statements_by_reasons.items(), 1)
    )


def _inferred_statements(labels: Labels, things: Iterable[str]) -> Iterator[ox.Triple]:
    for thing in things:
        for triple in sorted(labels.collection.inferred_about(thing), key=str):
            if prefixed_name(triple.predicate.value) not in _OBVIOUS_PROPERTIES:
                yield triple


def _quotations(labels: Labels, quotations: Iterable[EvidenceQuotation]) -> tuple[tuple[Link, LiteralText, Link], ...]:
    found = (
        (
            labels.link(quotation.part),
            LiteralText(quotation.quotation, quotation.language),
            _evidence(labels, quotation),
        )
        for quotation in quotations
    )
    return tuple(dict.fromkeys(found))


def _evidence(labels: Labels, quotation: EvidenceQuotation) -> Link:
    """Return the link to a piece of evidence, which is listed on the page of its document."""
    name = labels.texts["span"].format(start=quotation.start, end=quotation.end)
    return Link(LiteralText(name, labels.language), labels.addresses.of(quotation.evidence))


def _nest(sentences: Sequence[tuple[int, str]]) -> Iterator[Sentence]:
    """Yield the sentences with the numbers of lists that begin before and end after each."""
    depths = [depth for depth, _ in sentences]
    levels = sorted(set(depths))
    flat = [levels.index(depth) + 1 for depth in depths]
    for at, (_, text) in enumerate(sentences):
        before = flat[at - 1] if at else 0
        after = flat[at + 1] if at + 1 < len(flat) else 0
        yield Sentence(text, max(0, flat[at] - before), max(0, flat[at] - after))
