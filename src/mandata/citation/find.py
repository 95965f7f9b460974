"""The citations of a document: by symbol, by number, by name, through a note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mandata.citation.context import find_ibid, find_same
from mandata.citation.intent import is_aside, note_is_object, objects
from mandata.citation.linked import with_linked
from mandata.citation.model import WAYS, Citation, Hit, Unresolved
from mandata.citation.named import find_named, find_ordinal
from mandata.citation.numbers import Unsettled, find_numbers
from mandata.citation.part import cited_part
from mandata.document.model import Document, Footnote, Paragraph
from mandata.document.place import place_in
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.text.mapped import MappedText
from mandata.un import symbol
from mandata.un.entities import Entity

_LONGEST_SENTENCE: Final = 2_000  # characters; in a longer one nothing tells so far ahead what the act rests on

Names = Sequence[tuple[str, Entity, int, int]]
"""Named entities of a document: path, entity, start and end in the text of that part."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What a document cites, paragraph by paragraph and note by note, and what could not be settled."""

    found: tuple[Citation, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


def find_citations(document: Document, names: Names) -> Citations:
    """Return the citations of a document; ``names`` are the entities named in it."""
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return Citations()
    finder = _Finder(lexicon, document, _by_path(names), {note.number: note for note in document.footnotes})
    notes, found, unresolved = dict[str, list[Hit]](), list[Citation](), list[Unresolved]()
    before: list[Hit] = []
    for note in document.footnotes:
        hits, doubts = finder.in_text(note.path, note.text)
        repeated, open_ones = finder.settled(note.path, note.text, find_ibid(note.text.folded, hits, before, lexicon))
        notes[note.number] = before = [*repeated, *hits]
        found += [finder.citation(note.path, note.text, hit) for hit in before]
        unresolved += [*doubts, *open_ones]
    before = []
    for paragraph in document.body():
        words = paragraph.text.folded
        hits, doubts = finder.in_text(paragraph.path, paragraph.text)
        repeated, open_ones = finder.settled(paragraph.path, paragraph.text, find_same(words, hits, before, lexicon))
        found += finder.in_paragraph(paragraph, [*hits, *repeated], notes)
        unresolved += [*doubts, *open_ones]
        before = hits
    return Citations(tuple(found), tuple(unresolved))


def _by_path(names: Names) -> dict[str, list[tuple[Entity, int, int]]]:
    by_path = defaultdict(list)
    for path, entity, start, end in names:
        by_path[path].append((entity, start, end))
    return by_path


@dataclass(frozen=True, slots=True)
class _Finder:
    lexicon: Lexicon
    document: Document
    names: dict[str, list[tuple[Entity, int, int]]]
    notes: Mapping[str, Footnote]

    def in_text(self, path: str, text: MappedText) -> tuple[list[Hit], list[Unresolved]]:
        """Return the documents that one text names, and what it leaves open."""
        words = text.folded
        numbers = list(find_numbers(words, self.document.masthead.acting, self.lexicon))
        told, series = find_named(words, self.names.get(path, []), self.lexicon), []
        for doubt in find_ordinal(words, self.names.get(path, []), self.lexicon):
            told = [hit for hit in told if not doubt.start <= hit.start < doubt.end]
            series.append(_unresolved(path, text, doubt, doubt.reason))
        numbered, open_ones = self.settled(path, text, numbers)
        hits = [self._with_part(words, hit) for hit in (*self._symbols(text), *told)]
        return with_linked(self.document.links, text, [*hits, *numbered], [*series, *open_ones])

    def settled(
        self, path: str, text: MappedText, found: Iterable[Hit | Unsettled]
    ) -> tuple[list[Hit], list[Unresolved]]:
        """Part what is settled, with the part of the document it cites, from what is not."""
        both = list(found)
        hits = [self._with_part(text.folded, one) for one in both if isinstance(one, Hit)]
        return hits, [_unresolved(path, text, one, one.reason) for one in both if isinstance(one, Unsettled)]

    def _symbols(self, text: MappedText) -> Iterable[Hit]:
        for found in symbol.find(text.chars):
            yield Hit(str(found.symbol), "symbol", found.start, found.end)

    def _with_part(self, words: str, hit: Hit) -> Hit:
        part = None if hit.part else cited_part(words, hit, self.lexicon)
        return replace(hit, part=part) if part else hit

    def citation(
        self, path: str, text: MappedText, hit: Hit, intent: str | None = None, *, basis: bool = False
    ) -> Citation:
        """Return the citation that a hit makes where it stands."""
        return Citation(
            path,
            hit.target,
            hit.way,
            text.chars[hit.start : hit.end],
            place_in(path, text, hit.start, hit.end),
            part=hit.part,
            date=hit.date,
            signed=hit.signed,
            intent=intent,
            basis=basis,
            linked=hit.linked,
        )

    def in_paragraph(self, paragraph: Paragraph, hits: list[Hit], notes: dict[str, list[Hit]]) -> list[Citation]:
        """Return the citations of a paragraph, its notes' too: one for each document, by its most explicit way."""
        acted_on = objects(paragraph, hits, self.lexicon)
        named = {hit.target for hit in hits}
        found = [
            self.citation(
                paragraph.path,
                paragraph.text,
                hit,
                self._intent(paragraph, hit.target in acted_on),
                basis=self._is_basis(paragraph, hit),
            )
            for hit in hits
        ]
        for call, note in ((call, self.notes[call.number]) for call in paragraph.calls if call.number in self.notes):
            is_object = note_is_object(paragraph, call.at, self.lexicon)
            for hit in notes[call.number]:
                here = is_object and not is_aside(note.text, hit, self.lexicon)
                intent = self._intent(paragraph, here if hit.target not in named else hit.target in acted_on)
                made = self.citation(note.path, note.text, hit)
                through = replace(made, path=paragraph.path, way="footnote", note=call.number, intent=intent)
                found.append(through)
        return _one_for_each_target(found)

    def _intent(self, paragraph: Paragraph, acted_on: bool) -> str | None:
        return paragraph.operator.concept if acted_on and paragraph.operator else None

    def _is_basis(self, paragraph: Paragraph, hit: Hit) -> bool:
        words = paragraph.text.folded[max(0, hit.start - _LONGEST_SENTENCE) : hit.start]
        before = words[max(words.rfind(". "), words.rfind("; ")) + 1 :]
        opening = self.lexicon.search("basis", before)
        return opening is not None and not self.lexicon.search("basis-ends", before[opening.end() :])


def _unresolved(path: str, text: MappedText, doubt: Unsettled, reason: str) -> Unresolved:
    words = text.chars[doubt.start : doubt.end]
    return Unresolved(place_in(path, text, doubt.start, doubt.end), words, doubt.candidates, reason)


def _one_for_each_target(citations: Iterable[Citation]) -> list[Citation]:
    best: dict[str, Citation] = {}
    for citation in citations:
        known = best.get(citation.target)
        best[citation.target] = citation if known is None else _merged(known, citation)
    return list(best.values())


def _merged(one: Citation, other: Citation) -> Citation:
    """Return the more explicit of two citations of one document, with what only the other says."""
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
