"""Resolutions, drafts, and lettered resolutions: title, enacting formula, paragraphs, sections, meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mandata.document.adoption import read_acting_organ, read_adoption, read_meeting, read_title, read_vote
from mandata.document.blocks import Blocks
from mandata.document.letter import read_annexes, split_annexes
from mandata.document.lettered_resolutions import LetteredResolution, split_lettered_resolutions
from mandata.document.model import LetteredPart, Masthead, Paragraph, Proceedings, Section, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.document.sections import headings_at_end, split_sections
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText, join
from mandata.un import symbol


@dataclass(slots=True)
class ResolutionBlocks:
    """The blocks of a resolution, by part."""

    head: list[MappedText] = field(default_factory=list)
    formula: MappedText | None = None
    preamble: list[MappedText] = field(default_factory=list)
    operative: list[MappedText] = field(default_factory=list)
    closing: list[MappedText] = field(default_factory=list)
    headings: set[int] | None = None
    """The starts of the blocks that are headings, if mark-up states them."""


@dataclass(frozen=True, slots=True)
class _ResolutionBody:
    """The paragraphs and sections between an enacting formula and the meeting."""

    preambular: tuple[Paragraph, ...]
    operative: tuple[Paragraph, ...]
    sections: tuple[Section, ...]


def read_resolution(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that is a resolution or a draft.

    Args:
        blocks: its blocks.
        head: its masthead.
        reader: the reader of its paragraphs.
    """
    own = symbol.parse(head.symbol.value).letters if head.symbol else None
    shared, several = split_lettered_resolutions(blocks.body, own, reader.lexicon)
    if several:
        return _read_lettered(shared, several, head, reader)
    parts = _sort_blocks(blocks.body, reader.lexicon)
    vote = read_vote(parts.closing, reader.lexicon)
    return {**read_parts(parts, head, reader), "proceedings": Proceedings(vote=vote)}


