"""The text extracted from a binary file: written line by line, with the formatting of each line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mandata.errors import Issue
from mandata.text.formatted_text import FormattedText
from mandata.text.mapped import MappedText, Span, join

_QUOTED_LENGTH = 80  # characters of a dropped text that a report quotes


@dataclass(frozen=True, slots=True)
class StyledText:
    """Characters with one formatting; ``deleted`` are words that a tracked change deletes at this place."""

    words: str
    emphasised: bool = False
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedLine:
    """One line of the text to be written.

    ``furniture`` is what each page repeats, which belongs to no paragraph; ``continues`` is the index, among all lines,
    of the one that continues here, after notes, furniture and a page break.
    """

    pieces: tuple[StyledText, ...]
    furniture: bool = False
    new_page: bool = False
    continues: int | None = None


@dataclass(slots=True)
class ExtractedText:
    """The text extracted from a file; offsets count its characters. The same file gives the same text.

    ``blocks`` are its paragraphs in reading order, each with the spans of its parts: what each page repeats is in none
    of them, and a paragraph that a page break cuts has two parts.
    """

    text: str
    blocks: list[list[Span]] = field(default_factory=list)
    emphases: list[Span] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def formatted_text(self) -> FormattedText:
        """Return the text in reading order, with its emphases."""
        whole = MappedText.of(self.text)
        blocks = (join((whole[start:end] for start, end in parts), " ") for parts in self.blocks)
        return FormattedText(join(blocks, "\n\n"), tuple(self.emphases))

    def as_json(self) -> dict[str, Any]:
        """Return a JSON object, to be passed to another process."""
        issues = [[i.code, i.message, i.start, i.end] for i in self.issues]
        return {
            "text": self.text,
            "blocks": self.blocks,
            "emphases": self.emphases,
            "issues": issues,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ExtractedText:
        """Return the text that ``as_json`` wrote."""
        blocks = [[(start, end) for start, end in parts] for parts in data["blocks"]]
        emphases = [(start, end) for start, end in data["emphases"]]
        return cls(data["text"], blocks, emphases, [Issue(*issue) for issue in data["issues"]])


def write(lines: Iterable[ExtractedLine]) -> ExtractedText:
    """Return the lines as one text, with a blank line between them and a form feed before each new page."""
    writer = _Writer()
    for line in lines:
        writer.write(line)
    writer.extracted.text = "".join(writer.parts)
    return writer.extracted


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.extracted = ExtractedText("")
        self.blocks: list[list[Span]] = []  # of each line, including empty lines and furniture

    def write(self, line: ExtractedLine) -> None:
        if line.new_page and self.at:
            self._put("\f")
        start, before = self.at, None
        for piece in _trim(line.pieces):
            self._piece(piece, goes_on=bool(before and before.emphasised))
            before = piece if piece.words else before
        self.blocks.append(self._block(line, (start, self.at)))
        if self.at == start:
            return
        self._put("\n\n")

    def _block(self, line: ExtractedLine, span: Span) -> list[Span]:
        if line.continues is not None:
            block = self.blocks[line.continues]
            block.append(span)
            return block
        if span[0] < span[1] and not line.furniture:
            self.extracted.blocks.append([span])
            return self.extracted.blocks[-1]
        return []

    def _piece(self, piece: StyledText, goes_on: bool) -> None:
        out = self.extracted
        if piece.deleted:
            words = piece.deleted if len(piece.deleted) <= _QUOTED_LENGTH else piece.deleted[:_QUOTED_LENGTH] + "…"
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


def _trim(pieces: Iterable[StyledText]) -> list[StyledText]:
    """Return the pieces without white space at both ends of the line, with adjacent deletions merged."""
    kept: list[StyledText] = []
    for piece in pieces:
        if kept and kept[-1].deleted and not piece.words:
            kept[-1] = StyledText(kept[-1].words, kept[-1].emphasised, kept[-1].deleted + piece.deleted)
        elif piece.words or piece.deleted:
            kept.append(piece)
    for places, strip in ((range(len(kept)), str.lstrip), (range(len(kept) - 1, -1, -1), str.rstrip)):
        for at in places:
            kept[at] = StyledText(strip(kept[at].words), kept[at].emphasised, kept[at].deleted)
            if kept[at].words:
                break
    return kept
