"""Note calls: raised ones, and those that extraction lowered ("conférence1,", "2014-20242", "Statelessness,6 note")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mandata.document.model import NoteCall
from mandata.text.clean import NOTE_CALL, note_number
from mandata.text.mapped import MappedText, join

Plan = dict[int, list[NoteCall]]
"""The lowered calls of each block, by the offset at which the block starts; positions within the block as it stands."""

_Place = tuple[int, int]
"""A block, by its place in the text, and a position in it."""

_COMMAS: Final = ",;:،؛，；：、"
_CLEAR: Final = re.compile(rf"(?:(?:[^\W\d_]|[)»”\"%》）]|\b(?:19|20)\d\d)[{_COMMAS}]?|[»”》] )$")
_DOUBTFUL: Final = re.compile(rf"\d/\d+[{_COMMAS}]?$")
_APART: Final = re.compile(rf"[{_COMMAS}] $")
_BREAK: Final = rf"(?=[\s{_COMMAS}.。)）»”》]|$)"
_WORD: Final = r"(?=[^\W\d_]{2})"


def without_calls(text: MappedText, lowered: Sequence[NoteCall] = ()) -> tuple[MappedText, tuple[NoteCall, ...]]:
    """Return a text without its note calls, and the calls with the positions behind which they stood."""
    marks = [(m.start(), m.end(), note_number(m[0])) for m in NOTE_CALL.finditer(text.chars)]
    marks += [(call.at, call.at + len(call.number), call.number) for call in lowered]
    calls, parts = list[NoteCall](), list[MappedText]()
    done = removed = 0
    for start, end, number in sorted(marks):
        calls.append(NoteCall(number, start - removed))
        parts.append(text[done:start])
        removed, done = removed + end - start, end
    return join([*parts, text[done:]]) if calls else text, tuple(calls)


def plan_lowered(blocks: Sequence[MappedText], numbers: Sequence[str]) -> Plan:
    """Return where extraction lowered the calls of some notes, of those numbered in order and raised nowhere.

    Calls come in the order of the notes. A digit behind a word, a closing mark or a year, a comma between or not, is
    clear; one right before a word ("1994, 1in which"), or behind the number of a resolution ("73/4419"), is a call only
    where nothing is clear and no other such place is possible.
    """
    raised = {note_number(call) for block in blocks for call in NOTE_CALL.findall(block.chars)}
    wanted = [number for number in numbers if number not in raised]
    clear = {number: list(_places(number, blocks, _CLEAR)) for number in wanted}
    found = _in_order(wanted, clear)
    for at, number in enumerate(wanted):
        if number not in found:
            before = max((found[n] for n in wanted[:at] if n in found), default=(-1, -1))
            after = min((found[n] for n in wanted[at + 1 :] if n in found), default=(len(blocks), 0))
            for places in (_places(number, blocks, _APART, _WORD), _places(number, blocks, _DOUBTFUL)):
                possible = [place for place in places if before < place < after]
                if len(possible) == 1:
                    found[number] = possible[0]
                    break
    plan: Plan = {}
    for number, (block, position) in found.items():
        plan.setdefault(blocks[block].span[0], []).append(NoteCall(number, position))
    return plan


def _places(
    number: str, blocks: Sequence[MappedText], before: re.Pattern[str], behind: str = _BREAK
) -> Iterator[_Place]:
    digits = re.compile(rf"{number}{behind}")
    for index, block in enumerate(blocks):
        for match in digits.finditer(block.chars):
            if before.search(block.chars[max(0, match.start() - 12) : match.start()]):
                yield index, match.start()


def _in_order(numbers: Sequence[str], places: dict[str, list[_Place]]) -> dict[str, _Place]:
    """Return a place for as many numbers as can have one in the order of the text, the earliest places first."""
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
