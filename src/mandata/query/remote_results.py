"""What another server sends, read as it comes: bounded, whole or refused, its blank nodes named as RDF allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import IO, Final, cast

from mandata.errors import MandataError
from mandata.rdf.without_doctype import Readable, WithoutDoctype

_PIECE: Final = 1 << 16
# Virtuoso 7 names a blank node nodeID://b10001 in JSON and XML; in a string of JSON or XML the quote, or <, is escaped
_NODE: Final = re.compile(rb'("bnode"\s*,\s*"value"\s*:\s*"|<bnode>)([^"<]*)')
_SIGN: Final = re.compile(rb'"bnode"|<bnode>')
_LONGEST: Final = 256  # bytes of a blank node, and of what stands before it
_LEGAL: Final = re.compile(rb"\w+")


class Body:
    """The body of an answer, as a file that is read.

    Args:
        response: the answer, of which nothing has been read.
        most: bytes that it may have.
        fault: what is raised where the wire fails.
    """

    def __init__(self, response: HTTPResponse, most: int, fault: Callable[[Exception], MandataError]) -> None:
        self.kind = response.headers.get_content_type()
        self.cut_behind = response.headers.get("X-SPARQL-MaxRows", "")  # as Virtuoso tells it
        self._response, self._left, self._most, self._fault = response, most, most, fault

    def read(self, size: int = -1) -> bytes:
        """Return what comes next, at most so many bytes, which the parser insists on; nothing at the end.

        Raises:
            MandataError: it is too much, or is cut off.
        """
        try:
            piece = self._response.read1(size if size > 0 else _PIECE)
        except (HTTPException, OSError) as error:
            raise self._fault(error) from error
        if not piece and self._response.length:
            raise self._fault(ConnectionError("the answer is cut off"))
        self._left -= len(piece)
        if self._left < 0:
            raise MandataError("endpoint-size", f"sends more than {self._most} bytes", "", "ask for less at a time")
        return piece

    def as_file(self) -> IO[bytes]:
        """Return it as a file; XML with a document type is refused as it is read."""
        return cast("IO[bytes]", self._checked())

    def as_named(self) -> IO[bytes]:
        """Return it so, every blank node of a result in JSON or XML under a name that RDF allows."""
        return cast("IO[bytes]", _Named(self._checked()))

    def _checked(self) -> Readable:
        return WithoutDoctype(self, self._response.geturl()) if self.kind.endswith("xml") else self


class _Named:
    """Blocks are renamed one at a time; what may be half a blank node waits for the rest."""

    def __init__(self, body: Readable) -> None:
        self._body, self._held, self._named, self._ended = body, b"", b"", False

    def read(self, size: int = -1) -> bytes:
        """Return what comes next, at most so many bytes."""
        while not self._named and not self._ended:
            piece = self._body.read()
            self._ended = not piece
            block = self._held + piece
            place = len(block) if self._ended else _judged(block)
            self._named, self._held = _NODE.sub(_renamed, block[:place]), block[place:]
        end = size if size > 0 else len(self._named)
        read, self._named = self._named[:end], self._named[end:]
        return read


def _judged(block: bytes) -> int:
    """Return how much of a block is sure to hold no part of a blank node whose other part is still to come."""
    signs = [sign.start() for sign in _SIGN.finditer(block, max(0, len(block) - _LONGEST))]
    return signs[-1] if signs else max(0, len(block) - len(b'"bnode"') + 1)


def _renamed(node: re.Match[bytes]) -> bytes:
    return node[1] + (node[2] if _LEGAL.fullmatch(node[2]) else b"b" + node[2].hex().encode())
