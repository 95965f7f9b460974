"""A proof in the words of PROV-O: statements are entities, each step an activity that had a rule for its plan.

https://www.w3.org/TR/prov-o/ - no blank nodes: what has no name in the collection is named by the checksum of its fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mandata.proof.explainer import Proof
from mandata.proof.fact_source import Source
from mandata.proof.fold import proofs_within
from mandata.proof.verbalizer import Words
from mandata.rdf.namespaces import DCTERMS, HOME, ID, MD, PROV, RDF, RDFS, XSD
from mandata.reason.facts import Fact, Step, Term, text_of

_TYPE: Final = NamedNode(RDF + "type")
_LABEL: Final = NamedNode(RDFS + "label")
_REASONER: Final = NamedNode(HOME + "reasoner")
_BYTES: Final = 8


def to_prov(proof: Proof, words: Words, language: str) -> list[Triple]:
    """Return the whole proof as PROV-O statements, each once, sorted; the axioms that steps use are entities too."""
    found: dict[Triple, None] = {}
    for each in proofs_within(proof):
        found.update(dict.fromkeys(_told(each, words, language)))
        for axiom in each.axioms:
            found.update(dict.fromkeys(_entity(axiom.fact, words, language)))
    return sorted(found, key=str)


def statement_name(fact: Fact) -> NamedNode:
    """Return the IRI of a statement: by the checksum of its N-Triples text."""
    return NamedNode(ID + "statement-" + _checksum(fact))


def _checksum(fact: Fact) -> str:
    return hashlib.sha256(text_of(fact).encode()).hexdigest()[: 2 * _BYTES]


def _told(proof: Proof, words: Words, language: str) -> Iterator[Triple]:
    yield from _entity(proof.fact, words, language)
    if proof.step is not None:
        yield from _activity(proof.fact, proof.step, words, language)
    elif proof.source is not None:
        yield from _source(statement_name(proof.fact), proof.source)


def _entity(fact: Fact, words: Words, language: str) -> Iterator[Triple]:
    """Yield a statement as an entity and as a reified statement."""
    name = statement_name(fact)
    yield Triple(name, _TYPE, _prov("Entity"))
    yield Triple(name, _TYPE, NamedNode(RDF + "Statement"))
    yield Triple(name, _LABEL, Literal(words.fact(fact), language=language))
    for part, term in zip(("subject", "predicate", "object"), fact, strict=True):
        yield Triple(name, NamedNode(RDF + part), _named(term))


def _activity(fact: Fact, step: Step, words: Words, language: str) -> Iterator[Triple]:
    """Yield the step that generated a statement: what it used, and the rule it followed."""
    name = statement_name(fact)
    made, rule = NamedNode(f"{ID}step-{_checksum(fact)}"), NamedNode(f"{HOME}rule/{step.rule}")
    association = NamedNode(f"{made.value}.association")
    yield Triple(name, _prov("wasGeneratedBy"), made)
    yield Triple(made, _TYPE, _prov("Activity"))
    yield Triple(made, _LABEL, Literal(words.why(step), language=language))
    yield Triple(made, _prov("qualifiedAssociation"), association)
    yield Triple(association, _TYPE, _prov("Association"))
    yield Triple(association, _prov("agent"), _REASONER)
    yield Triple(association, _prov("hadPlan"), rule)
    yield Triple(rule, _TYPE, _prov("Plan"))
    yield Triple(_REASONER, _TYPE, _prov("SoftwareAgent"))
    for used in (*step.axioms, *step.premises):
        yield Triple(made, _prov("used"), statement_name(used))
    for premise in step.premises:
        yield Triple(name, _prov("wasDerivedFrom"), statement_name(premise))


def _source(name: NamedNode, source: Source) -> Iterator[Triple]:
    """Yield where a stated fact comes from: the quotation and its file, or the record."""
    if isinstance(source.evidence, NamedNode):
        quoted = source.evidence
        yield Triple(name, _prov("wasDerivedFrom"), quoted)
        yield Triple(quoted, _TYPE, _prov("Entity"))
        yield Triple(quoted, _prov("value"), Literal(source.quotation, language=source.language or None))
        for local, offset in (("start", source.start), ("end", source.end)):
            yield Triple(quoted, NamedNode(MD + local), Literal(str(offset), datatype=NamedNode(XSD + "integer")))
        if isinstance(source.part, NamedNode):
            yield Triple(quoted, _prov("wasQuotedFrom"), source.part)
            yield Triple(source.part, _TYPE, _prov("Entity"))
        if isinstance(source.held_in, NamedNode):
            yield Triple(quoted, _prov("hadPrimarySource"), source.held_in)
            yield Triple(source.held_in, _TYPE, _prov("Entity"))
            yield Triple(source.held_in, NamedNode(MD + "fileName"), Literal(source.file))
            yield Triple(source.held_in, NamedNode(MD + "checksum"), Literal(source.checksum))
    elif isinstance(source.of, NamedNode):
        yield Triple(name, _prov("hadPrimarySource"), source.of)
        yield Triple(source.of, _TYPE, _prov("Entity"))
        for said in source.says:
            yield Triple(source.of, NamedNode(DCTERMS + "source"), Literal(said))


def _prov(local: str) -> NamedNode:
    return NamedNode(PROV + local)


def _named(term: Term) -> NamedNode | Literal:
    return NamedNode(f"{ID}genid-{term.value}") if isinstance(term, BlankNode) else term
