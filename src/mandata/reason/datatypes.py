"""Datatypes of OWL 2 RL: which values a literal may have, and when two literals differ (W3C's table 8, dt-*)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import Literal

from mandata.vocab import RDF, RDFS, XSD

Value: TypeAlias = tuple[str, object]
"""A value space and a value in it; values of different spaces differ."""

_BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_STRINGS: Final[dict[str, str]] = {
    "string": r"[\s\S]*",
    "normalizedString": r"[^\t\r\n]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "NMTOKEN": r"[-.:\w]+",
    "Name": r"[:_^\W\d]?[-.:\w]+",
    "NCName": r"[^\W\d][-.\w]*",
}
_PLAIN: Final[dict[str, str]] = {
    "anyURI": r"\S*",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"[A-Za-z0-9+/= ]*",
    "date": r"-?\d{4,}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?",
}
_SPACES: Final[dict[str, tuple[str, ...]]] = {
    "decimal": ("number",),
    "dateTime": ("dateTime", "dateTime without zone"),
    "dateTimeStamp": ("dateTime",),
    RDF + "langString": ("lang",),
}
_SURE: Final = frozenset({"string", "number", "boolean", "lang", "dateTime", "float", "double"})


def supported(datatype: str) -> bool:
    """Tell whether literals of this datatype are checked."""
    return datatype in _READERS or datatype in (RDFS + "Literal", RDF + "PlainLiteral")


def well_formed(literal: Literal) -> bool:
    """Tell whether the literal's words are of its datatype; yes for a datatype that is not supported."""
    datatype = literal.datatype.value
    return datatype not in _READERS or _READERS[datatype](literal) is not None


def is_of(literal: Literal, datatype: str) -> bool:
    """Tell whether the literal's value is in a datatype's value space; yes where that is not known."""
    value = value_of(literal)
    if value is None or not supported(datatype) or datatype == RDFS + "Literal":
        return True
    space, inner = value
    if datatype == RDF + "PlainLiteral":
        return space in ("string", "lang")
    name = datatype.removeprefix(XSD)
    if name in _BOUNDS:
        return space == "number" and isinstance(inner, Decimal) and _within(inner, name)
    if name in _STRINGS:
        return space == "string" and bool(re.fullmatch(_STRINGS[name], str(inner)))
    return space in _SPACES.get(name, (name,))


def differ(left: Literal, right: Literal) -> bool:
    """Tell whether two literals surely have different values."""
    a, b = value_of(left), value_of(right)
    return a is not None and b is not None and a != b and (a[0] != b[0] or a[0] in _SURE)


def value_of(literal: Literal) -> Value | None:
    """Return the literal's value; None where its datatype is not supported or its words are not of it."""
    reader = _READERS.get(literal.datatype.value)
    return reader(literal) if reader else None


def _within(number: Decimal, name: str) -> bool:
    low, high = _BOUNDS[name]
    return number == int(number) and (low is None or number >= low) and (high is None or number <= high)


def _integer(name: str) -> Callable[[Literal], Value | None]:
    def read(literal: Literal) -> Value | None:
        if not re.fullmatch(r"\s*[+-]?[0-9]+\s*", literal.value):
            return None
        number = Decimal(literal.value.strip())
        return ("number", number) if _within(number, name) else None

    return read


def _pattern(space: str, words: str) -> Callable[[Literal], Value | None]:
    compiled = re.compile(words)

    def read(literal: Literal) -> Value | None:
        return (space, literal.value) if compiled.fullmatch(literal.value) else None

    return read


def _decimal(literal: Literal) -> Value | None:
    if not re.fullmatch(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*", literal.value):
        return None
    try:
        return "number", Decimal(literal.value.strip())
    except InvalidOperation:
        return None


def _floating(space: str) -> Callable[[Literal], Value | None]:
    def read(literal: Literal) -> Value | None:
        words = literal.value.strip()
        if not re.fullmatch(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN", words):
            return None
        return space, "NaN" if words == "NaN" else float(words)

    return read


def _boolean(literal: Literal) -> Value | None:
    truth = {"true": True, "1": True, "false": False, "0": False}.get(literal.value.strip())
    return None if truth is None else ("boolean", truth)


def _moment(*, zoned: bool) -> Callable[[Literal], Value | None]:
    def read(literal: Literal) -> Value | None:
        words = literal.value.strip()
        zone = re.search(r"(?:Z|[+-]\d\d:\d\d)$", words)
        shape = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"
        if not re.fullmatch(shape, words) or (zoned and not zone):
            return None
        try:
            return ("dateTime", datetime.fromisoformat(words)) if zone else ("dateTime without zone", words)
        except ValueError:  # years and hours that Python does not know
            return "dateTime without zone", words

    return read


def _lang(literal: Literal) -> Value | None:
    return "lang", (literal.value, (literal.language or "").lower())


_READERS: Final[dict[str, Callable[[Literal], Value | None]]] = {
    **{XSD + name: _integer(name) for name in _BOUNDS},
    **{XSD + name: _pattern("string", words) for name, words in _STRINGS.items()},
    **{XSD + name: _pattern(name, words) for name, words in _PLAIN.items()},
    XSD + "decimal": _decimal,
    XSD + "float": _floating("float"),
    XSD + "double": _floating("double"),
    XSD + "boolean": _boolean,
    XSD + "dateTime": _moment(zoned=False),
    XSD + "dateTimeStamp": _moment(zoned=True),
    RDF + "langString": _lang,
}
