"""Characters that are used for one another in print (apostrophes, hyphens, spaces), folded into one."""

from __future__ import annotations

from functools import lru_cache

_FOLDS = (("’‘ʼ`´", "'"), ("\u2010\u2011\u2012\u2013\u2212", "-"), ("\u00a0\u202f", " "))
_CACHED = 2048  # texts whose folded form is kept: the same lines and paragraphs are asked for by each stage


@lru_cache(_CACHED)
def fold(text: str) -> str:
    """Return the text with one apostrophe, one hyphen and one space, character for character.

    >>> fold("l’Assemblée 1990\u20111995")
    "l'Assemblée 1990-1995"
    """
    for variants, plain in _FOLDS:
        for variant in variants:
            text = text.replace(variant, plain)
    return text
