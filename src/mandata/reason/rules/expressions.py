"""The SPARQL expressions that a rule file may use, in BIND and FILTER, and their evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.rdf.namespaces import XSD
from mandata.reason.facts import Term
from mandata.reason.owl_rl.datatypes import is_well_formed

_TRUE: Final = Literal("true", datatype=NamedNode(XSD + "boolean"))
_FALSE: Final = Literal("false", datatype=NamedNode(XSD + "boolean"))
_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger"))
_ORDERED: Final = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth", "string"))


@dataclass(frozen=True, slots=True)
class Variable:
    """The value of a variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator applied to its arguments."""

    name: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = Variable | Call | Term


def variables(expression: Expression) -> set[str]:
    """Return the names of the variables in an expression."""
    if isinstance(expression, Variable):
        return {expression.name}
    if isinstance(expression, Call):
        return set().union(*(variables(argument) for argument in expression.arguments))
    return set()


def iri_start(expression: Expression) -> tuple[str, str] | None:
    """Return ``x`` and ``text`` of an expression ``IRI(CONCAT(STR(?x), "text", ...))``; None for any other."""
    match expression:
        case Call("IRI", (Call("CONCAT", (Call("STR", (Variable(name),)), Literal() as words, *_)),)):
            return name, words.value
    return None


def evaluate(expression: Expression, values: Mapping[str, Term]) -> Term | None:
    """Return the value of an expression; None for an error, which makes a FILTER fail and leaves a BIND unbound."""
    if isinstance(expression, Variable):
        return values.get(expression.name)
    if not isinstance(expression, Call):
        return expression
    arguments = [evaluate(argument, values) for argument in expression.arguments]
    known = [argument for argument in arguments if argument is not None]
    return FUNCTIONS[expression.name](*known) if len(known) == len(arguments) else None


def is_true(expression: Expression, values: Mapping[str, Term]) -> bool:
    """Return whether the value of an expression is true."""
    return evaluate(expression, values) == _TRUE


def _boolean(value: bool) -> Literal:
    return _TRUE if value else _FALSE


def _str(term: Term) -> Term | None:
    return None if isinstance(term, BlankNode) else Literal(term.value)


def _concat(*terms: Term) -> Term | None:
    return Literal("".join(t.value for t in terms)) if all(isinstance(t, Literal) for t in terms) else None


def _iri(term: Term) -> Term | None:
    return None if isinstance(term, BlankNode) else NamedNode(term.value)


def _comparison(accept: Callable[[int], bool]) -> Callable[..., Term | None]:
    def compare(left: Term, right: Term) -> Term | None:
        if not isinstance(left, Literal) or not isinstance(right, Literal):
            return None
        if not is_well_formed(left) or not is_well_formed(right):  # "soon"^^xsd:date is neither before nor after a day
            return None
        kinds = {left.datatype.value, right.datatype.value}
        if kinds <= _NUMBERS:
            a, b = float(left.value), float(right.value)
            return _boolean(accept((a > b) - (a < b)))
        if len(kinds) == 1 and kinds <= _ORDERED:
            return _boolean(accept((left.value > right.value) - (left.value < right.value)))
        return None

    return compare


FUNCTIONS: Final[dict[str, Callable[..., Term | None]]] = {
    "STR": _str,
    "IRI": _iri,
    "CONCAT": _concat,
    "STRAFTER": lambda text, separator: Literal(text.value.partition(separator.value)[2]),
    "STRBEFORE": lambda text, separator: Literal(
        text.value.partition(separator.value)[0] if separator.value in text.value else ""
    ),
    "STRSTARTS": lambda text, start: _boolean(text.value.startswith(start.value)),
    "=": lambda left, right: _boolean(left == right),
    "!=": lambda left, right: _boolean(left != right),
    "<": _comparison(lambda order: order < 0),
    "<=": _comparison(lambda order: order <= 0),
    ">": _comparison(lambda order: order > 0),
    ">=": _comparison(lambda order: order >= 0),
    "&&": lambda left, right: _boolean(left == right == _TRUE),
    "||": lambda left, right: _boolean(_TRUE in (left, right)),
    "!": lambda term: _boolean(term == _FALSE),
}
"""The functions and operators that a rule file may call, by their SPARQL names."""
