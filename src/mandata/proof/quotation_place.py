"""Where quoted words stand: the smallest part of a document whose own words take them in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.rdf.local_names import Name, read_name
from mandata.rdf.namespaces import ID, MD
from mandata.reason.facts import Term

_EVIDENCE: Final = NamedNode(MD + "evidence")
_HAS_PART: Final = NamedNode(MD + "hasPart")
_CERTAINTY: Final = NamedNode(MD + "certainty")

Span: TypeAlias = tuple[int, int]


class Places:
    """The places of quotations; the parts of a document are read once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._spans: dict[str, list[tuple[str | None, Span, NamedNode]]] = {}

    def part_with(self, evidence: Term) -> NamedNode | None:
        """Return the part of the document that holds a quotation, or the document; None where the IRI tells no span."""
        name = _name(evidence)
        if name is None or name.span is None:
            return None
        document = NamedNode(ID + name.document)
        if name.document not in self._spans:
            self._spans[name.document] = self._read(document)
        start, end = name.span
        around = (
            (span[1] - span[0], part.value, part)
            for file, span, part in self._spans[name.document]
            if file == name.file and span[0] <= start and end <= span[1]
        )
        return min(around, default=(0, "", document))[2]

    def _read(self, document: NamedNode) -> list[tuple[str | None, Span, NamedNode]]:
        """Return the spans of all parts of a document, each with its file; those within others of the part left out."""
        found = []
        todo, seen = list(self._facts.objects(document, _HAS_PART)), {document}
        while todo:
            part = todo.pop()
            if isinstance(part, NamedNode) and part not in seen:
                seen.add(part)
                todo += self._facts.objects(part, _HAS_PART)
                names = [name for one in self._facts.objects(part, _EVIDENCE) if (name := _name(one))]
                found += [(name.file, name.span, part) for name in names if name.span and _widest(name, names)]
        return found

    def certainty_of(self, evidence: Term) -> Term | None:
        """Return how certain it is which document the quoted file is; None where its own text states the symbol."""
        name = _name(evidence)
        if name is None or name.file is None:
            return None
        file = Name(name.document, language=name.language, file=name.file, role="identification")
        return next(iter(self._facts.objects(NamedNode(f"{ID}{file}"), _CERTAINTY)), None)


def document_of(evidence: Term) -> NamedNode | None:
    """Return the document that a quotation is from, by its IRI."""
    name = _name(evidence)
    return NamedNode(ID + name.document) if name and name.file else None


def _widest(name: Name, names: list[Name]) -> bool:
    """Tell whether no other span of the same file takes this one in."""
    here = [other.span for other in names if other.file == name.file and other.span and other.span != name.span]
    span = name.span or (0, 0)
    return not any(other[0] <= span[0] and span[1] <= other[1] for other in here)


@lru_cache(maxsize=100_000)
def _name(term: Term) -> Name | None:
    if not isinstance(term, NamedNode) or not term.value.startswith(ID):
        return None
    return read_name(term.value.removeprefix(ID))
