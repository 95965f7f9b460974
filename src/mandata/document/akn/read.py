"""Reading of a file in AKN4UN to the Document that a plain text of the same words gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from mandata.document.akn.dates import stated_day
from mandata.document.akn.inline import InlineReader
from mandata.document.akn.proceedings import read_proceedings
from mandata.document.akn.structure import Structure, read_structure
from mandata.document.akn.tree import Element, Tree, read_tree
from mandata.document.masthead import read_head
from mandata.document.model import Document, Footnote, Masthead, Stated
from mandata.document.paragraphs import ParagraphReader
from mandata.document.resolution import read_parts
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon, lexicon_of, recognise
from mandata.text.source import SourceText

_SEARCHED = 100_000
_ROOT = re.compile(r"<(?:[\w.-]+:)?akomaNtoso[\s/>]")
_LANGUAGES: Final = {
    "ara": "ar",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "rus": "ru",
    "spa": "es",
    "zho": "zh",
    "chi": "zh",
}
"""ISO 639-2 codes, as in FRBRlanguage, to BCP 47."""


def is_akn(source: SourceText) -> bool:
    """Return whether a file is in Akoma Ntoso, from its contents."""
    begin = source.raw[:_SEARCHED].lstrip("\ufeff \t\r\n")
    return begin.startswith("<") and bool(_ROOT.search(begin))


def read_akn(source: SourceText) -> Document:
    """Return the document in an AKN4UN file; one that is not a resolution gets the kind ``other`` and an Issue.

    Raises:
        MandataError: as ``read_tree``.
    """
    tree = read_tree(source)
    statement = next(tree.root.walk("statement"), tree.root)
    lexicon = _lexicon(statement, source)
    if lexicon is None:
        issue = Issue("language-unknown", "is in none of the languages that have a lexicon; nothing is read from it")
        return Document(source, "other", None, issues=(*source.issues, *tree.issues, issue))
    inline = InlineReader(source.raw)
    structure = read_structure(statement, inline)
    if structure.parts.formula is None:
        issue = Issue("no-un-document", "is no resolution of the United Nations; nothing is read from it")
        return Document(source, "other", lexicon.language, issues=(*source.issues, *tree.issues, issue))
    return _resolution(tree, statement, structure, inline, lexicon)


def _resolution(
    tree: Tree, statement: Element, structure: Structure, inline: InlineReader, lexicon: Lexicon
) -> Document:
    uncalled = [number for number, _ in inline.notes]
    reader = ParagraphReader(lexicon, inline.emphases, uncalled, {})
    fields: dict[str, Any] = read_parts(structure.parts, read_head(structure.head, lexicon), reader)
    fields["meeting"] = fields["meeting"] or _meeting(tree, statement)
    head, doubts = _fill_dates(tree, statement, fields.pop("masthead"))
    issues = (*tree.source.issues, *tree.issues, *inline.issues, *doubts, *fields.pop("issues"))
    return Document(
        tree.source,
        "resolution",
        lexicon.language,
        masthead=head,
        footnotes=tuple(Footnote(number, text) for number, text in inline.notes),
        links=tuple(inline.links),
        proceedings=read_proceedings(tree, statement),
        lines=tuple(inline.lines),
        issues=tuple(sorted(issues, key=lambda i: i.start or 0)),
        **fields,
    )


def _lexicon(statement: Element, source: SourceText) -> Lexicon | None:
    """Return the lexicon of the language that the file states, else of the language of its words."""
    stated = next((e.get("language") for e in statement.walk("FRBRlanguage")), "")
    code = _LANGUAGES.get(stated, stated)
    if not code:
        return recognise("".join(re.split(r"<[^<>]*>", source.raw)))
    return lexicon_of(code)


def _meeting(tree: Tree, statement: Element) -> Stated[int] | None:
    """Return the number of the meeting from an attribute ("48e", "48th"), which helps if the words are unusual."""
    meeting_element = next((e for e in statement.walk("inline") if e.get("name") == "adoptionMeeting"), None)
    stated = tree.stated_attribute(meeting_element, "title") if meeting_element else None
    number = re.search(r"\d{1,4}", stated.value) if stated else None
    return Stated(int(number[0]), stated.span) if stated and number else None


def _fill_dates(tree: Tree, statement: Element, head: Masthead) -> tuple[Masthead, list[Issue]]:
    """Fill in the dates that only attributes state; if words and attribute differ, the words are followed."""
    adoption_element = next((e for e in statement.walk("FRBRdate") if e.get("name") == "adoption"), None)
    issue_element = next((e for e in statement.walk("docDate") if e.get("refersTo") == "#dateOfIssuance"), None)
    adopted, issued = stated_day(tree, adoption_element), stated_day(tree, issue_element)
    issues = [*_find_differing(head.adopted, adopted), *_find_differing(head.distribution_date, issued)]
    dates = {"adopted": head.adopted or adopted, "distribution_date": head.distribution_date or issued}
    return replace(head, adopted=dates["adopted"], distribution_date=dates["distribution_date"]), issues


def _find_differing(in_words: Stated[date] | None, in_markup: Stated[date] | None) -> Iterator[Issue]:
    if in_words and in_markup and in_words.value != in_markup.value:
        what = f"the words say {in_words.value.isoformat()}, the mark-up {in_markup.value.isoformat()}; the words stand"
        yield Issue("markup-differs", what, *in_markup.span)
