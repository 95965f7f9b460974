"""One pattern for many names, which tells at each letter the names that are left: no name is tried by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

_Branches = dict[str, Any]
"""What may follow, by its first letter; nothing follows where a name ends."""


def branching(names: Iterable[str], end: Callable[[str], str]) -> str:
    """Return the source of a pattern that matches the longest of some names; ``end`` is what must stand behind each.

    >>> branching(["Niger", "Nigeria", "Oman"], lambda name: "$")
    '(?:Oman$|Niger(?:ia$|$))'
    """
    root: _Branches = {}
    for name in names:
        branch = root
        for letter in name:
            branch = branch.setdefault(letter, {})
        branch[""] = end(name)
    return _source(root) if root else "(?!)"


def _source(branch: _Branches) -> str:
    """Return the pattern of what may follow; the end of a name only where no longer one goes on."""
    ways = [_way(letter, rest) for letter, rest in sorted(branch.items(), reverse=True)]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _way(letter: str, rest: Any) -> str:
    if not letter:
        return str(rest)
    return re.escape(letter) + _source(rest)
