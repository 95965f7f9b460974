"""Citations that repeat an earlier one: "Ibid." in a note, "la même résolution" in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mandata.citation.model import Reference
from mandata.citation.numbers import Unsettled
from mandata.lexicon.lexicon import Lexicon
from mandata.un import symbol

_CLAUSE_END = re.compile("[;；؛]")

SEVERAL = "what stands before it cites more than one document"


def find_ibid(
    words: str, here: Sequence[Reference], before: Sequence[Reference], lexicon: Lexicon
) -> Iterator[Reference | Unsettled]:
    """Yield the document of the note before, if a folded note says "Ibid." and names no other volume or document.

    An "Ibid." after a work that is not a document of the United Nations, such as a volume of treaties, cites nothing. A
    corrigendum or addendum cited together with its document belongs to it. What a later clause names ("Ibid., annex II;
    see also A/73/444") is cited in addition.

    Args:
        words: the folded words of the note.
        here: the references in the note itself.
        before: the references in the note before it.
        lexicon: the language of the note.
    """
    match = lexicon.search("ibidem", words)
    clause = _CLAUSE_END.split(words)[0]
    named = any(reference.start < len(clause) for reference in here)
    if match is None or named or not before or lexicon.search("another-volume", clause):
        return
    targets = list(dict.fromkeys(reference.target for reference in before))
    if all(_is_of(target, targets[0]) for target in targets[1:]):
        for target in targets:
            yield Reference(target, "context", match.start(), match.end())
    else:
        yield Unsettled(match.start(), match.end(), tuple(targets), SEVERAL)


def _is_of(target: str, other: str) -> bool:
    """Return whether a document is the other one, or supplements or corrects it."""
    return "/" in target and (target == other or target.startswith(f"{other}/"))


def find_same(
    words: str, here: Sequence[Reference], before: Sequence[Reference], lexicon: Lexicon
) -> Iterator[Reference | Unsettled]:
    """Yield the resolution that "la même résolution" refers to: the last one cited, in this text or in the one before.

    One cited in this text is cited there already, so nothing is added; several in the text before stay unsettled.

    Args:
        words: the folded words of the text.
        here: the references in the text itself.
        before: the references in the text before it.
        lexicon: the language of the text.
    """
    for match in lexicon.finditer("same-resolution", words):
        if any(_is_resolution(reference) and reference.end <= match.start() for reference in here):
            continue
        targets = list(dict.fromkeys(reference.target for reference in before if _is_resolution(reference)))
        if len(targets) == 1:
            yield Reference(targets[0], "context", *match.span())
        elif targets:
            yield Unsettled(*match.span(), tuple(targets), SEVERAL)


def _is_resolution(reference: Reference) -> bool:
    return "/" in reference.target and symbol.parse(reference.target).is_resolution
