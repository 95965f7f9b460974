"""References to documents, citations, and citations that could not be resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandata.document.place import Place, Placed

WAYS = ("symbol", "footnote", "name", "context")
"""How a citation is made, the most explicit first."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in one text; ``start`` and ``end`` are positions in that text."""

    target: str
    """A symbol in normal form, or the local name of a named instrument that has none."""
    way: str
    start: int
    end: int
    part: str | None = None
    date: date | None = None
    signed: int | None = None
    series: int = 0
    """References of one enumeration ("ses résolutions 72/7 ... et 75/272") share the start of its first."""
    linked: bool = False
    """Whether only the mark-up names it, by a link."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited by a paragraph or note (``path``); if through a note, ``text`` and ``place`` are in the note."""

    path: str
    target: str
    way: str
    text: str
    place: Place
    """The place of its most explicit words."""
    others: tuple[Place, ...] = ()
    """Other places at which the paragraph, or a note that it calls, cites the same document."""
    note: str | None = None
    part: str | None = None
    intent: str | None = None
    date: date | None = None
    signed: int | None = None
    basis: bool = False
    """Whether the text acts in accordance with what it cites ("Conformément à ...")."""
    linked: bool = False
    """Whether only the mark-up cites it, by a link."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place at which the paragraph, or a note that it calls, cites the document."""
        return self.place, *self.others


@dataclass(frozen=True, slots=True)
class Unresolved(Placed):
    """Words that cite a document which the text alone does not determine, and the candidates."""

    place: Place
    words: str
    candidates: tuple[str, ...]
    reason: str
