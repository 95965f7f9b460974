"""Turtle is written many times as fast as rdflib does; the whole table is for ``make bench``."""

from __future__ import annotations

import pytest

from mandata.publish import dump

from .dumps import as_published, documents, rate, rate_of_rdflib


def test_the_same_number_of_documents_is_the_same_statements() -> None:
    assert list(documents(3)) == list(documents(3))


@pytest.mark.timed
def test_turtle_is_written_many_times_as_fast_as_by_rdflib_and_nquads_no_slower() -> None:
    quads = as_published(1_000)
    turtle = rate(dump.turtle, quads)
    assert turtle >= 500_000
    assert turtle >= 8 * rate_of_rdflib(quads)  # twenty is meant; what is left is sorting, which rdflib does too
    assert rate(dump.nquads, quads) >= turtle
