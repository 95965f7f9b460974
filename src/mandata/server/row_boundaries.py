"""Finds the boundaries of rows in the bytes that the engine writes, so that an answer can be cut between two rows.

The engine writes rows as fast as it finds them, and has no row limit. To search its output block by block takes a small
part of the time that writing it took; the bytes that separate rows are looked for outside strings only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

_NUMBER: Final = re.compile(rb"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")
_FIELD: Final = re.compile(rb'"(?:[^"]|"")*"|[^,\r\n"]+')
_FORMULA: Final = re.compile(rb'(?:\A|[,\n"])[=+\-@\t]')


class RowBoundaries(Protocol):
    """How a format separates its rows."""

    @property
    def before_first_row(self) -> int:
        """The number of boundaries before the first row."""
        ...

    def decidable_length(self, block: bytes) -> int:
        """Return the number of bytes of a block whose boundaries do not depend on the next block."""
        ...

    def count(self, block: bytes, in_string: int) -> tuple[int, int]:
        """Return the number of boundaries in a block, and whether it ends inside a string, 0 or 1.

        Args:
            block: bytes of an answer.
            in_string: whether the block begins inside a string, 0 or 1.
        """
        ...

    def positions(self, block: bytes, in_string: int) -> Iterator[int]:
        """Yield the position of each boundary; arguments as for ``count``."""
        ...

    def closing(self, limit: int) -> bytes:
        """Return the bytes that close an answer cut at a boundary, with a notice if the format has a place for one."""
        ...


class JsonRowBoundaries:
    """SPARQL 1.1 Query Results JSON: ``},{`` is between rows, and nowhere else outside strings."""

    before_first_row: Final = 0
    _token: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?|\},\{', re.DOTALL)
    _rest: Final = re.compile(rb'(?:[^"\\]|\\.)*"?', re.DOTALL)

    def decidable_length(self, block: bytes) -> int:
        """Leave out what may be half a boundary, or half an escape, at the end of the block."""
        return len(block.rstrip(b"},\\"))

    def count(self, block: bytes, in_string: int) -> tuple[int, int]:
        """Count ``},{`` outside strings: without escapes, every second part between quotation marks is outside."""
        plain = block.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in block else block
        pieces = plain.split(b'"')
        return b'"'.join(pieces[in_string::2]).count(b"},{"), (in_string + len(pieces) - 1) & 1

    def positions(self, block: bytes, in_string: int) -> Iterator[int]:
        """Yield the position after the brace that closes each row."""
        rest = self._rest.match(block) if in_string else None
        tokens = self._token.finditer(block, rest.end() if rest else 0)
        return (token.start() + 1 for token in tokens if token[0] == b"},{")

    def closing(self, limit: int) -> bytes:
        """Return the closing brackets, with a member ``truncated`` beside ``results``."""
        return b']},"truncated":{"rows":%d,"message":"%s"}}' % (limit, truncation_notice(limit))


class XmlRowBoundaries:
    """SPARQL Query Results XML: a row begins with a tag ``result``; in text every ``<`` is escaped."""

    before_first_row: Final = 1
    _row: Final = re.compile(rb"<result\s*/?>")

    def decidable_length(self, block: bytes) -> int:
        """Leave out a tag that is not complete at the end of the block."""
        last = block.rfind(b"<")
        return len(block) if last < 0 or b">" in block[last:] else last

    def count(self, block: bytes, in_string: int) -> tuple[int, int]:
        """Count the tags ``result``."""
        return len(self._row.findall(block)), in_string

    def positions(self, block: bytes, in_string: int) -> Iterator[int]:  # noqa: ARG002 - nothing of it is inside a string
        """Yield the position of each tag ``result``."""
        return (row.start() for row in self._row.finditer(block))

    def closing(self, limit: int) -> bytes:
        """Return the closing tags, with a comment."""
        return b"</results><!-- %s --></sparql>" % truncation_notice(limit)


class LineRowBoundaries:
    """SPARQL 1.1 Query Results CSV: a row is a line, after a header line; a line end within quotation marks is text."""

    before_first_row: Final = 1
    _token: Final = re.compile(rb'"[^"]*"?|\n')
    _rest: Final = re.compile(rb'[^"]*"?')

    def decidable_length(self, block: bytes) -> int:
        """Leave out a line end at the end of the block: it is a boundary only if another row follows."""
        return len(block.rstrip(b"\r\n"))

    def count(self, block: bytes, in_string: int) -> tuple[int, int]:
        """Count the line ends outside quotation marks; a doubled mark counts as two."""
        pieces = block.split(b'"')
        return b'"'.join(pieces[in_string::2]).count(b"\n"), (in_string + len(pieces) - 1) & 1

    def positions(self, block: bytes, in_string: int) -> Iterator[int]:
        """Yield the position after each line end."""
        rest = self._rest.match(block) if in_string else None
        tokens = self._token.finditer(block, rest.end() if rest else 0)
        return (token.end() for token in tokens if token[0] == b"\n")

    def closing(self, limit: int) -> bytes:  # noqa: ARG002 - an argument of the protocol
        """Return nothing: only the HTTP header states that the answer was cut."""
        return b""


class TabRowBoundaries(LineRowBoundaries):
    """SPARQL 1.1 Query Results TSV: line ends and quotation marks in terms are escaped, so every line is a row."""

    def count(self, block: bytes, in_string: int) -> tuple[int, int]:
        """Count the line ends."""
        return block.count(b"\n"), in_string

    def positions(self, block: bytes, in_string: int) -> Iterator[int]:  # noqa: ARG002 - nothing of it is inside a string
        """Yield the position after each line end."""
        return (end.end() for end in re.finditer(rb"\n", block))


class RowLimiter:
    """Cuts an answer after a number of rows; it is given the answer block by block."""

    def __init__(self, boundaries: RowBoundaries, limit: int) -> None:
        self._boundaries, self._limit, self._remaining = boundaries, limit, limit + boundaries.before_first_row
        self._pending, self._in_string, self.is_full = b"", 0, False

    def feed(self, block: bytes) -> bytes:
        """Return the bytes that may be sent now; at the row limit, with the closing, and ``is_full`` is then true."""
        block = self._pending + block
        size = self._boundaries.decidable_length(block)
        block, self._pending = block[:size], block[size:]
        found, in_string = self._boundaries.count(block, self._in_string)
        if found < self._remaining:
            self._remaining, self._in_string = self._remaining - found, in_string
            return block
        self.is_full = True
        positions = self._boundaries.positions(block, self._in_string)
        place = next(place for number, place in enumerate(positions, 1) if number == self._remaining)
        return block[:place] + self._boundaries.closing(self._limit)

    def rest(self) -> bytes:
        """Return the bytes that were kept back, after the last block."""
        return b"" if self.is_full else self._pending


def truncation_notice(limit: int) -> bytes:
    """Return the notice that an answer was cut after ``limit`` rows, the same in every format."""
    return b"truncated: the answer has more than %d rows; LIMIT and OFFSET show the others" % limit


def without_formulas(table: bytes) -> bytes:
    """Return CSV in which no text begins like a spreadsheet formula; numbers stay as they are."""
    return _FIELD.sub(_neutralize, table) if _FORMULA.search(table) else table


def _neutralize(field: re.Match[bytes]) -> bytes:
    quote = b'"' if field[0].startswith(b'"') else b""
    text = field[0][len(quote) :]
    if not text.startswith((b"=", b"+", b"-", b"@", b"\t")) or _NUMBER.fullmatch(text.removesuffix(quote)):
        return field[0]
    return quote + b"'" + text
