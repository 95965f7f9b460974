"""Whether a text may be cut short."""

from __future__ import annotations

import unicodedata

from mandata.document.model import Document
from mandata.errors import Issue
from mandata.text.mapped import MappedText


def ending_issues(document: Document) -> tuple[Issue, ...]:
    """Return an Issue if the last paragraph or note ends without a full stop: the text may be cut short there.

    A signature or the line of the meeting after a paragraph shows that it is complete.
    """
    parts = [*(p.text for p in document.body()), *(note.text for note in document.footnotes)]
    last = max(parts, key=lambda text: text.span[1], default=None)
    if last is None or last.span[1] <= _end_of_signature(document) or _ends_a_sentence(last):
        return ()
    return (Issue("cut-short", "the text ends within a sentence: it may be cut short", *last.span),)


def _end_of_signature(document: Document) -> int:
    signature = document.letterhead.signature if document.letterhead else None
    return max((stated.span[1] for stated in (document.meeting, signature) if stated), default=0)


def _ends_a_sentence(text: MappedText) -> bool:
    """Return whether a text ends with a full stop (of any script), ignoring closing quotation marks and brackets."""
    characters = (
        c for c in reversed(text.chars) if unicodedata.category(c) not in ("Zs", "Pe", "Pf", "Pi") and c not in "\"'"
    )
    return next(characters, "") in ".!?…。！？؟"
