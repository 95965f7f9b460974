"""The address of each IRI: a page and an anchor on it. ``w3id/.htaccess`` has the same mapping as rewrite rules.

A part of a thing is on the page of the thing: ``id:A_RES_72_7.pp2`` at ``id/A_RES_72_7.html#pp2``. So are the adoption
of a document and the meetings of a session, so that ten thousand documents give about ten thousand pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from mandata.rdf.namespaces import GRAPH, HOME, ID, MD, SCHEME

ONTOLOGY: Final = "ontology"
DATA: Final = "data"
_OF_DOCUMENT: Final = re.compile(r"event-(?P<anchor>adoption|submission|transmission|vote)-(?P<page>.+)")
_OF_SESSION: Final = re.compile(r"(?P<kind>meeting|agenda)-(?P<session>.+)-(?P<number>[^-]+)")
_SAFE_SCHEMES: Final = ("http://", "https://")
_PLAIN: Final = re.compile(r"[^\W.][\w.,'()~-]*")
_MAX_BYTES: Final = 200
_SAFE: Final = "'()~,-._"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page, as a path without language and file extension, and an anchor on it; empty for the page itself."""

    page: str
    anchor: str = ""


class Addresses:
    """Finds the address of an IRI; ``known`` returns whether there are statements about an IRI."""

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = known
        self.of = lru_cache(maxsize=500_000)(self._of)

    def _of(self, iri: str) -> Address | None:
        """Return the address of an IRI; None if it is outside our namespaces."""
        if iri.startswith(ID):
            return self._of_thing(iri.removeprefix(ID))
        if iri.startswith(MD):
            return Address(ONTOLOGY, iri.removeprefix(MD))
        if iri == HOME + ONTOLOGY:
            return Address(ONTOLOGY)
        if iri.startswith(SCHEME):
            scheme, _, concept = iri.removeprefix(SCHEME).partition("/")
            return Address(f"scheme/{file_name(scheme)}", concept)
        if iri.startswith(GRAPH):
            name = iri.removeprefix(GRAPH)
            return self._of_thing(name) if self._known(ID + name) else Address(DATA, name)
        return None

    def _of_thing(self, name: str) -> Address:
        if match := _OF_DOCUMENT.fullmatch(name):
            return Address(f"id/{file_name(self._whole(match['page']))}", match["anchor"])
        if match := _OF_SESSION.fullmatch(name):
            return Address(f"id/{file_name('session-' + match['session'])}", f"{match['kind']}-{match['number']}")
        whole = self._whole(name)
        return Address(f"id/{file_name(whole)}", name.removeprefix(whole).removeprefix("."))

    def _whole(self, name: str) -> str:
        """Return the local name of the whole of a part: its shortest prefix that is a thing, such as ``A_C.2_72_3``."""
        parts = name.split(".")
        wholes = (".".join(parts[:end]) for end in range(1, len(parts)))
        return next((whole for whole in wholes if self._known(ID + whole)), name)


def file_name(local_name: str) -> str:
    """Return the file name for a local name: the same, unless it could escape the folder or is too long."""
    if _PLAIN.fullmatch(local_name) and len(local_name.encode()) <= _MAX_BYTES:
        return local_name
    return quote(local_name, safe="").replace(".", "%2E").replace("%", "~")[:_MAX_BYTES]


def local_names_of(name: str) -> Iterator[str]:
    """Yield the local names for which ``file_name`` may have returned a file name."""
    if _PLAIN.fullmatch(name):
        yield name
    yield unquote(name.replace("~", "%"))


def href(path: str, anchor: str = "") -> str:
    """Return a path and an anchor as a relative URL."""
    return quote(path, safe="/" + _SAFE) + (f"#{quote(anchor, safe='/:' + _SAFE)}" if anchor else "")


def uri(iri: str) -> str:
    """Return an IRI as a URI of ASCII characters, for an HTTP header."""
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%~-._")


def openable(iri: str) -> str:
    """Return an external IRI if it is safe to link to; an empty string for any other, such as ``javascript:``."""
    return iri if iri.startswith(_SAFE_SCHEMES) else ""
