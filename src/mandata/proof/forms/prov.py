"""Writes a proof as PROV-O: statements are entities, each step is an activity with a rule for its plan.

Source: https://www.w3.org/TR/prov-o/. No blank nodes: statements and steps are named by the checksum of a fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mandata.proof.explainer import Proof
from mandata.proof.fact_source import FactSource
from mandata.proof.fold import proofs_within
from mandata.proof.quotation import Quotation
from mandata.proof.verbalizer import Verbalizer
from mandata.rdf.namespaces import DCTERMS, HOME, ID, MD, PROV, RDF, RDFS, XSD
from mandata.reason.facts import Fact, Step, Term, text_of

_TYPE: Final = NamedNode(RDF + "type")
_LABEL: Final = NamedNode(RDFS + "label")
_REASONER: Final = NamedNode(HOME + "reasoner")
_BYTES: Final = 8


def to_prov(proof: Proof, verbalizer: Verbalizer, language: str) -> list[Triple]:
    """Return the whole proof as PROV-O triples, each once, sorted; axioms are entities too.

    Args:
        proof: the proof.
        verbalizer: writes the labels.
        language: the language of the labels.
    """
    triples: set[Triple] = set()
    for each in proofs_within(proof):
        triples.update(_proof_triples(each, verbalizer, language))
        for axiom in each.axioms:
            triples.update(_entity(axiom.fact, verbalizer, language))
    return sorted(triples, key=str)


def statement_name(fact: Fact) -> NamedNode:
    """Return the IRI of a statement, made from the checksum of its N-Triples text."""
    return NamedNode(ID + "statement-" + _checksum(fact))


def _checksum(fact: Fact) -> str:
    return hashlib.sha256(text_of(fact).encode()).hexdigest()[: 2 * _BYTES]


def _proof_triples(proof: Proof, verbalizer: Verbalizer, language: str) -> Iterator[Triple]:
    yield from _entity(proof.fact, verbalizer, language)
    if proof.step is not None:
        yield from _activity(proof.fact, proof.step, verbalizer, language)
    elif proof.source is not None:
        yield from _source(statement_name(proof.fact), proof.source)


def _entity(fact: Fact, verbalizer: Verbalizer, language: str) -> Iterator[Triple]:
    """Yield a statement as an entity and as a reified statement."""
    name = statement_name(fact)
    yield Triple(name, _TYPE, _prov("Entity"))
    yield Triple(name, _TYPE, NamedNode(RDF + "Statement"))
    yield Triple(name, _LABEL, Literal(verbalizer.fact(fact), language=language))
    for part, term in zip(("subject", "predicate", "object"), fact, strict=True):
        yield Triple(name, NamedNode(RDF + part), _skolemize(term))


def _activity(fact: Fact, step: Step, verbalizer: Verbalizer, language: str) -> Iterator[Triple]:
    """Yield the step that concluded a statement as an activity: the facts it used, and its rule."""
    name = statement_name(fact)
    activity, rule = NamedNode(f"{ID}step-{_checksum(fact)}"), NamedNode(f"{HOME}rule/{step.rule}")
    association = NamedNode(f"{activity.value}.association")
    yield Triple(name, _prov("wasGeneratedBy"), activity)
    yield Triple(activity, _TYPE, _prov("Activity"))
    yield Triple(activity, _LABEL, Literal(verbalizer.why(step), language=language))
    yield Triple(activity, _prov("qualifiedAssociation"), association)
    yield Triple(association, _TYPE, _prov("Association"))
    yield Triple(association, _prov("agent"), _REASONER)
    yield Triple(association, _prov("hadPlan"), rule)
    yield Triple(rule, _TYPE, _prov("Plan"))
    yield Triple(_REASONER, _TYPE, _prov("SoftwareAgent"))
    for used in (*step.axioms, *step.premises):
        yield Triple(activity, _prov("used"), statement_name(used))
    for premise in step.premises:
        yield Triple(name, _prov("wasDerivedFrom"), statement_name(premise))


def _source(name: NamedNode, source: FactSource) -> Iterator[Triple]:
    """Yield the source of a stated fact: the quotation and its file, or the record."""
    for quotation in source.quotations:
        yield Triple(name, _prov("wasDerivedFrom"), quotation.evidence.iri)
        yield from _quotation(quotation)
    if isinstance(source.of, NamedNode):
        yield Triple(name, _prov("hadPrimarySource"), source.of)
        yield Triple(source.of, _TYPE, _prov("Entity"))
        for named in source.says:
            yield Triple(source.of, NamedNode(DCTERMS + "source"), Literal(named))


def _quotation(quotation: Quotation) -> Iterator[Triple]:
    """Yield a quotation as an entity: its text, its offsets, its part and its file."""
    place, file = quotation.evidence, quotation.file
    yield Triple(place.iri, _TYPE, _prov("Entity"))
    yield Triple(place.iri, _prov("value"), Literal(quotation.words, language=quotation.language or None))
    offsets = {"partStart": place.part_start, "partEnd": place.part_end, "start": place.start, "end": place.end}
    for local, offset in offsets.items():
        yield Triple(place.iri, NamedNode(MD + local), Literal(str(offset), datatype=NamedNode(XSD + "integer")))
    yield Triple(place.iri, _prov("wasQuotedFrom"), quotation.part)
    yield Triple(quotation.part, _TYPE, _prov("Entity"))
    yield Triple(place.iri, _prov("hadPrimarySource"), file.iri)
    yield Triple(file.iri, _TYPE, _prov("Entity"))
    yield Triple(file.iri, NamedNode(MD + "fileName"), Literal(file.name))
    yield Triple(file.iri, NamedNode(MD + "checksum"), Literal(file.checksum))


def _prov(local: str) -> NamedNode:
    return NamedNode(PROV + local)


def _skolemize(term: Term) -> NamedNode | Literal:
    return NamedNode(f"{ID}genid-{term.value}") if isinstance(term, BlankNode) else term
