"""Days as attributes state them."""

from __future__ import annotations

from datetime import date
from typing import Final

from mandata.document.akn.tree import Element, Tree
from mandata.document.model import Stated

_NO_DATE: Final = "0001-01-01"  # stands where no day was known


def stated_day(tree: Tree, element: Element | None) -> Stated[date] | None:
    """Return the day of a ``date`` attribute; None where there is none, or a placeholder, or no day that exists."""
    stated = tree.stated(element, "date") if element else None
    if stated is None or stated.value == _NO_DATE:
        return None
    try:
        return Stated(date.fromisoformat(stated.value), stated.span)
    except ValueError:
        return None
