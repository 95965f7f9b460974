"""Evidence: the words that a statement is drawn from, as a value and as RDF.

In RDF a statement that has evidence is a node ``rdf:Statement``; in RDF 1.2 the same IRI is the reifier of the
statement itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Triple

from mandata.rdf.local_names import graph, term, thing
from mandata.rdf.namespaces import RDF, XSD

_TYPE: Final = NamedNode(RDF + "type")
_STATEMENT: Final = NamedNode(RDF + "Statement")
_REIFIES: Final = NamedNode(RDF + "reifies")
_INTEGER: Final = NamedNode(XSD + "integer")
_EVIDENCE: Final = NamedNode(term("evidence"))
_EVIDENCE_CLASS: Final = NamedNode(term("Evidence"))
_TEXT: Final = NamedNode(term("text"))
_QUOTATION: Final = NamedNode(term("quotation"))


class Evidence(NamedTuple):
    """One span of a file that shows what a statement says; ``part`` and ``file`` are local names.

    The quotation is ``[part_start:part_end]`` of the words (``md:text``) of the part.

    >>> Evidence("A_RES_72_7.pp2", 3, 14, "A_RES_72_7.fr.1a2b3c4d", 1042, 1053).name
    'A_RES_72_7.fr.1a2b3c4d.span-1042-1053'
    """

    part: str
    part_start: int
    part_end: int
    file: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The local name of the evidence: its file and its span."""
        return f"{self.file}.span-{self.start}-{self.end}"

    @property
    def iri(self) -> NamedNode:
        """The IRI of the evidence."""
        return NamedNode(thing(self.name))


class Statement(NamedTuple):
    """A statement in its graph, and its evidence: none if it is not drawn from the words of a text."""

    quad: Quad
    evidence: tuple[Evidence, ...] = ()


def statement_key(fact: Quad | Triple) -> str:
    """Return ``st-`` and the first 16 hexadecimal digits of the SHA-256 of a statement's N-Triples line.

    >>> statement_key(Triple(NamedNode("http://a"), NamedNode("http://b"), Literal("c", language="fr")))
    'st-2fda4e7947e87d74'
    """
    line = f"{fact.subject} {fact.predicate} {fact.object} ."
    return f"st-{hashlib.sha256(line.encode()).hexdigest()[:16]}"


def statement_iri(document: str, fact: Quad | Triple) -> NamedNode:
    """Return the IRI of the node that stands for a statement drawn from a document."""
    return NamedNode(thing(f"{document}.{statement_key(fact)}"))


def evidence_graph(document: str) -> NamedNode:
    """Return the IRI of the graph in which the evidence of a document stands."""
    return NamedNode(graph(f"{document}/evidence"))


def evidence_quads(
    document: str, statements: Iterable[tuple[Quad | Triple, tuple[Evidence, ...]]], *, reifiers: bool = False
) -> Iterator[Quad]:
    """Yield the evidence of a document's statements as RDF, in its evidence graph, each quad once.

    Args:
        document: the local name of the document.
        statements: all its statements that have evidence; the words of its parts are among them.
        reifiers: whether to write RDF 1.2: each statement's node reifies it, instead of naming its three terms.
    """
    facts = [(fact, evidence) for fact, evidence in statements if evidence]
    texts = {str(f.subject): f.object for f, _ in facts if f.predicate == _TEXT and isinstance(f.object, Literal)}
    graph_name, described = evidence_graph(document), dict[Evidence, None]()
    for fact, evidence in facts:
        name = statement_iri(document, fact)
        if reifiers:
            yield Quad(name, _REIFIES, Triple(fact.subject, fact.predicate, fact.object), graph_name)
        else:
            yield Quad(name, _TYPE, _STATEMENT, graph_name)
            for prop, value in zip(_REIFIED, (fact.subject, fact.predicate, fact.object), strict=True):
                yield Quad(name, prop, value, graph_name)
        for one in evidence:
            yield Quad(name, _EVIDENCE, one.iri, graph_name)
            described[one] = None
    for one in described:
        yield from _description(one, texts, graph_name)


_REIFIED: Final = tuple(NamedNode(RDF + name) for name in ("subject", "predicate", "object"))


def _description(evidence: Evidence, texts: Mapping[str, Literal], graph_name: NamedNode) -> Iterator[Quad]:
    iri = evidence.iri
    yield Quad(iri, _TYPE, _EVIDENCE_CLASS, graph_name)
    text = texts[str(NamedNode(thing(evidence.part)))]
    quotation = text.value[evidence.part_start : evidence.part_end]
    yield Quad(iri, _QUOTATION, Literal(quotation, language=text.language), graph_name)
    for prop, local in (("inPart", evidence.part), ("inFile", evidence.file)):
        yield Quad(iri, NamedNode(term(prop)), NamedNode(thing(local)), graph_name)
    part, offsets = (evidence.part_start, evidence.part_end), (evidence.start, evidence.end)
    for prop, number in zip(("partStart", "partEnd", "start", "end"), (*part, *offsets), strict=True):
        yield Quad(iri, NamedNode(term(prop)), Literal(str(number), datatype=_INTEGER), graph_name)
