"""Restatements found by wording, as conclusions with their steps, for ``close`` to reason on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from mandata.reason.facts import Fact, Step
from mandata.reason.wording import Likeness, Wording, restatements
from mandata.vocab import ID, MD, RDF, XSD

RULE: Final = "wording"
_TYPE: Final = NamedNode(RDF + "type")
_COMPARED: Final = {MD + "PreambularParagraph", MD + "OperativeParagraph"}


def _term(local: str) -> NamedNode:
    return NamedNode(MD + local)


class _Facts:
    """The asserted statements that the comparison needs, by property."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.text: dict[str, Literal] = {}
        self.functions: dict[str, str] = {}
        self.centre: dict[str, str] = {}
        self.compared: dict[str, set[str]] = defaultdict(set)
        self.named: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            self._take(quad)

    def _take(self, quad: Quad) -> None:
        subject, value, graph = quad.subject, quad.object, str(quad.graph_name)
        if not isinstance(subject, NamedNode):
            return
        if isinstance(value, Literal):
            if quad.predicate == _term("text"):
                self.text[subject.value] = value
        elif isinstance(value, NamedNode):
            if quad.predicate == _term("hasFunction"):
                self.functions[value.value] = subject.value
            elif quad.predicate == _term("mandateOf"):
                self.centre[subject.value] = value.value
            elif quad.predicate == _TYPE and value.value in _COMPARED:
                self.compared[graph].add(subject.value)
            elif quad.predicate == _term("mentions"):
                self.named[graph].add(value.value)


def find_restatements(quads: Iterable[Quad]) -> Mapping[Fact, Step]:
    """Return what follows from comparing the functions of each mandate with the paragraphs of resolutions.

    Only documents that name the mandate's centre are compared: wording alone shows no mandate.
    """
    facts = _Facts(quads)
    found: dict[Fact, Step] = {}
    for mandate, centre in sorted(facts.centre.items()):
        functions = [f for f, of in facts.functions.items() if of == mandate]
        graphs = (graph for graph, named in facts.named.items() if centre in named)
        paragraphs = {p for graph in graphs for p in facts.compared[graph]}
        for alike in restatements(_wordings(functions, facts), _wordings(paragraphs, facts)):
            found.update(_conclusions(alike, facts))
    return found


def _wordings(subjects: Iterable[str], facts: _Facts) -> list[Wording]:
    texts = ((s, facts.text[s]) for s in sorted(subjects) if s in facts.text)
    return [Wording(subject, text.value, text.language or "") for subject, text in texts]


def _conclusions(alike: Likeness, facts: _Facts) -> Iterable[tuple[Fact, Step]]:
    paragraph, function = NamedNode(alike.paragraph), NamedNode(alike.function)
    made = NamedNode(f"{alike.paragraph}.restates-{alike.function.removeprefix(ID)}")
    texts = tuple((NamedNode(iri), _term("text"), facts.text[iri]) for iri in (alike.function, alike.paragraph))
    step = Step(RULE, premises=texts)
    yield (paragraph, _term("restates"), function), step
    yield (made, _TYPE, _term("Restatement")), step
    yield (made, _term("restatingParagraph"), paragraph), step
    yield (made, _term("restatedFunction"), function), step
    yield (made, _term("score"), Literal(str(alike.score), datatype=NamedNode(XSD + "decimal"))), step
    yield (made, _term("comparedWords"), Literal(", ".join(alike.words))), step
