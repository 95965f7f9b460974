"""The results of a search as JSON; each thing as ``ask --json`` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.query.display_names import Thing, describe_by
from mandata.query.search.find import FacetCount, SearchIndex, SearchMatch, SearchResults


def as_json(results: SearchResults, index: SearchIndex, language: str) -> dict[str, Any]:
    """Return the matches and the counts of facet values.

    Args:
        results: what was found.
        index: the index that holds the names of things.
        language: the preferred language of names.
    """
    iris = {iri for match in results.matches for iri in (match.iri, match.document) if iri}
    iris |= {value.iri for each in results.facets.values() for value in each if value.iri}
    things = describe_by(iris, index.names, language)
    return {
        "total": results.total,
        "truncated": results.truncated,
        "items": [_match(match, things) for match in results.matches],
        "facets": {name: [_facet_value(value, things) for value in each] for name, each in results.facets.items()},
    }


def _match(match: SearchMatch, things: Mapping[str, Thing]) -> dict[str, object]:
    return {
        "thing": things[match.iri].json(),
        "document": things[match.document].json() if match.document else None,
        "matched": match.matched or None,
        "snippet": match.snippet.json() if match.snippet else None,
    }


def _facet_value(value: FacetCount, things: Mapping[str, Thing]) -> dict[str, object]:
    thing = things[value.iri].json() if value.iri else {"iri": None, "symbol": None, "label": value.name}
    return {"value": value.name, "count": value.count, **thing}
