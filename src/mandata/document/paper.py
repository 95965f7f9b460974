"""Documents that are neither resolution nor letter: reports, notes, statements, decisions in running words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mandata.document.adoption import read_title
from mandata.document.blocks import Blocks
from mandata.document.letter import read_annexes, split_annexes
from mandata.document.masthead import find_organ, read_head, split_title
from mandata.document.model import Masthead, Stated
from mandata.document.opening import kind_from_heading
from mandata.document.paragraphs import ParagraphReader
from mandata.document.sections import split_sections
from mandata.errors import Issue
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText

_LEADERS = re.compile(r"(?:\. ?){4,}|…{2,}|_{4,}")  # "I. Introduction . . . . . . 3"


def read_report(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that is a report or a note: its title, sections, paragraphs.

    Args:
        blocks: its blocks.
        head: its masthead.
        reader: the reader of its paragraphs.
    """
    lexicon = reader.lexicon
    above, title = split_title(blocks.head, lexicon)
    heading, rest = _read_heading(blocks.body, lexicon)
    named = next((block for block in rest if lexicon.search("rapporteur", block.folded)), None)
    return {
        "masthead": read_head(above, lexicon) if title else head,
        "heading": heading,
        "title": title or heading,
        "rapporteur": _rapporteur(named, lexicon) if named else None,
        **_text([block for block in rest if block is not named], reader),
    }


def _rapporteur(line: MappedText, lexicon: Lexicon) -> Stated[str] | None:
    match = lexicon.search("rapporteur", line.folded)
    name = line[match.start("name") :] if match else line
    return Stated(name.chars, line.span)


def read_statement(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a statement on behalf of an organ: its paragraphs, the meeting at which it was made.

    Args:
        blocks: its blocks.
        head: its masthead.
        reader: the reader of its paragraphs.
    """
    lexicon = reader.lexicon
    heading, rest = _read_heading(blocks.body, lexicon)
    fields = {"masthead": head, "heading": heading, "title": heading, **_text(rest, reader)}
    for paragraph in fields["paragraphs"]:
        made = lexicon.search("statement-made", paragraph.text.folded)
        if made and (day := parse_date(made["date"], lexicon)):
            meeting = Stated(int(made["meeting"]), paragraph.text.span_of(*made.span("meeting")))
            return fields | {"delivered": Stated(day, paragraph.text.span_of(*made.span("date"))), "meeting": meeting}
    return fields


def read_decision(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a decision in running words ("At its 2nd plenary meeting, on ..., decided").

    Args:
        blocks: its blocks.
        head: its masthead.
        reader: the reader of its paragraphs.
    """
    lexicon, body = reader.lexicon, list(blocks.body)
    at = next((i for i, block in enumerate(body) if lexicon.search("title", block.folded)), None)
    title_lines = read_title(body[: at + 1] if at is not None else [], lexicon)
    fields = _text(body[at + 1 :] if at is not None else body, reader)
    fields |= {"masthead": replace(head, number=title_lines.number), "title": title_lines.title}
    for paragraph in fields["paragraphs"]:
        text = paragraph.text
        made = lexicon.search("decision-made", text.folded)
        if made and (day := parse_date(made["date"], lexicon)):
            organ = find_organ(made["organ"], lexicon)
            stated = Stated(organ, text.span_of(*made.span("organ"))) if organ else None
            adopted = replace(
                fields["masthead"],
                adopted=Stated(day, text.span_of(*made.span("date"))),
                enacted_by=stated,
                organs=head.organs or ((stated,) if stated else ()),
            )
            meeting = Stated(int(made["meeting"]), text.span_of(*made.span("meeting")))
            return fields | {"masthead": adopted, "meeting": meeting}
    return fields


def _read_heading(blocks: Sequence[MappedText], lexicon: Lexicon) -> tuple[MappedText | None, Sequence[MappedText]]:
    at = next((i for i, block in enumerate(blocks) if kind_from_heading(block.folded, lexicon)), None)
    return (None, blocks) if at is None else (blocks[at], [*blocks[:at], *blocks[at + 1 :]])


def _text(blocks: Sequence[MappedText], reader: ParagraphReader) -> dict[str, Any]:
    own, annexed = split_annexes(list(blocks), reader.lexicon)
    contents = {block.span for block in own if _is_in_contents(block.folded, reader.lexicon)}
    divided = split_sections([block for block in own if block.span not in contents], reader.lexicon)
    return {
        "paragraphs": reader.read(divided.blocks, "plain", "", divided.section_paths),
        "sections": divided.sections,
        "annexes": read_annexes(annexed, reader),
        "issues": tuple(_contents_issues([block for block in own if block.span in contents])),
    }


def _is_in_contents(words: str, lexicon: Lexicon) -> bool:
    """Return whether a block is the heading or a line of a table of contents."""
    return bool(_LEADERS.search(words) or lexicon.search("contents-heading", words))


def _contents_issues(lines: Sequence[MappedText]) -> list[Issue]:
    if not lines:
        return []
    return [Issue("contents-left-out", "the table of contents is not read", lines[0].span[0], lines[-1].span[1])]
