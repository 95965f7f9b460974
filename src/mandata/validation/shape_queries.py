"""SHACL shapes as SPARQL queries: one for each constraint, which finds the things that break it.

The shapes are read from ``ontology/shapes.ttl``, their classes with all subclasses that the ontology knows. Of SHACL
Core there is what the shapes use; anything else in them is refused.

Source: https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.errors import MandataError
from mandata.rdf.namespaces import RDF
from mandata.validation.shape_graph import ShapeGraph, Term
from mandata.validation.shape_tests import VALUE_TESTS, test_of

_TYPE: Final = NamedNode(RDF + "type")
_PARTS: Final = frozenset({"message", "path", "property", "targetClass", "targetSubjectsOf", "qualifiedMinCount"})
"""What is said of a shape beside its constraints, or read with one of them."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A query whose rows (``?this``, and ``?value`` where one is to blame) break a constraint of a shape."""

    shape: str
    messages: tuple[tuple[str, str], ...]
    query: str


@cache
def shape_queries() -> tuple[ShapeQuery, ...]:
    """Return the queries of the shapes that travel with mandata.

    Raises:
        MandataError: a shape uses a part of SHACL for which there is no query.
    """
    graph = ShapeGraph()
    shapes = (shape for shape in graph.node_shapes() if isinstance(shape, NamedNode))
    return tuple(query for shape in shapes for query in _of_node_shape(shape, graph))


def _of_node_shape(shape: NamedNode, graph: ShapeGraph) -> Iterator[ShapeQuery]:
    for target in _targets(shape, graph):
        for body in _bodies(shape, "", graph):
            yield _query(shape, target, body, graph)
        for part in graph.objects(shape, "property"):
            for body in _bodies(part, graph.path(part), graph):
                yield _query(part, target, body, graph)


def _query(shape: Term, target: str, body: str, graph: ShapeGraph) -> ShapeQuery:
    messages = graph.messages(shape)
    if not messages or not isinstance(shape, NamedNode):
        raise MandataError("shape", "has no name or no message", str(shape), "give it both")
    return ShapeQuery(shape.value, messages, f"SELECT DISTINCT ?this ?value WHERE {{ {target} {body} }}")


def _targets(shape: NamedNode, graph: ShapeGraph) -> Iterator[str]:
    """Yield the patterns that find what a shape is for; nothing is found twice by one of them."""
    classes = sorted({each for one in graph.objects(shape, "targetClass") for each in graph.with_subclasses(one)})
    if classes:
        yield f"{{ SELECT DISTINCT ?this WHERE {{ VALUES ?class {{ {' '.join(classes)} }} ?this {_TYPE} ?class }} }}"
    for predicate in graph.objects(shape, "targetSubjectsOf"):
        yield f"{{ SELECT DISTINCT ?this WHERE {{ ?this {predicate} ?any }} }}"


def _bodies(shape: Term, path: str, graph: ShapeGraph) -> Iterator[str]:
    """Yield for each constraint of a shape the pattern that things match which break it."""
    for name, value in graph.constraints(shape, _PARTS):
        if name in VALUE_TESTS or name == "or":
            at = "?value" if path else "?this"
            found = f"?this {path} ?value ." if path else ""
            blamed = "" if path else " BIND(?this AS ?value)"
            yield f"{found} FILTER(!COALESCE({test_of(name, value, at, graph)}, false)){blamed}"
        else:
            yield _of_all_values(name, value, path, shape, graph)


def _of_all_values(name: str, value: Term, path: str, shape: Term, graph: ShapeGraph) -> str:
    """Return the pattern for a constraint on the values taken together."""
    count = int(value.value) if isinstance(value, Literal) and value.value.isdecimal() else 0
    match name:
        case "minCount" if count == 1:
            return f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
        case "maxCount" if count == 1:
            return f"FILTER EXISTS {{ ?this {path} ?one . ?this {path} ?other . FILTER(!sameTerm(?one, ?other)) }}"
        case "hasValue":
            return f"FILTER NOT EXISTS {{ ?this {path} {value} }}"
        case "uniqueLang":
            same = 'LANG(?one) = LANG(?other) && LANG(?one) != "" && !sameTerm(?one, ?other)'
            return f"FILTER EXISTS {{ ?this {path} ?one . ?this {path} ?other . FILTER({same}) }}"
        case "lessThan" | "lessThanOrEquals":
            sign = "<" if name == "lessThan" else "<="
            return f"?this {path} ?value . ?this {value} ?other . FILTER(!COALESCE(?value {sign} ?other, false))"
        case "qualifiedValueShape" if _minimum(shape, graph) == 1:
            tests = [test_of(part, one, "?any", graph) for part, one in graph.constraints(value, _PARTS)]
            return f"FILTER NOT EXISTS {{ ?this {path} ?any . FILTER(COALESCE({' && '.join(tests)}, false)) }}"
    raise MandataError("shape", f"there is no query for sh:{name} {value}", str(shape), "use another constraint")


def _minimum(shape: Term, graph: ShapeGraph) -> int:
    found = graph.objects(shape, "qualifiedMinCount")
    return int(found[0].value) if len(found) == 1 and not isinstance(found[0], BlankNode) else 0
