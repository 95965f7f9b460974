"""The lines of a resolution around its paragraphs: adoption, drafts, title, meeting, vote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mandata.document.masthead import find_organ, stated_symbols
from mandata.document.model import Masthead, Stated, Vote
from mandata.document.opening import kind_from_heading
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText, join


def read_adoption(blocks: Sequence[MappedText], head: Masthead, lexicon: Lexicon) -> Masthead:
    """Return the masthead completed by the lines on adoption above the enacting formula.

    Args:
        blocks: the blocks above the enacting formula.
        head: the masthead read so far.
        lexicon: the language of the document.
    """
    for block in blocks:
        words = block.folded
        if numbered := lexicon.search("number-line", words):
            head = replace(head, number=Stated(numbered["number"], block.span_of(*numbered.span("number"))))
        if adoption := lexicon.search("adoption", words):
            head = _fill_adoption(adoption, block, head, lexicon)
        if lexicon.search("drafts", words):
            head = replace(head, drafts=tuple(stated_symbols(block)))
        if report := lexicon.search("committee-report", words):
            committee = find_organ(report["committee"], lexicon)
            named = Stated(committee, block.span) if committee else None
            head = replace(head, based_on=tuple(stated_symbols(block)), main_committee=named)
    return head


def _fill_adoption(adoption: re.Match[str], block: MappedText, head: Masthead, lexicon: Lexicon) -> Masthead:
    groups, day = adoption.groupdict(), parse_date(adoption["date"], lexicon)
    if day is None:
        return head
    head = replace(head, adopted=Stated(day, block.span))
    if groups.get("number"):
        head = replace(head, number=Stated(groups["number"], block.span_of(*adoption.span("number"))))
    organ = find_organ(groups.get("organ") or "", lexicon)
    return replace(head, organs=(Stated(organ, block.span),)) if organ and not head.organs else head


def read_acting_organ(head: Masthead, formula: MappedText | None, lexicon: Lexicon) -> Masthead:
    """Return the masthead with the organ that the enacting formula names, perhaps subsidiary to the printed one.

    Args:
        head: the masthead read so far.
        formula: the enacting formula, if there is one.
        lexicon: the language of the document.
    """
    match = lexicon.search("enacting-formula", formula.folded) if formula else None
    organ = find_organ(match["organ"], lexicon) if match else None
    if formula is None or organ is None:
        return head
    stated = Stated(organ, formula.span)
    return replace(head, enacted_by=stated, organs=head.organs or (stated,))


@dataclass(frozen=True, slots=True)
class TitleLines:
    """The title of a resolution, and the number before it; for a draft, which has no number, its sponsors."""

    title: MappedText | None = None
    number: Stated[str] | None = None
    sponsors: Stated[str] | None = None


def read_title(blocks: Sequence[MappedText], lexicon: Lexicon) -> TitleLines:
    """Return the title above the enacting formula, which follows a number, or the heading of a draft.

    Args:
        blocks: the blocks above the enacting formula.
        lexicon: the language of the document.
    """
    for block in blocks:
        if match := lexicon.search("title", block.folded):
            number = Stated(match["number"], block.span_of(*match.span("number")))
            return TitleLines(block[match.start("title") :], number)
    heading = next((at for at, block in enumerate(blocks) if kind_from_heading(block.folded, lexicon) == "draft"), None)
    if heading is None:
        return TitleLines()
    title = join(blocks[heading + 1 :], " ")
    return TitleLines(title if title.chars else None, None, _sponsors(blocks, heading, lexicon))


def _sponsors(blocks: Sequence[MappedText], heading: int, lexicon: Lexicon) -> Stated[str] | None:
    """Return the sponsors of a draft: the list ends in its heading, and may begin some lines above it."""
    first = heading
    while first and blocks[first - 1].folded.endswith(lexicon.clause_ends):
        first -= 1
    line = join(blocks[first : heading + 1], " ")
    match = lexicon.search("draft-start", line.folded)
    if match is None or not match.groupdict().get("sponsors"):
        return None
    words = line[slice(*match.span("sponsors"))]
    return Stated(words.chars, words.span)


def read_vote(closing: Sequence[MappedText], lexicon: Lexicon) -> Vote | None:
    """Return how a resolution was adopted (by a recorded vote or without one), if a line below it states it.

    Args:
        closing: the blocks below the resolution.
        lexicon: the language of the document.
    """
    for block in closing:
        if match := lexicon.search("vote-line", block.folded):
            groups = match.groupdict()
            counts = [
                (choice, groups[group]) for group, choice in _CHOICES.items() if (groups.get(group) or "").isdigit()
            ]
            stated = tuple((choice, Stated(int(n), block.span)) for choice, n in counts)
            return Vote(Stated(not groups.get("without"), block.span), stated)
    return None


_CHOICES = {"favour": "inFavour", "against": "against", "abstaining": "abstaining"}
"""The groups of the rule for a line on the vote, and the choice that each counts."""


def read_meeting(closing: Sequence[MappedText], head: Sequence[MappedText], lexicon: Lexicon) -> Stated[int] | None:
    """Return the number of the adopting meeting, from the line below, or from the line on adoption (Security Council).

    Args:
        closing: the blocks below the resolution.
        head: the blocks above its enacting formula.
        lexicon: its language.
    """
    for block in closing:
        if match := lexicon.search("plenary-meeting", block.folded):
            return Stated(int(match["meeting"]), block.span)
    for block in head:
        adoption = lexicon.search("adoption", block.folded)
        if adoption and (number := adoption.groupdict().get("meeting")):
            return Stated(int(number), block.span_of(*adoption.span("meeting")))
    return None
