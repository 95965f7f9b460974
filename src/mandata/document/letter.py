"""A letter: who writes to whom and when, its paragraphs, its signature, its annexes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mandata.document.blocks import Blocks
from mandata.document.masthead import item_number, organ_named
from mandata.document.model import ANNEX_KINDS, Annex, Letterhead, Masthead, Paragraph, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.document.sections import split_sections
from mandata.errors import Issue
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText


def read_letter(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that only a letter or a note verbale has; the blocks hold its heading."""
    lexicon, body = reader.lexicon, list(blocks.body)
    at = next((i for i, block in enumerate(body) if lexicon.search("letter-heading", block.folded)), 0)
    heading, rest = body[at], body[at + 1 :]
    before, annexed = split_annexes(rest, lexicon)
    own, signature = _split_signature(before, lexicon)
    paragraphs = reader.read(own, "letter")
    annexes = read_annexes(annexed, reader)
    letterhead, issues = _letterhead(heading, signature, lexicon)
    return {
        "masthead": _told_in_text(head, paragraphs, lexicon),
        "title": heading,
        "letterhead": letterhead,
        "paragraphs": paragraphs,
        "annexes": annexes,
        "issues": issues,
    }


def split_annexes(blocks: list[MappedText], lexicon: Lexicon) -> tuple[list[MappedText], list[MappedText]]:
    """Part a document's own blocks from those of its annexes, which begin with the heading of the first."""
    cut = next((i for i, block in enumerate(blocks) if lexicon.search("annex-heading", block.folded)), len(blocks))
    return blocks[:cut], blocks[cut:]


def read_annexes(blocks: list[MappedText], reader: ParagraphReader) -> tuple[Annex, ...]:
    """Return the annexes that some blocks hold, the first of which is a heading of one."""
    cuts = [i for i, block in enumerate(blocks) if reader.lexicon.search("annex-heading", block.folded)]
    ends = [*cuts[1:], len(blocks)]
    return tuple(_annex(n, blocks[cut:end], reader) for n, (cut, end) in enumerate(zip(cuts, ends, strict=False), 1))


def _letterhead(
    heading: MappedText, signature: Stated[str] | None, lexicon: Lexicon
) -> tuple[Letterhead | None, tuple[Issue, ...]]:
    match = lexicon.search("letter-heading", heading.folded)
    if match is None:
        unread = "the heading does not say in the usual words who writes to whom and when"
        return None, (Issue("letter-heading-unread", unread, *heading.span),)
    day = parse_date(match["date"], lexicon)
    if day is None:
        return None, (Issue("no-such-date", f"“{match['date']}” is no date", *heading.span_of(*match.span("date"))),)
    said = {g: Stated(match[g], heading.span_of(*match.span(g))) for g in ("addressee", "sender")}
    date = Stated(day, heading.span_of(*match.span("date")))
    return Letterhead(date, said["addressee"], said["sender"], signature), ()


def _split_signature(blocks: list[MappedText], lexicon: Lexicon) -> tuple[list[MappedText], Stated[str] | None]:
    """Part the paragraphs from the signature and the capacity above it."""
    for i, block in enumerate(blocks):
        if match := lexicon.search("signature", block.folded):
            name = block[match.start("name") : match.end("name")]
            above = blocks[:i]
            while above and lexicon.search("office-line", above[-1].folded):
                above.pop()
            return above, Stated(name.chars, name.span)
    return blocks, None


def _told_in_text(head: Masthead, paragraphs: tuple[Paragraph, ...], lexicon: Lexicon) -> Masthead:
    """Take session, agenda item and organs from the request to circulate, where no masthead states them."""
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
        if name := organ_named(match[0], lexicon):
            found.setdefault(name, Stated(name, text.span_of(start, end)))
    return list(found.values())


def _annex(position: int, blocks: list[MappedText], reader: ParagraphReader) -> Annex:
    lexicon = reader.lexicon
    heading = lexicon.search("annex-heading", blocks[0].folded)
    tongue, title, body = None, None, list[MappedText]()
    for block in blocks[1:]:
        words = block.folded
        if original := lexicon.search("original-language", words):
            tongue = Stated(lexicon.languages[original["language"].lower()], block.span)
        elif title is None and not body and not words.endswith((".", ":", ";")):
            title = block
        elif not lexicon.search("place-and-date", words):
            body.append(block)
    within = f"annex{position}."
    divided = split_sections(body, lexicon, within, bare=False)
    paragraphs = reader.read(divided.blocks, "annex", within, divided.of)
    kind = next((k for k in ANNEX_KINDS if title and lexicon.search(k, title.folded)), None)
    number = heading["number"] if heading else None
    day = _read_adoption_day(paragraphs, lexicon) if kind else None
    return Annex(position, number, kind, title, tongue, day, paragraphs, divided.sections, blocks[0])


def _read_adoption_day(paragraphs: tuple[Paragraph, ...], lexicon: Lexicon) -> Stated[Any] | None:
    """Return the day that the last paragraph says the annexed text was adopted ("Adoptée le 13 juin 2017")."""
    for paragraph in reversed(paragraphs):
        match = lexicon.search("adopted-there", paragraph.text.folded)
        if match and match.start() == 0 and (day := parse_date(match["date"], lexicon)):
            return Stated(day, paragraph.text.span_of(*match.span()))
    return None
