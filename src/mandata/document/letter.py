"""Letters: sender, addressee and date, paragraphs, signature, annexes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mandata.document.blocks import Blocks
from mandata.document.masthead import find_organ, item_number
from mandata.document.model import ANNEX_KINDS, Annex, Letterhead, Masthead, Paragraph, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.document.sections import split_sections
from mandata.errors import Issue
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText


def read_letter(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that is a letter or a note verbale.

    Args:
        blocks: its blocks, the heading of the letter among them.
        head: its masthead.
        reader: the reader of its paragraphs.
    """
    lexicon, body = reader.lexicon, list(blocks.body)
    at = next((i for i, block in enumerate(body) if lexicon.search("letter-heading", block.folded)), 0)
    heading, rest = body[at], body[at + 1 :]
    before, annexed = split_annexes(rest, lexicon)
    own, signature = _split_signature(before, lexicon)
    paragraphs = reader.read(own, "letter")
    annexes = read_annexes(annexed, reader)
    letterhead, issues = _letterhead(heading, signature, lexicon)
    return {
        "masthead": _fill_from_text(head, paragraphs, lexicon),
        "title": heading,
        "letterhead": letterhead,
        "paragraphs": paragraphs,
        "annexes": annexes,
        "issues": issues,
    }


def split_annexes(blocks: list[MappedText], lexicon: Lexicon) -> tuple[list[MappedText], list[MappedText]]:
    """Return the blocks of a document itself and those of its annexes, which begin with the heading of the first.

    Args:
        blocks: the blocks of the document.
        lexicon: its language.
    """
    cut = next((i for i, block in enumerate(blocks) if lexicon.search("annex-heading", block.folded)), len(blocks))
    return blocks[:cut], blocks[cut:]


def read_annexes(blocks: list[MappedText], reader: ParagraphReader) -> tuple[Annex, ...]:
    """Return the annexes in some blocks, the first of which is the heading of an annex; ``reader`` reads paragraphs."""
    cuts = [i for i, block in enumerate(blocks) if reader.lexicon.search("annex-heading", block.folded)]
    ends = [*cuts[1:], len(blocks)]
    return tuple(_annex(n, blocks[cut:end], reader) for n, (cut, end) in enumerate(zip(cuts, ends, strict=False), 1))


def _letterhead(
    heading: MappedText, signature: Stated[str] | None, lexicon: Lexicon
) -> tuple[Letterhead | None, tuple[Issue, ...]]:
    match = lexicon.search("letter-heading", heading.folded)
    if match is None:
        message = "the heading does not say in the usual words who writes to whom and when"
        return None, (Issue("letter-heading-unread", message, *heading.span),)
    day = parse_date(match["date"], lexicon)
    if day is None:
        return None, (Issue("no-such-date", f"“{match['date']}” is no date", *heading.span_of(*match.span("date"))),)
    capacities = {g: Stated(match[g], heading.span_of(*match.span(g))) for g in ("addressee", "sender")}
    date = Stated(day, heading.span_of(*match.span("date")))
    return Letterhead(date, capacities["addressee"], capacities["sender"], signature), ()


def _split_signature(blocks: list[MappedText], lexicon: Lexicon) -> tuple[list[MappedText], Stated[str] | None]:
    """Return the paragraphs, without the capacity below them, and the signature."""
    for i, block in enumerate(blocks):
        if match := lexicon.search("signature", block.folded):
            name = block[match.start("name") : match.end("name")]
            above = blocks[:i]
            while above and lexicon.search("office-line", above[-1].folded):
                above.pop()
            return above, Stated(name.chars, name.span)
    return blocks, None


def _fill_from_text(head: Masthead, paragraphs: tuple[Paragraph, ...], lexicon: Lexicon) -> Masthead:
    """Fill in session, agenda item and organs from the request to circulate, if the masthead does not state them."""
    for text in (p.text for p in paragraphs):
        words = text.folded
        session = lexicon.search("session", words)
        if head.session is None and session and (number := lexicon.ordinal(session["ordinal"])):
            head = replace(head, session=Stated(number, text.span_of(*session.span())))
        item = lexicon.search("agenda-item", words)
        if head.agenda_item is None and item:
            head = replace(head, agenda_item=Stated(item_number(item["item"], lexicon), text.span_of(*item.span())))
        if not head.organs and (request := lexicon.search("circulation", words)):
            head = replace(head, organs=tuple(_organs(text, request, lexicon)))
    return head


def _organs(text: MappedText, request: re.Match[str], lexicon: Lexicon) -> list[Stated[str]]:
    found: dict[str, Stated[str]] = {}
    for match in lexicon.finditer("organ", request[0]):
        start, end = (request.start() + place for place in match.span())
        if name := find_organ(match[0], lexicon):
            found.setdefault(name, Stated(name, text.span_of(start, end)))
    return list(found.values())


def _annex(position: int, blocks: list[MappedText], reader: ParagraphReader) -> Annex:
    lexicon = reader.lexicon
    heading = lexicon.search("annex-heading", blocks[0].folded)
    original_language, title, body = None, None, list[MappedText]()
    for block in blocks[1:]:
        words = block.folded
        if original := lexicon.search("original-language", words):
            original_language = Stated(lexicon.languages[original["language"].lower()], block.span)
        elif title is None and not body and not words.endswith((".", ":", ";")):
            title = block
        elif not lexicon.search("place-and-date", words):
            body.append(block)
    prefix = f"annex{position}."
    divided = split_sections(body, lexicon, prefix, unnumbered=False)
    paragraphs = reader.read(divided.blocks, "annex", prefix, divided.section_paths)
    kind = next((k for k in ANNEX_KINDS if title and lexicon.search(k, title.folded)), None)
    number = heading["number"] if heading else None
    day = _read_adoption_day(paragraphs, lexicon) if kind else None
    return Annex(position, number, kind, title, original_language, day, paragraphs, divided.sections, blocks[0])


def _read_adoption_day(paragraphs: tuple[Paragraph, ...], lexicon: Lexicon) -> Stated[Any] | None:
    """Return the day on which an annexed text was adopted, by its last such line ("Adoptée le 13 juin 2017")."""
    for paragraph in reversed(paragraphs):
        match = lexicon.search("adopted-there", paragraph.text.folded)
        if match and match.start() == 0 and (day := parse_date(match["date"], lexicon)):
            return Stated(day, paragraph.text.span_of(*match.span()))
    return None
