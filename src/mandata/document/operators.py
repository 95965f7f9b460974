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
_MAX_LENGTH: Final = 80
"""In characters; a longer emphasis is not an operator but a whole sentence."""


def find_operator(text: MappedText, place: str, lexicon: Lexicon, emphases: Sequence[Span]) -> Operator | None:
    """Return the operator with which a paragraph opens; None if there is none.

    It is a phrase of the lexicon, with a modifier such as "également"; its words are those emphasised at the start, if
    any. Else it is these, or else the first words with the shape of an operator of this place; then its concept is
    unknown. A phrase such as "在这方面，" may precede it.

    Args:
        text: the words of the paragraph, without its number.
        place: ``preambular`` or ``operative``.
        lexicon: the language of the paragraph.
        emphases: the emphasised spans of the file, in order.
    """
    found = _opening(text, place, lexicon, emphases)
    if found is None and (lead := lexicon.search("lead-in", text.folded)):
        after_lead = _opening(text[lead.end() :], place, lexicon, emphases)
        return replace(after_lead, start=lead.end(), end=after_lead.end + lead.end()) if after_lead else None
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
    """Return the end of the emphasis with which a text opens; 0 if there is none, or it is longer than a phrase."""
    start = text.span[0]
    at = bisect_left(emphases, (start, 0))  # they are in the order of the text
    right = emphases[at][1] if at < len(emphases) and emphases[at][0] == start else None
    end = 0 if right is None else text.position_after(right)
    return end if end <= _MAX_LENGTH else 0
