"""Prefixed names of IRIs."""

from __future__ import annotations

import pytest

from mandata.rdf.namespaces import PREFIXES, expand, prefixed_name


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_a_prefixed_name_expands_to_its_iri(prefix: str) -> None:
    """The longest namespace is taken: an operator has the prefix of its scheme, and not that of all schemes."""
    name = f"{prefix}:local"
    assert prefixed_name(expand(name)) == name


@pytest.mark.parametrize("iri", ["https://www.wikidata.org/entity/Q1", "urn:uuid:1", PREFIXES["md"], ""])
def test_an_iri_that_no_namespace_begins_is_unchanged(iri: str) -> None:
    assert prefixed_name(iri) == iri
