"""The example queries and prefixes of the query page, from the store and from the competency questions."""

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
"""A query as ``text``, and its description as ``words``."""


class EditorContent(TypedDict):
    """The example queries and the prefixes that the query editor offers."""

    examples: list[Example]
    prefixes: dict[str, str]


def editor_content(source: Source, language: str) -> EditorContent:
    """Return the examples and prefixes of the query editor; a prefix that the store declares replaces one of ours.

    Args:
        source: the store that is queried.
        language: the language of the descriptions.

    Raises:
        MandataError: the source does not answer.
    """
    declared = {row["prefix"].value: row["namespace"].value for row in select(source, _DECLARED)}
    examples = {
        example["text"]: example
        for example in (_first(language), *_questions(language), *_executable(source, language))
    }
    return {"examples": list(examples.values()), "prefixes": {**PREFIXES, **declared}}


def _first(language: str) -> Example:
    """Return an example that any store can answer."""
    return {"words": interface(language)["query"]["first"], "text": _CLASSES}


def _questions(language: str) -> Iterator[Example]:
    for question in load().values():
        yield {"words": question.words.get(language, question.name), "text": question.query}


def _executable(source: Source, language: str) -> Iterator[Example]:
    words: dict[tuple[str, str], list[ox.Literal]] = {}
    for row in select(source, _EXECUTABLE):
        descriptions = words.setdefault((row["example"].value, row["text"].value), [])
        if isinstance(description := row.get("words"), ox.Literal):
            descriptions.append(description)
    for (iri, text), descriptions in words.items():
        best = prefer(descriptions, language)
        yield {"words": best.value if best else iri, "text": text}
