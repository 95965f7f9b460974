"""The header of a query file, in one grammar for rules, competency questions and integrity checks.

It is the comment lines with which the file begins, one ``# key: value`` a line; words in French have ``@fr``::

    # name: mandate-serves
    # says: the mandate of a centre that covers a region serves the member States in that region
    # says@fr: le mandat d'un centre qui couvre une région sert les États Membres de cette région

Every file has these three keys; ``name`` is the file's own name. Its ``HeaderKind`` lists the other keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mandata.errors import MandataError

LANGUAGES: Final = {"says": "en", "says@fr": "fr"}
"""The keys of the sentence that describes a query, and their languages."""
_LINE: Final = re.compile(r"#\s*(?P<key>[a-z]+(?:@[a-z]+)?)\s*:\s*(?P<value>.*\S)\s*$")
_Lines = dict[str, list[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class HeaderKind:
    """The keys that the header of one kind of query file must or may have besides ``name`` and ``says``.

    ``checks`` maps a key to a function that raises ValueError for a value that is not valid.
    """

    name: str
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    checks: Mapping[str, Callable[[str], object]] = field(default_factory=dict)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that a header must have, in their order."""
        return ("name", *LANGUAGES, *self.needed)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that a header may have."""
        return (*self.required, *self.optional, *self.repeated)


@dataclass(frozen=True, slots=True)
class QueryHeader:
    """A parsed header: ``words`` by language, and in ``fields`` the values of every other key."""

    name: str
    words: Mapping[str, str]
    fields: Mapping[str, tuple[str, ...]]

    def value(self, key: str, default: str = "") -> str:
        """Return the first value of a key; ``default`` if the header does not have it."""
        return self.fields.get(key, (default,))[0]


def one_of(*allowed: str) -> Callable[[str], object]:
    """Return a check, for ``HeaderKind``, that accepts only the given values."""

    def check(value: str) -> None:
        if value not in allowed:
            fault = f"is none of {', '.join(allowed)}"
            raise ValueError(fault)

    return check


def read_query_file(path: Path, kind: HeaderKind) -> tuple[QueryHeader, str]:
    """Return the header of a file and its whole text.

    Args:
        path: the file.
        kind: the keys that its header must and may have.

    Raises:
        MandataError: the header is not valid, or its name is not that of the file; lists all faults.
    """
    text = path.read_text(encoding="utf-8")
    return read_header(text, str(path), kind, path.stem), text


def read_header(text: str, where: str, kind: HeaderKind, name: str | None = None) -> QueryHeader:
    """Return the header with which a text begins.

    Args:
        text: the text of a query file.
        where: the file, as messages name it.
        kind: the keys that the header must and may have.
        name: the required name, if there is one.

    Raises:
        MandataError: a line is unknown, missing, repeated or not valid; lists all faults.
    """
    lines: _Lines = {}
    faults = sorted([*_read_lines(text, kind, lines), *_check(lines, kind, name)], key=lambda fault: fault[0])
    if faults:
        (line, first), *others = faults
        what = "; ".join([first, *(f"line {number}: {each}" for number, each in others)])
        code, mend = f"{kind.name}-header", f"write lines # key: value, of {', '.join(kind.keys)}"
        raise MandataError(code, what, f"{where}:{line}", mend)
    values = {key: tuple(value for _, value in numbered) for key, numbered in lines.items()}
    words = {language: values[key][0] for key, language in LANGUAGES.items()}
    return QueryHeader(
        values["name"][0], words, {key: values[key] for key in values if key not in {"name", *LANGUAGES}}
    )


def _read_lines(text: str, kind: HeaderKind, lines: _Lines) -> Iterator[tuple[int, str]]:
    """Fill ``lines`` with the lines of a header by key; yield the number and the fault of each wrong line."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            return
        match = _LINE.match(line)
        if not match or match["key"] not in kind.keys:
            yield number, f"this line of the header is unknown: {line}"
        elif match["key"] in lines and match["key"] not in kind.repeated:
            yield number, f"'{match['key']}' stands twice"
        else:
            lines.setdefault(match["key"], []).append((number, match["value"]))


def _check(lines: _Lines, kind: HeaderKind, name: str | None) -> Iterable[tuple[int, str]]:
    """Yield each key that is missing or has a value that is not valid, with the number of its line."""
    yield from ((1, f"the header has no '{key}'") for key in kind.required if key not in lines)
    for number, value in lines.get("name", ()):
        if name is not None and value != name:
            yield number, f"the header has another name than the file: {value}"
    for key, check in kind.checks.items():
        for number, value in lines.get(key, ()):
            try:
                check(value)
            except ValueError as error:
                yield number, f"{key}: {value}: {error}"
