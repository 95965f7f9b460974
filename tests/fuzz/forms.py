"""The formats that are tried: what a seed makes of each, and how its documents may be damaged."""

from __future__ import annotations

import random
from typing import Final

from .markup import damaged
from .mutate import BYTES, TEXT, Mutation
from .objects import damaged_objects
from .originals import grown_in, originals
from .packages import damaged_package

LONGEST: Final = 300_000
"""Bytes: longer texts may rightly take longer than one is given."""
_EVERY_GROWN: Final = 4
_MOST_WAYS: Final = {"docx": 2, "pdf": 2}  # more of them, and no reader gets further than the first
_STRUCTURE_SHARE: Final = 4  # ways that know the structure are taken so many times as often as one that does not


def _in_markup(data: bytes, pick: random.Random, other: bytes) -> bytes:
    words = damaged(data.decode("utf-8", "replace"), pick, other.decode("utf-8", "replace"))
    return words.encode("utf-8", "replace")


WAYS: Final[dict[str, tuple[Mutation, ...]]] = {
    "text": TEXT,
    "markdown": TEXT,
    "akn": (*[_in_markup] * _STRUCTURE_SHARE * len(BYTES), *TEXT),
    "html": (*[_in_markup] * _STRUCTURE_SHARE * len(BYTES), *TEXT),
    "docx": (*[damaged_package] * _STRUCTURE_SHARE * len(BYTES), *BYTES),
    "pdf": (*[damaged_objects] * _STRUCTURE_SHARE * len(BYTES), *BYTES),
}


def made(form: str, seed: int) -> bytes:
    """Return what a seed makes in a format: every fourth by the grammar, damaged or not, the others damaged."""
    pick = random.Random(f"{form} {seed}")
    is_grown = seed % _EVERY_GROWN == _EVERY_GROWN - 1
    data = grown_in(form, seed) if is_grown else pick.choice(originals(form))
    for _ in range(pick.randint(0 if is_grown else 1, _MOST_WAYS.get(form, 4))):
        data = pick.choice(WAYS[form])(data, pick, pick.choice(originals(form)))[:LONGEST]
    return data
