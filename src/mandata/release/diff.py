"""The difference of two releases, by document and by statement: as text, JSON and TriG."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.kb.recovery import recover
from mandata.kb.statements import read_quads
from mandata.package_data import read_yaml
from mandata.rdf.canonical import nquads
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import BASE, ID
from mandata.rdf.natural_order import natural_sort_key
from mandata.rdf.turtle import trig
from mandata.release.describe.terms import NAMESPACES, Term, link, node, number, statements_about

_KINDS: Final = {"came": "as:Create", "went": "as:Delete", "changed": "as:Update"}
_DUMPS: Final = "dump/mandata-*.nq.gz"
_PARTS: Final = ("-asserted.nq.gz", "-inferred.nq.gz", "-evidence.nq.gz")


@dataclass(frozen=True, slots=True)
class ThingChange:
    """The difference in one thing or document, as sorted canonical N-Quads; ``kind`` is came, went or changed."""

    name: str
    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def line(self, language: str = "en") -> str:
        """Return the change as one line of text."""
        templates = _templates()[language]
        parts = {"name": self.name, "added": len(self.added), "removed": len(self.removed)}
        return templates["line"].format(kind=templates[self.kind], **parts)


def compare(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> list[ThingChange]:
    """Return the changes from the ``old`` statements to the ``new`` ones, in natural order of the things.

    Statements about a part of a document count as changes of the document.
    """
    before, after = _by_thing(old), _by_thing(new)
    names = sorted({*before, *after}, key=natural_sort_key)
    return [
        ThingChange(name, _kind(name, before, after), *_difference(before.get(name, set()), after.get(name, set())))
        for name in names
        if before.get(name) != after.get(name)
    ]


def read_release(place: Path) -> list[ox.Quad]:
    """Return the statements of a release or a knowledge base in a folder, or of a file of RDF, compressed or not.

    Raises:
        MandataError: there is none of these.
    """
    recover(place)
    if place.is_file():
        return _read_file(place)
    dumps = [path for path in sorted(place.glob(_DUMPS)) if not path.name.endswith(_PARTS)]
    if len(dumps) == 1:
        return _read_file(dumps[0])
    if (place / layout.STORE).is_dir():
        return list(KnowledgeBase(place).statements.together)
    mend = "name a release, a knowledge base, or a file of N-Quads"
    raise MandataError("release", "there is no release here", str(place), mend)


def as_lines(changes: Sequence[ThingChange], statements: bool, language: str = "en") -> Iterator[str]:
    """Yield a line for each change, and one with their number.

    Args:
        changes: the changes in their order.
        statements: whether to yield each removed and added statement too, after ``-`` or ``+``.
        language: the language of the text.
    """
    for change in changes:
        yield change.line(language)
        if statements:
            yield from (f"  - {line}" for line in change.removed)
            yield from (f"  + {line}" for line in change.added)
    yield _templates()[language]["all"].format(number=len(changes))


@cache
def _templates() -> dict[str, dict[str, str]]:
    """Return the message templates by language."""
    templates: dict[str, dict[str, str]] = read_yaml(Path(__file__).with_suffix(".yaml"))
    return templates


def as_json(changes: Iterable[ThingChange]) -> list[dict[str, Any]]:
    """Return the changes as a list for JSON."""
    return [
        {"thing": change.name, "change": change.kind, "added": list(change.added), "removed": list(change.removed)}
        for change in changes
    ]


def as_trig(changes: Iterable[ThingChange]) -> str:
    """Return the changes as activities in TriG; the added and the removed triples of each thing are in named graphs."""
    quads: list[ox.Quad] = []
    for change in changes:
        iri = f"{BASE}change/{quote(change.name, safe='')}"
        added, removed = f"{iri}/added", f"{iri}/removed"
        about: dict[str, Term | list[Term]] = {
            "rdf:type": node(_KINDS[change.kind]),
            "as:object": link(change.name if ":" in change.name else ID + change.name),
            "as:result": [link(added)] if change.added else [],
            "as:origin": [link(removed)] if change.removed else [],
        }
        quads += statements_about(iri, about)
        for graph, lines in ((added, change.added), (removed, change.removed)):
            triples = {quad.triple for quad in _parse(lines)}
            quads += statements_about(graph, {"void:triples": number(len(triples))}) if triples else ()
            quads += [ox.Quad(triple.subject, triple.predicate, triple.object, link(graph)) for triple in triples]
    return trig(quads, NAMESPACES)


def _kind(name: str, before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> str:
    return "changed" if name in before and name in after else "came" if name in after else "went"


def _difference(before: set[str], after: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(after - before)), tuple(sorted(before - after))


def _by_thing(quads: Iterable[ox.Quad]) -> dict[str, set[str]]:
    things: dict[str, set[str]] = {}
    for line in nquads(quads).split("\n")[:-1]:
        things.setdefault(_thing(line[1 : line.index("> ")]), set()).add(line)
    return things


def _thing(iri: str) -> str:
    """Return the local name of the document that an IRI belongs to, or of the thing; any other IRI unchanged."""
    return read_name(iri.removeprefix(ID)).document if iri.startswith(ID) else iri


def _parse(lines: Iterable[str]) -> Iterator[ox.Quad]:
    return ox.parse("".join(f"{line}\n" for line in lines), format=ox.RdfFormat.N_QUADS)


def _read_file(path: Path) -> list[ox.Quad]:
    if path.suffix != ".gz":
        return list(read_quads(path))
    try:
        data = gzip.decompress(path.read_bytes())
        return list(ox.parse(data, format=ox.RdfFormat.from_extension(path.with_suffix("").suffix[1:])))
    except (OSError, EOFError, SyntaxError) as error:
        raise MandataError("release", f"is damaged: {error}", str(path), "publish it again") from error
