"""Refuses document type declarations in RDF/XML and SPARQL results: the entities of 709 bytes expanded to 4.5 GB."""

from __future__ import annotations

from typing import Final, Protocol

from mandata.errors import MandataError

_DOCTYPE: Final = b"<!doctype"
_MEND: Final = "replace its entities by what they stand for, or write Turtle"


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most ``size``; none at the end."""


class DoctypeRefusingStream:
    """A stream of XML that raises an error when the bytes read declare a document type."""

    def __init__(self, stream: Readable, where: str) -> None:
        """Wrap a stream; ``where`` names it in the error."""
        self._stream, self._where, self._before = stream, where, b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size``.

        Raises:
            MandataError: a document type is declared.
        """
        chunk = self._stream.read(size)
        seen = self._before + chunk.lower()
        if _DOCTYPE in seen:
            raise MandataError("xml-doctype", "XML that declares a document type is refused", self._where, _MEND)
        self._before = seen[-len(_DOCTYPE) + 1 :]
        return chunk
