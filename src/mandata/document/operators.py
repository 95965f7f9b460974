"""The opening verb phrase of a paragraph of a resolution."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mandata.document.model import Operator
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText, Span

_SHAPES: Final = {"preambular": "preambular-shape", "operative": "operative-shape"}
_LONGEST: Final = 80
"""Characters; what is emphasised beyond that is no operator but a whole sentence."""


def find_operator(text: MappedText, place: str, lexicon: Lexicon, emphases: Sequence[Span]) -> Operator | None:
    """Return the operator with which a paragraph opens.

    A phrase of the lexicon, with a modifier such as "également"; its words are those emphasised at the very start,
    where there are any. Else these, else the first words that have the shape of an operator of this place; the concept
    of either is not known then. A phrase such as "在这方面，" may stand before it.
    """
    found = _opening(text, place, lexicon, emphases)
    if found is None and (lead := lexicon.search("lead-in", text.folded)):
        behind = _opening(text[lead.end() :], place, lexicon, emphases)
        return replace(behind, start=lead.end(), end=behind.end + lead.end()) if behind else None
    return found


def _opening(text: MappedText, place: str, lexicon: Lexicon, emphases: Sequence[Span]) -> Operator | None:
    words, printed = text.folded, _emphasis_end(text, emphases)
    if known := lexicon.operator(words):
        forms, end, also = known
        form = next((f for f in forms if f.place == place), forms[0])
        return Operator(text.chars[: printed or end].rstrip(" ,"), form.concept, also, max(end, printed))
    if printed:
        return Operator(text.chars[:printed].rstrip(" ,"), None, False, printed)
    shape = lexicon.search(_SHAPES[place], words)
    return Operator(text.chars[: shape.end()], None, False, shape.end()) if shape else None


def _emphasis_end(text: MappedText, emphases: Sequence[Span]) -> int:
    """Return where the emphasis ends with which a text opens; 0 where none does, or it is no mere phrase."""
    start = text.span[0]
    at = bisect_left(emphases, (start, 0))  # they are in the order of the text
    right = emphases[at][1] if at < len(emphases) and emphases[at][0] == start else None
    end = 0 if right is None else text.position_after(right)
    return end if end <= _LONGEST else 0
