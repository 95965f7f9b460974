"""Parses terms and facts from the N-Triples text that ``facts.text_of`` writes."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from mandata.reason.facts import Fact, Term, fact_of


@lru_cache(maxsize=100_000)
def term_of(text: str) -> Term:
    """Return the term of an N-Triples text; its first character gives its kind."""
    if text.startswith('"'):
        return fact_of(next(iter(parse(f"<x:> <x:> {text} .", format=RdfFormat.N_TRIPLES))))[2]
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text[1:-1])


def fact_of_text(text: str) -> Fact:
    """Return the fact of a text; its subject may be a literal, which N-Triples itself does not allow."""
    end = _end_of_literal(text) if text.startswith('"') else text.index(" ")
    predicate, _, value = text[end + 1 :].partition(" ")
    return term_of(text[:end]), term_of(predicate), term_of(value)


def _end_of_literal(text: str) -> int:
    """Return the end of the literal that begins a text: the first space after its closing quotation mark."""
    at = 1
    while text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return text.index(" ", at)
