"""The local names of things, printed and read back (CONTRACT.md gives the table of them)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandata import symbol
from mandata.vocab import GRAPH, ID, MD

_LETTERED = r"[a-z]|(?P<twin>[a-z])(?P=twin)|[ivxl]{2,6}"  # (a), (aa), (iv); a language is never printed so
_SECTION = r"section(?:\d+|[A-Z])(?:\.[A-Z](?![^.]))?|heading\d+"
_PART = rf"(?:(?:pp|op|p|fn|annex)\d+|{_SECTION})(?:\.(?:{_LETTERED}|\d+|p\d+|{_SECTION})(?![^.]))*"
_RESOLUTION = re.compile(r"(?P<letter>[A-Z]{1,2})(?:\.(?P<part>.+))?")  # a part that is a resolution by its letter
_OWN_LETTERS = re.compile(r"_[A-Z]{1,2}(?:-[A-Z]{1,2})?$")
_NAME = re.compile(
    rf"^(?P<document>.+?)"
    rf"(?:\.(?P<part>{_PART}))?"
    r"(?:\.(?P<language>[a-z]{2,3})(?:\.(?P<file>[0-9a-f]{8})(?:\.span-(?P<start>\d+)-(?P<end>\d+))?)?)?"
    r"(?:\.(?P<role>cites-.+|record|identification))?$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a local name of a document or of something of it; ``str`` prints it, ``read_name`` reads it back.

    A part that is known by a letter is a resolution of its own, whose symbol bears the letter.

    >>> str(Name("A_RES_53_243", "B.op1"))
    'A_RES_53_243_B.op1'
    """

    document: str
    part: str | None = None
    language: str | None = None
    file: str | None = None
    span: tuple[int, int] | None = None
    role: str | None = None

    def __str__(self) -> str:
        document, part = self.document, self.part
        if lettered := _RESOLUTION.fullmatch(part or ""):
            document, part = f"{_OWN_LETTERS.sub('', document)}_{lettered['letter']}", lettered["part"]
        span = f"span-{self.span[0]}-{self.span[1]}" if self.span else None
        return ".".join(filter(None, (document, part, self.language, self.file, span, self.role)))


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
    return f"annex{symbol.arabic(match[1]) if match[1] else 1}" if match else None


def section_name(part: str | None) -> str | None:
    """Return the local name of a cited section ("section II", "section A, paragraph 3"); None for any other part."""
    match = re.match(r"section (?:(?P<figures>[IVX]+|[IVXL]{2,7})|(?P<letter>[A-Z]))(?:,|$)", part or "")
    if match is None:
        return None
    return f"section{symbol.arabic(match['figures']) if match['figures'] else match['letter']}"


def thing(local: str) -> str:
    """Return the IRI of a thing by its local name."""
    return ID + local


def graph(local: str) -> str:
    """Return the IRI of a named graph."""
    return GRAPH + local


def term(local: str) -> str:
    """Return the IRI of a term of the ontology."""
    return MD + local
