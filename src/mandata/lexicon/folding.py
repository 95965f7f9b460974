"""Signs that typists and printers use for one another, folded into one."""

from __future__ import annotations

from functools import lru_cache

_FOLDS = (("’‘ʼ`´", "'"), ("\u2010\u2011\u2012\u2013\u2212", "-"), ("\u00a0\u202f", " "))
_SEEN = 2048  # texts whose folded form is kept: the same lines and paragraphs are asked for by each stage


@lru_cache(_SEEN)
def fold(text: str) -> str:
    """Return the text with one apostrophe, one hyphen and one space, character for character.

    >>> fold("l’Assemblée 1990\u20111995")
    "l'Assemblée 1990-1995"
    """
    for marks, plain in _FOLDS:
        for mark in marks:
            text = text.replace(mark, plain)
    return text
