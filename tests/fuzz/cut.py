"""Texts cut short: what is said of the rest must have been said of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandata.document.model import Document, Footnote, Paragraph
from mandata.reading import Reading, read
from mandata.text.source import decode

from .same import statements

_THING = re.compile(r"<https://w3id\.org/mandata/id/([^>]*)>")
_CITES = re.compile(r"\.cites-.*$|\.(?:fr|en)$")


def reading_of(text: str) -> Reading:
    """Return what a text holds."""
    return read(decode(text.encode(), "x.txt"))


def last_parts(document: Document) -> list[Paragraph | Footnote]:
    """Return the paragraph that stands last in the text, and the note: where a note is cut, a paragraph may go on."""
    both: list[list[Paragraph | Footnote]] = [[*document.body()], [*document.footnotes]]
    return [max(parts, key=lambda part: part.text.span[1]) for parts in both if parts]


def different(whole: frozenset[str], text: str) -> Iterator[str]:
    """Yield the statements about a text cut short that are new, the paragraph at the cut, and what it cites, apart.

    Apart is also a paragraph that calls a note which stands behind the cut, or is cut: it cites by less.
    """
    document = reading_of(text).document
    last = last_parts(document)
    held = {note.number for note in document.footnotes if note not in last}
    apart = {part.path for part in last}
    apart |= {p.path for p in document.body() if any(call.number not in held for call in p.calls)}
    for line in sorted(statements(text) - whole):
        things = [_CITES.sub("", thing) for thing in _THING.findall(line)]
        about = things[0].partition(".")[2] if things else ""
        of_it = any(about == path or thing.endswith(f".{path}") for path in apart for thing in things)
        if not of_it and (about or "ontology#hasPart" in line):
            yield line
