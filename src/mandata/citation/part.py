"""Which part of a document is cited: its annex, else a chapter, section or paragraph."""

from __future__ import annotations

from typing import Final

from mandata.citation.model import Hit
from mandata.citation.numbers import roman
from mandata.text.language import Lexicon

_DIVISIONS: Final = {"cited-chapter": "chapter", "cited-section": "section", "cited-paragraph": "paragraph"}
_BEFORE: Final = {"section-before": "section", "paragraph-before": "paragraph"}
_REACH: Final = 40
"""Characters before a citation within which the part stands: "paragraphe 13 de sa résolution"."""


def cited_part(words: str, hit: Hit, lexicon: Lexicon) -> str | None:
    """Return the part of a document that a folded text cites, such as "annex II", "chapter IV, section A".

    Behind the document ("A/73/444, annexe", "(A/68/53), chap. V, sect. A"), or before it ("paragraph 13 of its
    resolution"); None where it cites the whole, or several parts at once.
    """
    rest = words[hit.end :]
    if annex := lexicon.search("cited-part", rest):
        printed = annex["number"]
        number = printed and (roman(lexicon.ordinal(printed) or 0) or printed)  # "附件二": II
        return f"annex {number}" if number else "annex"
    found = []
    for rule, division in _DIVISIONS.items():
        if match := lexicon.search(rule, rest):
            found.append(f"{division} {match['number']}")
            rest = rest[match.end() :]
    before = words[max(0, hit.start - _REACH) : hit.start]
    for rule, division in () if found else tuple(_BEFORE.items()):
        if match := lexicon.search(rule, before):
            return f"{division} {match['number']}"
    return ", ".join(found) or None
