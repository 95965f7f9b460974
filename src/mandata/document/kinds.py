"""What kind of document a text is: told by its heading, its enacting formula, its symbol."""

from __future__ import annotations

from mandata.document.blocks import Blocks
from mandata.document.model import Masthead
from mandata.document.opening import kind_told
from mandata.lexicon.lexicon import Lexicon
from mandata.un import symbol


def kind_of(told: str | None, blocks: Blocks, head: Masthead, lexicon: Lexicon) -> str:
    """Return the kind of a text; ``told`` is what its heading says, if it says anything. ``other`` if nothing tells it.

    The symbol of the masthead tells drafts and decisions from resolutions, whose form they have.
    """
    kind = told or _told_by_body([block.folded for block in blocks.body], lexicon)
    own = symbol.parse(head.symbol.value) if head.symbol else None
    if kind == "resolution":
        if own and own.is_draft:
            return "draft"
        return "decision" if (own and own.is_decision) or _is_decision(blocks, lexicon) else kind
    if kind == "other" and own and own.is_statement:
        return "statement"
    return kind


def _told_by_body(words: list[str], lexicon: Lexicon) -> str:
    """Tell what a text is: a letter may carry a resolution in its annex, and be the title of a resolution's item."""
    annexed = next((i for i, w in enumerate(words) if lexicon.search("annex-heading", w)), len(words))
    if any(lexicon.search("enacting-formula", w) for w in words[:annexed]):
        return "resolution"
    if headed := next((w for w in words if lexicon.search("letter-heading", w)), None):
        return "note" if kind_told(headed, lexicon) == "note" else "letter"
    if any(lexicon.search("enacting-formula", w) for w in words):
        return "resolution"
    if any(lexicon.search("decision-made", w) for w in words[:annexed]):
        return "decision"
    return next((kind for w in words[:annexed] if (kind := kind_told(w, lexicon)) in _BY_FIRST_WORDS), "other")


_BY_FIRST_WORDS = ("statement", "note", "report")
"""The kinds for which a heading is enough, wherever above the annexes it stands."""


def _is_decision(blocks: Blocks, lexicon: Lexicon) -> bool:
    lines = (lexicon.search("adoption", block.folded) for block in blocks.body)
    return any(line and line.groupdict().get("decision") for line in lines)
