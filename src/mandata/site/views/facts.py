"""What is stated of a thing, as rows of a property's name and its values; the same on every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mandata.rdf.namespaces import MD, OWL
from mandata.site.labels import Link, Shown
from mandata.site.resources import TYPE, Words, prefixed

MOST: Final = 300
"""How many values of a row a page shows; it says how many more there are."""

NAMING: Final = frozenset({"rdfs:label", "skos:prefLabel", "skos:altLabel", "md:shortName", "md:title", "md:symbol"})
"""What is shown as the thing's names."""
APART: Final = frozenset({TYPE, "md:evidence", "md:hasPart", "md:isPartOf", "md:mentions"})
"""What is shown in a section of its own, on every page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A property and its values; ``more`` are those that the page has no room for."""

    name: Link
    values: tuple[Link, ...]
    more: int = 0


def rows(shown: Shown, iri: str, hidden: Iterable[str] = (), first: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return what is stated of a thing; the properties named ``first`` lead, in their order."""
    left_out = NAMING | APART | set(hidden)
    wanted = [prop for prop in shown.collection.properties(iri) if prop not in left_out]
    leading = {prop: at for at, prop in enumerate(first)}
    wanted.sort(key=lambda prop: (leading.get(prop, len(leading)), shown.term(prop).words.text, prop))
    return tuple(row(shown, prop, _told(shown, iri, prop)) for prop in wanted)


def row(shown: Shown, prop: str, values: Iterable[Link]) -> Row:
    """Return one row, cut where it is too long."""
    every = tuple(values)
    return Row(shown.term(prop), every[:MOST], max(0, len(every) - MOST))


def _told(shown: Shown, iri: str, prop: str) -> Iterator[Link]:
    """Yield the values; of words in several languages those of the reader's alone, where there are any."""
    values = shown.collection.values(iri, prop)
    ours = [one for one in values if isinstance(one, Words) and one.language == shown.language]
    for value in values:
        if not (ours and isinstance(value, Words) and value.language and value not in ours):
            yield shown.value(value)


def pointing_rows(shown: Shown, iri: str, hidden: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return what others state of a thing, where no property of its own says the same the other way round."""
    left_out = APART | set(hidden)
    found = []
    for prop in shown.collection.pointing(iri):
        if prop not in left_out and not _has_inverse(shown, prop) and not shown.is_narrower(prop, "md:cites"):
            told = row(shown, prop, shown.links(shown.collection.bearers(prop, iri)))
            said = shown.say["pointing"].get(prop)
            found.append(replace(told, name=Link(Words(said, shown.language))) if said else told)
    return tuple(found)


def _has_inverse(shown: Shown, prop: str) -> bool:
    iri = prop.replace("md:", MD, 1)
    inverse = prefixed(OWL + "inverseOf")
    return bool(shown.collection.things(iri, inverse) or shown.collection.bearers(inverse, iri))


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called in one language, the name it goes by first."""

    language: str
    names: tuple[Words, ...]


def names(shown: Shown, iri: str) -> tuple[Name, ...]:
    """Return all names of a thing by language, the reader's first."""
    found: dict[str, dict[Words, None]] = {}
    for prop in ("md:title", "rdfs:label", "skos:prefLabel", "md:shortName", "skos:altLabel"):
        for words in shown.collection.words(iri, prop):
            found.setdefault(words.language, {})[Words(words.text, words.language)] = None
    known = {word.text for language, each in found.items() if language for word in each}
    if "" in found:
        found[""] = {word: None for word in found[""] if word.text not in known}
    ordered = sorted((each for each in found if found[each]), key=lambda each: (each != shown.language, each))
    return tuple(Name(language, tuple(found[language])) for language in ordered)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A document that names a thing, and the parts of it that do."""

    document: Link
    parts: tuple[Link, ...]


def mentioned_in(shown: Shown, iri: str) -> tuple[tuple[Mentioned, ...], int]:
    """Return the documents that name a thing, and how many more there are than a page has room for."""
    found: dict[str, list[Link]] = {}
    for part in shown.collection.bearers("md:mentions", iri):
        address = shown.addresses.of(part)
        whole = part if not address or not address.anchor else part[: -len(address.anchor) - 1]
        parts = found.setdefault(whole, [])
        if part != whole:
            parts.append(Link(Words(shown.place(part), shown.language), address))
    listed = [Mentioned(shown.link(whole), tuple(parts)) for whole, parts in list(found.items())[:MOST]]
    return tuple(listed), max(0, len(found) - MOST)
