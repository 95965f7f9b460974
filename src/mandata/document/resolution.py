"""A resolution: adoption, drafts, title, enacting formula, preambular and operative paragraphs, meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mandata.document.blocks import Blocks
from mandata.document.letter import parted, read_annexes
from mandata.document.masthead import organ_named, stated_symbols
from mandata.document.model import Masthead, Paragraph, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.errors import Issue
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText


@dataclass(slots=True)
class Parts:
    """The blocks of a resolution, sorted by what they are."""

    head: list[MappedText]
    formula: MappedText | None
    preamble: list[MappedText]
    operative: list[MappedText]
    closing: list[MappedText]


def read_resolution(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that only a resolution has."""
    return read_parts(_sorted(blocks, reader.lexicon), head, reader)


def read_parts(parts: Parts, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the same fields from blocks that are sorted already, as mark-up sorts them."""
    lexicon = reader.lexicon
    preambular = reader.read(parts.preamble, "preambular")
    operative = reader.read(parts.operative, "operative")
    title, number = _title(parts.head, lexicon)
    adopted = _adoption(parts.head, head, lexicon)
    closing, annexed = parted(parts.closing, lexicon)
    return {
        "masthead": replace(adopted, number=number or adopted.number),
        "title": title,
        "enacting_formula": Stated(parts.formula.chars, parts.formula.span) if parts.formula else None,
        "preambular": preambular,
        "operative": operative,
        "annexes": read_annexes(annexed, reader),
        "meeting": _meeting(closing, lexicon) or _adopted_at(parts.head, lexicon),
        "issues": _doubts(parts, (*preambular, *operative)),
    }


def _sorted(blocks: Blocks, lexicon: Lexicon) -> Parts:
    parts = Parts([], None, [], [], [])
    place = parts.head
    for block in blocks.body:
        words = block.folded
        if parts.formula is None and lexicon.search("enacting-formula", words):
            parts.formula, place = block, parts.preamble
        elif parts.formula and any(lexicon.search(rule, words) for rule in ("plenary-meeting", "annex-heading")):
            place = parts.closing
            place.append(block)
        else:
            if place is parts.preamble and (lexicon.search("numbered", words) or _is_operative(words, lexicon)):
                place = parts.operative
            place.append(block)
    return parts


def _is_operative(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a block opens with an operator that only operative paragraphs have; a sole one bears no number."""
    known = lexicon.operator(words)
    return known is not None and bool(known[0]) and all(form.place == "operative" for form in known[0])


def _adoption(blocks: list[MappedText], head: Masthead, lexicon: Lexicon) -> Masthead:
    for block in blocks:
        words = block.folded
        if (adoption := lexicon.search("adoption", words)) and (day := parse_date(adoption["date"], lexicon)):
            head = replace(head, adopted=Stated(day, block.span))
            if number := adoption.groupdict().get("number"):
                head = replace(head, number=Stated(number, block.span_of(*adoption.span("number"))))
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


def _adopted_at(blocks: list[MappedText], lexicon: Lexicon) -> Stated[int] | None:
    """Return the meeting that the line of adoption names, as the Security Council's does."""
    for block in blocks:
        adoption = lexicon.search("adoption", block.folded)
        if adoption and (number := adoption.groupdict().get("meeting")):
            return Stated(int(number), block.span_of(*adoption.span("meeting")))
    return None


def _doubts(parts: Parts, paragraphs: tuple[Paragraph, ...]) -> tuple[Issue, ...]:
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
