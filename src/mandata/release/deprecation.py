"""Names that an earlier release used and this one does not: they stay, with what took their place or the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.rdf.local_names import graph, read_name, term, thing
from mandata.rdf.namespaces import ID, XSD
from mandata.release.describe.terms import LANGUAGES, link, publication, stated
from mandata.release.edition import Edition

DEPRECATED: Final = graph("deprecated")
_PLACE: Final = ox.NamedNode(DEPRECATED)
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
_CHECKSUM: Final = term("checksum")


def deprecations(before: Sequence[ox.Quad], now: Sequence[ox.Quad], edition: Edition) -> list[ox.Quad]:
    """Return a note on each name of ours that was spoken of ``before`` and is not ``now``.

    A document that is now known by another name, such as one whose symbol was found, is told by its file, which is
    the same; its parts follow it where it still has them. What was gone before stays as it was told.
    """
    if not before:
        return []
    alive, renamed = _names(now), _renamed(before, now)
    told: dict[str, list[ox.Quad]] = {}
    for quad in before:
        if quad.graph_name == _PLACE:
            told.setdefault(_local(quad.subject), []).append(quad)
    notes: list[ox.Quad] = []
    for name in sorted(_names(before) - alive):
        notes += told.get(name) or _note(name, _successor(name, renamed, alive), edition)
    return notes


def _names(quads: Iterable[ox.Quad]) -> set[str]:
    return {name for quad in quads if (name := _local(quad.subject))}


def _local(subject: object) -> str:
    """Return the local name of one of our things; empty for anything else."""
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    return iri.removeprefix(ID) if iri.startswith(ID) else ""


def _renamed(before: Iterable[ox.Quad], now: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the name that each document has now whose file was known under another one."""
    old, new = _by_checksum(before), _by_checksum(now)
    return {name: new[checksum] for checksum, name in old.items() if new.get(checksum, name) != name}


def _by_checksum(quads: Iterable[ox.Quad]) -> dict[str, str]:
    files = [
        (quad.object.value, read_name(_local(quad.subject)).document)
        for quad in quads
        if quad.predicate.value == _CHECKSUM and isinstance(quad.object, ox.Literal)
    ]
    return dict(sorted(files, reverse=True))  # of two names of one file, the first by letters


def _successor(name: str, renamed: Mapping[str, str], alive: set[str]) -> str | None:
    document = read_name(name).document
    if document not in renamed:
        return None
    same = renamed[document] + name.removeprefix(document)
    return same if same in alive else renamed[document]


def _note(name: str, successor: str | None, edition: Edition) -> Iterator[ox.Quad]:
    reason = publication()["gone"]
    words = [
        ox.Literal(reason[language].format(version=edition.version, prior=edition.prior), language=language)
        for language in LANGUAGES
    ]
    about = {"owl:deprecated": _TRUE} | (
        {"dcterms:isReplacedBy": [link(thing(successor))]} if successor else {"skos:historyNote": words}
    )
    for quad in stated(thing(name), about):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, _PLACE)
