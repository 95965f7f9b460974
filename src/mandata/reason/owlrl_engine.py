"""An adapter to owlrl, by rdflib: a second, independent OWL 2 RL engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import rdflib
from owlrl import OWLRL_Semantics
from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.rdf.namespaces import OWL
from mandata.reason.facts import Fact, Term

_KEY: Final = NamedNode(OWL + "hasKey")
_ERROR: Final = "http://www.daml.org/2002/03/agents/agent-ont#"


def owlrl_closure(facts: Iterable[Fact]) -> tuple[set[Fact], list[str]]:
    """Return the closure of the facts by owlrl, and its messages about contradictions.

    ``owl:hasKey`` is not given to owlrl, whose rule prp-key makes any two things the same (7.6.2); facts with literal
    subjects, which are no RDF, are left out.
    """
    terms = _RdflibTerms()
    graph = rdflib.Graph()
    for fact in facts:
        if fact[1] != _KEY and not isinstance(fact[0], Literal):
            graph.add((terms.to_rdflib(fact[0]), terms.to_rdflib(fact[1]), terms.to_rdflib(fact[2])))
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    closed = {
        (terms.from_rdflib(s), terms.from_rdflib(p), terms.from_rdflib(o))
        for s, p, o in graph
        if not isinstance(s, rdflib.Literal)
        and isinstance(p, rdflib.URIRef)
        and not str(p).startswith(_ERROR)
        and not str(o).startswith(_ERROR)
    }
    return closed, [str(message) for message in semantics.error_messages]


class _RdflibTerms:
    """Converts terms to rdflib and back; a converted term is returned as it was."""

    def __init__(self) -> None:
        self._known: dict[rdflib.term.Node, Term] = {}

    def to_rdflib(self, term: Term) -> rdflib.term.Node:
        node: rdflib.term.Node
        if isinstance(term, NamedNode):
            node = rdflib.URIRef(term.value)
        elif isinstance(term, BlankNode):
            node = rdflib.BNode(term.value)
        elif term.language:
            node = rdflib.Literal(term.value, lang=term.language)
        else:
            node = rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
        return self._keep(node, term)

    def _keep(self, node: rdflib.term.Node, term: Term) -> rdflib.term.Node:
        self._known.setdefault(node, term)
        return node

    def from_rdflib(self, node: rdflib.term.Node) -> Term:
        if node in self._known:
            return self._known[node]
        if isinstance(node, rdflib.Literal):
            return Literal(str(node), datatype=NamedNode(str(node.datatype)))
        return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))
