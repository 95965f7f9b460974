"""The body of an endpoint's reply as a file for a parser: no document type in XML, legal labels of blank nodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, Final, cast

from mandata.errors import MandataError
from mandata.query.http_client import HttpReply
from mandata.rdf.xml_doctype import DoctypeRefusingStream, Readable

# Virtuoso 7 names a blank node nodeID://b10001. Within a literal JSON escapes the quote, XML the <, and neither the
# other: the words "the tag <bnode>a</bnode>" stand in JSON as they are
_JSON_NODE: Final = re.compile(rb'("bnode"\s*,\s*"value"\s*:\s*")([^"]*)')
_XML_NODE: Final = re.compile(rb"(<bnode>)([^<]*)")
_SIGN: Final = re.compile(rb'"bnode"|<bnode>')
_LONGEST: Final = 256  # bytes of a blank node, and of what stands before it
_LEGAL: Final = re.compile(rb"\w+")


class ReplyBody:
    """The body of a reply, as a file that is read.

    Args:
        reply: a reply of which nothing has been read.
        fault: returns what is raised if the connection fails, or the time limit is over.
    """

    def __init__(self, reply: HttpReply, fault: Callable[[OSError], MandataError]) -> None:
        self.media_type: str = reply.media_type
        self._reply, self._fault = reply, fault

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most so many, on which the parser insists; none at the end.

        Raises:
            MandataError: they are too many, are cut off, or come too late.
        """
        try:
            return self._reply.read(size)
        except OSError as error:
            raise self._fault(error) from error

    def as_file(self) -> IO[bytes]:
        """Return it as a file of RDF; XML with a document type is refused as it is read."""
        return cast("IO[bytes]", self._without_doctype())

    def as_results_file(self) -> IO[bytes]:
        """Return it as a file of SPARQL results in JSON or XML, every blank node with a label that RDF allows."""
        node = _XML_NODE if self._is_xml else _JSON_NODE
        return cast("IO[bytes]", _LegalBlankNodes(self._without_doctype(), node))

    @property
    def _is_xml(self) -> bool:
        return self.media_type.endswith("xml")

    def _without_doctype(self) -> Readable:
        return DoctypeRefusingStream(self, self._reply.url) if self._is_xml else self


class _LegalBlankNodes:
    """A file in which blank nodes have legal labels; what may be half a blank node waits for its other half.

    Args:
        body: the results.
        node: what finds a blank node in their format: what stands before its label, and the label.
    """

    def __init__(self, body: Readable, node: re.Pattern[bytes]) -> None:
        self._body, self._node = body, node
        self._rest, self._ready, self._ended = b"", b"", False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        while not self._ready and not self._ended:
            piece = self._body.read()
            self._ended = not piece
            block = self._rest + piece
            place = len(block) if self._ended else _complete_length(block)
            self._ready, self._rest = self._node.sub(_legal_label, block[:place]), block[place:]
        end = size if size > 0 else len(self._ready)
        read, self._ready = self._ready[:end], self._ready[end:]
        return read


def _complete_length(block: bytes) -> int:
    """Return how much of a block surely has no part of a blank node whose other part is still to come."""
    signs = [sign.start() for sign in _SIGN.finditer(block, max(0, len(block) - _LONGEST))]
    return signs[-1] if signs else max(0, len(block) - len(b'"bnode"') + 1)


def _legal_label(node: re.Match[bytes]) -> bytes:
    return node[1] + (node[2] if _LEGAL.fullmatch(node[2]) else b"b" + node[2].hex().encode())
