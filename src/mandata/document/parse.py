"""Parsing of repaired lines to a Document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from mandata.document.blocks import Blocks, assemble
from mandata.document.calls import find_lowered_calls
from mandata.document.ending import ending_issues
from mandata.document.kinds import kind_of
from mandata.document.letter import read_letter
from mandata.document.masthead import read_head
from mandata.document.model import Document, Footnote, Masthead
from mandata.document.opening import find_opening
from mandata.document.paper import read_decision, read_report, read_statement
from mandata.document.paragraphs import ParagraphReader
from mandata.document.resolution import read_resolution
from mandata.document.unread import unread_issues
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
    """Return the document in a text; one of unknown kind gets the kind ``other`` and an Issue."""
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
    reader = ParagraphReader(lexicon, clean.emphases, numbers, find_lowered_calls(blocks.body, numbers))
    fields: dict[str, Any] = _reader(kind, blocks, lexicon)(blocks, head, reader)
    notes, repeated = _deduplicate(Footnote(number, text) for number, text in blocks.notes)
    doubts = (*clean.issues, *fields.pop("issues"), *_uncalled_note_issues(notes, reader.uncalled), *repeated)
    document = Document(clean.source, kind, lexicon.language, footnotes=notes, issues=doubts, **fields)
    later = (*ending_issues(document), *unread_issues(clean.lines, document, lexicon))
    lines = tuple(line.text for line in clean.lines)  # last, so that keeping a line does not count as reading it
    return replace(document, issues=(*doubts, *later), lines=lines)


def _reader(kind: str, blocks: Blocks, lexicon: Lexicon) -> Reader:
    """Return the reader for a kind: a note verbale has the form of a letter, some decisions that of a resolution."""
    if kind == "note" and any(lexicon.search("letter-heading", block.folded) for block in blocks.body):
        return read_letter
    if kind == "decision":
        enacted = any(lexicon.search("enacting-formula", block.folded) for block in blocks.body)
        return read_resolution if enacted else read_decision
    return _READERS[kind]


def _deduplicate(notes: Iterable[Footnote]) -> tuple[tuple[Footnote, ...], list[Issue]]:
    """Return the first note of each number, and an Issue for each other one: no call can distinguish them."""
    kept, issues = dict[str, Footnote](), list[Issue]()
    for note in notes:
        if kept.setdefault(note.number, note) is not note:
            message = f"note {note.number} is there twice; the first is kept"
            issues.append(Issue("note-twice", message, *note.text.span))
    return tuple(kept.values()), issues


def _uncalled_note_issues(notes: tuple[Footnote, ...], uncalled: list[str]) -> list[Issue]:
    by_number = {note.number: note for note in notes}
    return [Issue("note-uncalled", f"note {n} is called nowhere", *by_number[n].text.span) for n in uncalled]
