"""A remote store in the place of the embedded one, which only checks the syntax of a query before it is sent."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import pyoxigraph as ox

from mandata.kb.store import in_memory
from mandata.query.guard import keywords
from mandata.query.remote import Endpoint
from mandata.server.engine import Engine, Result, unknown_graph
from mandata.server.settings import ServedStore

_RELATIVE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\\\x00-\x20]*>")


class RemoteEngine(Engine):
    """Answers jobs from an endpoint, by standard SPARQL 1.1, in any media type that a client accepts."""

    def __init__(self, served: ServedStore, connection: socket.socket) -> None:
        super().__init__(in_memory(()), served, connection)
        self._endpoint = Endpoint(served.at, served.limits.seconds, served.limits.answer)

    def query(self, job: dict[str, Any]) -> None:
        """Answer a query of any form; raises MandataError as ``Engine.query``, or if the endpoint fails."""
        try:
            super().query(job)
        except SyntaxError as error:
            raise self._endpoint.unreadable(error) from error

    def result(self, job: dict[str, Any], form: str) -> Result:
        """Return the result of the endpoint, as ``Engine.result``; a syntax error is found here, with its place."""
        with suppress(RuntimeError, ValueError):  # such as a function that the endpoint may have
            super().result(job, form)
        result = self._endpoint.ask(_with_base(job["text"], job["base"]), form, job["default"], job["named"])
        self.is_cut = bool(self._endpoint.row_limit)
        return result

    def triples(self, name: ox.NamedNode | ox.DefaultGraph) -> Iterable[ox.Triple]:
        """Return the triples of a graph; an empty graph is unknown, since not every store keeps empty graphs."""
        pattern = "{ ?s ?p ?o }" if isinstance(name, ox.DefaultGraph) else f"{{ GRAPH {name} {{ ?s ?p ?o }} }}"
        if isinstance(name, ox.NamedNode) and not self._endpoint.ask(f"ASK {pattern}", "ASK"):
            raise unknown_graph(name)
        return self._endpoint.triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}")


def _with_base(text: str, base: str | None) -> str:
    """Return the query with a base, if it has a relative IRI and declares no base itself."""
    return f"BASE <{base}> {text}" if base and _RELATIVE.search(text) and "BASE" not in keywords(text) else text
