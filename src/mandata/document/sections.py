"""Sections: the headings between the paragraphs of a text, and the section of each paragraph."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from mandata.document.model import Section
from mandata.document.paragraphs import SectionPaths
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText
from mandata.un import symbol

_NUMBERED = re.compile(r"^(?P<number>[IVXL]{1,7}|[A-Z])(?:\. ?$|$|\. +(?=\S)|\.?(?: ?- ?| {2,})(?=\S))")
_FIGURES = re.compile(r"^(?P<number>[IVXL]{1,7}) (?=[^\W\d_])(?![a-zà-ÿ])")  # "II International Decade", without a stop
_NO_HEADINGS: Final = ("numbered", "lettered", "bulleted", "plenary-meeting")
_MAX_LENGTH: Final = 250  # in characters: no heading is longer
_ROMAN_LETTERS: Final = (
    "IVX"  # single letters that are Roman numerals, unless they follow the letter before them in the alphabet
)
_LEVELS: Final = ("figure", "letter", "unnumbered")
"""The kinds of numbering of sections, from the highest level down."""

_UNFINISHED: Final = (",", ";", ":", "،", "؛", "，", "；", "：", "、")


@dataclass(frozen=True, slots=True)
class DividedText:
    """The blocks of a text that are not headings, the sections, and the path of the section of each block."""

    blocks: list[MappedText]
    sections: tuple[Section, ...] = ()
    section_paths: SectionPaths = field(default_factory=dict)


def split_sections(
    blocks: Sequence[MappedText],
    lexicon: Lexicon,
    prefix: str = "",
    known_headings: Container[int] = (),
    *,
    unnumbered: bool = True,
) -> DividedText:
    """Return the blocks that are not headings, and the sections that the headings open.

    A heading follows a complete paragraph, ends without punctuation, and is followed by another block.

    Args:
        blocks: the blocks of a text.
        lexicon: its language.
        prefix: the prefix of the paths of its sections.
        known_headings: the starts of the headings that mark-up states.
        unnumbered: whether headings without a number count: in an annex, names and places look like titles.
    """
    sections = _SectionBuilder(prefix)
    kept, places = list[MappedText](), dict[int, str]()
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        after_paragraph = bool(kept) and kept[-1] is before
        title = unnumbered or (sections.awaits_title and not after_paragraph)
        if block.span[0] in known_headings or is_heading(
            block, before, blocks[at + 1 : at + 2], lexicon, unnumbered=title
        ):
            sections.add(block, follows=after_paragraph)
        else:
            kept.append(block)
            if sections.path:
                places[block.span[0]] = sections.path
    return DividedText(kept, tuple(sections.found), places)


def is_heading(
    block: MappedText, before: MappedText | None, following: Sequence[MappedText], lexicon: Lexicon, *, unnumbered: bool
) -> bool:
    """Return whether a block is a heading.

    Args:
        block: the block.
        before: the block before it, if there is one.
        following: the block after it, if there is one.
        lexicon: their language.
        unnumbered: whether a heading may have no number.
    """
    words = block.folded
    if not following or len(words) > _MAX_LENGTH or words.endswith((*lexicon.sentence_ends, *_UNFINISHED)):
        return False
    if before is not None and _is_unfinished(before.folded, lexicon):
        return False
    if _number_of(words):
        return True
    if any(lexicon.search(rule, words) for rule in _NO_HEADINGS):
        return False
    titled = unnumbered and (words[:1].isupper() if lexicon.capitals else not words[:1].isdigit())
    return titled and not lexicon.operator(words)


def _number_of(words: str) -> re.Match[str] | None:
    return _NUMBERED.match(words) or _FIGURES.match(words)


def _is_unfinished(words: str, lexicon: Lexicon) -> bool:
    """Return whether a paragraph is incomplete: it is long, and no punctuation ends it."""
    ended = words.rstrip(" \ue000-\ue009").endswith(
        (*lexicon.sentence_ends, *lexicon.closing_punctuation, *_UNFINISHED)
    )
    return not ended and len(words) > _MAX_LENGTH


@dataclass(slots=True)
class _SectionBuilder:
    """Builds the sections of one text; keeps the open ones, as a letter is below the figure before it."""

    prefix: str
    found: list[Section] = field(default_factory=list)
    _open: list[tuple[str, Section]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    @property
    def path(self) -> str | None:
        """The path of the section that is open."""
        return self.found[-1].path if self.found else None

    @property
    def awaits_title(self) -> bool:
        """Whether the open section has a number but no title so far."""
        return bool(self.found) and self.found[-1].number is not None and self.found[-1].title is None

    def add(self, block: MappedText, *, follows: bool) -> None:
        """Open a section, or add the title of one whose number is on a line of its own.

        ``follows`` is true if the block directly follows a paragraph.
        """
        match = _number_of(block.folded)
        if match is None and self.awaits_title and not follows:
            self.found[-1] = _read_section_title(self.found[-1], block)
            return
        number = match["number"] if match else None
        title = block[match.end() :] if match else block
        self._open_section(number, title if title.chars else None, block)

    def _open_section(self, number: str | None, title: MappedText | None, block: MappedText) -> None:
        """Open a section below the last one of a higher level: unnumbered ones below letters, letters below figures."""
        position, level = len(self.found) + 1, self._level_of(number)
        while self._open and _LEVELS.index(self._open[-1][0]) >= _LEVELS.index(level):
            self._open.pop()
        parent = self._open[-1][1].path if self._open else None
        path = f"{parent}.{number}" if parent and number else f"{self.prefix}{_name(number, level, position)}"
        section = Section(position, number, title, self._unused_path(path), parent, block.span)
        self.found.append(section)
        self._open.append((level, section))

    def _level_of(self, number: str | None) -> str:
        if number is None:
            return "unnumbered"
        letter = next((section.number for level, section in reversed(self._open) if level == "letter"), None)
        if len(number) == 1 and (number not in _ROMAN_LETTERS or (letter and ord(number) == ord(letter) + 1)):
            return "letter"
        return "figure"

    def _unused_path(self, path: str) -> str:
        """Return a path that no section has: for a number printed twice, it is built from the position."""
        unused = path if path not in self._taken else f"{self.prefix}heading{len(self.found) + 1}"
        self._taken.add(unused)
        return unused


def _read_section_title(section: Section, title: MappedText) -> Section:
    span = (section.span[0], title.span[1])
    return Section(section.position, section.number, title, section.path, section.within, span)


def _name(number: str | None, level: str, position: int) -> str:
    if number is None:
        return f"heading{position}"
    return f"section{symbol.arabic(number)}" if level == "figure" else f"section{number}"


def headings_at_end(blocks: Sequence[MappedText], following: MappedText, lexicon: Lexicon) -> int:
    """Return how many of the last of some blocks are headings of the block after them.

    Args:
        blocks: some blocks.
        following: the block after them.
        lexicon: their language.
    """
    return sum(1 for _ in _headings_backwards(blocks, following, lexicon))


def _headings_backwards(blocks: Sequence[MappedText], after: MappedText, lexicon: Lexicon) -> Iterator[int]:
    following = after
    for at in range(len(blocks) - 1, -1, -1):
        before = blocks[at - 1] if at else None
        if not is_heading(blocks[at], before, (following,), lexicon, unnumbered=True):
            return
        yield at
        following = blocks[at]
