"""The witness of a file: statements are added to it at the place of the words that show them."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.document.place import Place
from mandata.graph.statements import GraphStatements
from mandata.graph.words import Words
from mandata.rdf.local_names import Name
from mandata.text.mapped import Span
from mandata.text.source import SourceText


@dataclass(frozen=True, slots=True)
class Witness:
    """Adds statements with the words of one file that show them; ``statements`` takes those that no words show."""

    statements: GraphStatements
    source: SourceText
    document: str
    language: str
    words: Words

    @property
    def file(self) -> str:
        """The local name of the file."""
        return file_name(self.document, self.language, self.source)

    def at(self, *spans: Span) -> GraphStatements:
        """Return the statements that the words at some spans of the file show."""
        return self.statements.with_evidence(self.words.at(spans))

    def within(self, *places: Place) -> GraphStatements:
        """Return the statements that the words at some places show."""
        return self.statements.with_evidence(self.words.within(places))

    def whole(self, path: str) -> GraphStatements:
        """Return the statements that all the words of a part show."""
        return self.statements.with_evidence(self.words.whole(path))


def file_name(document: str, language: str, source: SourceText) -> str:
    """Return the local name of a file of a document in a language."""
    return str(Name(document, language=language, file=source.short_checksum))
