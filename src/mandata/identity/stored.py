"""Header records, descriptions and identities as JSON, and back: what the first pass leaves."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from mandata.errors import Issue
from mandata.identity.model import Description, Header, Identity

_DATES = {"dated", "distributed", "annex_adopted"}
_SETS = {"names", "between"}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it, the same for equal values: sets sorted, fields that say nothing left out."""
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: plain(held) for name, held in pairs if held is not None and held not in ((), frozenset())}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    return [plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def header_of(stored: dict[str, Any]) -> Header:
    """Return the header that ``plain`` made this of."""
    return Header(**{"stated": None, **_fields(stored)})


def description_of(stored: dict[str, Any]) -> Description:
    """Return the description that ``plain`` made this of."""
    return Description(**_fields(stored))


def identity_of(stored: dict[str, Any]) -> Identity:
    """Return the identity that ``plain`` made this of; one that rests on no evidence."""
    issues = tuple(Issue(**issue) for issue in stored.get("issues", ()))
    return Identity(stored["checksum"], stored.get("symbol"), stored.get("certainty"), issues=issues)


def _fields(stored: dict[str, Any]) -> dict[str, Any]:
    return {name: _read_stored(name, value) for name, value in stored.items()}


def _read_stored(name: str, value: Any) -> Any:
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _SETS:
        return frozenset(value)
    return tuple(value) if isinstance(value, list) else value
