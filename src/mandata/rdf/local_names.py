"""The local names of things: ``str(Name(...))`` prints one, ``read_name`` parses it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandata.rdf.namespaces import GRAPH, ID, MD

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
    """The components of the local name of a document, or of a part, version, file or citation of it.

    A part that is known by a letter is a resolution of its own, whose symbol ends with the letter.

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
    """Return the components of a local name; one in no known form is the name of a document as it stands."""
    match = _NAME.match(local)
    if match is None:
        return Name(local)
    span = (int(match["start"]), int(match["end"])) if match["start"] else None
    return Name(match["document"], match["part"], match["language"], match["file"], span, match["role"])


def thing(local: str) -> str:
    """Return the IRI of a thing by its local name."""
    return ID + local


def graph(local: str) -> str:
    """Return the IRI of a named graph."""
    return GRAPH + local


def term(local: str) -> str:
    """Return the IRI of a term of the ontology."""
    return MD + local
