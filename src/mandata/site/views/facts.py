"""What is stated of a thing, as rows of a property's name and its values; the same on every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mandata.rdf.namespaces import MD, OWL
from mandata.site.labels import Labels, Link
from mandata.site.resources import TYPE, LiteralText, prefixed

MOST: Final = 300
"""How many values of a row a page shows; it says how many more there are."""

NAMING: Final = frozenset({"rdfs:label", "skos:prefLabel", "skos:altLabel", "md:shortName", "md:title", "md:symbol"})
"""What is shown as the thing's names."""
APART: Final = frozenset({TYPE, "md:evidence", "md:hasPart", "md:isPartOf", "md:mentions"})
"""What is shown in a section of its own, on every page."""


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A property and its values; ``more`` are those that the page has no room for."""

    name: Link
    values: tuple[Link, ...]
    more: int = 0


def rows(labels: Labels, iri: str, hidden: Iterable[str] = (), first: Iterable[str] = ()) -> tuple[PropertyRow, ...]:
    """Return what is stated of a thing; the properties named ``first`` lead, in their order."""
    left_out = NAMING | APART | set(hidden)
    wanted = [prop for prop in labels.collection.properties(iri) if prop not in left_out]
    leading = {prop: at for at, prop in enumerate(first)}
    wanted.sort(key=lambda prop: (leading.get(prop, len(leading)), labels.term(prop).words.text, prop))
    return tuple(row(labels, prop, _values_in_language(labels, iri, prop)) for prop in wanted)


def row(labels: Labels, prop: str, values: Iterable[Link]) -> PropertyRow:
    """Return one row, cut where it is too long."""
    every = tuple(values)
    return PropertyRow(labels.term(prop), every[:MOST], max(0, len(every) - MOST))


def _values_in_language(labels: Labels, iri: str, prop: str) -> Iterator[Link]:
    """Yield the values; of words in several languages those of the reader's alone, where there are any."""
    values = labels.collection.values(iri, prop)
    ours = [one for one in values if isinstance(one, LiteralText) and one.language == labels.language]
    for value in values:
        if not (ours and isinstance(value, LiteralText) and value.language and value not in ours):
            yield labels.value(value)


def incoming_rows(labels: Labels, iri: str, hidden: Iterable[str] = ()) -> tuple[PropertyRow, ...]:
    """Return what others state of a thing, where no property of its own says the same the other way round."""
    left_out = APART | set(hidden)
    found = []
    for prop in labels.collection.incoming_properties(iri):
        if prop not in left_out and not _has_inverse(labels, prop) and not labels.is_narrower(prop, "md:cites"):
            values_row = row(labels, prop, labels.links(labels.collection.subjects(prop, iri)))
            said = labels.texts["pointing"].get(prop)
            found.append(replace(values_row, name=Link(LiteralText(said, labels.language))) if said else values_row)
    return tuple(found)


def _has_inverse(labels: Labels, prop: str) -> bool:
    iri = prop.replace("md:", MD, 1)
    inverse = prefixed(OWL + "inverseOf")
    return bool(labels.collection.things(iri, inverse) or labels.collection.subjects(inverse, iri))


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """What a thing is called in one language, the name it goes by first."""

    language: str
    names: tuple[LiteralText, ...]


def names(labels: Labels, iri: str) -> tuple[LanguageNames, ...]:
    """Return all names of a thing by language, the reader's first."""
    found: dict[str, dict[LiteralText, None]] = {}
    for prop in ("md:title", "rdfs:label", "skos:prefLabel", "md:shortName", "skos:altLabel"):
        for words in labels.collection.words(iri, prop):
            found.setdefault(words.language, {})[LiteralText(words.text, words.language)] = None
    known = {word.text for language, each in found.items() if language for word in each}
    if "" in found:
        found[""] = {word: None for word in found[""] if word.text not in known}
    ordered = sorted((each for each in found if found[each]), key=lambda each: (each != labels.language, each))
    return tuple(LanguageNames(language, tuple(found[language])) for language in ordered)


@dataclass(frozen=True, slots=True)
class MentioningDocument:
    """A document that names a thing, and the parts of it that do."""

    document: Link
    parts: tuple[Link, ...]


def mentioned_in(labels: Labels, iri: str) -> tuple[tuple[MentioningDocument, ...], int]:
    """Return the documents that name a thing, and how many more there are than a page has room for."""
    found: dict[str, list[Link]] = {}
    for part in labels.collection.subjects("md:mentions", iri):
        address = labels.addresses.of(part)
        whole = part if not address or not address.anchor else part[: -len(address.anchor) - 1]
        parts = found.setdefault(whole, [])
        if part != whole:
            parts.append(Link(LiteralText(labels.place(part), labels.language), address))
    listed = [MentioningDocument(labels.link(whole), tuple(parts)) for whole, parts in list(found.items())[:MOST]]
    return tuple(listed), max(0, len(found) - MOST)
