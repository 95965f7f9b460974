"""Paragraphs from blocks: numbers, items, operators, note calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from mandata.document.calls import Plan, without_calls
from mandata.document.items import nest
from mandata.document.model import NoteCall, Paragraph
from mandata.document.operators import find_operator
from mandata.document.paths import Paths, within
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.text.mapped import MappedText, Span

Sections = Mapping[int, str]
"""The path of the section in which each block stands, by the offset at which the block starts."""

NO_SECTIONS: Final[Sections] = MappingProxyType({})
_PREFIX: Final = {"preambular": "pp", "operative": "op"}


@dataclass(slots=True)
class ParagraphReader:
    """Turns blocks into paragraphs; knows the notes not called yet, and the calls that extraction lowered."""

    lexicon: Lexicon
    emphases: Sequence[Span]
    numbers: Sequence[str]
    lowered: Plan
    _called: set[str] = field(default_factory=set)

    @property
    def uncalled(self) -> list[str]:
        """The numbers of the notes that no paragraph read so far calls."""
        return [number for number in self.numbers if number not in self._called]

    def read(
        self, blocks: Sequence[MappedText], kind: str, prefix: str = "", sections: Sections = NO_SECTIONS
    ) -> tuple[Paragraph, ...]:
        """Return the paragraphs that the blocks hold; lettered and bulleted ones are items of the one before.

        ``prefix`` is what stands before their paths ("annex1."); ``sections`` tells in which section a block stands.
        A paragraph of a report that bears no number is known by its place in its section: the numbers are its own.
        """
        found: list[tuple[Paragraph, list[Paragraph]]] = []
        paths, by_section = Paths(f"{prefix}{_PREFIX.get(kind, 'p')}"), dict[str, Paths]()
        for block in blocks:
            number, start, item = self._numbered(block)
            paragraph = self._paragraph(kind, number, block, start, sections.get(block.span[0]))
            if item and found and found[-1][0].section == paragraph.section:
                found[-1][1].append(paragraph)
                continue
            here, printed = paths, None if item else number
            if kind == "plain" and printed is None and paragraph.section:
                here = by_section.setdefault(paragraph.section, Paths(f"{paragraph.section}.p"))
            found.append((here.placed(paragraph, printed), []))
        return tuple(within(paragraph, nest(items)) if items else paragraph for paragraph, items in found)

    def _numbered(self, block: MappedText) -> tuple[str | None, int, bool]:
        """Return the number of a block, where its words begin, whether it is an item; "(أ)" is a, as "(a)" is.

        So an item has the same number, and path, in every language version.
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
        text, calls = without_calls(block[start:], lowered)
        self._called.update(call.number for call in calls)
        operator = find_operator(text, kind, self.lexicon, self.emphases) if kind in _PREFIX else None
        label = block[:start].strip().span if number else None
        return Paragraph(kind, 0, number, text, calls, operator, section=section, label=label)
