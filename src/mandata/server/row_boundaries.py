"""Where rows begin in the bytes that the engine writes, so that an answer can be cut between two of them.

The engine writes rows as fast as it finds them, and knows no limit. Looking at its bytes a block at a time takes a
small part of the time that writing them took; each sign that parts rows is looked for outside strings alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

_NUMBER: Final = re.compile(rb"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")
_FIELD: Final = re.compile(rb'"(?:[^"]|"")*"|[^,\r\n"]+')
_FORMULA: Final = re.compile(rb'(?:\A|[,\n"])[=+\-@\t]')


class Parting(Protocol):
    """How a format parts its rows."""

    @property
    def first(self) -> int:
        """The number of partings before the first row."""
        ...

    def judged(self, block: bytes) -> int:
        """Return how much of the block can be judged before the next one is there."""
        ...

    def count(self, block: bytes, inside: int) -> tuple[int, int]:
        """Return the number of partings, and whether the block ends inside a string; ``inside``: it begins so."""
        ...

    def places(self, block: bytes, inside: int) -> Iterator[int]:
        """Yield where each parting stands."""
        ...

    def ending(self, most: int) -> bytes:
        """Return what ends an answer cut at a parting, with a sign of it; none where the format has no room."""
        ...


class JsonParting:
    """SPARQL 1.1 Query Results JSON: between rows, and nowhere else outside strings, stands ``},{``."""

    first: Final = 0
    _token: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?|\},\{', re.DOTALL)
    _rest: Final = re.compile(rb'(?:[^"\\]|\\.)*"?', re.DOTALL)

    def judged(self, block: bytes) -> int:
        """Leave what may be half a parting, or half an escaped letter, for the next block."""
        return len(block.rstrip(b"},\\"))

    def count(self, block: bytes, inside: int) -> tuple[int, int]:
        """Take escaped letters out, then every second piece between quotes is outside strings."""
        plain = block.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in block else block
        pieces = plain.split(b'"')
        return b'"'.join(pieces[inside::2]).count(b"},{"), (inside + len(pieces) - 1) & 1

    def places(self, block: bytes, inside: int) -> Iterator[int]:
        """Yield where the brace ends that closes a row."""
        rest = self._rest.match(block) if inside else None
        tokens = self._token.finditer(block, rest.end() if rest else 0)
        return (token.start() + 1 for token in tokens if token[0] == b"},{")

    def ending(self, most: int) -> bytes:
        """Return the end with a member ``truncated`` beside ``results``."""
        return b']},"truncated":{"rows":%d,"message":"%s"}}' % (most, sign(most))


class XmlParting:
    """SPARQL Query Results XML: a row begins with its tag; in text every ``<`` is escaped."""

    first: Final = 1
    _row: Final = re.compile(rb"<result\s*/?>")

    def judged(self, block: bytes) -> int:
        """Leave a tag that is not closed for the next block."""
        last = block.rfind(b"<")
        return len(block) if last < 0 or b">" in block[last:] else last

    def count(self, block: bytes, inside: int) -> tuple[int, int]:
        """Count the tags."""
        return len(self._row.findall(block)), inside

    def places(self, block: bytes, inside: int) -> Iterator[int]:  # noqa: ARG002 - nothing of it is inside a string
        """Yield where a row's tag begins."""
        return (row.start() for row in self._row.finditer(block))

    def ending(self, most: int) -> bytes:
        """Return the end with a comment."""
        return b"</results><!-- %s --></sparql>" % sign(most)


class LineParting:
    """SPARQL 1.1 Query Results CSV and TSV: lines, names first; in CSV a line may end within quotes, and is text."""

    first: Final = 1
    _token: Final = re.compile(rb'"[^"]*"?|\n')
    _rest: Final = re.compile(rb'[^"]*"?')

    def judged(self, block: bytes) -> int:
        """Leave the end of a line for the next block: it parts rows only where another follows."""
        return len(block.rstrip(b"\r\n"))

    def count(self, block: bytes, inside: int) -> tuple[int, int]:
        """Count the ends of lines in every second piece between quotes; a doubled quote is two of them."""
        pieces = block.split(b'"')
        return b'"'.join(pieces[inside::2]).count(b"\n"), (inside + len(pieces) - 1) & 1

    def places(self, block: bytes, inside: int) -> Iterator[int]:
        """Yield where a line has ended."""
        rest = self._rest.match(block) if inside else None
        tokens = self._token.finditer(block, rest.end() if rest else 0)
        return (token.end() for token in tokens if token[0] == b"\n")

    def ending(self, most: int) -> bytes:  # noqa: ARG002 - the promise of all formats
        """Return nothing: the head of the answer tells."""
        return b""


class TabParting(LineParting):
    """SPARQL 1.1 Query Results TSV: ends of lines and quotes within a term are escaped, so every line is a row."""

    def count(self, block: bytes, inside: int) -> tuple[int, int]:
        """Count the ends of lines."""
        return block.count(b"\n"), inside

    def places(self, block: bytes, inside: int) -> Iterator[int]:  # noqa: ARG002 - nothing of it is inside a string
        """Yield where a line has ended."""
        return (end.end() for end in re.finditer(rb"\n", block))


class Cutter:
    """An answer that ends behind so many rows; told block by block."""

    def __init__(self, parting: Parting, most: int) -> None:
        self._parting, self._most, self._left = parting, most, most + parting.first
        self._held, self._inside, self.full = b"", 0, False

    def take(self, block: bytes) -> bytes:
        """Return what of the answer is sure; once there is a row too many, its end, and the cutter is ``full``."""
        block = self._held + block
        size = self._parting.judged(block)
        block, self._held = block[:size], block[size:]
        found, inside = self._parting.count(block, self._inside)
        if found < self._left:
            self._left, self._inside = self._left - found, inside
            return block
        self.full = True
        places = self._parting.places(block, self._inside)
        place = next(place for number, place in enumerate(places, 1) if number == self._left)
        return block[:place] + self._parting.ending(self._most)

    def rest(self) -> bytes:
        """Return what was left to judge when nothing follows."""
        return b"" if self.full else self._held


def sign(most: int) -> bytes:
    """Return the words that say that an answer was cut, the same in every format."""
    return b"truncated: the answer has more than %d rows; LIMIT and OFFSET show the others" % most


def without_formulas(table: bytes) -> bytes:
    """Return CSV in which no text begins as a formula of a spreadsheet does; numbers stay as they are."""
    return _FIELD.sub(_neutral, table) if _FORMULA.search(table) else table


def _neutral(field: re.Match[bytes]) -> bytes:
    quote = b'"' if field[0].startswith(b'"') else b""
    text = field[0][len(quote) :]
    if not text.startswith((b"=", b"+", b"-", b"@", b"\t")) or _NUMBER.fullmatch(text.removesuffix(quote)):
        return field[0]
    return quote + b"'" + text
