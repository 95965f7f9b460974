"""A resolution, a draft of one, or several known by letters: title, enacting formula, paragraphs, sections, meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mandata.document.adoption import met, read_acting_organ, read_adoption, read_title, read_vote
from mandata.document.blocks import Blocks
from mandata.document.letter import read_annexes, split_annexes
from mandata.document.lettered import Lettered, split_lettered
from mandata.document.model import LetteredPart, Masthead, Paragraph, Proceedings, Section, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.document.sections import headings_at_end, split_sections
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText, join
from mandata.un import symbol


@dataclass(slots=True)
class Parts:
    """The blocks of a resolution, sorted by what they are."""

    head: list[MappedText] = field(default_factory=list)
    formula: MappedText | None = None
    preamble: list[MappedText] = field(default_factory=list)
    operative: list[MappedText] = field(default_factory=list)
    closing: list[MappedText] = field(default_factory=list)
    headings: set[int] | None = None
    """Where mark-up tells them, the starts of the blocks that are headings."""


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands between an enacting formula and the meeting."""

    preambular: tuple[Paragraph, ...]
    operative: tuple[Paragraph, ...]
    sections: tuple[Section, ...]


def read_resolution(blocks: Blocks, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the fields of a ``Document`` that only a resolution or a draft of one has."""
    own = symbol.parse(head.symbol.value).letters if head.symbol else None
    shared, several = split_lettered(blocks.body, own, reader.lexicon)
    if several:
        return _read_lettered(shared, several, head, reader)
    parts = _sort_blocks(blocks.body, reader.lexicon)
    vote = read_vote(parts.closing, reader.lexicon)
    return {**read_parts(parts, head, reader), "proceedings": Proceedings(vote=vote)}


def read_parts(parts: Parts, head: Masthead, reader: ParagraphReader) -> dict[str, Any]:
    """Return the same fields from blocks that are sorted already, as mark-up sorts them."""
    lexicon, body = reader.lexicon, _body(parts, reader)
    closing, annexed = split_annexes(parts.closing, lexicon)
    return {
        **_read_heading(parts.head, parts.formula, head, lexicon),
        "enacting_formula": Stated(parts.formula.chars, parts.formula.span) if parts.formula else None,
        "preambular": body.preambular,
        "operative": body.operative,
        "sections": body.sections,
        "annexes": read_annexes(annexed, reader),
        "meeting": met(closing, parts.head, lexicon),
        "issues": (*_about_formula(parts.formula), *_doubts((*body.preambular, *body.operative))),
    }


def _read_lettered(
    shared: Sequence[MappedText], several: Sequence[Lettered], head: Masthead, reader: ParagraphReader
) -> dict[str, Any]:
    """Return the fields of a document that holds several resolutions: the paragraphs of each one behind the other."""
    lexicon = reader.lexicon
    each = [_sort_blocks(one.blocks, lexicon) for one in several]
    bodies = [_body(parts, reader, f"{one.letter.value}.") for one, parts in zip(several, each, strict=True)]
    closings = [split_annexes(parts.closing, lexicon) for parts in each]
    found = tuple(
        _lettered_part(one, parts, closing, lexicon)
        for one, parts, (closing, _) in zip(several, each, closings, strict=True)
    )
    preambular = tuple(p for body in bodies for p in body.preambular)
    operative = tuple(p for body in bodies for p in body.operative)
    return {
        **_read_heading(shared, each[0].formula, head, lexicon),
        "enacting_formula": found[0].enacting_formula,
        "preambular": preambular,
        "operative": operative,
        "sections": tuple(section for body in bodies for section in body.sections),
        "annexes": read_annexes([block for _, annexed in closings for block in annexed], reader),
        "meeting": next((part.meeting for part in found if part.meeting), None),
        "parts": found,
        "issues": _doubts((*preambular, *operative)),
    }


def _lettered_part(one: Lettered, parts: Parts, closing: Sequence[MappedText], lexicon: Lexicon) -> LetteredPart:
    formula, title = parts.formula, join(parts.head, " ")
    assert formula is not None, "a letter is one where an enacting formula stands below it"
    enacted = Stated(formula.chars, formula.span)
    return LetteredPart(one.letter, title if title.chars else None, enacted, met(closing, (), lexicon))


def _read_heading(
    blocks: Sequence[MappedText], formula: MappedText | None, head: Masthead, lexicon: Lexicon
) -> dict[str, Any]:
    told = read_title(blocks, lexicon)
    masthead = read_acting_organ(read_adoption(blocks, head, lexicon), formula, lexicon)
    masthead = replace(masthead, number=told.number or masthead.number)
    return {"masthead": masthead, "title": told.title, "sponsors": told.sponsors}


def _body(parts: Parts, reader: ParagraphReader, prefix: str = "") -> _Body:
    """Return the paragraphs and sections; a section may begin in the preamble and go on in the operative part."""
    blocks, told = [*parts.preamble, *parts.operative], parts.headings
    both = split_sections(blocks, reader.lexicon, prefix, told or (), bare=told is None)
    preamble = {block.span for block in parts.preamble}
    ours = [block for block in both.blocks if block.span in preamble]
    theirs = [block for block in both.blocks if block.span not in preamble]
    preambular = reader.read(ours, "preambular", prefix, both.of)
    return _Body(preambular, reader.read(theirs, "operative", prefix, both.of), both.sections)


def _sort_blocks(blocks: Sequence[MappedText], lexicon: Lexicon) -> Parts:
    parts = Parts()
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


def _move_headings(parts: Parts, first: MappedText, lexicon: Lexicon) -> None:
    """Move the headings of the first operative paragraph from the end of the preamble to where they belong."""
    if count := headings_at_end(parts.preamble, first, lexicon):
        parts.operative += parts.preamble[-count:]
        del parts.preamble[-count:]


def _is_operative(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a block opens with an operator that only operative paragraphs have; a sole one bears no number."""
    known = lexicon.operator(words)
    return known is not None and bool(known[0]) and all(form.place == "operative" for form in known[0])


def _about_formula(formula: MappedText | None) -> tuple[Issue, ...]:
    if formula is not None:
        return ()
    return (Issue("no-enacting-formula", "no enacting formula found: nothing is read as a paragraph"),)


def _doubts(paragraphs: Sequence[Paragraph]) -> tuple[Issue, ...]:
    issues = []
    for paragraph in paragraphs:
        if paragraph.operator is None:
            what = "opens with no operator that is known or emphasised"
            issues.append(Issue("operator-missing", f"{paragraph.path} {what}", *paragraph.text.span))
        elif paragraph.operator.concept is None:
            what = f"opens with “{paragraph.operator.words}”, which the lexicon lacks"
            issues.append(Issue("operator-unknown", f"{paragraph.path} {what}", *paragraph.text.span))
    return tuple(issues)
