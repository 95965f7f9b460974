"""Which part of a document is cited: its annex, else a chapter, section or paragraph."""

from __future__ import annotations

import re
from typing import Final

from mandata.citation.model import Hit
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.un import symbol

_DIVISIONS: Final = {"cited-chapter": "chapter", "cited-section": "section", "cited-paragraph": "paragraph"}
_REACH: Final = 80
"""Characters before and behind a citation within which the part stands: "paragraphe 13 de sa résolution"."""


def cited_part(words: str, hit: Hit, lexicon: Lexicon) -> str | None:
    """Return the part of a document that a folded text cites, such as "annex II", "chapter IV, section A".

    Behind the document ("A/73/444, annexe", "(A/68/53), chap. V, sect. A"), or before it ("section II, paragraph 3, of
    its resolution"); None where it cites the whole, or several parts at once.
    """
    rest = words[hit.end : hit.end + _REACH]
    if annex := lexicon.search("cited-part", rest):
        return f"annex {_number(annex, 'number', lexicon)}" if annex["number"] else "annex"
    found = []
    for rule, division in _DIVISIONS.items():
        if match := lexicon.search(rule, rest):
            found.append(f"{division} {_number(match, 'number', lexicon)}")
            rest = rest[match.end() :]
    before = words[max(0, hit.start - _REACH) : hit.start]
    if not found and (match := lexicon.search("part-before", before)):
        said = match.groupdict()
        found = [f"{name} {_number(match, name, lexicon)}" for name in _DIVISIONS.values() if said.get(name)]
    return ", ".join(found) or None


def _number(match: re.Match[str], group: str, lexicon: Lexicon) -> str:
    """Return the number of a part as English prints it: "II" for "الثاني" and "二", "A" for "ألف"."""
    printed = match[group]
    ordinal = None if printed.isascii() else lexicon.ordinal(printed)
    return symbol.roman(ordinal) if ordinal else lexicon.letters.get(strip_optional_signs(printed), printed)
