"""Dates in attributes."""

from __future__ import annotations

from datetime import date
from typing import Final

from mandata.document.akn.tree import Element, Tree
from mandata.document.model import Stated

_NO_DATE: Final = "0001-01-01"  # the placeholder for an unknown date


def stated_day(tree: Tree, element: Element | None) -> Stated[date] | None:
    """Return the ``date`` attribute of an element; None if it is missing, a placeholder, or not a real date.

    Args:
        tree: the tree of the file.
        element: an element of it, if there is one.
    """
    stated = tree.stated_attribute(element, "date") if element else None
    if stated is None or stated.value == _NO_DATE:
        return None
    try:
        return Stated(date.fromisoformat(stated.value), stated.span)
    except ValueError:
        return None
