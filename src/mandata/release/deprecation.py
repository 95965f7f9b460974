"""Names that an earlier release used and this one does not: each stays deprecated, with its successor or the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.rdf.local_names import graph, read_name, term, thing
from mandata.rdf.namespaces import ID, XSD
from mandata.release.describe.terms import LANGUAGES, link, publication, statements_about
from mandata.release.edition import Edition

DEPRECATED: Final = graph("deprecated")
_PLACE: Final = ox.NamedNode(DEPRECATED)
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
_CHECKSUM: Final = term("checksum")


def deprecations(previous: Sequence[ox.Quad], current: Sequence[ox.Quad], edition: Edition) -> list[ox.Quad]:
    """Return the deprecation of each local name that the previous statements use and the current ones do not.

    A document that was renamed, such as one whose symbol was found, is recognised by the checksum of its file; the
    successor of a part is the part of that name, if it still exists, else the document. Earlier notes stay unchanged.

    Args:
        previous: the statements of the release before; empty for the first release.
        current: the statements of this release.
        edition: this release, which the notes name.
    """
    if not previous:
        return []
    current_names, renamed = _names(current), _renamed_documents(previous, current)
    earlier_notes: dict[str, list[ox.Quad]] = {}
    for quad in previous:
        if quad.graph_name == _PLACE:
            earlier_notes.setdefault(_local_name(quad.subject), []).append(quad)
    notes: list[ox.Quad] = []
    for name in sorted(_names(previous) - current_names):
        notes += earlier_notes.get(name) or _deprecation_note(name, _successor(name, renamed, current_names), edition)
    return notes


def _names(quads: Iterable[ox.Quad]) -> set[str]:
    return {name for quad in quads if (name := _local_name(quad.subject))}


def _local_name(subject: object) -> str:
    """Return the local name of a subject in our namespace; empty for anything else."""
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    return iri.removeprefix(ID) if iri.startswith(ID) else ""


def _renamed_documents(previous: Iterable[ox.Quad], current: Iterable[ox.Quad]) -> dict[str, str]:
    """Return the current name of each document whose file belonged to another name before, by that name."""
    old, new = _by_checksum(previous), _by_checksum(current)
    return {name: new[checksum] for checksum, name in old.items() if new.get(checksum, name) != name}


def _by_checksum(quads: Iterable[ox.Quad]) -> dict[str, str]:
    files = [
        (quad.object.value, read_name(_local_name(quad.subject)).document)
        for quad in quads
        if quad.predicate.value == _CHECKSUM and isinstance(quad.object, ox.Literal)
    ]
    return dict(sorted(files, reverse=True))  # of two names of one file, the first in alphabetical order


def _successor(name: str, renamed: Mapping[str, str], current_names: set[str]) -> str | None:
    document = read_name(name).document
    if document not in renamed:
        return None
    same = renamed[document] + name.removeprefix(document)
    return same if same in current_names else renamed[document]


def _deprecation_note(name: str, successor: str | None, edition: Edition) -> Iterator[ox.Quad]:
    reason = publication()["gone"]
    words = [
        ox.Literal(reason[language].format(version=edition.version, prior=edition.prior), language=language)
        for language in LANGUAGES
    ]
    about = {"owl:deprecated": _TRUE} | (
        {"dcterms:isReplacedBy": [link(thing(successor))]} if successor else {"skos:historyNote": words}
    )
    for quad in statements_about(thing(name), about):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, _PLACE)
