"""Graphs of UN-like documents, of any number of triples, the same for the same number: for the reasoning engines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, islice

from mandata.rdf.namespaces import MD, RDF, XSD

THING = "https://example.org/un/"
_KINDS = ("Resolution", "Letter", "Report", "Decision")
_INTENTS = ("recalls", "notes", "welcomes", "reaffirms", "takesNoteOf", "isGuidedBy", "notesWithSatisfaction", "cites")
_STATES = 193
_PARAGRAPHS = 4
TRIPLES_OF_A_DOCUMENT = 40
"""Or one more."""


def lines(triples: int, seed: int = 7) -> Iterator[str]:
    """Yield so many triples as lines of N-Triples: documents, their paragraphs, what those cite and mention."""
    chance = random.Random(seed)
    return islice((line for number in count() for line in document(number, chance)), triples)


def document(number: int, chance: random.Random) -> Iterator[str]:
    """Yield the triples of one document, which cites earlier ones alone."""
    kind, this = _KINDS[number % len(_KINDS)], f"D{number}"
    yield _said(this, RDF + "type", f"<{MD}{kind}>")
    yield _said(this, MD + "symbol", f'"D/{number}"')
    yield _said(this, MD + "title", f'"Item {number % 50} of the agenda"@en')
    yield _said(this, MD + "issuedBy", f"<{THING}organ-{number % 7}>")
    if kind == "Letter" and number > len(_KINDS):  # a letter replies to an earlier letter
        earlier = number - len(_KINDS) * chance.randrange(1, number // len(_KINDS) + 1)
        yield _said(this, MD + "repliesTo", f"<{THING}D{earlier}>")
    for position in range(1, _PARAGRAPHS + 1):
        yield from _paragraph(this, number, position, chance)


def _paragraph(document_: str, number: int, position: int, chance: random.Random) -> Iterator[str]:
    this = f"{document_}.p{position}"
    kind = "PreambularParagraph" if position <= _PARAGRAPHS // 2 else "OperativeParagraph"
    yield _said(document_, MD + "hasPart", f"<{THING}{this}>")
    yield _said(this, RDF + "type", f"<{MD}{kind}>")
    yield _said(this, MD + "position", f'"{position}"^^<{XSD}integer>')
    yield _said(this, MD + "text", f'"Words of paragraph {position} of document {number}"@en')
    yield _said(this, MD + "mentions", f"<{THING}state-{chance.randrange(_STATES)}>")
    if number:
        cited = f"D{chance.randrange(number)}"
        citation = f"{this}.cites-{cited}"
        yield _said(this, MD + chance.choice(_INTENTS), f"<{THING}{cited}>")
        yield _said(citation, RDF + "type", f"<{MD}Citation>")
        yield _said(citation, MD + "citingPart", f"<{THING}{this}>")
        yield _said(citation, MD + "citedDocument", f"<{THING}{cited}>")


def _said(subject: str, predicate: str, value: str) -> str:
    return f"<{THING}{subject}> <{predicate}> {value} .\n"
