"""Restatements found by similar wording, as conclusions with their steps, which ``close`` takes as computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from mandata.rdf.namespaces import GRAPH, ID, MD, RDF, XSD
from mandata.reason.facts import WORDING, Fact, Step
from mandata.reason.rules.wording import Similarity, Wording, restatements

_TYPE: Final = NamedNode(RDF + "type")
_COMPARED: Final = {MD + name for name in ("PreambularParagraph", "OperativeParagraph", "FunctionItem")}
_DATES: Final = {MD + "adoptedOn", MD + "datedOn"}


def _term(local: str) -> NamedNode:
    return NamedNode(MD + local)


class _ComparedFacts:
    """The asserted statements that the comparison needs, by property; a graph has the statements of one document."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.text: dict[str, Literal] = {}
        self.functions: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.bearer: dict[str, str] = {}
        self.compared: dict[str, set[str]] = defaultdict(set)
        self.named: dict[str, set[str]] = defaultdict(set)
        self.date: dict[str, str] = {}
        for quad in quads:
            self._take(quad)

    def _take(self, quad: Quad) -> None:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if not isinstance(subject, NamedNode) or not isinstance(graph, NamedNode):
            return
        if isinstance(value, Literal):
            if quad.predicate == _term("text"):
                self.text[subject.value] = value
            elif quad.predicate.value in _DATES and subject.value.removeprefix(ID) == graph.value.removeprefix(GRAPH):
                self.date[graph.value] = value.value
        elif isinstance(value, NamedNode):
            if quad.predicate == _term("hasFunction"):
                self.functions[subject.value][graph.value].add(value.value)
            elif quad.predicate == _term("mandateOf"):
                self.bearer[subject.value] = value.value
            elif quad.predicate == _TYPE and value.value in _COMPARED:
                self.compared[graph.value].add(subject.value)
            elif quad.predicate == _term("mentions"):
                self.named[graph.value].add(value.value)

    def first(self, mandate: str) -> str:
        """Return the graph of the earliest document that states the functions of a mandate."""
        return min(self.functions[mandate], key=lambda graph: (self.date.get(graph, "9"), graph))

    def later(self, mandate: str, first: str) -> Iterator[str]:
        """Yield the graphs of the other documents that mention the bearer of a mandate, unless they are earlier."""
        since = self.date.get(first, "")
        for graph, named in self.named.items():
            if graph != first and self.bearer[mandate] in named and self.date.get(graph, "9") >= since:
                yield graph


def find_restatements(quads: Iterable[Quad]) -> Mapping[Fact, Step]:
    """Return the restatements of the functions of each mandate in paragraphs of later documents, with their steps.

    The functions are those of the earliest document that lists them. Only documents that mention the mandate's bearer
    are compared: wording alone identifies no mandate.
    """
    facts = _ComparedFacts(quads)
    found: dict[Fact, Step] = {}
    for mandate in sorted(facts.functions.keys() & facts.bearer.keys()):
        first = facts.first(mandate)
        paragraphs = {p for graph in facts.later(mandate, first) for p in facts.compared[graph]}
        functions = facts.functions[mandate][first]
        for similarity in restatements(_wordings(functions, facts), _wordings(paragraphs, facts)):
            found.update(_conclusions(similarity, facts))
    return found


def first_statements(quads: Iterable[Quad]) -> dict[str, str]:
    """Return, for each mandate, the graph of the document whose functions the paragraphs are compared with."""
    facts = _ComparedFacts(quads)
    return {mandate: facts.first(mandate) for mandate in sorted(facts.functions.keys() & facts.bearer.keys())}


def _wordings(subjects: Iterable[str], facts: _ComparedFacts) -> list[Wording]:
    texts = ((s, facts.text[s]) for s in sorted(subjects) if s in facts.text)
    return [Wording(subject, text.value, text.language or "") for subject, text in texts]


def _conclusions(similarity: Similarity, facts: _ComparedFacts) -> Iterable[tuple[Fact, Step]]:
    paragraph, function = NamedNode(similarity.paragraph), NamedNode(similarity.function)
    restatement = NamedNode(f"{similarity.paragraph}.restates-{similarity.function.removeprefix(ID)}")
    texts = tuple(
        (NamedNode(iri), _term("text"), facts.text[iri]) for iri in (similarity.function, similarity.paragraph)
    )
    step = Step(WORDING, premises=texts)
    yield (paragraph, _term("restates"), function), step
    yield (restatement, _TYPE, _term("Restatement")), step
    yield (restatement, _term("restatingParagraph"), paragraph), step
    yield (restatement, _term("restatedFunction"), function), step
    yield (restatement, _term("score"), Literal(str(similarity.score), datatype=NamedNode(XSD + "decimal"))), step
    yield (restatement, _term("comparedWords"), Literal(", ".join(similarity.words))), step
