"""Texts cut short: what is said of the rest must have been said of the whole."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from invented import letter, render, resolution
from mandata.document.model import Document, Footnote, Paragraph
from mandata.reading import Reading, read
from mandata.text.source import decode

from .originals import corpus
from .same import STYLES, statements

_THING = re.compile(r"<https://w3id\.org/mandata/id/([^>]*)>")
_CITES = re.compile(r"\.cites-.*$|\.(?:fr|en)$")


def whole(seed: int) -> tuple[str, str]:
    """Return the name of a text and the text that is to be cut; every third is a real one, where a corpus is given."""
    pick = random.Random(f"cut {seed}")
    if seed % 3 == 2 and (real := corpus(".txt")):
        path = pick.choice(real)
        return path.name, path.read_text(encoding="utf-8")
    language = ("fr", "en")[seed % 2]
    made = letter(seed, language) if seed % 5 == 4 else resolution(seed, language)
    return f"{language} {seed}", render(made, pick.choice(STYLES))


def reading_of(text: str) -> Reading:
    """Return what a text holds."""
    return read(decode(text.encode(), "x.txt"))


def last_parts(document: Document) -> list[Paragraph | Footnote]:
    """Return the paragraph that stands last in the text, and the note: where a note is cut, a paragraph may go on."""
    both: list[list[Paragraph | Footnote]] = [[*document.body()], [*document.footnotes]]
    cut_off = [note for note in document.footnotes if not note.text.chars]  # of which the number alone is left
    return [*(max(parts, key=lambda part: part.text.span[1]) for parts in both if parts), *cut_off]


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole text says, and which notes each of its paragraphs calls."""

    said: frozenset[str]
    calls: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, text: str) -> Whole:
        """Return what is said of a text."""
        paragraphs = reading_of(text).document.body()
        return cls(statements(text), {p.path: frozenset(call.number for call in p.calls) for p in paragraphs})


def different(whole: Whole, text: str) -> Iterator[str]:
    """Yield the statements about a text cut short that are new, the paragraph at the cut, and what it cites, apart.

    Apart is also a paragraph that calls a note which stands behind the cut, or is cut: it cites by less, and a call
    that extraction has lowered ("villages3") is known by its note alone.
    """
    document = reading_of(text).document
    last = last_parts(document)
    held = {note.number for note in document.footnotes if note not in last}
    apart = {part.path for part in last}
    apart |= {path for path, calls in whole.calls.items() if calls - held}
    for line in sorted(statements(text) - whole.said):
        things = [_CITES.sub("", thing) for thing in _THING.findall(line)]
        about = things[0].partition(".")[2] if things else ""
        of_it = any(about == path or thing.endswith(f".{path}") for path in apart for thing in things)
        if not of_it and (about or "ontology#hasPart" in line):
            yield line
