"""What the page for queries offers: examples and prefixes, from the store and from the questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypedDict

import pyoxigraph as ox

from mandata.query.display_names import prefer
from mandata.query.queryfile import load
from mandata.query.source import Source, select
from mandata.rdf.namespaces import PREFIXES
from mandata.site.interface import interface

_EXECUTABLE: Final = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?example ?text ?words {
  ?example a ?kind .
  VALUES ?kind {
    sh:SPARQLExecutable sh:SPARQLAskExecutable sh:SPARQLConstructExecutable sh:SPARQLSelectExecutable
  }
  VALUES ?form { sh:ask sh:construct sh:select }
  ?example ?form ?text .
  OPTIONAL { ?example rdfs:comment|rdfs:label ?words }
}
ORDER BY ?example ?words
LIMIT 500
"""
_CLASSES: Final = """\
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things) ?class
LIMIT 40
"""
_DECLARED: Final = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace { ?declared sh:prefix ?prefix ; sh:namespace ?namespace } LIMIT 500
"""


Example = dict[str, str]
"""A query, ``text``, and what it asks, ``words``."""


class Offered(TypedDict):
    """What an editor offers."""

    examples: list[Example]
    prefixes: dict[str, str]


def offered(source: Source, language: str) -> Offered:
    """Return what is offered to a reader of a language; a prefix that the store declares goes before another.

    Raises:
        MandataError: the source does not answer.
    """
    declared = {row["prefix"].value: row["namespace"].value for row in select(source, _DECLARED)}
    found = {
        example["text"]: example
        for example in (_first(language), *_questions(language), *_executable(source, language))
    }
    return {"examples": list(found.values()), "prefixes": {**PREFIXES, **declared}}


def _first(language: str) -> Example:
    """Return what may be asked of any store."""
    return {"words": interface(language)["query"]["first"], "text": _CLASSES}


def _questions(language: str) -> Iterator[Example]:
    for question in load().values():
        yield {"words": question.words.get(language, question.name), "text": question.query}


def _executable(source: Source, language: str) -> Iterator[Example]:
    words: dict[tuple[str, str], list[ox.Literal]] = {}
    for row in select(source, _EXECUTABLE):
        told, said = words.setdefault((row["example"].value, row["text"].value), []), row.get("words")
        told += [said] if isinstance(said, ox.Literal) else []
    for (iri, text), found in words.items():
        best = prefer(found, language)
        yield {"words": best.value if best else iri, "text": text}
