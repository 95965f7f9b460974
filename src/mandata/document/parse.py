"""From repaired lines to a Document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from mandata.document.blocks import Blocks, assemble
from mandata.document.calls import plan_lowered
from mandata.document.ending import about_ending
from mandata.document.kinds import kind_of
from mandata.document.letter import read_letter
from mandata.document.masthead import read_head
from mandata.document.model import Document, Footnote, Masthead
from mandata.document.opening import find_opening
from mandata.document.paper import read_decision, read_report, read_statement
from mandata.document.paragraphs import ParagraphReader
from mandata.document.resolution import read_resolution
from mandata.document.unread import about_unread
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon, recognise_words
from mandata.text.clean import CleanText

Reader = Callable[[Blocks, Masthead, ParagraphReader], dict[str, Any]]

_READERS: Final[dict[str, Reader]] = {
    "resolution": read_resolution,
    "draft": read_resolution,
    "letter": read_letter,
    "note": read_report,
    "report": read_report,
    "statement": read_statement,
}


def parse(clean: CleanText) -> Document:
    """Return the document that a text holds; one of no kind known comes out as ``other``, with an Issue."""
    lexicon = recognise_words(clean.words)
    if lexicon is None:
        issue = Issue("language-unknown", "is in none of the languages that have a lexicon; nothing is read from it")
        return Document(clean.source, "other", None, issues=(*clean.issues, issue))
    opening = find_opening(clean.lines, lexicon)
    blocks = assemble(clean, lexicon, opening.start)
    head = read_head(blocks.head, lexicon)
    kind = kind_of(opening.kind, blocks, head, lexicon)
    if kind == "other":
        issue = Issue("no-un-document", "is no document of the United Nations whose kind is known; nothing is read")
        return Document(clean.source, "other", lexicon.language, issues=(*clean.issues, issue))
    numbers = [number for number, _ in blocks.notes]
    reader = ParagraphReader(lexicon, clean.emphases, numbers, plan_lowered(blocks.body, numbers))
    fields: dict[str, Any] = _reader(kind, blocks, lexicon)(blocks, head, reader)
    notes, repeated = _once(Footnote(number, text) for number, text in blocks.notes)
    doubts = (*clean.issues, *fields.pop("issues"), *_about_notes(notes, reader.uncalled), *repeated)
    document = Document(clean.source, kind, lexicon.language, footnotes=notes, issues=doubts, **fields)
    later = (*about_ending(document), *about_unread(clean.lines, document, lexicon))
    lines = tuple(line.text for line in clean.lines)  # last: no line is read because all lines are kept
    return replace(document, issues=(*doubts, *later), lines=lines)


def _reader(kind: str, blocks: Blocks, lexicon: Lexicon) -> Reader:
    """Return what reads a kind: a note verbale has the form of a letter, some decisions have that of a resolution."""
    if kind == "note" and any(lexicon.search("letter-heading", block.folded) for block in blocks.body):
        return read_letter
    if kind == "decision":
        enacted = any(lexicon.search("enacting-formula", block.folded) for block in blocks.body)
        return read_resolution if enacted else read_decision
    return _READERS[kind]


def _once(notes: Iterable[Footnote]) -> tuple[tuple[Footnote, ...], list[Issue]]:
    """Return the first note of each number, and what to say of the others: no call tells which it means."""
    kept, issues = dict[str, Footnote](), list[Issue]()
    for note in notes:
        if kept.setdefault(note.number, note) is not note:
            said = f"note {note.number} is there twice; the first is kept"
            issues.append(Issue("note-twice", said, *note.text.span))
    return tuple(kept.values()), issues


def _about_notes(notes: tuple[Footnote, ...], uncalled: list[str]) -> list[Issue]:
    by_number = {note.number: note for note in notes}
    return [Issue("note-uncalled", f"note {n} is called nowhere", *by_number[n].text.span) for n in uncalled]
