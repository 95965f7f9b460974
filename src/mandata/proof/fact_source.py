"""Where a fact that needs no proof comes from: words of a text, a record, reference data, the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.proof.quotation_place import Places, document_of
from mandata.rdf.namespaces import DCTERMS, GRAPH, ID, MD, XSD
from mandata.reason.facts import Fact, Term

_EVIDENCE: Final = NamedNode(MD + "evidence")
_ATTESTS_PROPERTY: Final = NamedNode(MD + "attestsProperty")
_ATTESTS_OBJECT: Final = NamedNode(MD + "attestsObject")
_CITING_PART: Final = NamedNode(MD + "citingPart")
_CITED: Final = (NamedNode(MD + "citedPart"), NamedNode(MD + "citedDocument"))
_RECORD: Final = NamedNode(MD + "record")
_DRAWN_FROM: Final = tuple(
    NamedNode(MD + local) for local in ("citingPart", "actPart", "statedIn", "actDocument", "isPartOf")
)
_HAS_PART: Final = NamedNode(MD + "hasPart")
_SHOWN_BY_OBJECT: Final = frozenset(
    NamedNode(MD + local) for local in ("hasPart", "hasAct", "hasFunction", "statedIn", "hasVersion", "transmits")
)
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
class Source:
    """Where a fact comes from.

    ``kind`` is text, document (in its text, without a quotation), record, reference, ontology, scheme, alignment or
    given (nothing more is known); ``of`` is the thing the quotation is evidence of, ``part`` the part of ``document``
    where it stands, in the file ``held_in``; ``start`` and ``end`` are characters into that file as received.
    ``certainty`` is told where the file does not state which document it is; ``checked`` is false where a record or
    reference data was not compared with what it names as its source.
    """

    kind: str
    of: Term | None = None
    quotation: str = ""
    language: str = ""
    file: str = ""
    checksum: str = ""
    start: int | None = None
    end: int | None = None
    says: tuple[str, ...] = ()
    evidence: Term | None = None
    held_in: Term | None = None
    document: Term | None = None
    part: Term | None = None
    certainty: Term | None = None
    checked: bool = True


class Sources:
    """Tells where stated facts come from; what is read on the way is kept."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._places = Places(facts)

    def of(self, fact: Fact) -> Source:
        """Return where a fact comes from: its words before its record, its record before the graph it stands in."""
        return _source_of(fact, self.facts, self._places)


def source_of(fact: Fact, facts: Facts) -> Source:
    """Return where one stated fact comes from."""
    return Sources(facts).of(fact)


def _source_of(fact: Fact, facts: Facts, places: Places) -> Source:
    graphs = list(facts.graphs(fact))
    kinds = [_KINDS.get(name.value, "text") for name in graphs]
    kind = "text" if "text" in kinds else (kinds or ["ontology" if _axiom(fact) else "given"])[0]
    if kind in ("ontology", "scheme", "alignment"):
        return Source(kind)
    if kind == "reference":
        says = _texts(facts.objects(fact[0], _SOURCE))
        return Source(kind, of=fact[0], says=says, checked=_is_checked([fact[0]], facts))
    if kind != "record":
        for of, evidence in _evidence(fact, facts):
            return _quoted(of, evidence, facts, places)
    for of in _around(fact[0], facts):
        if said := _said(of, facts):
            return Source("record", of=of, says=said, checked=_is_checked([of, *facts.objects(of, _RECORD)], facts))
    return _bare(kind, graphs)


def _bare(kind: str, graphs: list[NamedNode]) -> Source:
    """Say of a fact without a quotation in whose document's graph it stands."""
    names = [name.value.removeprefix(GRAPH) for name in graphs if name.value not in _KINDS]
    return Source("document", of=NamedNode(ID + names[0])) if names else Source("given" if kind == "text" else kind)


def _axiom(fact: Fact) -> bool:
    return isinstance(fact[0], BlankNode) or (isinstance(fact[0], NamedNode) and fact[0].value.startswith(MD))


