"""Sections: headings between the paragraphs of a text, and which paragraphs stand below each."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from mandata.document.model import Section
from mandata.document.paragraphs import Sections
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText
from mandata.un import symbol

_NUMBERED = re.compile(r"^(?P<number>[IVXL]{1,7}|[A-Z])(?:\. ?$|$|\. +(?=\S)|\.?(?: ?- ?| {2,})(?=\S))")
_FIGURES = re.compile(r"^(?P<number>[IVXL]{1,7}) (?=[^\W\d_])(?![a-zà-ÿ])")  # "II International Decade", without a stop
_NO_HEADINGS: Final = ("numbered", "lettered", "bulleted", "plenary-meeting")
_LONGEST: Final = 250  # characters of a heading
_ROMAN_LETTERS: Final = "IVX"  # single letters that are figures, save behind the letter before them in the alphabet
_SORTS: Final = ("figure", "letter", "bare")
"""How sections are numbered, the greater ones first."""

_UNFINISHED: Final = (",", ";", ":", "،", "؛", "，", "；", "：", "、")


@dataclass(frozen=True, slots=True)
class Sectioned:
    """The blocks of a text that are no headings, the sections, and in which of them each block stands."""

    blocks: list[MappedText]
    sections: tuple[Section, ...] = ()
    of: Sections = field(default_factory=dict)


def split_sections(
    blocks: Sequence[MappedText], lexicon: Lexicon, prefix: str = "", marked: Container[int] = (), *, bare: bool = True
) -> Sectioned:
    """Part the headings among some blocks from the paragraphs.

    A heading stands behind a paragraph that has come to its end, ends itself without a mark, and another block follows
    it; ``marked`` are the starts of those that mark-up tells. Without ``bare``, only those with a number are taken:
    among the lines of an annex there are names and places that look like titles.
    """
    sections = _Sections(prefix)
    kept, places = list[MappedText](), dict[int, str]()
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        behind_a_paragraph = bool(kept) and kept[-1] is before
        title = bare or (sections.awaits_title and not behind_a_paragraph)
        if block.span[0] in marked or is_heading(block, before, blocks[at + 1 : at + 2], lexicon, bare=title):
            sections.add(block, follows=behind_a_paragraph)
        else:
            kept.append(block)
            if sections.path:
                places[block.span[0]] = sections.path
    return Sectioned(kept, tuple(sections.found), places)


def is_heading(
    block: MappedText, before: MappedText | None, behind: Sequence[MappedText], lexicon: Lexicon, *, bare: bool
) -> bool:
    """Tell whether a block is a heading, by its words and those of the blocks around it."""
    words = block.folded
    if not behind or len(words) > _LONGEST or words.endswith((*lexicon.sentence_ends, *_UNFINISHED)):
        return False
    if before is not None and _goes_on_behind(before.folded, lexicon):
        return False
    if _number_of(words):
        return True
    if any(lexicon.search(rule, words) for rule in _NO_HEADINGS):
        return False
    titled = bare and (words[:1].isupper() if lexicon.capitals else not words[:1].isdigit())
    return titled and not lexicon.operator(words)


def _number_of(words: str) -> re.Match[str] | None:
    return _NUMBERED.match(words) or _FIGURES.match(words)


def _goes_on_behind(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a paragraph is not at its end: it is long, and no mark ends it."""
    ended = words.rstrip(" \ue000-\ue009").endswith(
        (*lexicon.sentence_ends, *lexicon.closing_punctuation, *_UNFINISHED)
    )
    return not ended and len(words) > _LONGEST


@dataclass(slots=True)
class _Sections:
    """Gathers the sections of one text; knows which are open: a letter stands below the figure before it."""

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
        """Whether the number of the section that is open stands alone so far."""
        return bool(self.found) and self.found[-1].number is not None and self.found[-1].title is None

    def add(self, block: MappedText, *, follows: bool) -> None:
        """Open a section; a title right behind a number that stands alone is its title."""
        match = _number_of(block.folded)
        if match is None and self.awaits_title and not follows:
            self.found[-1] = _read_section_title(self.found[-1], block)
            return
        number = match["number"] if match else None
        title = block[match.end() :] if match else block
        self._open_section(number, title if title.chars else None, block)

    def _open_section(self, number: str | None, title: MappedText | None, block: MappedText) -> None:
        """Open a section below the last of a greater sort: bare titles stand below letters, letters below figures."""
        position, sort = len(self.found) + 1, self._sort(number)
        while self._open and _SORTS.index(self._open[-1][0]) >= _SORTS.index(sort):
            self._open.pop()
        parent = self._open[-1][1].path if self._open else None
        path = f"{parent}.{number}" if parent and number else f"{self.prefix}{_name(number, sort, position)}"
        section = Section(position, number, title, self._free(path), parent, block.span)
        self.found.append(section)
        self._open.append((sort, section))

    def _sort(self, number: str | None) -> str:
        if number is None:
            return "bare"
        letter = next((section.number for sort, section in reversed(self._open) if sort == "letter"), None)
        if len(number) == 1 and (number not in _ROMAN_LETTERS or (letter and ord(number) == ord(letter) + 1)):
            return "letter"
        return "figure"

    def _free(self, path: str) -> str:
        """Return a path that no section has: that of a number printed twice gets its position too."""
        free = path if path not in self._taken else f"{self.prefix}heading{len(self.found) + 1}"
        self._taken.add(free)
        return free


def _read_section_title(section: Section, title: MappedText) -> Section:
    span = (section.span[0], title.span[1])
    return Section(section.position, section.number, title, section.path, section.within, span)


def _name(number: str | None, sort: str, position: int) -> str:
    if number is None:
        return f"heading{position}"
    return f"section{symbol.arabic(number)}" if sort == "figure" else f"section{number}"


def headings_at_end(blocks: Sequence[MappedText], behind: MappedText, lexicon: Lexicon) -> int:
    """Return how many of the last blocks are headings of what stands behind them."""
    return sum(1 for _ in _headings_backwards(blocks, behind, lexicon))


def _headings_backwards(blocks: Sequence[MappedText], behind: MappedText, lexicon: Lexicon) -> Iterator[int]:
    following = behind
    for at in range(len(blocks) - 1, -1, -1):
        before = blocks[at - 1] if at else None
        if not is_heading(blocks[at], before, (following,), lexicon, bare=True):
            return
        yield at
        following = blocks[at]
