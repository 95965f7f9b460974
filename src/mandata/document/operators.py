"""The opening verb phrase of a paragraph of a resolution, and the number or letter before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mandata.document.model import NoteCall, Operator
from mandata.text.clean import NOTE_CALL, note_number
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText, Span

_BEFORE_COMMA = re.compile(r"(?<=[\w)»]) (?=,)")


def find_operator(text: MappedText, place: str, lexicon: Lexicon, emphases: Sequence[Span]) -> Operator | None:
    """Return the operator with which a paragraph opens.

    A phrase of the lexicon, with a modifier such as "également"; else the emphasised words at the very start, whose
    concept is then not known.
    """
    words = text.folded
    if known := lexicon.operator(words):
        forms, end, also = known
        form = next((f for f in forms if f.place == place), forms[0])
        return Operator(text.chars[:end], form.concept, also, end)
    start = text.span[0]
    for left, right in emphases:
        if left == start:
            end = sum(1 for stop in text.ends if stop <= right)
            return Operator(text.chars[:end].rstrip(" ,"), None, False, end)
    return None


def without_calls(text: MappedText) -> tuple[MappedText, tuple[NoteCall, ...]]:
    """Return a text without its note calls, and the calls with the positions behind which they stood."""
    calls: list[NoteCall] = []
    removed = 0
    for match in NOTE_CALL.finditer(text.chars):
        calls.append(NoteCall(note_number(match[0]), match.start() - removed))
        removed += len(match[0])
    return text.sub(NOTE_CALL, ""), tuple(calls)


def lowered_calls(text: MappedText, missing: Sequence[str]) -> tuple[MappedText, tuple[NoteCall, ...]]:
    """Return a text without the note calls that extraction lowered to the line ("conférence1,"), and those calls.

    ``missing`` are the numbers of the notes not yet called, in order; only the next one is looked for at a time.
    """
    calls: list[NoteCall] = []
    for number in missing:
        behind = calls[-1].at if calls else 0
        match = re.compile(rf"(?<=[^\W\d_)»,\d]){number}(?=[\s,;.)]|$)").search(text.chars, behind)
        if match is None or not _is_glued(text.chars, match.start()):
            break
        calls.append(NoteCall(number, match.start()))
        text = text[: match.start()] + text[match.end() :]
    return text, tuple(calls)


def _is_glued(chars: str, at: int) -> bool:
    """Tell whether digits at a position are glued to a word or to a year ("2014-20242"), not a number of their own."""
    before = re.search(r"\S+$", chars[:at])
    return before is not None and (not before[0][-1].isdigit() or bool(re.search(r"(?:19|20)\d\d$", before[0])))