def _evidence(fact: Fact, facts: Facts) -> Iterator[tuple[Term, Term]]:
    """Yield what attests the fact, the most fitting first: itself, its citation, its subject, its object."""
    subject, predicate, value = fact
    general = []
    for each in facts.objects(subject, _EVIDENCE):
        attested = list(facts.objects(each, _ATTESTS_PROPERTY))
        values = list(facts.objects(each, _ATTESTS_OBJECT))
        if predicate in attested and value in (values or [value]):
            yield subject, each
        elif _is_general(each, subject, facts):
            general.append((subject, each))
    for citation in _citations(subject, value, facts):
        yield from ((subject, each) for each in facts.objects(citation, _EVIDENCE))
    yield from general
    yield from _nearby(fact, facts)


def _is_general(evidence: Term, of: Term, facts: Facts) -> bool:
    """Tell evidence of a thing as a whole: the same words may attest properties, but of other things."""
    attested = (prop for prop in facts.objects(evidence, _ATTESTS_PROPERTY) if isinstance(prop, NamedNode))
    return not any(list(facts.objects(of, prop)) for prop in attested)


def _nearby(fact: Fact, facts: Facts) -> Iterator[tuple[Term, Term]]:
    """Yield general evidence next to the fact: of its object where that shows it, then of what it is drawn from."""
    subject, predicate, value = fact
    shown = [value] if predicate in _SHOWN_BY_OBJECT else []
    for near in (*shown, *_around(subject, facts)):
        if near != subject and not any(facts.objects(near, _RECORD)):
            for each in facts.objects(near, _EVIDENCE):
                if _is_general(each, near, facts):
                    yield near, each
    yield from _aside(subject, facts)


def _aside(subject: Term, facts: Facts) -> Iterator[tuple[Term, Term]]:
    """Yield what else shows a thing: its own first words, whatever they attest, then words elsewhere."""
    own = [(_start(evidence, facts), str(evidence), evidence) for evidence in facts.objects(subject, _EVIDENCE)]
    yield from ((subject, evidence) for _, _, evidence in sorted(own, key=itemgetter(0, 1)))
    for evidence in facts.subjects(_ATTESTS_OBJECT, subject):
        yield from ((of, evidence) for of in facts.subjects(_EVIDENCE, evidence))


def _start(evidence: Term, facts: Facts) -> int:
    found = next(iter(facts.objects(evidence, NamedNode(MD + "start"))), None)
    return int(found.value) if isinstance(found, Literal) else 0


def _citations(citing: Term, cited: Term, facts: Facts) -> Iterator[Term]:
    for citation in facts.subjects(_CITING_PART, citing):
        if any(cited in facts.objects(citation, predicate) for predicate in _CITED):
            yield citation


def _quoted(of: Term, evidence: Term, facts: Facts, places: Places) -> Source:
    def one(subject: Term, local: str) -> Term | None:
        return next(iter(facts.objects(subject, NamedNode(MD + local))), None)

    def number(local: str) -> int | None:
        found = one(evidence, local)
        return int(found.value) if isinstance(found, Literal) else None

    quotation, file = one(evidence, "quotation"), one(evidence, "inFile")
    name, checksum = (one(file, local) if file else None for local in ("fileName", "checksum"))
    words = quotation if isinstance(quotation, Literal) else Literal("")
    return Source(
        kind="text",
        of=of,
        quotation=words.value,
        language=words.language or "",
        file=name.value if isinstance(name, Literal) else "",
        checksum=checksum.value if isinstance(checksum, Literal) else "",
        start=number("start"),
        end=number("end"),
        evidence=evidence,
        held_in=file,
        document=document_of(evidence),
        part=places.part_with(evidence),
        certainty=places.certainty_of(evidence),
    )


def _around(start: Term, facts: Facts) -> Iterator[Term]:
    """Yield a thing and what it is drawn from, nearest first: the part that cites, acts or states, and its whole."""
    seen: set[Term] = set()
    todo = [start]
    while todo:
        each = todo.pop(0)
        if each not in seen:
            seen.add(each)
            yield each
            for predicate in _DRAWN_FROM:
                todo += facts.objects(each, predicate)
            todo += facts.subjects(_HAS_PART, each)


def _said(of: Term, facts: Facts) -> tuple[str, ...]:
    records = list(facts.objects(of, _RECORD))
    return _texts(term for each in (of, *records) for term in facts.objects(each, _SOURCE))


def _is_checked(records: Iterable[Term], facts: Facts) -> bool:
    return not any(_FALSE in facts.objects(record, _CHECKED) for record in records)


def _texts(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.value for term in terms if not isinstance(term, BlankNode)))
