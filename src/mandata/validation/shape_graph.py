"""The graph of the shapes, and what the ontology says of their classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, parse

from mandata.errors import MandataError
from mandata.package_data import shipped
from mandata.rdf.namespaces import RDF, RDFS

Term: TypeAlias = NamedNode | BlankNode | Literal
SH: Final = "http://www.w3.org/ns/shacl#"
_SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
_TYPE, _FIRST, _REST = (NamedNode(RDF + name) for name in ("type", "first", "rest"))
_NIL: Final = NamedNode(RDF + "nil")


class ShapeGraph:
    """What is said of each shape, in the order of the file."""

    def __init__(self) -> None:
        self._said: dict[Term, list[tuple[NamedNode, Term]]] = defaultdict(list)
        for quad in parse(path=str(shipped("ontology/shapes.ttl"))):
            if not isinstance(quad.object, NamedNode | BlankNode | Literal) or isinstance(quad.subject, Literal):
                raise MandataError("shape", "states something of a statement", str(quad), "leave it out")
            self._said[_subject(quad.subject)].append((quad.predicate, quad.object))
        self._narrower: dict[Term, list[Term]] = defaultdict(list)
        for quad in parse(path=str(shipped("ontology/mandata.ttl"))):
            if quad.predicate == _SUBCLASS and isinstance(quad.object, NamedNode):
                self._narrower[quad.object].append(_subject(quad.subject))

    def node_shapes(self) -> Iterator[Term]:
        """Yield the shapes that have targets."""
        for shape, said in self._said.items():
            if any(predicate.value.startswith(SH + "target") for predicate, _ in said):
                yield shape

    def objects(self, shape: Term, name: str) -> list[Term]:
        """Return what a shape says with a property of SHACL."""
        return [value for predicate, value in self._said[shape] if predicate.value == SH + name]

    def constraints(self, shape: Term, others: frozenset[str]) -> Iterator[tuple[str, Term]]:
        """Yield the constraints of a shape: what it says with SHACL's properties, the others left out."""
        for predicate, value in self._said[shape]:
            name = predicate.value.removeprefix(SH)
            if predicate != _TYPE and name not in others:
                yield name, value

    def messages(self, shape: Term) -> tuple[tuple[str, str], ...]:
        """Return the messages of a shape by language, sorted."""
        found = (value for value in self.objects(shape, "message") if isinstance(value, Literal))
        return tuple(sorted((value.language or "", value.value) for value in found))

    def with_subclasses(self, class_: Term) -> list[str]:
        """Return a class and all classes below it, as SPARQL writes them."""
        found, todo = {str(class_): None}, [class_]
        while todo:
            for each in self._narrower[todo.pop()]:
                if isinstance(each, NamedNode) and str(each) not in found:
                    found[str(each)] = None
                    todo.append(each)
        return list(found)

    def members(self, head: Term) -> list[Term]:
        """Return the members of a list."""
        found: list[Term] = []
        while head != _NIL:
            said = dict(self._said[head])
            found.append(said[_FIRST])
            head = said[_REST]
        return found

    def path(self, shape: Term) -> str:
        """Return the path of a property shape as SPARQL writes it."""
        return "/".join(self.steps(shape))

    def steps(self, shape: Term) -> list[str]:
        """Return the paths of which the path of a property shape is the sequence, as SPARQL writes them."""
        found = self.objects(shape, "path")
        if len(found) != 1:
            raise MandataError("shape", "must have one path", str(shape), "give it one")
        sequence = any(predicate == _FIRST for predicate, _ in self._said.get(found[0], ()))
        return [self._path(step) for step in (self.members(found[0]) if sequence else found)]

    def _path(self, path: Term) -> str:
        if isinstance(path, NamedNode):
            return str(path)
        for name, written in (("inversePath", "^({})"), ("oneOrMorePath", "({})+")):
            if inner := self.objects(path, name):
                return written.format(self._path(inner[0]))
        if any(predicate == _FIRST for predicate, _ in self._said[path]):
            return "/".join(map(self._path, self.members(path)))
        raise MandataError("shape", "there is no query for this path", str(path), "use another path")


def _subject(term: object) -> Term:
    if isinstance(term, NamedNode | BlankNode):
        return term
    raise MandataError("shape", "states something of a statement", str(term), "leave it out")
