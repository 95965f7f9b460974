"""The shapes graph, and the subclass axioms of the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, parse

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import RDF, RDFS

Term: TypeAlias = NamedNode | BlankNode | Literal
SH: Final = "http://www.w3.org/ns/shacl#"
_SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
_TYPE, _FIRST, _REST = (NamedNode(RDF + name) for name in ("type", "first", "rest"))
_NIL: Final = NamedNode(RDF + "nil")


class ShapeGraph:
    """The statements about each shape, in the order of the file, and the subclasses of each class."""

    def __init__(self) -> None:
        self._statements: dict[Term, list[tuple[NamedNode, Term]]] = defaultdict(list)
        for quad in parse(path=str(shipped_path("ontology/shapes.ttl"))):
            if not isinstance(quad.object, NamedNode | BlankNode | Literal) or isinstance(quad.subject, Literal):
                raise MandataError("shape", "states something of a statement", str(quad), "leave it out")
            self._statements[_subject(quad.subject)].append((quad.predicate, quad.object))
        self._subclasses: dict[Term, list[Term]] = defaultdict(list)
        for quad in parse(path=str(shipped_path("ontology/mandata.ttl"))):
            if quad.predicate == _SUBCLASS and isinstance(quad.object, NamedNode):
                self._subclasses[quad.object].append(_subject(quad.subject))

    def node_shapes(self) -> Iterator[Term]:
        """Yield the node shapes: those with a target declaration."""
        for shape, statements in self._statements.items():
            if any(predicate.value.startswith(SH + "target") for predicate, _ in statements):
                yield shape

    def objects(self, shape: Term, name: str) -> list[Term]:
        """Return the values of a property of a shape, given by its local name in SHACL, such as ``minCount``."""
        return [value for predicate, value in self._statements[shape] if predicate.value == SH + name]

    def constraints(self, shape: Term, excluded: frozenset[str]) -> Iterator[tuple[str, Term]]:
        """Yield the constraints of a shape: its SHACL properties, except the ``excluded`` local names, with values."""
        for predicate, value in self._statements[shape]:
            name = predicate.value.removeprefix(SH)
            if predicate != _TYPE and name not in excluded:
                yield name, value

    def messages(self, shape: Term) -> tuple[tuple[str, str], ...]:
        """Return the messages of a shape as sorted pairs of language and text."""
        found = (value for value in self.objects(shape, "message") if isinstance(value, Literal))
        return tuple(sorted((value.language or "", value.value) for value in found))

    def with_subclasses(self, class_: Term) -> list[str]:
        """Return a class and its direct and indirect subclasses, in the syntax of SPARQL."""
        found, todo = {str(class_): None}, [class_]
        while todo:
            for each in self._subclasses[todo.pop()]:
                if isinstance(each, NamedNode) and str(each) not in found:
                    found[str(each)] = None
                    todo.append(each)
        return list(found)

    def members(self, head: Term) -> list[Term]:
        """Return the members of an RDF list."""
        found: list[Term] = []
        while head != _NIL:
            cell = dict(self._statements[head])
            found.append(cell[_FIRST])
            head = cell[_REST]
        return found

    def path(self, shape: Term) -> str:
        """Return the path of a property shape as a SPARQL property path."""
        return "/".join(self.steps(shape))

    def steps(self, shape: Term) -> list[str]:
        """Return the path of a property shape as the SPARQL property paths that follow one another in it."""
        found = self.objects(shape, "path")
        if len(found) != 1:
            raise MandataError("shape", "must have one path", str(shape), "give it one")
        sequence = any(predicate == _FIRST for predicate, _ in self._statements.get(found[0], ()))
        return [self._path(step) for step in (self.members(found[0]) if sequence else found)]

    def _path(self, path: Term) -> str:
        if isinstance(path, NamedNode):
            return str(path)
        for name, template in (("inversePath", "^({})"), ("oneOrMorePath", "({})+")):
            if inner := self.objects(path, name):
                return template.format(self._path(inner[0]))
        if any(predicate == _FIRST for predicate, _ in self._statements[path]):
            return "/".join(map(self._path, self.members(path)))
        raise MandataError("shape", "there is no query for this path", str(path), "use another path")


def _subject(term: object) -> Term:
    if isinstance(term, NamedNode | BlankNode):
        return term
    raise MandataError("shape", "states something of a statement", str(term), "leave it out")
