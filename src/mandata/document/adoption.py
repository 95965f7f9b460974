"""The lines of a resolution around its paragraphs: its adoption, its drafts, its title, the meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mandata.document.masthead import organ_named, stated_symbols
from mandata.document.model import Masthead, Stated, Vote
from mandata.document.opening import kind_told
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText, join


def read_adoption(blocks: Sequence[MappedText], head: Masthead, lexicon: Lexicon) -> Masthead:
    """Return a masthead with what the lines above the enacting formula say of the adoption."""
    for block in blocks:
        words = block.folded
        if numbered := lexicon.search("number-line", words):
            head = replace(head, number=Stated(numbered["number"], block.span_of(*numbered.span("number"))))
        if adoption := lexicon.search("adoption", words):
            head = _fill_adoption(adoption, block, head, lexicon)
        if lexicon.search("drafts", words):
            head = replace(head, drafts=tuple(stated_symbols(block)))
        if report := lexicon.search("committee-report", words):
            committee = organ_named(report["committee"], lexicon)
            named = Stated(committee, block.span) if committee else None
            head = replace(head, based_on=tuple(stated_symbols(block)), main_committee=named)
    return head


def _fill_adoption(adoption: re.Match[str], block: MappedText, head: Masthead, lexicon: Lexicon) -> Masthead:
    said, day = adoption.groupdict(), parse_date(adoption["date"], lexicon)
    if day is None:
        return head
    head = replace(head, adopted=Stated(day, block.span))
    if said.get("number"):
        head = replace(head, number=Stated(said["number"], block.span_of(*adoption.span("number"))))
    organ = organ_named(said.get("organ") or "", lexicon)
    return replace(head, organs=(Stated(organ, block.span),)) if organ and not head.organs else head


def read_acting_organ(head: Masthead, formula: MappedText | None, lexicon: Lexicon) -> Masthead:
    """Return a masthead with the organ that the enacting formula names: under it may stand a greater one's."""
    match = lexicon.search("enacting-formula", formula.folded) if formula else None
    organ = organ_named(match["organ"], lexicon) if match else None
    if formula is None or organ is None:
        return head
    stated = Stated(organ, formula.span)
    return replace(head, enacted_by=stated, organs=head.organs or (stated,))


@dataclass(frozen=True, slots=True)
class Titled:
    """The title of a resolution and the number before it; of a draft, which has no number, who submits it."""

    title: MappedText | None = None
    number: Stated[str] | None = None
    sponsors: Stated[str] | None = None


def read_title(blocks: Sequence[MappedText], lexicon: Lexicon) -> Titled:
    """Return the title that stands above the enacting formula: behind a number, or behind the heading of a draft."""
    for block in blocks:
        if match := lexicon.search("title", block.folded):
            number = Stated(match["number"], block.span_of(*match.span("number")))
            return Titled(block[match.start("title") :], number)
    heading = next((at for at, block in enumerate(blocks) if kind_told(block.folded, lexicon) == "draft"), None)
    if heading is None:
        return Titled()
    title = join(blocks[heading + 1 :], " ")
    return Titled(title if title.chars else None, None, _sponsors(blocks, heading, lexicon))


def _sponsors(blocks: Sequence[MappedText], heading: int, lexicon: Lexicon) -> Stated[str] | None:
    """Return who submits a draft: the list ends in its heading, and may begin some lines above it."""
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
    """Return how it was adopted, where a line below it says so: by a recorded vote or without one."""
    for block in closing:
        if match := lexicon.search("vote-line", block.folded):
            said = match.groupdict()
            counts = [(choice, said[group]) for group, choice in _CHOICES.items() if (said.get(group) or "").isdigit()]
            stated = tuple((choice, Stated(int(n), block.span)) for choice, n in counts)
            return Vote(Stated(not said.get("without"), block.span), stated)
    return None


_CHOICES = {"favour": "inFavour", "against": "against", "abstaining": "abstaining"}
"""The groups of the rule for such a line, and the choices that each counts."""


def met(closing: Sequence[MappedText], head: Sequence[MappedText], lexicon: Lexicon) -> Stated[int] | None:
    """Return the meeting that adopted it: in the line below, or in that of adoption, as the Security Council's is."""
    for block in closing:
        if match := lexicon.search("plenary-meeting", block.folded):
            return Stated(int(match["meeting"]), block.span)
    for block in head:
        adoption = lexicon.search("adoption", block.folded)
        if adoption and (number := adoption.groupdict().get("meeting")):
            return Stated(int(number), block.span_of(*adoption.span("meeting")))
    return None
