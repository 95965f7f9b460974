"""Citations that repeat one made before: "Ibid." in a note, "la même résolution" in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mandata.citation.model import Hit
from mandata.citation.numbers import Unsettled
from mandata.lexicon.lexicon import Lexicon
from mandata.un import symbol

_CLAUSE_END = re.compile("[;；؛]")

SEVERAL = "what stands before it cites more than one document"


def find_ibid(words: str, here: Sequence[Hit], before: Sequence[Hit], lexicon: Lexicon) -> Iterator[Hit | Unsettled]:
    """Yield the document of the note before, where a folded note says "Ibid." and names no other volume or document.

    ``here`` are the citations of the note itself, ``before`` those of the note before it; an "Ibid." of what is no
    document of the United Nations, such as a volume of treaties, cites nothing. A corrigendum or addendum named beside
    its document belongs to it. What a later clause names ("Ibid., annex II; see also A/73/444") is cited beside it.
    """
    match = lexicon.search("ibidem", words)
    clause = _CLAUSE_END.split(words)[0]
    named = any(hit.start < len(clause) for hit in here)
    if match is None or named or not before or lexicon.search("another-volume", clause):
        return
    targets = list(dict.fromkeys(hit.target for hit in before))
    if all(_is_of(target, targets[0]) for target in targets[1:]):
        for target in targets:
            yield Hit(target, "context", match.start(), match.end())
    else:
        yield Unsettled(match.start(), match.end(), tuple(targets), SEVERAL)


def _is_of(target: str, other: str) -> bool:
    """Tell whether a document is another, or supplements or corrects it."""
    return "/" in target and (target == other or target.startswith(f"{other}/"))


def find_same(words: str, here: Sequence[Hit], before: Sequence[Hit], lexicon: Lexicon) -> Iterator[Hit | Unsettled]:
    """Yield the resolution that "la même résolution" speaks of: the last one cited, in this text or in the one before.

    One cited in this text is cited there already, so nothing is added; of several in the text before none is taken.
    """
    for match in lexicon.finditer("same-resolution", words):
        if any(_is_resolution(hit) and hit.end <= match.start() for hit in here):
            continue
        targets = list(dict.fromkeys(hit.target for hit in before if _is_resolution(hit)))
        if len(targets) == 1:
            yield Hit(targets[0], "context", *match.span())
        elif targets:
            yield Unsettled(*match.span(), tuple(targets), SEVERAL)


def _is_resolution(hit: Hit) -> bool:
    return "/" in hit.target and symbol.parse(hit.target).is_resolution
