"""Paragraphs from blocks: numbers, items, operators, note calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from mandata.document.calls import LoweredCalls, remove_calls
from mandata.document.items import nest
from mandata.document.model import NoteCall, Paragraph
from mandata.document.operators import find_operator
from mandata.document.paths import Paths, place_items
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.text.mapped import MappedText, Span

SectionPaths = Mapping[int, str]
"""The path of the section of each block, by the offset at which the block starts."""

NO_SECTION_PATHS: Final[SectionPaths] = MappingProxyType({})
_PREFIX: Final = {"preambular": "pp", "operative": "op"}


@dataclass(slots=True)
class ParagraphReader:
    """Reads paragraphs from blocks; keeps track of the notes not called yet, and of the lowered note calls."""

    lexicon: Lexicon
    emphases: Sequence[Span]
    numbers: Sequence[str]
    lowered: LoweredCalls
    _called: set[str] = field(default_factory=set)

    @property
    def uncalled(self) -> list[str]:
        """The numbers of the notes that no paragraph has called so far."""
        return [number for number in self.numbers if number not in self._called]

    def read(
        self, blocks: Sequence[MappedText], kind: str, prefix: str = "", sections: SectionPaths = NO_SECTION_PATHS
    ) -> tuple[Paragraph, ...]:
        """Return the paragraphs in the blocks; lettered and bulleted ones are items of the one before.

        The path of an unnumbered paragraph of a report is its position in its section.

        Args:
            blocks: the blocks to read.
            kind: the kind of the paragraphs.
            prefix: the prefix of their paths, such as "annex1.".
            sections: the path of the section of each block.
        """
        found: list[tuple[Paragraph, list[Paragraph]]] = []
        paths, by_section = Paths(f"{prefix}{_PREFIX.get(kind, 'p')}"), dict[str, Paths]()
        for block in blocks:
            number, start, item = self._split_number(block)
            paragraph = self._paragraph(kind, number, block, start, sections.get(block.span[0]))
            if item and found and found[-1][0].section == paragraph.section:
                found[-1][1].append(paragraph)
                continue
            here, printed = paths, None if item else number
            if kind == "plain" and printed is None and paragraph.section:
                here = by_section.setdefault(paragraph.section, Paths(f"{paragraph.section}.p"))
            found.append((here.place(paragraph, printed), []))
        return tuple(place_items(paragraph, nest(items)) if items else paragraph for paragraph, items in found)

    def _split_number(self, block: MappedText) -> tuple[str | None, int, bool]:
        """Return the number of a block, where its words begin, and whether it is an item; "(أ)" is a, as "(a)" is.

        So an item has the same number and path in every language version.
        """
        words = block.folded
        for rule, is_item in (("numbered", False), ("lettered", True), ("bulleted", True)):
            if match := self.lexicon.search(rule, words):
                number = match.groupdict().get("number")
                return number and self.lexicon.letters.get(strip_optional_signs(number), number), match.end(), is_item
        return None, 0, False

    def _paragraph(
        self, kind: str, number: str | None, block: MappedText, start: int, section: str | None
    ) -> Paragraph:
        lowered = [NoteCall(c.number, c.at - start) for c in self.lowered.get(block.span[0], ())]
        text, calls = remove_calls(block[start:], lowered)
        self._called.update(call.number for call in calls)
        operator = find_operator(text, kind, self.lexicon, self.emphases) if kind in _PREFIX else None
        label = block[:start].strip().span if number else None
        return Paragraph(kind, 0, number, text, calls, operator, section=section, label=label)
