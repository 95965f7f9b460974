"""The local names of things, printed and read back (CONTRACT.md gives the table of them)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandata import symbol
from mandata.vocab import GRAPH, ID, MD

_LETTERED = r"[a-z]|(?P<twin>[a-z])(?P=twin)|[ivx]{2,5}"  # (a), (aa), (iv); a language is never printed so
_PART = rf"(?:(?:pp|op|p|fn|annex)\d+)(?:\.(?:{_LETTERED}|\d+|p\d+)(?![^.]))*"
_NAME = re.compile(
    rf"^(?P<document>.+?)"
    rf"(?:\.(?P<part>{_PART}))?"
    r"(?:\.(?P<language>[a-z]{2,3})(?:\.(?P<file>[0-9a-f]{8})(?:\.span-(?P<start>\d+)-(?P<end>\d+))?)?)?"
    r"(?:\.(?P<role>cites-.+|record|identification))?$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a local name of a document or of something of it; ``str`` prints it, ``read_name`` reads it back."""

    document: str
    part: str | None = None
    language: str | None = None
    file: str | None = None
    span: tuple[int, int] | None = None
    role: str | None = None

    def __str__(self) -> str:
        span = f"span-{self.span[0]}-{self.span[1]}" if self.span else None
        return ".".join(filter(None, (self.document, self.part, self.language, self.file, span, self.role)))


def read_name(local: str) -> Name:
    """Return the parts of a local name of a document or of something of it."""
    match = _NAME.match(local)
    if match is None:
        return Name(local)
    span = (int(match["start"]), int(match["end"])) if match["start"] else None
    return Name(match["document"], match["part"], match["language"], match["file"], span, match["role"])


def document_name(normal_form: str | None, checksum: str) -> str:
    """Return the local name of a document: by its symbol, else by the checksum of its file."""
    return symbol.parse(normal_form).local_name if normal_form else f"unidentified-{checksum[:8]}"


def target_name(target: str) -> str:
    """Return the local name of what a citation cites: a symbol in normal form, or already a local name."""
    return symbol.parse(target).local_name if "/" in target else target


def annex_name(part: str | None) -> str | None:
    """Return the local name of a cited annex ("annex" or "annex II") within its document; None for any other part."""
    match = re.fullmatch(r"annex(?: ([IVX]+))?", part or "")
    return f"annex{_roman(match[1]) if match[1] else 1}" if match else None


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-v if v < later else v for v, later in zip(values, [*values[1:], 0], strict=True))


def thing(local: str) -> str:
    """Return the IRI of a thing by its local name."""
    return ID + local


def graph(local: str) -> str:
    """Return the IRI of a named graph."""
    return GRAPH + local


def term(local: str) -> str:
    """Return the IRI of a term of the ontology."""
    return MD + local
