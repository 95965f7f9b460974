"""The words that a text must hold for a pattern to match it: to look for them costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# the engine's own reading of a pattern: never a second one; by its cache mypy knows these names or does not
from re import _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Final

Needed = tuple[tuple[str, ...], ...]
"""Of each of these groups of words at least one must stand in the text."""

_MOST_WORDS: Final = 16
_MOST_GROUPS: Final = 3
_TELLING: Final = re.compile(r"\w{3}|/")
"""What shorter words and other marks would say stands in nearly every text."""

_REPEATS: Final = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


def needed(source: str) -> Needed:
    r"""Return the words without which a pattern matches no text, the longest first; nothing where none are sure.

    >>> needed(r"\b[Rr]esolutions? (?:of|on) (?=\d)"), needed("cat|dog"), needed(r"(?i:cat)|\d+")
    ((('esolution',),), (('cat', 'dog'),), ())
    """
    try:
        parsed = _parser.parse(source)
    except re.error:  # told where it is compiled
        return ()
    if parsed.state.flags & re.IGNORECASE:
        return ()
    groups = {group for group in _groups(parsed) if len(group) <= _MOST_WORDS and all(map(_TELLING.search, group))}
    return tuple(sorted(groups, key=lambda group: (-min(map(len, group)), group))[:_MOST_GROUPS])


def _groups(parsed: Sequence[tuple[Any, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield groups of words, one of each of which stands in whatever a row of elements matches."""
    run = ""
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            run += chr(value)
        elif kind is not _constants.AT:  # a bound of words or of the text parts nothing
            yield from _words(run)
            run = ""
            yield from _within(kind, value)
    yield from _words(run)


def _words(run: str) -> Iterator[tuple[str, ...]]:
    if run:
        yield (run,)


def _within(kind: Any, value: Any) -> Iterator[tuple[str, ...]]:
    """Yield such groups of one element; of a kind that is not known here nothing is sure."""
    if kind is _constants.SUBPATTERN and not value[1] & re.IGNORECASE:
        yield from _groups(value[3])
    elif (kind in _REPEATS and value[0] > 0) or kind is _constants.ASSERT:
        yield from _groups(value[-1])
    elif kind is _constants.BRANCH:
        either = [_best(alternative) for alternative in value[1]]
        if all(either):
            yield tuple(sorted({word for group in either for word in group}))


def _best(parsed: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    """Return the group whose shortest word is the longest; nothing where there is none."""
    return max(_groups(parsed), key=lambda group: min(map(len, group)), default=())
