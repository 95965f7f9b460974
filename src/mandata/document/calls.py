"""Note calls: superscripts, and those lowered by extraction to plain digits ("conférence1,", "2014-20242")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mandata.document.model import NoteCall
from mandata.text.clean import NOTE_CALL, note_number
from mandata.text.mapped import MappedText, join

LoweredCalls = dict[int, list[NoteCall]]
"""The lowered calls in each block, by the offset at which the block starts; positions are within the block."""

_Place = tuple[int, int]
"""The index of a block, and a position in it."""

_COMMAS: Final = ",;:،؛，；：、"
_CLEAR: Final = re.compile(rf"(?:(?:[^\W\d_]|[)»”\"%》）]|\b(?:19|20)\d\d)[{_COMMAS}]?|[»”》] )$")
_DOUBTFUL: Final = re.compile(rf"\d/\d+[{_COMMAS}]?$")
_SEPARATE: Final = re.compile(rf"[{_COMMAS}] $")
_BREAK: Final = rf"(?=[\s{_COMMAS}.。)）»”》]|$)"
_WORD: Final = r"(?=[^\W\d_]{2})"


def remove_calls(text: MappedText, lowered: Sequence[NoteCall] = ()) -> tuple[MappedText, tuple[NoteCall, ...]]:
    """Return a text without its note calls, and the calls with their positions in the new text.

    ``lowered`` are its lowered calls; all other calls are superscripts.
    """
    call_spans = [(m.start(), m.end(), note_number(m[0])) for m in NOTE_CALL.finditer(text.chars)]
    call_spans += [(call.at, call.at + len(call.number), call.number) for call in lowered]
    calls, parts = list[NoteCall](), list[MappedText]()
    done = removed = 0
    for start, end, number in sorted(call_spans):
        calls.append(NoteCall(number, start - removed))
        parts.append(text[done:start])
        removed, done = removed + end - start, end
    return join([*parts, text[done:]]) if calls else text, tuple(calls)


def find_lowered_calls(blocks: Sequence[MappedText], numbers: Sequence[str]) -> LoweredCalls:
    """Return the lowered calls of those notes that have no superscript call.

    Calls come in the order of the notes. A digit after a word, closing punctuation or a year, with or without a comma
    between, is clear; one directly before a word ("1994, 1in which"), or after the number of a resolution ("73/4419"),
    is a call only if there is no clear one and no other such place is possible.

    Args:
        blocks: the blocks of the body.
        numbers: the numbers of the notes, in order.
    """
    raised = {note_number(call) for block in blocks for call in NOTE_CALL.findall(block.chars)}
    missing = [number for number in numbers if number not in raised]
    clear = {number: list(_places(number, blocks, _CLEAR)) for number in missing}
    found = _in_order(missing, clear)
    for at, number in enumerate(missing):
        if number not in found:
            before = max((found[n] for n in missing[:at] if n in found), default=(-1, -1))
            after = min((found[n] for n in missing[at + 1 :] if n in found), default=(len(blocks), 0))
            for places in (_places(number, blocks, _SEPARATE, _WORD), _places(number, blocks, _DOUBTFUL)):
                possible = [place for place in places if before < place < after]
                if len(possible) == 1:
                    found[number] = possible[0]
                    break
    lowered_calls: LoweredCalls = {}
    for number, (block, position) in found.items():
        lowered_calls.setdefault(blocks[block].span[0], []).append(NoteCall(number, position))
    return lowered_calls


def _places(
    number: str, blocks: Sequence[MappedText], before: re.Pattern[str], after: str = _BREAK
) -> Iterator[_Place]:
    digits = re.compile(rf"{number}{after}")
    for index, block in enumerate(blocks):
        for match in digits.finditer(block.chars):
            if before.search(block.chars[max(0, match.start() - 12) : match.start()]):
                yield index, match.start()


def _in_order(numbers: Sequence[str], places: dict[str, list[_Place]]) -> dict[str, _Place]:
    """Return places for as many numbers as possible, in the order of the text, preferring the earliest places."""
    best: list[list[tuple[str, _Place]]] = [[]]  # by length: the chain of that length which ends earliest
    for number in numbers:
        longer = list(best)
        for length, chain in enumerate(best):
            after = chain[-1][1] if chain else (-1, -1)
            place = next((p for p in places[number] if p > after), None)
            if place is None:
                continue
            if length + 1 == len(longer):
                longer.append([*chain, (number, place)])
            elif place < longer[length + 1][-1][1]:
                longer[length + 1] = [*chain, (number, place)]
        best = longer
    return dict(best[-1])
