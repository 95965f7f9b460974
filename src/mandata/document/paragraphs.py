"""Paragraphs from blocks: numbers, items, operators, note calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mandata.document.calls import Plan, without_calls
from mandata.document.model import NoteCall, Paragraph
from mandata.document.operators import find_operator
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText, Span

_PREFIX = {"preambular": "pp", "operative": "op"}


@dataclass(slots=True)
class ParagraphReader:
    """Turns blocks into paragraphs; knows the notes not called yet, and the calls that extraction lowered."""

    lexicon: Lexicon
    emphases: Sequence[Span]
    uncalled: list[str]
    lowered: Plan

    def read(self, blocks: Sequence[MappedText], kind: str, within: str = "") -> tuple[Paragraph, ...]:
        """Return the paragraphs that the blocks hold; lettered and bulleted ones are items of the one before."""
        found: list[Paragraph] = []
        for block in blocks:
            number, start, item = self._numbered(block)
            paragraph = self._paragraph(kind, number, block, start)
            if item and found:
                found[-1] = _with_item(found[-1], paragraph)
            else:
                prefix, number = f"{within}{_PREFIX.get(kind, 'p')}", None if item else number
                found.append(_placed(paragraph, found, prefix, number))
        return tuple(found)

    def _numbered(self, block: MappedText) -> tuple[str | None, int, bool]:
        words = block.folded
        for rule, is_item in (("numbered", False), ("lettered", True), ("bulleted", True)):
            if match := self.lexicon.search(rule, words):
                return match.groupdict().get("number"), match.end(), is_item
        return None, 0, False

    def _paragraph(self, kind: str, number: str | None, block: MappedText, start: int) -> Paragraph:
        lowered = [NoteCall(c.number, c.at - start) for c in self.lowered.get(block.span[0], ())]
        text, calls = without_calls(block[start:], lowered)
        self._called(calls)
        operator = find_operator(text, kind, self.lexicon, self.emphases) if kind in _PREFIX else None
        return Paragraph(kind, 0, number, text, calls, operator)

    def _called(self, calls: Sequence[NoteCall]) -> None:
        numbers = {call.number for call in calls}
        if numbers:
            self.uncalled[:] = [number for number in self.uncalled if number not in numbers]


def _placed(paragraph: Paragraph, before: Sequence[Paragraph], prefix: str, number: str | None) -> Paragraph:
    """Return a paragraph with its path: by its number; by its position where it has none, or one before it has it."""
    position, taken = len(before) + 1, {p.path for p in before}
    free = (key for key in (number, *range(position, position + len(before) + 1)) if key is not None)
    path = next(path for key in free if (path := f"{prefix}{key}") not in taken)
    return replace(paragraph, position=position, path=path)


def _with_item(parent: Paragraph, item: Paragraph) -> Paragraph:
    return replace(parent, items=(*parent.items, _placed(item, parent.items, f"{parent.path}.", item.number)))
