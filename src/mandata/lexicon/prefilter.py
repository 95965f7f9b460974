"""The words that a text must contain for a pattern to match it: searching for them is much cheaper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# the parser of the engine itself, never a second one; mypy's cache decides whether it knows these names
from re import _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Final

RequiredWords = tuple[tuple[str, ...], ...]
"""From each of these groups at least one word must occur in the text."""

_MOST_WORDS: Final = 16
_MOST_GROUPS: Final = 3
_SELECTIVE: Final = re.compile(r"\w{3}|/")
"""A word worth searching for: shorter words and other punctuation occur in nearly every text."""

_REPEATS: Final = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


def required_words(source: str) -> RequiredWords:
    r"""Return the words without which a pattern matches no text, the longest first; nothing if none are certain.

    >>> required_words(r"\b[Rr]esolutions? (?:of|on) (?=\d)")
    (('esolution',),)
    >>> required_words("cat|dog"), required_words(r"(?i:cat)|\d+")
    ((('cat', 'dog'),), ())
    """
    try:
        parsed = _parser.parse(source)
    except re.error:  # reported when the rule is compiled
        return ()
    if parsed.state.flags & re.IGNORECASE:
        return ()
    groups = {group for group in _groups(parsed) if len(group) <= _MOST_WORDS and all(map(_SELECTIVE.search, group))}
    return tuple(sorted(groups, key=lambda group: (-min(map(len, group)), group))[:_MOST_GROUPS])


def _groups(parsed: Sequence[tuple[Any, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield groups of words, one of each of which occurs in whatever a sequence of elements matches."""
    run = ""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            run += chr(value)
        elif kind is not _constants.AT:  # a word or text boundary does not interrupt a run
            yield from _words(run)
            run = ""
            yield from _within(kind, value)
    yield from _words(run)


def _words(run: str) -> Iterator[tuple[str, ...]]:
    if run:
        yield (run,)


def _within(kind: Any, value: Any) -> Iterator[tuple[str, ...]]:
    """Yield such groups for one element; for a kind not known here nothing is certain."""
    if kind is _constants.SUBPATTERN and not value[1] & re.IGNORECASE:
        yield from _groups(value[3])
    elif (kind in _REPEATS and value[0] > 0) or kind is _constants.ASSERT:
        yield from _groups(value[-1])
    elif kind is _constants.BRANCH:
        groups = [_best(alternative) for alternative in value[1]]
        if all(groups):
            yield tuple(sorted({word for group in groups for word in group}))


def _best(parsed: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    """Return the group whose shortest word is the longest; nothing if there is none."""
    return max(_groups(parsed), key=lambda group: min(map(len, group)), default=())
