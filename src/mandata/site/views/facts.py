"""The statements about a thing as rows of a property and its values, for every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mandata.rdf.namespaces import MD, OWL, prefixed_name
from mandata.site.labels import Labels, Link
from mandata.site.resources import TYPE, LiteralText

MAX_VALUES: Final = 300
"""The number of values of a row on a page; the page says how many more there are."""

_NAME_PROPERTIES: Final = frozenset(
    {"rdfs:label", "skos:prefLabel", "skos:altLabel", "md:shortName", "md:title", "md:symbol"}
)
"""The properties that are shown as the names of a thing."""
_SECTION_PROPERTIES: Final = frozenset({TYPE, "md:evidence", "md:hasPart", "md:isPartOf", "md:mentions"})
"""The properties that have a section of their own on every page."""


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A property and its values; ``more`` is the number of values that are left out."""

    name: Link
    values: tuple[Link, ...]
    more: int = 0


def rows(labels: Labels, iri: str, hidden: Iterable[str] = (), first: Iterable[str] = ()) -> tuple[PropertyRow, ...]:
    """Return the properties of a thing with their values.

    Args:
        labels: the labels of a language.
        iri: the IRI of the thing.
        hidden: the properties to leave out.
        first: the properties to put first, in their order; the others are in alphabetical order.
    """
    excluded = _NAME_PROPERTIES | _SECTION_PROPERTIES | set(hidden)
    properties = [prop for prop in labels.collection.properties(iri) if prop not in excluded]
    leading = {prop: at for at, prop in enumerate(first)}
    properties.sort(key=lambda prop: (leading.get(prop, len(leading)), labels.term(prop).words.text, prop))
    return tuple(property_row(labels, prop, _values_in_language(labels, iri, prop)) for prop in properties)


def property_row(labels: Labels, prop: str, values: Iterable[Link]) -> PropertyRow:
    """Return the row of ``prop`` with its ``values``, truncated if they are too many, and a name from ``labels``."""
    every = tuple(values)
    return PropertyRow(labels.term(prop), every[:MAX_VALUES], max(0, len(every) - MAX_VALUES))


def _values_in_language(labels: Labels, iri: str, prop: str) -> Iterator[Link]:
    """Yield the values of a property; of texts in several languages only those in the reader's, if there are any."""
    values = labels.collection.values(iri, prop)
    ours = [value for value in values if isinstance(value, LiteralText) and value.language == labels.language]
    for value in values:
        if not (ours and isinstance(value, LiteralText) and value.language and value not in ours):
            yield labels.value(value)


def incoming_rows(labels: Labels, iri: str, hidden: Iterable[str] = ()) -> tuple[PropertyRow, ...]:
    """Return the properties that have a thing as a value, with their subjects, except those with an inverse property.

    Args:
        labels: the labels of a language.
        iri: the IRI of the thing.
        hidden: the properties to leave out.
    """
    excluded = _SECTION_PROPERTIES | set(hidden)
    incoming = []
    for prop in labels.collection.incoming_properties(iri):
        if prop not in excluded and not _has_inverse(labels, prop) and not labels.is_narrower(prop, "md:cites"):
            inverse_row = property_row(labels, prop, labels.links(labels.collection.subjects(prop, iri)))
            label = labels.texts["pointing"].get(prop)
            incoming.append(
                replace(inverse_row, name=Link(LiteralText(label, labels.language))) if label else inverse_row
            )
    return tuple(incoming)


def _has_inverse(labels: Labels, prop: str) -> bool:
    iri = prop.replace("md:", MD, 1)
    inverse = prefixed_name(OWL + "inverseOf")
    return bool(labels.collection.things(iri, inverse) or labels.collection.subjects(inverse, iri))


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """The names of a thing in one language, the preferred name first."""

    language: str
    names: tuple[LiteralText, ...]


def names(labels: Labels, iri: str) -> tuple[LanguageNames, ...]:
    """Return the names of the thing ``iri`` by language, the language of ``labels`` first."""
    found: dict[str, dict[LiteralText, None]] = {}
    for prop in ("md:title", "rdfs:label", "skos:prefLabel", "md:shortName", "skos:altLabel"):
        for words in labels.collection.literals(iri, prop):
            found.setdefault(words.language, {})[LiteralText(words.text, words.language)] = None
    known = {word.text for language, each in found.items() if language for word in each}
    if "" in found:
        found[""] = {word: None for word in found[""] if word.text not in known}
    ordered = sorted((each for each in found if found[each]), key=lambda each: (each != labels.language, each))
    return tuple(LanguageNames(language, tuple(found[language])) for language in ordered)


@dataclass(frozen=True, slots=True)
class MentioningDocument:
    """A document that mentions a thing, and the parts of it that do."""

    document: Link
    parts: tuple[Link, ...]


def mentioned_in(labels: Labels, iri: str) -> tuple[tuple[MentioningDocument, ...], int]:
    """Return the documents that mention the thing ``iri``, with ``labels``, and the number of those left out."""
    found: dict[str, list[Link]] = {}
    for part in labels.collection.subjects("md:mentions", iri):
        address = labels.addresses.of(part)
        whole = part if not address or not address.anchor else part[: -len(address.anchor) - 1]
        parts = found.setdefault(whole, [])
        if part != whole:
            parts.append(Link(LiteralText(labels.place(part), labels.language), address))
    listed = [MentioningDocument(labels.link(whole), tuple(parts)) for whole, parts in list(found.items())[:MAX_VALUES]]
    return tuple(listed), max(0, len(found) - MAX_VALUES)
