"""A resolution: adoption, drafts, title, enacting formula, preambular and operative paragraphs, meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mandata.document.blocks import Blocks
from mandata.document.masthead import organ_named, stated_symbols
from mandata.document.model import Masthead, Paragraph, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.errors import Issue
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText


@dataclass(slots=True)
class _Parts:
    """The blocks of a resolution, sorted by what they are."""

    head: list[MappedText]
    formula: MappedText | None
    preamble: list[MappedText]
    operative: list[MappedText]
    closing: list[MappedText]


def read_resolution(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that only a resolution has."""
    lexicon = reader.lexicon
    parts = _sorted(blocks, lexicon)
    preambular = reader.read(parts.preamble, "preambular")
    operative = reader.read(parts.operative, "operative")
    title, number = _title(parts.head, lexicon)
    return {
        "masthead": replace(_adoption(parts.head, head, lexicon), number=number),
        "title": title,
        "enacting_formula": Stated(parts.formula.chars, parts.formula.span) if parts.formula else None,
        "preambular": preambular,
        "operative": operative,
        "meeting": _meeting(parts.closing, lexicon),
        "issues": _doubts(parts, (*preambular, *operative)),
    }


def _sorted(blocks: Blocks, lexicon: Lexicon) -> _Parts:
    parts = _Parts([], None, [], [], [])
    place = parts.head
    for block in blocks.body:
        words = block.folded
        if parts.formula is None and lexicon.search("enacting-formula", words):
            parts.formula, place = block, parts.preamble
        elif parts.formula and lexicon.search("plenary-meeting", words):
            place = parts.closing
            place.append(block)
        else:
            if place is parts.preamble and lexicon.search("numbered", words):
                place = parts.operative
            place.append(block)
    return parts


def _adoption(blocks: list[MappedText], head: Masthead, lexicon: Lexicon) -> Masthead:
    for block in blocks:
        words = block.folded
        if (adoption := lexicon.search("adoption", words)) and (day := parse_date(adoption["date"], lexicon)):
            head = replace(head, adopted=Stated(day, block.span))
            organ = organ_named(adoption["organ"], lexicon)
            if organ and not head.organs:
                head = replace(head, organs=(Stated(organ, block.span),))
        if lexicon.search("drafts", words):
            head = replace(head, drafts=tuple(stated_symbols(block)))
        if report := lexicon.search("committee-report", words):
            committee = organ_named(report["committee"], lexicon)
            named = Stated(committee, block.span) if committee else None
            head = replace(head, based_on=tuple(stated_symbols(block)), main_committee=named)
    return head


def _title(blocks: list[MappedText], lexicon: Lexicon) -> tuple[MappedText | None, Stated[str] | None]:
    for block in blocks:
        if match := lexicon.search("title", block.folded):
            title = block[match.start("title") :]
            number = block.span_of(*match.span("number"))
            return title, Stated(match["number"], number)
    return None, None


def _meeting(blocks: list[MappedText], lexicon: Lexicon) -> Stated[int] | None:
    for block in blocks:
        if match := lexicon.search("plenary-meeting", block.folded):
            return Stated(int(match["meeting"]), block.span)
    return None


def _doubts(parts: _Parts, paragraphs: tuple[Paragraph, ...]) -> tuple[Issue, ...]:
    issues = []
    if parts.formula is None:
        issues.append(Issue("no-enacting-formula", "no enacting formula found: nothing is read as a paragraph"))
    for paragraph in paragraphs:
        if paragraph.operator is None:
            what = "opens with no operator that is known or emphasised"
            issues.append(Issue("operator-missing", f"{paragraph.path} {what}", *paragraph.text.span))
        elif paragraph.operator.concept is None:
            what = f"opens with “{paragraph.operator.words}”, which the lexicon lacks"
            issues.append(Issue("operator-unknown", f"{paragraph.path} {what}", *paragraph.text.span))
    return tuple(issues)
