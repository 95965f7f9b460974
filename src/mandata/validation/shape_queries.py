"""SHACL shapes compiled to SPARQL: one query for each constraint, which selects the focus nodes that violate it.

The shapes are read from ``ontology/shapes.ttl``; a target class includes its subclasses in the ontology. Only the part
of SHACL Core that the shapes use is implemented; anything else in them is an error.

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
from mandata.validation.value_constraints import VALUE_CONSTRAINTS, constraint_expression

_TYPE: Final = NamedNode(RDF + "type")
_NOT_CONSTRAINTS: Final = frozenset(
    {"message", "path", "property", "targetClass", "targetSubjectsOf", "qualifiedMinCount"}
)
"""Properties of a shape that are no constraints, or are parameters of another constraint."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A query that selects the focus nodes (``?this``) and, if there is one, the value that violate a shape."""

    shape: str
    messages: tuple[tuple[str, str], ...]
    query: str


@cache
def shape_queries() -> tuple[ShapeQuery, ...]:
    """Return the queries of the shapes in ``ontology/shapes.ttl``.

    Raises:
        MandataError: a shape uses a part of SHACL that is not implemented.
    """
    graph = ShapeGraph()
    shapes = (shape for shape in graph.node_shapes() if isinstance(shape, NamedNode))
    return tuple(query for shape in shapes for query in _node_shape_queries(shape, graph))


def _node_shape_queries(shape: NamedNode, graph: ShapeGraph) -> Iterator[ShapeQuery]:
    for target in _target_patterns(shape, graph):
        for body in _violation_patterns(shape, "", graph):
            yield _query(shape, target, body, graph)
        for part in graph.objects(shape, "property"):
            for body in _violation_patterns(part, graph.path(part), graph):
                yield _query(part, target, body, graph)


def _query(shape: Term, target: str, body: str, graph: ShapeGraph) -> ShapeQuery:
    messages = graph.messages(shape)
    if not messages or not isinstance(shape, NamedNode):
        raise MandataError("shape", "has no name or no message", str(shape), "give it both")
    return ShapeQuery(shape.value, messages, f"SELECT DISTINCT ?this ?value WHERE {{ {target} {body} }}")


def _target_patterns(shape: NamedNode, graph: ShapeGraph) -> Iterator[str]:
    """Yield the graph patterns that select the focus nodes of a shape, each node once for a pattern."""
    classes = sorted({each for one in graph.objects(shape, "targetClass") for each in graph.with_subclasses(one)})
    if classes:
        yield f"{{ SELECT DISTINCT ?this WHERE {{ VALUES ?class {{ {' '.join(classes)} }} ?this {_TYPE} ?class }} }}"
    for predicate in graph.objects(shape, "targetSubjectsOf"):
        yield f"{{ SELECT DISTINCT ?this WHERE {{ ?this {predicate} ?any }} }}"


def _violation_patterns(shape: Term, path: str, graph: ShapeGraph) -> Iterator[str]:
    """Yield for each constraint of a shape the graph pattern that matches its violations."""
    for name, value in graph.constraints(shape, _NOT_CONSTRAINTS):
        if name in VALUE_CONSTRAINTS or name == "or":
            variable = "?value" if path else "?this"
            triple = f"?this {path} ?value ." if path else ""
            binding = "" if path else " BIND(?this AS ?value)"
            yield f"{triple} FILTER(!COALESCE({constraint_expression(name, value, variable, graph)}, false)){binding}"
        else:
            yield _value_set_pattern(name, value, path, shape, graph)


def _value_set_pattern(name: str, value: Term, path: str, shape: Term, graph: ShapeGraph) -> str:
    """Return the graph pattern for a constraint on all values of a path together, such as ``minCount``."""
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
        case "qualifiedValueShape" if _qualified_min_count(shape, graph) == 1:
            tests = [
                constraint_expression(part, one, "?any", graph)
                for part, one in graph.constraints(value, _NOT_CONSTRAINTS)
            ]
            return f"FILTER NOT EXISTS {{ ?this {path} ?any . FILTER(COALESCE({' && '.join(tests)}, false)) }}"
    raise MandataError("shape", f"there is no query for sh:{name} {value}", str(shape), "use another constraint")


def _qualified_min_count(shape: Term, graph: ShapeGraph) -> int:
    counts = graph.objects(shape, "qualifiedMinCount")
    return int(counts[0].value) if len(counts) == 1 and not isinstance(counts[0], BlankNode) else 0
