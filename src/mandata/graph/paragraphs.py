"""Paragraphs, notes and annexes as statements."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Annex, Document, Operator, Paragraph
from mandata.graph.evidence import Witness
from mandata.graph.operators import forces
from mandata.graph.statements import concept, day, whole, words
from mandata.iris import Name
from mandata.reading import Reading

_CLASSES = {
    "preambular": "PreambularParagraph",
    "operative": "OperativeParagraph",
    "letter": "LetterParagraph",
    "annex": "AnnexParagraph",
}
_ANNEX_CLASSES = {"declaration": "Declaration", "communiqué": "Communique", "plan": "Plan", "statement": "Statement"}


def state_parts(reading: Reading, local: str, witness: Witness) -> None:
    """State the paragraphs, notes and annexes of a document."""
    document, statements = reading.document, witness.statements
    functions = _function_items(reading)
    for paragraph in (*document.preambular, *document.operative, *document.paragraphs):
        _state_paragraph(paragraph, local, local, document, witness, functions)
    for note in document.footnotes:
        part = str(Name(local, note.path))
        statements.a(part, "Footnote")
        statements.add(local, "hasPart", part)
        statements.add(part, "number", Literal(note.number))
        statements.add(part, "text", words(note.text.chars, document.language))
        witness.attest(part, note.text.runs())
    for annex in document.annexes:
        _state_annex(annex, local, document, witness, functions)


def _function_items(reading: Reading) -> frozenset[str]:
    said = reading.mandates.statement
    return frozenset(function.item.path for function in said.functions) if said else frozenset()


def _state_paragraph(
    paragraph: Paragraph, parent: str, local: str, document: Document, witness: Witness, functions: frozenset[str]
) -> None:
    part, statements = str(Name(local, paragraph.path)), witness.statements
    cls = "FunctionItem" if paragraph.path in functions else _CLASSES[paragraph.kind]
    statements.a(part, cls)
    statements.add(parent, "hasPart", part)
    statements.add(part, "position", whole(paragraph.position))
    statements.add(part, "number", Literal(paragraph.number) if paragraph.number else None)
    version = str(Name(local, paragraph.path, document.language))
    statements.a(version, "ParagraphVersion")
    statements.add(version, "language", Literal(document.language or "und"))
    statements.add(part, "hasVersion", version)
    for bearer in (part, version):
        statements.add(bearer, "text", words(paragraph.text.chars, document.language))
        _state_operator(bearer, paragraph.operator, document, witness)
        witness.attest(bearer, paragraph.text.runs())
    for _, note in document.notes_called(paragraph):
        statements.add(part, "callsNote", str(Name(local, note.path)))
    for item in paragraph.items:
        _state_paragraph(item, part, local, document, witness, functions)


def _state_operator(bearer: str, operator: Operator | None, document: Document, witness: Witness) -> None:
    if operator is None:
        return
    witness.statements.add(bearer, "operatorText", words(operator.words, document.language))
    if operator.concept:
        witness.statements.add(bearer, "operator", concept(f"op:{operator.concept}"))
        if force := forces().get(operator.concept):
            witness.statements.add(bearer, "force", NamedNode(force))


def _state_annex(
    annex: Annex, local: str, document: Document, witness: Witness, functions: frozenset[str]
) -> None:
    part, statements = str(Name(local, annex.path)), witness.statements
    statements.a(part, "Annex", *_annex_classes(annex))
    statements.add(local, "hasPart", part)
    statements.add(part, "position", whole(annex.position))
    statements.add(part, "number", Literal(annex.number) if annex.number else None)
    if annex.title:
        witness.state(part, "title", words(annex.title.chars, document.language), annex.title.runs())
    if annex.original_language:
        value = Literal(annex.original_language.value)
        witness.state(part, "originalLanguage", value, [annex.original_language.span])
    if annex.kind:
        statements.add(local, "transmits", part)
    if annex.adopted and annex.kind:
        witness.state(part, "adoptedOn", day(annex.adopted.value), [annex.adopted.span])
    for paragraph in annex.paragraphs:
        _state_paragraph(paragraph, part, local, document, witness, functions)


def _annex_classes(annex: Annex) -> Sequence[str]:
    return [_ANNEX_CLASSES[annex.kind]] if annex.kind else []
