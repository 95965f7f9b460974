"""Whether the cited document is what the operator acts on, or merely named within the paragraph."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from mandata.citation.model import Hit
from mandata.document.model import Paragraph
from mandata.lexicon.lexicon import Lexicon
from mandata.text.mapped import MappedText

_FAR: Final = 2_000
"""Characters; no object is so far from its operator, nor from the one beside it."""


def objects(paragraph: Paragraph, hits: Collection[Hit], lexicon: Lexicon) -> set[str]:
    """Return the targets, among the documents named in the paragraph's own words, that its operator acts on.

    The first must stand right behind the operator ("Rappelant sa résolution 72/7", "Guidée par les dispositions de la
    Charte"), or in parentheses behind what it is ("Prenant acte du rapport du Secrétaire général (A/70/674)"); another
    beside it ("..., et le Plan d'action conjoint"), but not one joined to what it leaves alone ("including A and B").
    """
    if paragraph.operator is None:
        return set()
    words, found, last, before = paragraph.text.folded, set[str](), None, None
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        beside = last is not None and (hit.series == last.series > 0 or _is_coordinated(words, last, hit, lexicon))
        joined = before is not last and before is not None and _is_joined(words, before, hit, lexicon)
        first = last is None and _is_first(_between(words, paragraph.operator.end, _head(hit)), lexicon)
        if (beside and not joined) or first:
            found.add(hit.target)
            last = hit
        before = hit
    return found


def _between(words: str, start: int, end: int) -> str:
    """Return the words between two places; the last of them where they are farther apart than what belongs together.

    Were they longer, a paragraph of ten thousand citations would be read ten thousand times over.
    """
    return words[max(start, end - _FAR) : end]


def _head(hit: Hit) -> int:
    return hit.series or hit.start


def _is_first(between: str, lexicon: Lexicon) -> bool:
    """Tell whether the words between operator and document are nothing but articles and nouns that stand for it."""
    if between.endswith("("):
        return _is_about_document(between, lexicon)
    rest = _object_in(between, lexicon)
    return not _behind("document-nouns", rest, lexicon).strip()


def _object_in(between: str, lexicon: Lexicon) -> str:
    """Return the words behind an operator from its object on: without articles and nouns that stand for the object.

    Nor the body whose it is, where that is named first: "Recalling Security Council resolution 1325 (2000)".
    """
    rest = _behind("object-issuer", _behind("object-article", between, lexicon), lexicon)
    while (shorter := _behind("object-nouns", rest, lexicon)) != rest:
        rest = shorter
    return rest


def _is_about_document(between: str, lexicon: Lexicon) -> bool:
    """Tell whether the operator's object is a word for a document, and no clause opens behind it."""
    opened = lexicon.search("clause-opening", between)
    return not opened and bool(lexicon.search("document-nouns", _object_in(between, lexicon)))


def _behind(rule: str, words: str, lexicon: Lexicon) -> str:
    match = lexicon.search(rule, words)
    return words[match.end() :] if match else words


def _is_coordinated(words: str, last: Hit, hit: Hit, lexicon: Lexicon) -> bool:
    """Tell whether a document, or what it is, in parentheses behind that, is a second object beside the last one."""
    between = _between(words, last.end, _head(hit))
    if lexicon.search("clause-opening", between):
        return False
    within = between.endswith("(")
    ends = (match.end() for match in lexicon.finditer("coordination", between))
    return any(lexicon.search("document-nouns", between[end:]) if within else end == len(between) for end in ends)


def _is_joined(words: str, before: Hit, hit: Hit, lexicon: Lexicon) -> bool:
    """Tell whether nothing but a word such as "and" stands between two documents, no comma either."""
    between = _between(words, before.end, _head(hit))
    match = None if between.startswith(lexicon.clause_ends) else lexicon.search("coordination", between)
    return match is not None and match.span() == (0, len(between))


def note_is_object(paragraph: Paragraph, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a note called at a position is on what the operator acts on.

    So when a word for a document stands right behind the operator ("Rappelant l'échange de lettres ...¹") and no clause
    opens before the call ("notant le rôle que joue le Centre⁴").
    """
    if paragraph.operator is None:
        return False
    return _is_about_document(_between(paragraph.text.folded, paragraph.operator.end, at), lexicon)


def is_aside(note: MappedText, hit: Hit, lexicon: Lexicon) -> bool:
    """Tell whether a note only points to a document beside the one that it is on ("A/73/444; see also A/72/9")."""
    return lexicon.search("note-aside", _between(note.folded, 0, hit.start)) is not None
