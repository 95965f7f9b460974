"""From repaired lines to a Document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mandata.document.blocks import Blocks, assemble
from mandata.document.calls import plan_lowered
from mandata.document.ending import about_ending
from mandata.document.letter import read_letter
from mandata.document.masthead import read_head
from mandata.document.model import Document, Footnote
from mandata.document.paragraphs import ParagraphReader
from mandata.document.resolution import read_resolution
from mandata.errors import Issue
from mandata.text.clean import CleanText
from mandata.text.language import Lexicon, recognise

_READERS = {"resolution": read_resolution, "letter": read_letter}


def parse(clean: CleanText) -> Document:
    """Return the document that a text holds; one of no kind known comes out as ``other``, with an Issue."""
    lexicon = recognise("\n".join(line.text.chars for line in clean.lines))
    if lexicon is None:
        issue = Issue("language-unknown", "is in none of the languages that have a lexicon; nothing is read from it")
        return Document(clean.source, "other", None, issues=(*clean.issues, issue))
    blocks = assemble(clean, lexicon)
    kind = _kind(blocks, lexicon)
    if kind == "other":
        issue = Issue("no-un-document", "is no resolution and no letter of the United Nations; nothing is read from it")
        return Document(clean.source, "other", lexicon.language, issues=(*clean.issues, issue))
    numbers = [number for number, _ in blocks.notes]
    reader = ParagraphReader(lexicon, clean.emphases, numbers, plan_lowered(blocks.body, numbers))
    fields: dict[str, Any] = _READERS[kind](blocks, read_head(blocks.head, lexicon), reader)
    notes = tuple(Footnote(number, text) for number, text in blocks.notes)
    doubts = (*clean.issues, *fields.pop("issues"), *_about_notes(notes, reader.uncalled))
    document = Document(clean.source, kind, lexicon.language, footnotes=notes, issues=doubts, **fields)
    return replace(document, issues=(*doubts, *about_ending(document)))


def _kind(blocks: Blocks, lexicon: Lexicon) -> str:
    """Tell what a text is: a letter may carry a resolution in its annex, and be the title of a resolution's item."""
    words = [block.folded for block in blocks.body]
    annexed = next((i for i, w in enumerate(words) if lexicon.search("annex-heading", w)), len(words))
    if any(lexicon.search("enacting-formula", w) for w in words[:annexed]):
        return "resolution"
    if any(lexicon.search("letter-heading", w) for w in words):
        return "letter"
    if any(lexicon.search("enacting-formula", w) for w in words):
        return "resolution"
    return "other"


def _about_notes(notes: tuple[Footnote, ...], uncalled: list[str]) -> list[Issue]:
    by_number = {note.number: note for note in notes}
    return [Issue("note-uncalled", f"note {n} is called nowhere", *by_number[n].text.span) for n in uncalled]
