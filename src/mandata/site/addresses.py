"""Where each IRI leads: to a page and an anchor on it. ``w3id/.htaccess`` says the same in rules for a web server.

A thing that is part of another stands on its page: ``id:A_RES_72_7.pp2`` at ``id/A_RES_72_7.html#pp2``. So do the
adoption of a document and the meetings of a session. Ten thousand documents stay some ten thousand pages.
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
_OPENABLE: Final = ("http://", "https://")
_PLAIN: Final = re.compile(r"[^\W.][\w.,'()~-]*")
_LONGEST: Final = 200
_SAFE: Final = "'()~,-._"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page, without its language and ending, and an anchor on it; an empty anchor is the page as a whole."""

    page: str
    anchor: str = ""


class Addresses:
    """Finds the address of an IRI; ``known`` tells of which IRIs something is stated."""

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = known
        self.of = lru_cache(maxsize=500_000)(self._of)

    def _of(self, iri: str) -> Address | None:
        """Return where an IRI leads; None where it is not ours."""
        if iri.startswith(ID):
            return self._of_thing(iri.removeprefix(ID))
        if iri.startswith(MD):
            return Address(ONTOLOGY, iri.removeprefix(MD))
        if iri == HOME + ONTOLOGY:
            return Address(ONTOLOGY)
        if iri.startswith(SCHEME):
            scheme, _, concept = iri.removeprefix(SCHEME).partition("/")
            return Address(f"scheme/{named(scheme)}", concept)
        if iri.startswith(GRAPH):
            name = iri.removeprefix(GRAPH)
            return self._of_thing(name) if self._known(ID + name) else Address(DATA, name)
        return None

    def _of_thing(self, name: str) -> Address:
        if found := _OF_DOCUMENT.fullmatch(name):
            return Address(f"id/{named(self._whole(found['page']))}", found["anchor"])
        if found := _OF_SESSION.fullmatch(name):
            return Address(f"id/{named('session-' + found['session'])}", f"{found['kind']}-{found['number']}")
        whole = self._whole(name)
        return Address(f"id/{named(whole)}", name.removeprefix(whole).removeprefix("."))

    def _whole(self, name: str) -> str:
        """Return what a thing is part of by its name: the shortest beginning that is a thing, as ``A_C.2_72_3`` is."""
        parts = name.split(".")
        wholes = (".".join(parts[:end]) for end in range(1, len(parts)))
        return next((whole for whole in wholes if self._known(ID + whole)), name)


def named(local: str) -> str:
    """Return a local name as the name of a file: as it is, save what could leave the folder or is too long."""
    if _PLAIN.fullmatch(local) and len(local.encode()) <= _LONGEST:
        return local
    return quote(local, safe="").replace(".", "%2E").replace("%", "~")[:_LONGEST]


def locals_of(name: str) -> Iterator[str]:
    """Yield the local names that ``named`` may have made this name of a file of."""
    if _PLAIN.fullmatch(name):
        yield name
    yield unquote(name.replace("~", "%"))


def href(path: str, anchor: str = "") -> str:
    """Return a path and an anchor as they stand in a link."""
    return quote(path, safe="/" + _SAFE) + (f"#{quote(anchor, safe='/:' + _SAFE)}" if anchor else "")


def uri(iri: str) -> str:
    """Return an IRI as it stands in a field of HTTP, in plain signs alone."""
    return quote(iri, safe=":/?#[]@!$&'()*+,;=%~-._")


def openable(iri: str) -> str:
    """Return an outside IRI that a reader may follow; empty for any other, such as ``javascript:``."""
    return iri if iri.startswith(_OPENABLE) else ""
