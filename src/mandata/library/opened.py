"""An open knowledge base, which answers questions and queries and explains its statements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.library.documents import DocumentRecord, read
from mandata.library.rows import Rows
from mandata.proof.forms.explanation import Explanation, ExplanationOptions, why
from mandata.proof.knowledge import Knowledge
from mandata.query import queryfile
from mandata.query.answer import answer, plain_value
from mandata.query.search.find import index_of
from mandata.query.source import Embedded, Solutions
from mandata.query.terms import statement
from mandata.un.symbol import parse

if TYPE_CHECKING:
    from rdflib import Graph


class OpenKnowledgeBase(KnowledgeBase):
    """The knowledge base in a folder, in the state in which it was opened."""

    def ask(self, name: str, /, *, language: str = "en", **parameters: object) -> Rows:
        """Answer a competency question.

        Args:
            name: the question, as ``mandata ask`` lists it.
            language: the language of names and words.
            **parameters: the values that narrow the question, as a person writes them: ``centre="UNRCCA"``.

        Returns:
            Rows whose things have an ``iri``, a ``symbol`` (None if there is none) and a ``label``.

        Raises:
            MandataError: there is no question of that name, or a parameter names nothing that is known.
        """
        question = queryfile.find(name, queryfile.load())
        texts = {key: str(value) for key, value in parameters.items()}
        rows = answer(question, texts, self._source, language).rows
        return Rows(question.columns, ([row[column] for column in question.columns] for row in rows))

    def query(self, sparql: str) -> Rows | bool | Graph:
        """Answer a SPARQL query.

        Returns:
            For SELECT, rows of plain values: the text of an IRI, a Python number for a number, None for an unbound
            variable. For ASK, a truth value. For CONSTRUCT and DESCRIBE, an rdflib graph.

        Raises:
            MandataError: the query is malformed or refused.
        """
        result = self._source.run(sparql)
        if isinstance(result, Solutions):
            names = result.variables
            return Rows(names, ([plain_value(row.get(name)) for name in names] for row in result.rows))
        return result if isinstance(result, bool) else _graph(result)

    def why(
        self, subject: str, predicate: str, object_: str, *, language: str = "en", full: bool = False
    ) -> Explanation:
        """Return the proof of a statement, or the nearest to one if it does not follow; its ``holds`` states which.

        Args:
            subject: a symbol, a prefixed name, an IRI or a local name.
            predicate: a property, such as ``md:cites``.
            object_: in the forms of ``subject``, or a literal in quotes.
            language: the language of the explanation.
            full: whether every step is listed, even a trivial one.

        Raises:
            MandataError: one of them names nothing that is known, or several things.
        """
        fact = statement(subject, predicate, object_, self._source)
        return why(self._knowledge, fact, ExplanationOptions(language, full=full))

    def document(self, symbol: str, language: str = "") -> DocumentRecord:
        """Return a document whose text is in the knowledge base.

        Args:
            symbol: the symbol of the document, in any spelling.
            language: the language of the text, such as ``fr``; empty for the first that there is.

        Raises:
            MandataError: there is no such text.
        """
        requested = str(parse(symbol))
        for text in self.report["texts"]:
            if text["symbol"] == requested:
                document = read(self.folder / layout.TEXTS / text["sha256"][:2] / text["sha256"] / text["file"])
                if language in ("", document.language):
                    return document
        message = f"no text of {requested} is kept here" + (f" in the language {language}" if language else "")
        raise MandataError("not-found", message, str(self.folder), "mandata ask missing-documents lists what is cited")

    def graph(self, symbol: str) -> Graph:
        """Return the statements of a document, as an rdflib graph."""
        return _graph(quad.triple for quad in self.statements_of(parse(symbol).local_name))

    @cached_property
    def _source(self) -> Embedded:
        return Embedded(self.store, index_of(self.folder))

    @cached_property
    def _knowledge(self) -> Knowledge:
        return Knowledge(self.folder)


def open_kb(folder: str | PathLike[str]) -> OpenKnowledgeBase:
    """Open the knowledge base in a folder.

    Raises:
        MandataError: there is none, or an earlier version of mandata built it.
    """
    return OpenKnowledgeBase(Path(folder))


def _graph(triples: Iterable[ox.Triple]) -> Graph:
    from rdflib import Graph

    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=text, format="nt")
