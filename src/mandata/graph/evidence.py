"""Evidence: the words in one file that a statement is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from mandata.graph.statements import Statements, Value, node, whole, words
from mandata.rdf.local_names import Name, term
from mandata.text.mapped import Span
from mandata.text.source import SourceText


@dataclass(frozen=True, slots=True)
class Witness:
    """States the evidence found in one file of a document."""

    statements: Statements
    source: SourceText
    document: str
    language: str

    @property
    def file(self) -> str:
        """The local name of the file."""
        return str(Name(self.document, language=self.language, file=self.source.short_checksum))

    def attest(
        self, subject: str, runs: Iterable[Span], prop: str | NamedNode | None = None, value: Value | str | None = None
    ) -> None:
        """State that some runs of the file attest a thing, one of its properties, or one value of that property."""
        for start, end in runs:
            span = str(Name(self.document, language=self.language, file=self.source.short_checksum, span=(start, end)))
            quotation = words(self.source.raw[start:end], self.language)
            self.statements.a(span, "Evidence")
            self.statements.add(span, "quotation", quotation)
            self.statements.add(span, "start", whole(start))
            self.statements.add(span, "end", whole(end))
            self.statements.add(span, "inFile", self.file)
            self.statements.add(subject, "evidence", span)
            if prop:
                self.statements.add(span, "attestsProperty", NamedNode(term(prop)) if isinstance(prop, str) else prop)
            if value is not None:
                self.statements.add(span, "attestsObject", node(value) if isinstance(value, str) else value)

    def state(self, subject: str, prop: str, value: Value | str, runs: Iterable[Span]) -> None:
        """State a value of a property, and what attests it."""
        self.statements.add(subject, prop, value)
        self.attest(subject, runs, prop, value)
