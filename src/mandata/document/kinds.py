"""The kind of a document, from its heading, its enacting formula, and its symbol."""

from __future__ import annotations

from mandata.document.blocks import Blocks
from mandata.document.model import Masthead
from mandata.document.opening import kind_from_heading
from mandata.lexicon.lexicon import Lexicon
from mandata.un import symbol


def kind_of(heading_kind: str | None, blocks: Blocks, head: Masthead, lexicon: Lexicon) -> str:
    """Return the kind of a text; ``other`` if it is unknown.

    The symbol of the masthead distinguishes drafts and decisions from resolutions, whose form they have.

    Args:
        heading_kind: the kind that its heading states, if any.
        blocks: its blocks.
        head: its masthead.
        lexicon: its language.
    """
    kind = heading_kind or _kind_from_body([block.folded for block in blocks.body], lexicon)
    own = symbol.parse(head.symbol.value) if head.symbol else None
    if kind == "resolution":
        if own and own.is_draft:
            return "draft"
        return "decision" if (own and own.is_decision) or _is_decision(blocks, lexicon) else kind
    if kind == "other" and own and own.is_statement:
        return "statement"
    return kind


def _kind_from_body(words: list[str], lexicon: Lexicon) -> str:
    """Return the kind from the body: a letter may have a resolution in its annex, or be the title of an agenda item."""
    annexed = next((i for i, w in enumerate(words) if lexicon.search("annex-heading", w)), len(words))
    if any(lexicon.search("enacting-formula", w) for w in words[:annexed]):
        return "resolution"
    if headed := next((w for w in words if lexicon.search("letter-heading", w)), None):
        return "note" if kind_from_heading(headed, lexicon) == "note" else "letter"
    if any(lexicon.search("enacting-formula", w) for w in words):
        return "resolution"
    if any(lexicon.search("decision-made", w) for w in words[:annexed]):
        return "decision"
    return next(
        (kind for w in words[:annexed] if (kind := kind_from_heading(w, lexicon)) in _KINDS_BY_HEADING), "other"
    )


_KINDS_BY_HEADING = ("statement", "note", "report")
"""The kinds for which a heading is enough, anywhere before the annexes."""


def _is_decision(blocks: Blocks, lexicon: Lexicon) -> bool:
    lines = (lexicon.search("adoption", block.folded) for block in blocks.body)
    return any(line and line.groupdict().get("decision") for line in lines)
