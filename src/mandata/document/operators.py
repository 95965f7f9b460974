"""The opening verb phrase of a paragraph of a resolution."""

from __future__ import annotations

from collections.abc import Sequence

from mandata.document.model import Operator
from mandata.text.language import Lexicon
from mandata.text.mapped import MappedText, Span


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
