"""Datatypes of OWL 2 RL: the value of a literal, and whether two literals differ (W3C's table 8, dt-*).

Sources: https://www.w3.org/TR/owl2-profiles/#Entities_3 for the list of them, and
https://www.w3.org/TR/owl2-syntax/#Datatype_Maps with https://www.w3.org/TR/xmlschema11-2/ for their values.
White space around a value is ignored, so that keeping it is no contradiction.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import copysign
from typing import Final, TypeAlias
from xml.parsers import expat

from pyoxigraph import Literal

from mandata.rdf.namespaces import RDF, RDFS, XSD
from mandata.reason.owl_rl.time_points import moment

Value: TypeAlias = tuple[str, object]
"""A value space and a value in it; values of different spaces differ."""

Reader: TypeAlias = Callable[[str], Value | None]
"""Parses the lexical form of a literal; None if it is not in the lexical space of the datatype."""

_BOUNDS: Final[Mapping[str, tuple[int | None, int | None]]] = {
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
_STRINGS: Final[Mapping[str, str]] = {
    "string": r"[\s\S]*",
    "normalizedString": r"[^\t\r\n]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "NMTOKEN": r"[-.:\w]+",
    "Name": r"(?::|[^\W\d])[-.:\w]*",
    "NCName": r"[^\W\d][-.\w]*",
}
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_FLOATING: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BASE64: Final = re.compile(r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?|= ?)= ?)?")
_DATE: Final = re.compile(r"-?\d{4,}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?")
_SPACES: Final[Mapping[str, tuple[str, ...]]] = {
    XSD + "decimal": ("number",),
    XSD + "dateTime": ("dateTime", "dateTime without zone"),
    XSD + "dateTimeStamp": ("dateTime",),
    RDF + "PlainLiteral": ("string", "lang"),
    RDF + "langString": ("lang",),
}
_UNSURE: Final = frozenset({"date", "dateTime without zone", "XMLLiteral"})
"""Value spaces in which two lexical forms may have one value that is not computed here."""


def is_supported(datatype: str) -> bool:
    """Return whether literals of this datatype are checked."""
    return datatype in _READERS or datatype in (RDFS + "Literal", RDF + "PlainLiteral")


def is_well_formed(literal: Literal) -> bool:
    """Return whether the literal's lexical form is valid for its datatype; True if that is not supported."""
    return literal.datatype.value not in _READERS or value_of(literal) is not None


def is_of(literal: Literal, datatype: str) -> bool:
    """Return whether the literal's value is in a datatype's value space; True if that is not known."""
    value = value_of(literal)
    if value is None or not is_supported(datatype) or datatype == RDFS + "Literal":
        return True
    space, inner = value
    name = datatype.removeprefix(XSD)
    if name in _BOUNDS:
        return space == "number" and isinstance(inner, Decimal) and _within(inner, name)
    if name in _STRINGS:
        return space == "string" and bool(re.fullmatch(_STRINGS[name], str(inner)))
    return space in _SPACES.get(datatype, (name.removeprefix(RDF),))


def differ(left: Literal, right: Literal) -> bool:
    """Return whether two literals certainly have different values."""
    a, b = value_of(left), value_of(right)
    return a is not None and b is not None and a != b and (a[0] != b[0] or a[0] not in _UNSURE)


def value_of(literal: Literal) -> Value | None:
    """Return the literal's value; None if its datatype is not supported or its lexical form is not valid."""
    if literal.language:
        return "lang", (literal.value, literal.language.lower())
    reader = _READERS.get(literal.datatype.value)
    return reader(literal.value) if reader else None


def _within(number: Decimal, name: str) -> bool:
    low, high = _BOUNDS[name]
    return number == int(number) and (low is None or number >= low) and (high is None or number <= high)


def _integer(name: str) -> Reader:
    def read(words: str) -> Value | None:
        if not re.fullmatch(r"[+-]?[0-9]+", words.strip()):
            return None
        number = Decimal(words.strip())
        return ("number", number) if _within(number, name) else None

    return read


def _string(words_allowed: str) -> Reader:
    compiled = re.compile(words_allowed)
    return lambda words: ("string", words) if compiled.fullmatch(words) else None


def _decimal(words: str) -> Value | None:
    return ("number", Decimal(words.strip())) if _DECIMAL.fullmatch(words.strip()) else None


def _double(words: str) -> Value | None:
    found = _floating(words)
    return None if found is None else ("double", found)


def _float(words: str) -> Value | None:
    """Parse a number of 32 bits; forms that differ only beyond its precision have one value."""
    found = _floating(words)
    if found is None or isinstance(found, str):
        return None if found is None else ("float", found)
    try:
        rounded = struct.unpack("f", struct.pack("f", found[1]))[0]
    except OverflowError:
        rounded = copysign(float("inf"), found[1])
    return "float", (found[0], rounded)


def _floating(words: str) -> tuple[float, float] | str | None:
    """Return the sign and the number: +0 and -0 are two values; NaN is one."""
    words = words.strip()
    if not _FLOATING.fullmatch(words):
        return None
    if words == "NaN":
        return words
    number = float(words)
    return copysign(1, number), number


def _boolean(words: str) -> Value | None:
    truth = {"true": True, "1": True, "false": False, "0": False}.get(words.strip())
    return None if truth is None else ("boolean", truth)


def _date_time(words: str) -> Value | None:
    found = moment(words.strip())
    if found is None:
        return None
    return "dateTime" if found.zoned else "dateTime without zone", found.seconds


def _date_time_stamp(words: str) -> Value | None:
    found = _date_time(words)
    return found if found and found[0] == "dateTime" else None


def _date(words: str) -> Value | None:
    return ("date", words.strip()) if _DATE.fullmatch(words.strip()) else None


def _hexadecimal(words: str) -> Value | None:
    words = words.strip()
    return ("hexBinary", words.lower()) if re.fullmatch(r"(?:[0-9A-Fa-f]{2})*", words) else None


def _base64(words: str) -> Value | None:
    words = " ".join(words.split())
    return ("base64Binary", b64decode(words)) if _BASE64.fullmatch(words) else None


def _xml(words: str) -> Value | None:
    """Parse mark-up, which must be well-formed within an element and cannot declare entities."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<x>{words}</x>", True)
    except (expat.ExpatError, UnicodeEncodeError):
        return None
    return "XMLLiteral", words


_READERS: Final[Mapping[str, Reader]] = {
    **{XSD + name: _integer(name) for name in _BOUNDS},
    **{XSD + name: _string(words) for name, words in _STRINGS.items()},
    XSD + "decimal": _decimal,
    XSD + "float": _float,
    XSD + "double": _double,
    XSD + "boolean": _boolean,
    XSD + "dateTime": _date_time,
    XSD + "dateTimeStamp": _date_time_stamp,
    XSD + "date": _date,
    XSD + "anyURI": lambda words: ("anyURI", " ".join(words.split())),
    XSD + "hexBinary": _hexadecimal,
    XSD + "base64Binary": _base64,
    RDF + "XMLLiteral": _xml,
}
