"""The expressions that a rule file may use: to name what it mints and to test what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from mandata.rdf.namespaces import XSD
from mandata.reason.facts import Term
from mandata.reason.owl_rl.datatypes import well_formed

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
    """Return the names of the variables an expression reads."""
    if isinstance(expression, Variable):
        return {expression.name}
    if isinstance(expression, Call):
        return set().union(*(variables(argument) for argument in expression.arguments))
    return set()


def start_of(expression: Expression) -> tuple[str, str] | None:
    """Return the variable that ``IRI(CONCAT(STR(?x), "words", ...))`` begins with, and the words; else None."""
    match expression:
        case Call("IRI", (Call("CONCAT", (Call("STR", (Variable(name),)), Literal() as words, *_)),)):
            return name, words.value
    return None


def evaluate(expression: Expression, values: Mapping[str, Term]) -> Term | None:
    """Return the expression's value; None is SPARQL's error, which makes a test fail and a BIND leave nothing."""
    if isinstance(expression, Variable):
        return values.get(expression.name)
    if not isinstance(expression, Call):
        return expression
    arguments = [evaluate(argument, values) for argument in expression.arguments]
    known = [argument for argument in arguments if argument is not None]
    return FUNCTIONS[expression.name](*known) if len(known) == len(arguments) else None


def true(expression: Expression, values: Mapping[str, Term]) -> bool:
    """Tell whether a test holds."""
    return evaluate(expression, values) == _TRUE


def _truth(value: bool) -> Literal:
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
        if not well_formed(left) or not well_formed(right):  # "soon"^^xsd:date is neither before nor after a day
            return None
        kinds = {left.datatype.value, right.datatype.value}
        if kinds <= _NUMBERS:
            a, b = float(left.value), float(right.value)
            return _truth(accept((a > b) - (a < b)))
        if len(kinds) == 1 and kinds <= _ORDERED:
            return _truth(accept((left.value > right.value) - (left.value < right.value)))
        return None

    return compare


FUNCTIONS: Final[dict[str, Callable[..., Term | None]]] = {
    "STR": _str,
    "IRI": _iri,
    "CONCAT": _concat,
    "STRAFTER": lambda text, mark: Literal(text.value.partition(mark.value)[2]),
    "STRBEFORE": lambda text, mark: Literal(text.value.partition(mark.value)[0] if mark.value in text.value else ""),
    "STRSTARTS": lambda text, start: _truth(text.value.startswith(start.value)),
    "=": lambda left, right: _truth(left == right),
    "!=": lambda left, right: _truth(left != right),
    "<": _comparison(lambda order: order < 0),
    "<=": _comparison(lambda order: order <= 0),
    ">": _comparison(lambda order: order > 0),
    ">=": _comparison(lambda order: order >= 0),
    "&&": lambda left, right: _truth(left == right == _TRUE),
    "||": lambda left, right: _truth(_TRUE in (left, right)),
    "!": lambda term: _truth(term == _FALSE),
}
"""What a rule file may call, by its SPARQL name."""
