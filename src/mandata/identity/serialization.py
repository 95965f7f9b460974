"""Header records, descriptions and identities to JSON and back: the output of the first pass."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from mandata.errors import Issue
from mandata.identity.model import DocumentDescription, HeaderRecord, Identity

_DATES = {"dated", "distributed", "annex_adopted"}
_SETS = {"names", "between"}


def to_json(value: Any) -> Any:
    """Return a JSON value, the same for equal values: sets are sorted, empty fields omitted."""
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: to_json(item) for name, item in pairs if item is not None and item not in ((), frozenset())}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(map(to_json, value))
    return [to_json(item) for item in value] if isinstance(value, (tuple, list)) else value


def header_from_json(stored: dict[str, Any]) -> HeaderRecord:
    """Return the header record that ``to_json`` wrote."""
    return HeaderRecord(**{"stated": None, **_fields(stored)})


def description_from_json(stored: dict[str, Any]) -> DocumentDescription:
    """Return the description that ``to_json`` wrote."""
    return DocumentDescription(**_fields(stored))


def identity_from_json(stored: dict[str, Any]) -> Identity:
    """Return the identity that ``to_json`` wrote, without its evidence."""
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
