"""What becomes of each stretch of a text: read into one value, known as furniture, or told as unread."""

from __future__ import annotations

from itertools import pairwise

from mandata.document.model import Document
from mandata.text.mapped import Span


def left_over(document: Document) -> list[str]:
    """Return what the reader says of the lines from which nothing was read and that are no furniture."""
    return [issue.message for issue in document.issues if issue.code == "unread-text"]


def read_twice(document: Document) -> list[tuple[Span, Span]]:
    """Return the stretches of two paragraphs or notes that lie over each other."""
    parts = [*(p.text for p in document.body()), *(note.text for note in document.footnotes)]
    runs = sorted(run for part in parts for run in part.runs())
    return [(a, b) for a, b in pairwise(runs) if b[0] < a[1]]
