"""Paragraphs, notes and annexes as statements."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Annex, Document, Footnote, Paragraph
from mandata.graph.document import ANNEX_CLASSES
from mandata.graph.evidence import Witness
from mandata.graph.operators import forces
from mandata.graph.statements import concept, day, whole, words
from mandata.rdf.local_names import Name
from mandata.reading import Reading

_CLASSES = {
    "preambular": "PreambularParagraph",
    "operative": "OperativeParagraph",
    "letter": "LetterParagraph",
    "annex": "AnnexParagraph",
    "plain": "Paragraph",
}


def state_parts(reading: Reading, local: str, witness: Witness, stated: Container[str] = ()) -> None:
    """State the paragraphs, notes and annexes of a document.

    Of the paragraphs that another language version has ``stated``, by their paths, only the words in this language are.
    """
    functions = frozenset(function.item.path for said in reading.mandates.statements for function in said.functions)
    _Parts(reading.document, local, witness, functions, stated).state()


@dataclass(frozen=True, slots=True)
class _Parts:
    document: Document
    local: str
    witness: Witness
    functions: frozenset[str]
    stated: Container[str]

    def state(self) -> None:
        document = self.document
        for paragraph in (*document.preambular, *document.operative, *document.paragraphs):
            self._state_paragraph(paragraph, self._holder(paragraph))
        for note in document.footnotes:
            self._state_note(note)
        for annex in document.annexes:
            self._state_annex(annex)

    def _holder(self, paragraph: Paragraph) -> str:
        """Return the local name of what a paragraph is of: one of several lettered resolutions, else the document."""
        letter = next((part.path for part in self.document.parts if paragraph.path.startswith(f"{part.path}.")), None)
        return str(Name(self.local, letter))

    def _state_note(self, note: Footnote) -> None:
        part, statements = str(Name(self.local, note.path)), self.witness.statements
        statements.a(part, "Footnote")
        statements.add(self.local, "hasPart", part)
        statements.add(part, "number", Literal(note.number))
        statements.add(part, "text", words(note.text.chars, self.document.language))
        self.witness.attest(part, note.text.runs())

    def _state_paragraph(self, paragraph: Paragraph, parent: str) -> None:
        part, statements = str(Name(self.local, paragraph.path)), self.witness.statements
        if paragraph.path not in self.stated:
            statements.a(part, "FunctionItem" if paragraph.path in self.functions else _CLASSES[paragraph.kind])
            statements.add(parent, "hasPart", part)
            statements.add(part, "position", whole(paragraph.position))
            statements.add(part, "number", Literal(paragraph.number) if paragraph.number else None)
            statements.add(part, "inSection", str(Name(self.local, paragraph.section)) if paragraph.section else None)
            self._state_words(part, paragraph)
        version = str(Name(self.local, paragraph.path, self.document.language))
        statements.a(version, "ParagraphVersion")
        statements.add(version, "language", Literal(self.witness.language))
        statements.add(part, "hasVersion", version)
        self._state_words(version, paragraph)
        for _, note in self.document.notes_called(paragraph):
            statements.add(part, "callsNote", str(Name(self.local, note.path)))
        for item in paragraph.items:
            self._state_paragraph(item, part)

    def _state_words(self, bearer: str, paragraph: Paragraph) -> None:
        statements, operator = self.witness.statements, paragraph.operator
        statements.add(bearer, "text", words(paragraph.text.chars, self.document.language))
        self.witness.attest(bearer, paragraph.text.runs())
        if operator is None:
            return
        statements.add(bearer, "operatorText", words(operator.words, self.document.language))
        if operator.concept:
            force = forces().get(operator.concept)
            statements.add(bearer, "operator", concept(f"op:{operator.concept}"))
            statements.add(bearer, "force", NamedNode(force) if force else None)

    def _state_annex(self, annex: Annex) -> None:
        part, witness, statements = str(Name(self.local, annex.path)), self.witness, self.witness.statements
        statements.a(part, "Annex", *([ANNEX_CLASSES[annex.kind]] if annex.kind else []))
        statements.add(self.local, "hasPart", part)
        statements.add(part, "position", whole(annex.position))
        statements.add(part, "number", Literal(annex.number) if annex.number else None)
        if annex.title:
            witness.state(part, "title", words(annex.title.chars, self.document.language), annex.title.runs())
        if tongue := annex.original_language:
            witness.state(part, "originalLanguage", Literal(tongue.value), [tongue.span])
        if annex.kind and self.document.letterhead:
            statements.add(self.local, "transmits", part)
        if annex.adopted and annex.kind:
            witness.state(part, "adoptedOn", day(annex.adopted.value), [annex.adopted.span])
        for paragraph in annex.paragraphs:
            self._state_paragraph(paragraph, part)
