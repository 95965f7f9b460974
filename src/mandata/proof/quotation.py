"""Quotations: the evidence of a statement with its text, cut from the text of the part it is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import ID, MD
from mandata.reason.facts import Fact, Term

_CERTAINTY: Final = NamedNode(MD + "certainty")
_CHECKSUM: Final = NamedNode(MD + "checksum")
_EMBODIED_BY: Final = NamedNode(MD + "embodiedBy")
_FILE_NAME: Final = NamedNode(MD + "fileName")
_REALIZED_BY: Final = NamedNode(MD + "realizedBy")
_TEXT: Final = NamedNode(MD + "text")


@dataclass(frozen=True, slots=True)
class QuotedFile:
    """A file that is quoted: its name, its checksum, the document that it embodies.

    ``certainty`` is that of the document's identity; None if the file itself states the symbol.
    """

    iri: NamedNode
    name: str = ""
    checksum: str = ""
    document: Term | None = None
    certainty: Term | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a part, as a reader sees them, and their place in the part and in the file."""

    words: str
    language: str
    part: NamedNode
    evidence: Evidence
    file: QuotedFile


class Quotations:
    """Looks up the quotations of statements; files and the texts of parts are cached."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._file = lru_cache(maxsize=1_000)(self._read_file)
        self._words = lru_cache(maxsize=1_000)(self._read_words)

    def of(self, fact: Fact) -> tuple[Quotation, ...]:
        """Return the quotations for a statement, sorted by part and offset."""
        return tuple(map(self._quotation, self._facts.evidence(fact)))

    def _quotation(self, evidence: Evidence) -> Quotation:
        part = NamedNode(ID + evidence.part)
        words = self._words(part)
        cut = words.value[evidence.part_start : evidence.part_end]
        return Quotation(cut, words.language or "", part, evidence, self._file(evidence.file))

    def _read_words(self, part: NamedNode) -> Literal:
        return self._literal(part, _TEXT) or Literal("")

    def _read_file(self, local: str) -> QuotedFile:
        file = NamedNode(ID + local)
        versions = self._facts.subjects(_EMBODIED_BY, file)
        documents = (document for version in versions for document in self._facts.subjects(_REALIZED_BY, version))
        certainties = self._facts.objects(NamedNode(f"{file.value}.identification"), _CERTAINTY)
        name, checksum = (self._literal(file, prop) for prop in (_FILE_NAME, _CHECKSUM))
        return QuotedFile(
            file,
            name.value if name else "",
            checksum.value if checksum else "",
            next(documents, None),
            next(iter(certainties), None),
        )

    def _literal(self, subject: NamedNode, predicate: NamedNode) -> Literal | None:
        found = self._facts.objects(subject, predicate)
        return next((value for value in found if isinstance(value, Literal)), None)
