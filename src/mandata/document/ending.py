"""Whether a text ends where its document does."""

from __future__ import annotations

import unicodedata

from mandata.document.model import Document
from mandata.errors import Issue
from mandata.text.mapped import MappedText


def about_ending(document: Document) -> tuple[Issue, ...]:
    """Return an Issue where the last paragraph or note ends without a full stop: the text may be cut short there.

    A signature or the line of the meeting behind a paragraph shows that it is whole.
    """
    parts = [*(p.text for p in document.body()), *(note.text for note in document.footnotes)]
    last = max(parts, key=lambda text: text.span[1], default=None)
    if last is None or last.span[1] <= _closed_at(document) or _ends_a_sentence(last):
        return ()
    return (Issue("cut-short", "the text ends within a sentence: it may be cut short", *last.span),)


def _closed_at(document: Document) -> int:
    signature = document.letterhead.signature if document.letterhead else None
    return max((stated.span[1] for stated in (document.meeting, signature) if stated), default=0)


def _ends_a_sentence(text: MappedText) -> bool:
    """Tell whether a full stop, or its like in any script, is the last mark but for what closes a quotation."""
    marks = (
        c for c in reversed(text.chars) if unicodedata.category(c) not in ("Zs", "Pe", "Pf", "Pi") and c not in "\"'"
    )
    return next(marks, "") in ".!?…。！？؟"
