"""Which part of a document is cited: its annex, else a chapter, section or paragraph."""

from __future__ import annotations

import re
from typing import Final

from mandata.citation.model import Reference
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.un import symbol

_DIVISIONS: Final = {"cited-chapter": "chapter", "cited-section": "section", "cited-paragraph": "paragraph"}
_REACH: Final = 80
"""In characters: how far before or after a citation the part may be: "paragraphe 13 de sa résolution"."""


def cited_part(words: str, reference: Reference, lexicon: Lexicon) -> str | None:
    """Return the part of a document that a reference in folded words cites: "annex II", "chapter IV, section A".

    The part is named after the document ("A/73/444, annexe", "(A/68/53), chap. V, sect. A"), or before it ("section II,
    paragraph 3, of its resolution"); None if the whole, or several parts at once, are cited.

    Args:
        words: the folded words of a text.
        reference: a reference in it.
        lexicon: its language.
    """
    rest = words[reference.end : reference.end + _REACH]
    if annex := lexicon.search("cited-part", rest):
        return f"annex {_number(annex, 'number', lexicon)}" if annex["number"] else "annex"
    found = []
    for rule, division in _DIVISIONS.items():
        if match := lexicon.search(rule, rest):
            found.append(f"{division} {_number(match, 'number', lexicon)}")
            rest = rest[match.end() :]
    before = words[max(0, reference.start - _REACH) : reference.start]
    if not found and (match := lexicon.search("part-before", before)):
        groups = match.groupdict()
        found = [f"{name} {_number(match, name, lexicon)}" for name in _DIVISIONS.values() if groups.get(name)]
    return ", ".join(found) or None


def _number(match: re.Match[str], group: str, lexicon: Lexicon) -> str:
    """Return the number of a part as printed in English: "II" for "الثاني" and "二", "A" for "ألف"."""
    printed = match[group]
    ordinal = None if printed.isascii() else lexicon.ordinal(printed)
    return symbol.roman(ordinal) if ordinal else lexicon.letters.get(strip_optional_signs(printed), printed)
