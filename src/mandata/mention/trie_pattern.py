"""One regular expression for many names, built as a trie: names with the same beginning are matched together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

_Trie = dict[str, Any]
"""A node by next letter; the empty key holds the pattern that must follow the end of a name."""


def trie_pattern(names: Iterable[str], end: Callable[[str], str]) -> str:
    """Return a pattern that matches the longest of some names; ``end`` gives the pattern that must follow each.

    >>> trie_pattern(["Niger", "Nigeria", "Oman"], lambda name: "$")
    '(?:Oman$|Niger(?:ia$|$))'
    """
    root: _Trie = {}
    for name in names:
        node = root
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = end(name)
    return _node_pattern(root) if root else "(?!)"


def _node_pattern(node: _Trie) -> str:
    """Return the pattern of what may follow; the end of a name is tried after all longer names."""
    alternatives = [_edge_pattern(letter, rest) for letter, rest in sorted(node.items(), reverse=True)]
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"


def _edge_pattern(letter: str, rest: Any) -> str:
    if not letter:
        return str(rest)
    return re.escape(letter) + _node_pattern(rest)
