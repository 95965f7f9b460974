"""How a document is divided: its sections, and the resolutions, known by letters, that stand together in it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from pyoxigraph import Literal

from mandata.document.model import Document, LetteredPart, Section
from mandata.errors import MandataError
from mandata.graph.document import class_of, state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.statements import day, whole, words
from mandata.identity.model import Identity
from mandata.rdf.local_names import Name
from mandata.reading import Reading
from mandata.un import symbol

Json = dict[str, Any]


def state_divisions(
    reading: Reading, identity: Identity, local: str, witness: Witness, stated: Container[str] = ()
) -> None:
    """State the sections and the lettered resolutions of a document.

    Of those that another language version has ``stated``, by their paths, only the titles in this language are.
    """
    document = reading.document
    for position, part in enumerate(document.parts, 1):
        _state_part(part, position, reading, identity, local, witness)
    for section, holder in _sections(document):
        name = str(Name(local, section.path))
        if section.path not in stated:
            _state_section(section, name, str(Name(local, section.within or holder)), witness)
        if section.title:
            title = words(section.title.chars, document.language)
            witness.at(*section.title.runs()).add(name, "title", title)


def _sections(document: Document) -> Iterator[tuple[Section, str | None]]:
    """Yield each section, and the path of the part or annex that it is of; None where it is of the whole."""
    letters = {part.path for part in document.parts}
    for section in document.sections:
        letter = section.path.partition(".")[0]
        yield section, letter if letter in letters else None
    for annex in document.annexes:
        yield from ((section, annex.path) for section in annex.sections)


def _state_section(section: Section, name: str, holder: str, witness: Witness) -> None:
    headed = witness.at(section.span)
    headed.a(name, "Section")
    headed.add(holder, "hasPart", name)
    headed.add(name, "position", whole(section.position))
    headed.add(name, "number", Literal(section.number) if section.number else None)


def _state_part(  # noqa: PLR0913, PLR0917 - the reading, its identity and name, and where what it says is put
    part: LetteredPart, position: int, reading: Reading, identity: Identity, local: str, witness: Witness
) -> None:
    """State a resolution that stands with others in one document: one of its own, held by the versions of the whole."""
    document, lettered = reading.document, witness.at(part.letter.span)
    head, name = document.masthead, str(Name(local, part.path))
    if own := part_symbol(identity.symbol, part.path):
        state_symbol(lettered, own, class_of(document))
    else:
        lettered.a(name, class_of(document))
    lettered.add(local, "hasPart", name)
    lettered.add(name, "position", whole(position))
    if part.title:
        witness.at(*part.title.runs()).add(name, "title", words(part.title.chars, document.language))
    if head.adopted and head.acting:
        adopted = witness.at(head.adopted.span)
        adopted.add(name, "adoptedOn", day(head.adopted.value))
        adopted.add(name, "adoptedBy", head.acting)


def part_symbol(whole_symbol: str | None, letter: str) -> str | None:
    """Return the symbol of a lettered resolution, A/RES/53/243 A in A/RES/53/243; None where it can have none."""
    if whole_symbol is None:
        return None
    try:
        parsed = symbol.parse(whole_symbol)
        bare = whole_symbol.removesuffix(f" {parsed.letters}") if parsed.letters else whole_symbol
        return str(symbol.parse(f"{bare} {letter}"))
    except MandataError:  # of a draft: A/C.1/72/L.5 has no letters
        return None


def divisions_json(document: Document, identity: Identity) -> Json:
    """Return the same for the record of a document."""
    return {
        "sections": [_section(section) for section, _ in _sections(document)],
        "parts": [
            {
                "letter": part.path,
                "symbol": part_symbol(identity.symbol, part.path),
                "title": part.title.chars if part.title else None,
                "enacting_formula": part.enacting_formula.value,
                "meeting": part.meeting.value if part.meeting else None,
            }
            for part in document.parts
        ],
    }


def _section(section: Section) -> Json:
    title = section.title.chars if section.title else None
    place = {"start": section.span[0], "end": section.span[1]}
    return {"path": section.path, "n": section.number, "title": title, "within": section.within, **place}
