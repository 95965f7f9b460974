"""The description of a thing by schema.org, which search engines read on its page."""

from __future__ import annotations

from typing import Any, Final

from mandata.site.labels import Labels
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


def schema(labels: Labels, iri: str) -> dict[str, Any]:
    """Return the thing ``iri`` as schema.org JSON-LD with ``labels``, without blank nodes and empty values."""
    collection = labels.collection
    label = labels.label(iri)
    properties: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": next((kind for cls, kind in _TYPES if labels.is_a(iri, cls)), "Thing"),
        "name": (label or labels.name(iri)).text,
        "identifier": labels.symbol(iri),
        "sameAs": collection.things(iri, "skos:exactMatch"),
    }
    if labels.is_a(iri, "Document"):
        properties |= {
            "datePublished": date_of(labels, iri),
            "inLanguage": [
                collection.text(version, "md:language") for version in collection.things(iri, "md:realizedBy")
            ],
            "citation": [{"@id": cited} for cited in _cited_documents(labels, iri)],
        }
    return {key: value for key, value in properties.items() if value}


def _cited_documents(labels: Labels, iri: str) -> list[str]:
    collection = labels.collection
    documents: dict[str, None] = {}
    todo = [iri]
    while todo:
        part = todo.pop(0)
        todo += collection.things(part, "md:hasPart")
        for citation in collection.subjects("md:citingPart", part):
            documents |= dict.fromkeys(collection.things(citation, "md:citedDocument"))
    return sorted(documents)
