"""Paragraphs, notes and annexes as statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Annex, Document, Footnote, Paragraph
from mandata.graph.document import ANNEX_CLASSES
from mandata.graph.evidence import Witness
from mandata.graph.operators import forces
from mandata.graph.statements import GraphStatements, concept, day, whole, words
from mandata.rdf.local_names import Name
from mandata.reading import Reading

_CLASSES = {
    "preambular": "PreambularParagraph",
    "operative": "OperativeParagraph",
    "letter": "LetterParagraph",
    "annex": "AnnexParagraph",
    "plain": "Paragraph",
}


def state_parts(reading: Reading, local: str, witness: Witness, stated: Collection[str] = ()) -> None:
    """State the paragraphs, notes and annexes of a document.

    Of those that another language version has ``stated``, by their paths, only the words in this language are.
    """
    functions = frozenset(function.item.path for said in reading.mandates.statements for function in said.functions)
    _PartStatements(reading.document, local, witness, functions, stated).state()


@dataclass(frozen=True, slots=True)
class _PartStatements:
    document: Document
    local: str
    witness: Witness
    functions: frozenset[str]
    stated: Collection[str]

    def state(self) -> None:
        document = self.document
        for paragraph in (*document.preambular, *document.operative, *document.paragraphs):
            self._state_paragraph(paragraph, self._holder(paragraph))
        for position, note in enumerate(document.footnotes, 1):
            self._state_note(position, note)
        for annex in document.annexes:
            self._state_annex(annex)

    def _holder(self, paragraph: Paragraph) -> str:
        """Return the local name of what a paragraph is of: one of several lettered resolutions, else the document."""
        letter = next((part.path for part in self.document.parts if paragraph.path.startswith(f"{part.path}.")), None)
        return str(Name(self.local, letter))

    def _state_note(self, position: int, note: Footnote) -> None:
        part, statements = str(Name(self.local, note.path)), self.witness.whole(note.path)
        if note.path in self.stated:
            self._state_version(note.path)
        else:
            statements.a(part, "Footnote")
            statements.add(self.local, "hasPart", part)
            statements.add(part, "position", whole(position))
            statements.add(part, "number", Literal(note.number))
        bearer = self.witness.words.bearer(note.path)
        statements.add(bearer, "text", words(note.text.chars, self.document.language))

    def _state_version(self, path: str) -> str:
        """State that there is a version of a paragraph or a note in this language; return its local name."""
        version, statements = str(Name(self.local, path, self.document.language)), self.witness.whole(path)
        statements.a(version, "ParagraphVersion")
        statements.add(version, "language", Literal(self.witness.language))
        statements.add(str(Name(self.local, path)), "hasVersion", version)
        return version

    def _state_paragraph(self, paragraph: Paragraph, parent: str) -> None:
        part, statements = str(Name(self.local, paragraph.path)), self.witness.whole(paragraph.path)
        if paragraph.path not in self.stated:
            statements.a(part, "FunctionItem" if paragraph.path in self.functions else _CLASSES[paragraph.kind])
            statements.add(parent, "hasPart", part)
            statements.add(part, "position", whole(paragraph.position))
            if paragraph.number:
                printed = self.witness.at(paragraph.label) if paragraph.label else statements
                printed.add(part, "number", Literal(paragraph.number))
            statements.add(part, "inSection", str(Name(self.local, paragraph.section)) if paragraph.section else None)
            self._state_operator(part, paragraph)
        self._state_operator(self._state_version(paragraph.path), paragraph)
        bearer = self.witness.words.bearer(paragraph.path)
        statements.add(bearer, "text", words(paragraph.text.chars, self.document.language))
        for _, note in self.document.notes_called(paragraph):
            statements.add(part, "callsNote", str(Name(self.local, note.path)))
        for item in paragraph.items:
            self._state_paragraph(item, part)

    def _state_operator(self, bearer: str, paragraph: Paragraph) -> None:
        operator = paragraph.operator
        if operator is None:
            return
        statements = self.witness.within(paragraph.place(operator.start, operator.start + len(operator.words)))
        statements.add(bearer, "operatorText", words(operator.words, self.document.language))
        if operator.concept:
            force = forces().get(operator.concept)
            statements.add(bearer, "operator", concept(f"op:{operator.concept}"))
            statements.add(bearer, "force", NamedNode(force) if force else None)

    def _state_annex(self, annex: Annex) -> None:
        part, witness, statements = str(Name(self.local, annex.path)), self.witness, self._opening(annex)
        statements.a(part, "Annex", *([ANNEX_CLASSES[annex.kind]] if annex.kind else []))
        statements.add(self.local, "hasPart", part)
        statements.add(part, "position", whole(annex.position))
        statements.add(part, "number", Literal(annex.number) if annex.number else None)
        if annex.title:
            title = words(annex.title.chars, self.document.language)
            witness.at(*annex.title.runs()).add(part, "title", title)
        if tongue := annex.original_language:
            witness.at(tongue.span).add(part, "originalLanguage", Literal(tongue.value))
        if annex.kind and self.document.letterhead:
            statements.add(self.local, "transmits", part)
        if annex.adopted and annex.kind:
            witness.at(annex.adopted.span).add(part, "adoptedOn", day(annex.adopted.value))
        for paragraph in annex.paragraphs:
            self._state_paragraph(paragraph, part)

    def _opening(self, annex: Annex) -> GraphStatements:
        """Return the statements that the words show which open an annex: its heading, its title, or what it holds."""
        if opening := annex.heading or annex.title:
            return self.witness.at(*opening.runs())
        return self.witness.statements.with_evidence(
            e for p in annex.paragraphs[:1] for e in self.witness.words.whole(p.path)
        )
