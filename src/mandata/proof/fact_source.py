"""The source of a stated fact: a quotation from a text, a record, reference data, the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.proof.quotation import Quotation, Quotations
from mandata.rdf.namespaces import DCTERMS, GRAPH, ID, MD, XSD
from mandata.reason.facts import Fact, Term

_CITING_PART: Final = NamedNode(MD + "citingPart")
_HAS_PART: Final = NamedNode(MD + "hasPart")
_RECORD: Final = NamedNode(MD + "record")
_SOURCE: Final = NamedNode(DCTERMS + "source")
_CHECKED: Final = NamedNode(MD + "checked")
_FALSE: Final = Literal("false", datatype=NamedNode(XSD + "boolean"))
_KINDS: Final = {
    GRAPH + "catalogue": "record",
    GRAPH + "entities": "reference",
    GRAPH + "ontology": "ontology",
    GRAPH + "schemes": "scheme",
    GRAPH + "alignments": "alignment",
}


@dataclass(frozen=True, slots=True)
class FactSource:
    """The source of a fact.

    ``kind`` is text, document (in its text, without a quotation), record, reference, ontology, scheme, alignment or
    given (nothing more is known); ``of`` is the thing that was recorded, or the document in whose text the fact is.
    ``quotations`` are all its evidence; ``says`` are the sources that a record names. ``checked`` is false if a record
    or reference data was not compared with the source that it names.
    """

    kind: str
    of: Term | None = None
    quotations: tuple[Quotation, ...] = ()
    says: tuple[str, ...] = ()
    checked: bool = True

    @property
    def certainty(self) -> Term | None:
        """How certain the identity of the quoted document is; None if one of the files quoted states its symbol."""
        certainties = [quotation.file.certainty for quotation in self.quotations]
        return certainties[0] if certainties and all(certainties) else None


class FactSources:
    """Finds the sources of stated facts; quotations are cached."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._quotations = facts, Quotations(facts)

    def of(self, fact: Fact) -> FactSource:
        """Return the source of a fact: a quotation if there is one, else its record, else the graph it is in."""
        graphs = list(self._facts.graphs(fact))
        kinds = {_KINDS.get(name.value, "text") for name in graphs}
        for kind in ("ontology", "scheme", "alignment"):
            if kind in kinds or (kind == "ontology" and not graphs and _is_axiom(fact)):
                return FactSource(kind)
        if quotations := self._quotations.of(fact):
            return FactSource("text", quotations=quotations)
        if "record" in kinds:
            return self._record_source(fact)
        if "reference" in kinds:
            says = _texts(self._facts.objects(fact[0], _SOURCE))
            return FactSource("reference", of=fact[0], says=says, checked=self._is_checked([fact[0]]))
        names = [name.value.removeprefix(GRAPH) for name in graphs]
        return FactSource("document", of=NamedNode(ID + names[0])) if names else FactSource("given")

    def _record_source(self, fact: Fact) -> FactSource:
        for of in self._wholes(fact[0]):
            records = [of, *self._facts.objects(of, _RECORD)]
            if says := _texts(source for record in records for source in self._facts.objects(record, _SOURCE)):
                return FactSource("record", of=of, says=says, checked=self._is_checked(records))
        return FactSource("record")

    def _wholes(self, start: Term) -> Iterator[Term]:
        """Yield a thing and what contains it, nearest first: the part with a citation, the document with a part."""
        seen: set[Term] = set()
        todo = [start]
        while todo:
            each = todo.pop(0)
            if each not in seen:
                seen.add(each)
                yield each
                todo += [*self._facts.objects(each, _CITING_PART), *self._facts.subjects(_HAS_PART, each)]

    def _is_checked(self, records: Iterable[Term]) -> bool:
        return not any(_FALSE in self._facts.objects(record, _CHECKED) for record in records)


def _is_axiom(fact: Fact) -> bool:
    return isinstance(fact[0], BlankNode) or (isinstance(fact[0], NamedNode) and fact[0].value.startswith(MD))


def _texts(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.value for term in terms if not isinstance(term, BlankNode)))
