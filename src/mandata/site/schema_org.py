"""What a page tells search engines: its thing in the words of schema.org."""

from __future__ import annotations

from typing import Any, Final

from mandata.site.labels import Shown
from mandata.site.views.citations import date_of

_TYPES: Final = (
    ("Resolution", "Legislation"),
    ("Decision", "Legislation"),
    ("Treaty", "Legislation"),
    ("Report", "Report"),
    ("Document", "CreativeWork"),
    ("MemberState", "Country"),
    ("RegionalGroup", "Organization"),
    ("Organisation", "Organization"),
    ("Organ", "Organization"),
    ("Person", "Person"),
    ("Place", "Place"),
    ("Region", "Place"),
    ("Event", "Event"),
    ("Topic", "DefinedTerm"),
)


def schema(shown: Shown, iri: str) -> dict[str, Any]:
    """Return a thing as schema.org JSON-LD; no blank node, no value that is not held."""
    told = shown.collection
    label = shown.label(iri)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": next((kind for cls, kind in _TYPES if shown.is_a(iri, cls)), "Thing"),
        "name": (label or shown.name(iri)).text,
        "identifier": shown.symbol(iri),
        "sameAs": told.things(iri, "skos:exactMatch"),
    }
    if shown.is_a(iri, "Document"):
        found |= {
            "datePublished": date_of(shown, iri),
            "inLanguage": [told.text(version, "md:language") for version in told.things(iri, "md:realizedBy")],
            "citation": [{"@id": cited} for cited in _cited(shown, iri)],
        }
    return {key: value for key, value in found.items() if value}


def _cited(shown: Shown, iri: str) -> list[str]:
    told = shown.collection
    found: dict[str, None] = {}
    todo = [iri]
    while todo:
        part = todo.pop(0)
        todo += told.things(part, "md:hasPart")
        for citation in told.bearers("md:citingPart", part):
            found |= dict.fromkeys(told.things(citation, "md:citedDocument"))
    return sorted(found)
