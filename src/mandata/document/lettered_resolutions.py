"""Resolutions that share one number, each with a letter: 53/243 A and 53/243 B."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mandata.document.model import Stated
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.text.mapped import MappedText

_LETTER = re.compile(r"^(?:(?:E?S-)?\d{1,3}/\d{1,3} ?)?(?P<letter>[A-Z]{1,2}|[^\W\d_a-z]{1,4})\.?$")
_MAX_TITLE_BLOCKS = 4
"""The most blocks, of its title or in brackets, between a letter and the enacting formula below it."""


@dataclass(frozen=True, slots=True)
class LetteredResolution:
    """One of the resolutions of a document: its letter, and all blocks after it."""

    letter: Stated[str]
    blocks: Sequence[MappedText]


def split_lettered_resolutions(
    blocks: Sequence[MappedText], own: str | None, lexicon: Lexicon
) -> tuple[Sequence[MappedText], list[LetteredResolution]]:
    """Return the blocks that all resolutions of a document share, and each resolution; none if there is only one.

    A letter is on a line of its own above an enacting formula; the letters are consecutive from A on. A letter without
    a formula of its own is the heading of a section.

    Args:
        blocks: the blocks of the document.
        own: the letter in the document's symbol: if it is the only one, the document is one resolution.
        lexicon: the language of the document.
    """
    cuts = list[tuple[int, str]]()
    for at, block in enumerate(blocks):
        letter = _letter(block.folded, lexicon)
        if letter == _next_letter(cuts[-1][1] if cuts else None) and _enacts(
            blocks[at + 1 :][: _MAX_TITLE_BLOCKS + 1], lexicon
        ):
            cuts.append((at, letter))
    if not cuts or (len(cuts) == 1 and cuts[0][1] == own):
        return blocks, []
    ends = [*(at for at, _ in cuts[1:]), len(blocks)]
    parts = zip(cuts, ends, strict=True)
    return blocks[: cuts[0][0]], [
        LetteredResolution(Stated(x, blocks[at].span), blocks[at + 1 : end]) for (at, x), end in parts
    ]


def _letter(words: str, lexicon: Lexicon) -> str | None:
    match = _LETTER.match(words)
    return lexicon.letters.get(strip_optional_signs(match["letter"]), match["letter"]).upper() if match else None


def _next_letter(letter: str | None) -> str:
    """Return the next letter: A first, AA after Z."""
    if letter is None:
        return "A"
    return "A" * (len(letter) + 1) if letter[-1] == "Z" else letter[:-1] + chr(ord(letter[-1]) + 1)


def _enacts(following: Sequence[MappedText], lexicon: Lexicon) -> bool:
    """Return whether an enacting formula is among some blocks, before any paragraph or another letter."""
    for block in following:
        words = block.folded
        if lexicon.search("enacting-formula", words):
            return True
        if _LETTER.match(words) or any(lexicon.search(rule, words) for rule in ("numbered", "annex-heading")):
            return False
    return False
