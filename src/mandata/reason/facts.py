"""The types of reasoning: facts, steps, contradictions, closures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from mandata.rdf.namespaces import OWL, RDF, RDFS, XSD

Term: TypeAlias = NamedNode | BlankNode | Literal
Fact: TypeAlias = tuple[Term, Term, Term]
"""Subject, predicate, object; while rules run, a literal may be a subject (generalised RDF, as W3C's table has it)."""

REFLEXIVE: Final = frozenset(
    NamedNode(iri)
    for iri in (
        OWL + "sameAs",
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
    )
)
SAME: Final = NamedNode(OWL + "sameAs")
TYPE: Final = NamedNode(RDF + "type")
SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
THING: Final = NamedNode(OWL + "Thing")
NOTHING: Final = NamedNode(OWL + "Nothing")
EVERYTHING: Final = frozenset({THING, NamedNode(RDFS + "Resource")})
SAYS_NOTHING: Final = frozenset({TYPE, SUBCLASS, NamedNode(RDFS + "domain"), NamedNode(RDFS + "range")})
BUILT_IN: Final = (RDF, RDFS, OWL, XSD)
WORDING: Final = "wording"
"""The rule of a step that concludes from two texts similar in wording."""


@dataclass(frozen=True, slots=True)
class Step:
    """Why one fact holds: the rule, the axioms it was compiled from, and the premises it was applied to."""

    rule: str
    axioms: tuple[Fact, ...] = ()
    premises: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that are inconsistent by a rule; ``says`` is the message of an engine that gives no premises."""

    rule: str
    axioms: tuple[Fact, ...] = ()
    premises: tuple[Fact, ...] = ()
    says: str = ""


class Triples(Protocol):
    """Inferred triples in the order of their text, however they are stored."""

    def triples(self, *, named: bool = False) -> tuple[Triple, ...]:
        """Return the triples; without those that name a blank node, if ``named``."""

    def lines(self) -> Iterator[str]:
        """Yield the triples as lines of N-Triples."""

    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Closure:
    """The result of reasoning: the inferred triples, one step for each conclusion, the contradictions."""

    entailed: Triples
    steps: Mapping[Fact, Step] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()

    @cached_property
    def inferred(self) -> tuple[Triple, ...]:
        """The inferred triples, sorted."""
        return self.entailed.triples()

    @cached_property
    def published(self) -> tuple[Triple, ...]:
        """The inferred triples without those that name a blank node (memberships in unnamed OWL classes)."""
        return self.entailed.triples(named=True)


def fact_of(triple: Triple | Quad | Fact) -> Fact:
    """Return the fact that a triple or quad states."""
    if isinstance(triple, tuple):
        return triple
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if isinstance(subject, Triple) or isinstance(value, Triple):
        message = f"a triple about a triple is not reasoned over: {triple}"
        raise TypeError(message)
    return subject, predicate, value


def triple_of(fact: Fact) -> Triple | None:
    """Return the fact as an RDF triple; None if it is not one (a literal subject, a blank predicate)."""
    subject, predicate, value = fact
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, value)


def text_of(fact: Fact) -> str:
    """Return the fact as N-Triples, without the full stop; facts are sorted and stored by it."""
    return " ".join(str(term) for term in fact)


def is_trivial(fact: Fact) -> bool:
    """Return whether a fact is trivial: reflexive, on ``owl:Thing`` or ``owl:Nothing``, or an axiom of RDF or OWL."""
    subject, predicate, value = fact
    if predicate in REFLEXIVE and subject == value:
        return True
    if predicate in SAYS_NOTHING and value in EVERYTHING:
        return True
    if predicate == SUBCLASS and subject == NOTHING:
        return True
    return isinstance(subject, NamedNode) and subject.value.startswith(BUILT_IN)


def sorted_triples(facts: Iterable[Fact]) -> tuple[Triple, ...]:
    """Return the facts that are RDF triples, in the order of their N-Triples text."""
    triples = (triple_of(fact) for fact in sorted(facts, key=text_of))
    return tuple(triple for triple in triples if triple is not None)
