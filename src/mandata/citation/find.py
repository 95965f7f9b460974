"""Finding the citations of a document: by symbol, by number, by name, through a note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mandata.citation.context import find_ibid, find_same
from mandata.citation.intent import is_aside, note_is_object, operator_objects
from mandata.citation.linked import add_linked
from mandata.citation.model import WAYS, Citation, Reference, Unresolved
from mandata.citation.named import find_named, find_ordinal
from mandata.citation.numbers import Unsettled, find_numbers
from mandata.citation.part import cited_part
from mandata.document.model import Document, Footnote, Paragraph
from mandata.document.place import place_in
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.text.mapped import MappedText
from mandata.un import symbol
from mandata.un.entities import Entity

_LONGEST_SENTENCE: Final = 2_000  # in characters: the words that name a basis are not farther from it

Names = Sequence[tuple[str, Entity, int, int]]
"""The entities named in a document: path of the part, entity, start and end in the text of that part."""


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of a document's paragraphs and notes, and those that could not be settled."""

    found: tuple[Citation, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


def find_citations(document: Document, names: Names) -> Citations:
    """Return the citations of a ``document``; ``names`` are the entities named in it."""
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return Citations()
    finder = _CitationFinder(lexicon, document, _by_path(names), {note.number: note for note in document.footnotes})
    notes, found, unresolved = dict[str, list[Reference]](), list[Citation](), list[Unresolved]()
    before: list[Reference] = []
    for note in document.footnotes:
        references, doubts = finder.in_text(note.path, note.text)
        repeated, unsettled = finder.separate_unsettled(
            note.path, note.text, find_ibid(note.text.folded, references, before, lexicon)
        )
        notes[note.number] = before = [*repeated, *references]
        found += [finder.citation(note.path, note.text, reference) for reference in before]
        unresolved += [*doubts, *unsettled]
    before = []
    for paragraph in document.body():
        words = paragraph.text.folded
        references, doubts = finder.in_text(paragraph.path, paragraph.text)
        repeated, unsettled = finder.separate_unsettled(
            paragraph.path, paragraph.text, find_same(words, references, before, lexicon)
        )
        found += finder.in_paragraph(paragraph, [*references, *repeated], notes)
        unresolved += [*doubts, *unsettled]
        before = references
    return Citations(tuple(found), tuple(unresolved))


def _by_path(names: Names) -> dict[str, list[tuple[Entity, int, int]]]:
    by_path = defaultdict(list)
    for path, entity, start, end in names:
        by_path[path].append((entity, start, end))
    return by_path


@dataclass(frozen=True, slots=True)
class _CitationFinder:
    lexicon: Lexicon
    document: Document
    names: dict[str, list[tuple[Entity, int, int]]]
    notes: Mapping[str, Footnote]

    def in_text(self, path: str, text: MappedText) -> tuple[list[Reference], list[Unresolved]]:
        """Return the references in one text, and those that it leaves unresolved."""
        words = text.folded
        numbers = list(find_numbers(words, self.document.masthead.acting, self.lexicon))
        by_name, ordinals = find_named(words, self.names.get(path, []), self.lexicon), []
        for doubt in find_ordinal(words, self.names.get(path, []), self.lexicon):
            by_name = [reference for reference in by_name if not doubt.start <= reference.start < doubt.end]
            ordinals.append(_to_unresolved(path, text, doubt, doubt.reason))
        numbered, unsettled = self.separate_unsettled(path, text, numbers)
        references = [self._with_part(words, reference) for reference in (*self._symbols(text), *by_name)]
        return add_linked(self.document.links, text, [*references, *numbered], [*ordinals, *unsettled])

    def separate_unsettled(
        self, path: str, text: MappedText, found: Iterable[Reference | Unsettled]
    ) -> tuple[list[Reference], list[Unresolved]]:
        """Return the settled references, each with the part of the document it cites, and the unresolved ones."""
        both = list(found)
        references = [self._with_part(text.folded, each) for each in both if isinstance(each, Reference)]
        return references, [
            _to_unresolved(path, text, each, each.reason) for each in both if isinstance(each, Unsettled)
        ]

    def _symbols(self, text: MappedText) -> Iterable[Reference]:
        for found in symbol.find(text.chars):
            yield Reference(str(found.symbol), "symbol", found.start, found.end)

    def _with_part(self, words: str, reference: Reference) -> Reference:
        part = None if reference.part else cited_part(words, reference, self.lexicon)
        return replace(reference, part=part) if part else reference

    def citation(
        self, path: str, text: MappedText, reference: Reference, intent: str | None = None, *, basis: bool = False
    ) -> Citation:
        """Return the citation that a reference in a text makes."""
        return Citation(
            path,
            reference.target,
            reference.way,
            text.chars[reference.start : reference.end],
            place_in(path, text, reference.start, reference.end),
            part=reference.part,
            date=reference.date,
            signed=reference.signed,
            intent=intent,
            basis=basis,
            linked=reference.linked,
        )

    def in_paragraph(
        self, paragraph: Paragraph, references: list[Reference], notes: dict[str, list[Reference]]
    ) -> list[Citation]:
        """Return the citations of a paragraph and its notes: one for each document, in its most explicit way."""
        acted_on = operator_objects(paragraph, references, self.lexicon)
        named = {reference.target for reference in references}
        found = [
            self.citation(
                paragraph.path,
                paragraph.text,
                reference,
                self._intent(paragraph, reference.target in acted_on),
                basis=self._is_basis(paragraph, reference),
            )
            for reference in references
        ]
        for call, note in ((call, self.notes[call.number]) for call in paragraph.calls if call.number in self.notes):
            is_object = note_is_object(paragraph, call.at, self.lexicon)
            for reference in notes[call.number]:
                here = is_object and not is_aside(note.text, reference, self.lexicon)
                intent = self._intent(
                    paragraph, here if reference.target not in named else reference.target in acted_on
                )
                in_note = self.citation(note.path, note.text, reference)
                through_note = replace(in_note, path=paragraph.path, way="footnote", note=call.number, intent=intent)
                found.append(through_note)
        return _one_for_each_target(found)

    def _intent(self, paragraph: Paragraph, acted_on: bool) -> str | None:
        return paragraph.operator.concept if acted_on and paragraph.operator else None

    def _is_basis(self, paragraph: Paragraph, reference: Reference) -> bool:
        words = paragraph.text.folded[max(0, reference.start - _LONGEST_SENTENCE) : reference.start]
        before = words[max(words.rfind(". "), words.rfind("; ")) + 1 :]
        opening = self.lexicon.search("basis", before)
        return opening is not None and not self.lexicon.search("basis-ends", before[opening.end() :])


def _to_unresolved(path: str, text: MappedText, doubt: Unsettled, reason: str) -> Unresolved:
    words = text.chars[doubt.start : doubt.end]
    return Unresolved(place_in(path, text, doubt.start, doubt.end), words, doubt.candidates, reason)


def _one_for_each_target(citations: Iterable[Citation]) -> list[Citation]:
    best: dict[str, Citation] = {}
    for citation in citations:
        known = best.get(citation.target)
        best[citation.target] = citation if known is None else _merge(known, citation)
    return list(best.values())


def _merge(one: Citation, other: Citation) -> Citation:
    """Return the more explicit of two citations of one document, completed by the other."""
    first, second = sorted((one, other), key=lambda c: WAYS.index(c.way))
    return replace(
        first,
        others=tuple(dict.fromkeys((*first.others, *second.places))),
        intent=first.intent or second.intent,
        part=first.part or second.part,
        date=first.date or second.date,
        signed=first.signed or second.signed,
        basis=first.basis or second.basis,
    )
