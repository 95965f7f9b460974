"""RDF/XML and SPARQL results in XML without a document type: the entities of one of 709 bytes took 4.5 GB when read."""

from __future__ import annotations

from typing import Final, Protocol

from mandata.errors import MandataError

_DOCTYPE: Final = b"<!doctype"
_MEND: Final = "replace its entities by what they stand for, or write Turtle"


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return what comes next, at most so many bytes; nothing at the end."""


class WithoutDoctype:
    """A stream of XML that ends with an error where it declares a document type, wherever that stands."""

    def __init__(self, stream: Readable, where: str) -> None:
        """Take a stream, and where it comes from, for the error."""
        self._stream, self._where, self._before = stream, where, b""

    def read(self, size: int = -1) -> bytes:
        """Return what comes next, at most so many bytes.

        Raises:
            MandataError: a document type is declared.
        """
        piece = self._stream.read(size)
        seen = self._before + piece.lower()
        if _DOCTYPE in seen:
            raise MandataError("xml-doctype", "XML that declares a document type is refused", self._where, _MEND)
        self._before = seen[-len(_DOCTYPE) + 1 :]
        return piece
