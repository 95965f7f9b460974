"""Whether a cited document is an object of the paragraph's operator, or is merely named in the paragraph."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from mandata.citation.model import Reference
from mandata.document.model import Paragraph
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText

_MAX_DISTANCE: Final = 2_000
"""In characters; no object is so far from its operator, nor from the object before it."""


def operator_objects(paragraph: Paragraph, references: Collection[Reference], lexicon: Lexicon) -> set[str]:
    """Return the targets, among the references in the paragraph's own words, that its operator acts on.

    The first must directly follow the operator ("Rappelant sa résolution 72/7", "Guidée par les dispositions de la
    Charte"), or be in parentheses after its description ("Prenant acte du rapport du Secrétaire général (A/70/674)");
    another must be coordinated with it ("..., et le Plan d'action conjoint"), and not with a document that is no object
    ("including A and B").

    Args:
        paragraph: the paragraph.
        references: the references in its own words.
        lexicon: its language.
    """
    if paragraph.operator is None:
        return set()
    words, found, last, before = paragraph.text.folded, set[str](), None, None
    for reference in sorted(references, key=lambda h: (h.start, h.end)):
        beside = last is not None and (
            reference.series == last.series > 0 or _is_coordinated(words, last, reference, lexicon)
        )
        joined = before is not last and before is not None and _is_joined(words, before, reference, lexicon)
        first = last is None and _is_first(_between(words, paragraph.operator.end, _head(reference)), lexicon)
        if (beside and not joined) or first:
            found.add(reference.target)
            last = reference
        before = reference
    return found


def _between(words: str, start: int, end: int) -> str:
    """Return the words between two positions, at most the last ``_MAX_DISTANCE`` characters of them.

    Without the limit, a paragraph of ten thousand citations would be read ten thousand times.
    """
    return words[max(start, end - _MAX_DISTANCE) : end]


def _head(reference: Reference) -> int:
    return reference.series or reference.start


def _is_first(between: str, lexicon: Lexicon) -> bool:
    """Return whether there are only articles and nouns for the document between the operator and it."""
    if between.endswith("("):
        return _is_about_document(between, lexicon)
    rest = _object_in(between, lexicon)
    return not _after_match("document-nouns", rest, lexicon).strip()


def _object_in(between: str, lexicon: Lexicon) -> str:
    """Return the words after an operator without the articles and nouns that stand for its object.

    Also without the body that issued it, if that is named first: "Recalling Security Council resolution 1325 (2000)".
    """
    rest = _after_match("object-issuer", _after_match("object-article", between, lexicon), lexicon)
    while (shorter := _after_match("object-nouns", rest, lexicon)) != rest:
        rest = shorter
    return rest


def _is_about_document(between: str, lexicon: Lexicon) -> bool:
    """Return whether the operator's object is a noun for a document, and no clause opens after it."""
    clause = lexicon.search("clause-opening", between)
    return not clause and bool(lexicon.search("document-nouns", _object_in(between, lexicon)))


def _after_match(rule: str, words: str, lexicon: Lexicon) -> str:
    match = lexicon.search(rule, words)
    return words[match.end() :] if match else words


def _is_coordinated(words: str, last: Reference, reference: Reference, lexicon: Lexicon) -> bool:
    """Return whether a document (or its description, before parentheses) is coordinated with the last object."""
    between = _between(words, last.end, _head(reference))
    if lexicon.search("clause-opening", between):
        return False
    within = between.endswith("(")
    ends = (match.end() for match in lexicon.finditer("coordination", between))
    return any(lexicon.search("document-nouns", between[end:]) if within else end == len(between) for end in ends)


def _is_joined(words: str, before: Reference, reference: Reference, lexicon: Lexicon) -> bool:
    """Return whether only a word such as "and" is between two documents, and no comma."""
    between = _between(words, before.end, _head(reference))
    match = None if between.startswith(lexicon.clause_ends) else lexicon.search("coordination", between)
    return match is not None and match.span() == (0, len(between))


def note_is_object(paragraph: Paragraph, at: int, lexicon: Lexicon) -> bool:
    """Return whether a note called at position ``at`` of a paragraph is on the object of its operator.

    It is if a noun for a document directly follows the operator ("Rappelant l'échange de lettres ...¹") and no clause
    opens before the call ("notant le rôle que joue le Centre⁴"), by the rules of the ``lexicon``.
    """
    if paragraph.operator is None:
        return False
    return _is_about_document(_between(paragraph.text.folded, paragraph.operator.end, at), lexicon)


def is_aside(note: MappedText, reference: Reference, lexicon: Lexicon) -> bool:
    """Return if a ``reference`` in a ``note`` is only a "see also", by the ``lexicon``: "A/73/444; see also A/72/9"."""
    return lexicon.search("note-aside", _between(note.folded, 0, reference.start)) is not None