def read_parts(parts: ResolutionBlocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the same fields from blocks that are already sorted by part, as mark-up does.

    Args:
        parts: the blocks by part.
        head: the masthead of the document.
        reader: the reader of its paragraphs.
    """
    lexicon, body = reader.lexicon, _body(parts, reader)
    closing, annexed = split_annexes(parts.closing, lexicon)
    return {
        **_read_heading(parts.head, parts.formula, head, lexicon),
        "enacting_formula": Stated(parts.formula.chars, parts.formula.span) if parts.formula else None,
        "preambular": body.preambular,
        "operative": body.operative,
        "sections": body.sections,
        "annexes": read_annexes(annexed, reader),
        "meeting": read_meeting(closing, parts.head, lexicon),
        "issues": (*_formula_issues(parts.formula), *_operator_issues((*body.preambular, *body.operative))),
    }


def _read_lettered(
    shared: Sequence[MappedText], several: Sequence[LetteredResolution], head: Masthead, reader: ParagraphReader
) -> dict[str, Any]:
    """Return the fields of a document with several resolutions: the paragraphs of one after those of the other."""
    lexicon = reader.lexicon
    blocks_of_each = [_sort_blocks(resolution.blocks, lexicon) for resolution in several]
    bodies = [
        _body(parts, reader, f"{resolution.letter.value}.")
        for resolution, parts in zip(several, blocks_of_each, strict=True)
    ]
    closings = [split_annexes(parts.closing, lexicon) for parts in blocks_of_each]
    found = tuple(
        _read_lettered_part(resolution, parts, closing, lexicon)
        for resolution, parts, (closing, _) in zip(several, blocks_of_each, closings, strict=True)
    )
    preambular = tuple(p for body in bodies for p in body.preambular)
    operative = tuple(p for body in bodies for p in body.operative)
    return {
        **_read_heading(shared, blocks_of_each[0].formula, head, lexicon),
        "enacting_formula": found[0].enacting_formula,
        "preambular": preambular,
        "operative": operative,
        "sections": tuple(section for body in bodies for section in body.sections),
        "annexes": read_annexes([block for _, annexed in closings for block in annexed], reader),
        "meeting": next((part.meeting for part in found if part.meeting), None),
        "parts": found,
        "issues": _operator_issues((*preambular, *operative)),
    }


def _read_lettered_part(
    resolution: LetteredResolution, parts: ResolutionBlocks, closing: Sequence[MappedText], lexicon: Lexicon
) -> LetteredPart:
    formula, title = parts.formula, join(parts.head, " ")
    assert formula is not None, "a letter counts only if an enacting formula follows it"
    enacted = Stated(formula.chars, formula.span)
    return LetteredPart(resolution.letter, title if title.chars else None, enacted, read_meeting(closing, (), lexicon))


def _read_heading(
    blocks: Sequence[MappedText], formula: MappedText | None, head: Masthead, lexicon: Lexicon
) -> dict[str, Any]:
    title_lines = read_title(blocks, lexicon)
    masthead = read_acting_organ(read_adoption(blocks, head, lexicon), formula, lexicon)
    masthead = replace(masthead, number=title_lines.number or masthead.number)
    return {"masthead": masthead, "title": title_lines.title, "sponsors": title_lines.sponsors}


def _body(parts: ResolutionBlocks, reader: ParagraphReader, prefix: str = "") -> _ResolutionBody:
    """Return the paragraphs and sections; a section may begin in the preamble and continue in the operative part."""
    blocks, known_headings = [*parts.preamble, *parts.operative], parts.headings
    divided = split_sections(blocks, reader.lexicon, prefix, known_headings or (), unnumbered=known_headings is None)
    preamble = {block.span for block in parts.preamble}
    in_preamble = [block for block in divided.blocks if block.span in preamble]
    in_operative = [block for block in divided.blocks if block.span not in preamble]
    preambular = reader.read(in_preamble, "preambular", prefix, divided.section_paths)
    return _ResolutionBody(
        preambular, reader.read(in_operative, "operative", prefix, divided.section_paths), divided.sections
    )


def _sort_blocks(blocks: Sequence[MappedText], lexicon: Lexicon) -> ResolutionBlocks:
    parts = ResolutionBlocks()
    place = parts.head
    for block in blocks:
        words = block.folded
        if parts.formula is None and lexicon.search("enacting-formula", words):
            parts.formula, place = block, parts.preamble
        elif parts.formula and any(lexicon.search(rule, words) for rule in ("plenary-meeting", "annex-heading")):
            place = parts.closing
            place.append(block)
        else:
            if place is parts.preamble and (lexicon.search("numbered", words) or _is_operative(words, lexicon)):
                _move_headings(parts, block, lexicon)
                place = parts.operative
            place.append(block)
    return parts


def _move_headings(parts: ResolutionBlocks, first: MappedText, lexicon: Lexicon) -> None:
    """Move the headings of the first operative paragraph from the end of the preamble to the operative part."""
    if count := headings_at_end(parts.preamble, first, lexicon):
        parts.operative += parts.preamble[-count:]
        del parts.preamble[-count:]


def _is_operative(words: str, lexicon: Lexicon) -> bool:
    """Return whether a block opens with an operator of operative paragraphs only; a sole one has no number."""
    known = lexicon.operator(words)
    return known is not None and bool(known[0]) and all(form.place == "operative" for form in known[0])


def _formula_issues(formula: MappedText | None) -> tuple[Issue, ...]:
    if formula is not None:
        return ()
    return (Issue("no-enacting-formula", "no enacting formula found: nothing is read as a paragraph"),)


def _operator_issues(paragraphs: Sequence[Paragraph]) -> tuple[Issue, ...]:
    issues = []
    for paragraph in paragraphs:
        if paragraph.operator is None:
            what = "opens with no operator that is known or emphasised"
            issues.append(Issue("operator-missing", f"{paragraph.path} {what}", *paragraph.text.span))
        elif paragraph.operator.concept is None:
            what = f"opens with “{paragraph.operator.words}”, which the lexicon lacks"
            issues.append(Issue("operator-unknown", f"{paragraph.path} {what}", *paragraph.text.span))
    return tuple(issues)
