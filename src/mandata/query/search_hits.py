"""What a search found, as programs read it: each thing shown as ``ask --json`` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.query.display_names import Thing, describe_by
from mandata.query.search.find import Found, Hit, Index, Spread


def as_json(found: Found, index: Index, language: str) -> dict[str, Any]:
    """Return the hits and how they spread over the facets; things are named by the index, in a language."""
    iris = {iri for hit in found.hits for iri in (hit.iri, hit.whole) if iri}
    iris |= {value.iri for each in found.facets.values() for value in each if value.iri}
    things = describe_by(iris, index.names, language)
    return {
        "total": found.total,
        "truncated": found.cut,
        "items": [_hit(hit, things) for hit in found.hits],
        "facets": {name: [_value(value, things) for value in each] for name, each in found.facets.items()},
    }


def _hit(hit: Hit, things: Mapping[str, Thing]) -> dict[str, object]:
    return {
        "thing": things[hit.iri].json(),
        "document": things[hit.whole].json() if hit.whole else None,
        "matched": hit.matched or None,
        "snippet": hit.snippet.json() if hit.snippet else None,
    }


def _value(value: Spread, things: Mapping[str, Thing]) -> dict[str, object]:
    thing = things[value.iri].json() if value.iri else {"iri": None, "symbol": None, "label": value.name}
    return {"value": value.name, "count": value.count, **thing}
