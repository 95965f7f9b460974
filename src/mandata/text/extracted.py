"""The text drawn from a file that is no text: written line by line, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span, join
from mandata.text.marks import Marks

_SHOWN = 80  # characters of a dropped text that a report quotes


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters set alike; ``deleted`` are words that a tracked change takes away at this place."""

    words: str
    emphasised: bool = False
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text to be written.

    ``furniture`` is what each page repeats, which belongs to no paragraph; ``rest_of`` is the place among all rows of
    the one that goes on here, notes, furniture and a page break standing between them.
    """

    pieces: tuple[Piece, ...]
    heading: bool = False
    furniture: bool = False
    new_page: bool = False
    rest_of: int | None = None


@dataclass(slots=True)
class Extracted:
    """A text as drawn from a file; offsets count its characters. The same file gives the same text.

    ``blocks`` are its paragraphs in the order in which they are read, each with where its parts stand: what each page
    repeats is in none of them, and a paragraph that a page cuts has two parts.
    """

    text: str
    blocks: list[list[Span]] = field(default_factory=list)
    emphases: list[Span] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def marks(self) -> Marks:
        """Return the text as it is read, and what is marked in it."""
        whole = MappedText.of(self.text)
        blocks = (join((whole[start:end] for start, end in parts), " ") for parts in self.blocks)
        return Marks(join(blocks, "\n\n"), tuple(self.emphases), frozenset(self.headings))

    def as_json(self) -> dict[str, Any]:
        """Return the same as plain lists, to pass from one process to another."""
        issues = [[i.code, i.message, i.start, i.end] for i in self.issues]
        return {
            "text": self.text,
            "blocks": self.blocks,
            "emphases": self.emphases,
            "headings": self.headings,
            "issues": issues,
        }

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> Extracted:
        """Return what ``as_json`` wrote."""
        blocks = [[(start, end) for start, end in parts] for parts in said["blocks"]]
        emphases = [(start, end) for start, end in said["emphases"]]
        return cls(said["text"], blocks, emphases, said["headings"], [Issue(*issue) for issue in said["issues"]])


def write(rows: Iterable[Row]) -> Extracted:
    """Return the rows as one text, a blank line between two, a form feed where a page begins."""
    writer = _Writer()
    for row in rows:
        writer.write(row)
    writer.extracted.text = "".join(writer.parts)
    return writer.extracted


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.extracted = Extracted("")
        self.blocks: list[list[Span]] = []  # of each row, also of those that hold nothing or are furniture

    def write(self, row: Row) -> None:
        if row.new_page and self.at:
            self._put("\f")
        start, before = self.at, None
        for piece in _trim(row.pieces):
            self._piece(piece, goes_on=bool(before and before.emphasised))
            before = piece if piece.words else before
        self.blocks.append(self._block(row, (start, self.at)))
        if self.at == start:
            return
        if row.heading:
            self.extracted.headings.append(start)
        self._put("\n\n")

    def _block(self, row: Row, span: Span) -> list[Span]:
        if row.rest_of is not None:
            block = self.blocks[row.rest_of]
            block.append(span)
            return block
        if span[0] < span[1] and not row.furniture:
            self.extracted.blocks.append([span])
            return self.extracted.blocks[-1]
        return []

    def _piece(self, piece: Piece, goes_on: bool) -> None:
        out = self.extracted
        if piece.deleted:
            words = piece.deleted if len(piece.deleted) <= _SHOWN else piece.deleted[:_SHOWN] + "…"
            out.issues.append(Issue("tracked-deletion", f"a tracked change deletes “{words}”", self.at, self.at))
        if piece.emphasised and piece.words.strip():
            start = self.at + len(piece.words) - len(piece.words.lstrip())
            if goes_on and out.emphases:
                start = out.emphases.pop()[0]
            out.emphases.append((start, self.at + len(piece.words.rstrip())))
        self._put(piece.words)

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.at += len(words)


def _trim(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without white space at both ends of the row, deletions side by side as one."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and kept[-1].deleted and not piece.words:
            kept[-1] = Piece(kept[-1].words, kept[-1].emphasised, kept[-1].deleted + piece.deleted)
        elif piece.words or piece.deleted:
            kept.append(piece)
    for places, strip in ((range(len(kept)), str.lstrip), (range(len(kept) - 1, -1, -1), str.rstrip)):
        for at in places:
            kept[at] = Piece(strip(kept[at].words), kept[at].emphasised, kept[at].deleted)
            if kept[at].words:
                break
    return kept
