"""The documents within one request, as a form with files sends them: multipart/form-data, RFC 7578."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import PurePosixPath
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.server.formats import GRAPHS

MULTIPART: Final = "multipart/form-data"
_MOST: Final = 1000
_NO_KIND: Final = ("", "text/plain", "application/octet-stream")  # what clients say of a file that they do not know


def boundary_of(content_type: str) -> str:
    """Return what parts the documents, empty where the request does not say it."""
    told = Message()
    told["content-type"] = content_type
    return told.get_boundary("") or ""


def documents(body: bytes, boundary: str) -> list[tuple[str, bytes]]:
    """Return the media type and the bytes of each document.

    Raises:
        MandataError: there is none, there are too many, or the last one has no end.
    """
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("ascii", "replace"))
    if not boundary or len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise MandataError("multipart", "the parts of the request are not whole", "the request", "send its last line")
    if len(pieces) > _MOST:
        raise MandataError("multipart", f"the request has more than {_MOST} parts", "the request", "send fewer")
    return [_document(piece) for piece in pieces[1:-1]]


def _document(piece: bytes) -> tuple[str, bytes]:
    head, _, data = piece.lstrip(b" \t").removeprefix(b"\r\n").partition(b"\r\n\r\n")
    fields = BytesHeaderParser().parsebytes(head + b"\r\n\r\n")
    kind = fields.get_content_type() if fields["content-type"] else ""
    return (_by_name(fields.get_filename("")) if kind in _NO_KIND else kind), data


def _by_name(name: str) -> str:
    """Return the media type that the ending of a file's name stands for, empty where it is none of a graph."""
    form = ox.RdfFormat.from_extension(PurePosixPath(name).suffix.removeprefix("."))
    return next((kind for kind, known in GRAPHS.items() if known == form), "")
